/** What must be true after every fault: nothing lost, nothing doubled, both memories alike. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { dayOf } from '../../domain/days';
import type { Context } from '../../domain/decider';
import type { TaskEvent } from '../../domain/events';
import { DEFAULT_POLICY } from '../../domain/policy';
import { verifyLedger } from '../../ledger/audit/audit';
import { sealPlan } from '../../ledger/audit/seals';
import { loadCalendar } from '../../ledger/calendars';
import type { AnyEvent, StreamKind } from '../../ledger/contract';
import type { Db } from '../../ledger/database';
import { eventsBetween } from '../../ledger/head';
import { listPlans } from '../../ledger/plans';
import { type AnyState, RULES } from '../../ledger/rules';
import { planStateQuery, planWorkflowId, type StreamView, stateQuery, taskWorkflowId } from '../../workflows/messages';
import type { MailServer } from '../mail/mail-server';
import type { Stack } from './stack';
import { until } from './until';

interface Over {
  /** Another ledger than the stack's own: one that was restored. */
  db?: Db;
  /** Another Temporal than the stack's own: a new one after a relaunch. */
  desk?: Stack['desk'];
  /** Where letters went. */
  mail?: MailServer;
}

/** Waits until everything has settled, then checks it. */
export async function expectWhole(stack: Stack, { db = stack.ledger.db, desk = stack.desk, mail }: Over = {}) {
  await until('every task of every launched plan in the ledger', async () => (await notRecorded(db)).length === 0);
  let differing: string[] = ['everything'];
  await until('workflows and ledger that agree', async () => {
    differing = await differences(db, desk);
    return differing.length === 0;
  }).catch((error: Error) => {
    throw new Error(`workflows and ledger differ: ${differing.join('; ')}`, { cause: error });
  });

  expect(await doubled(db)).toEqual([]);
  expect(await lostNotices(db)).toEqual([]);
  expect(await gapsInSlipNumbers(db)).toEqual([]);
  if (mail) expect(await strangeLetters(db, mail)).toEqual([]);

  const on = dayOf(new Date().toISOString());
  for (const { id, status } of await listPlans(db)) if (status !== 'draft') await sealPlan(db, id, on);
  expect((await verifyLedger(db)).firstBad).toBeNull();
}

/** Tasks of launched plans that have no event. */
async function notRecorded(db: Db): Promise<string[]> {
  const { rows } = await sql<{ task: string }>`
    SELECT task->>'id' AS task FROM plans, jsonb_array_elements(body::jsonb->'tasks') AS task
    WHERE status <> 'draft' AND NOT EXISTS (
      SELECT FROM streams WHERE streams.id = 'task/' || (task->>'id') AND head_seq > 0)`.execute(db);
  return rows.map(({ task }) => task);
}

/** Streams whose workflow says another thing than the ledger. */
async function differences(db: Db, { temporal }: Stack['desk']): Promise<string[]> {
  const streams = await db
    .selectFrom('streams')
    .select(['id', 'kind', 'epoch', 'head_seq', 'state', 'status'])
    .where('head_seq', '>', 0)
    .execute();
  const found: string[] = [];
  const queue = [...streams];
  const asker = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      const { id, kind, epoch, head_seq, state, status } = row;
      const name = id.slice(kind.length + 1);
      const workflowId = kind === 'task' ? taskWorkflowId(name) : planWorkflowId(name);
      const handle = temporal.workflow.getHandle(workflowId);
      const { status: process } = await handle.describe();
      // A query would first wait ten seconds for the worker that had this workflow in memory, and was killed.
      const { namespace } = temporal.options;
      await temporal.workflowService.resetStickyTaskQueue({ namespace, execution: { workflowId } });
      const isOpen = status === 'open' || status === 'suspended';
      if (isOpen !== (process.name === 'RUNNING')) found.push(`${id} is ${status}, its process ${process.name}`);
      if (!isOpen) continue;
      const ask = async (): Promise<StreamView<AnyState>> =>
        kind === 'task' ? handle.query(stateQuery) : handle.query(planStateQuery);
      const view = await temporal.connection.withDeadline(Date.now() + 20_000, ask);
      if (view.epoch !== epoch) found.push(`${id} is of epoch ${epoch}, its process of ${view.epoch}`);
      else if (!isDeepStrictEqual(view.state, state)) found.push(`${id} #${head_seq}, its process #${view.state?.seq}`);
      else if (view.trouble) found.push(`${id}: ${view.trouble.what}`);
    }
  };
  await Promise.all(Array.from({ length: 10 }, asker));
  return found;
}

/** Things that happened twice under two names: the tables' own keys already forbid the same name. */
async function doubled(db: Db): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    -- An alarm is done once (D5).
    SELECT stream || ' alarm ' || (body->>'alarm') AS what FROM events WHERE body ? 'alarm'
      GROUP BY stream, body->>'alarm', body->>'type' HAVING count(*) > 1
    UNION ALL
    SELECT stream || ' ' || type FROM events WHERE type = 'issued' GROUP BY stream, type HAVING count(*) > 1
    UNION ALL
    -- The events of an intent are one step: they follow each other.
    SELECT stream || ' intent ' || intent FROM events
      GROUP BY stream, intent HAVING max(seq) - min(seq) + 1 <> count(*)
    UNION ALL
    SELECT e.stream || ' intent ' || e.intent || ' has no outcome' FROM events e
      LEFT JOIN intents i ON i.stream = e.stream AND i.intent = e.intent
      WHERE i.intent IS NULL OR e.seq NOT BETWEEN i.first_seq AND i.last_seq`.execute(db);
  return rows.map(({ what }) => what);
}

/**
 * What the events say must be told, and is not: a notice that was never filed, or that hangs on a letter which will not
 * be sent. What is recalled is settled; what is neither waits for its round.
 */
async function lostNotices(db: Db): Promise<string[]> {
  const lost: string[] = [];
  const calendar = await loadCalendar(db);
  const streams = await db.selectFrom('streams').select(['id', 'kind', 'plan', 'head_seq']).execute();
  const filed = new Set((await db.selectFrom('notices').select('id').execute()).map(({ id }) => id));
  for (const { id, kind, plan, head_seq } of streams) {
    const { policy } = await db.selectFrom('plans').select('policy').where('id', '=', plan).executeTakeFirstOrThrow();
    const events = await eventsBetween(db, id, 1, head_seq);
    const context = { calendar, policy: policy ?? DEFAULT_POLICY, directory: {}, ...UNUSED };
    lost.push(...toldBy(id, kind, events, context).filter((notice) => !filed.has(notice)));
  }
  const stranded = await db
    .selectFrom('notices')
    .innerJoin('letters', 'letters.id', 'notices.letter')
    .select(['notices.id', 'letters.state'])
    .where('letters.state', 'in', ['superseded', 'failed'])
    .execute();
  return [...lost, ...stranded.map(({ id, state }) => `${id} hangs on a letter that is ${state}`)];
}

/** What deciding needs and telling does not. */
const UNUSED = { ordinals: { slip: 1, urging: 1 }, openTasks: 0 };

/** Ids of the notices that a stream's events must have left; those only for who was told before may be left out. */
function toldBy(id: string, kind: StreamKind, events: AnyEvent[], context: Context): string[] {
  const { fold, retold } = RULES[kind];
  const ids: string[] = [];
  let state: AnyState | null = null;
  for (let from = 0; from < events.length; ) {
    const end = events.findIndex((event, index) => index > from && event.intent !== events[from]?.intent);
    const step = events.slice(from, end === -1 ? events.length : end);
    const drafts = retold(step, state, context);
    ids.push(...drafts.flatMap((draft, ord) => (draft.onlyIfTold ? [] : [`${id}#${step.at(-1)?.seq}.${ord}`])));
    for (const event of step) state = fold(state, event);
    from += step.length;
  }
  return ids;
}

/** R20: numbers of an office and year, each once and none left out. */
async function gapsInSlipNumbers(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('events').select('body').where('type', '=', 'slipIssued').execute();
  const years = new Map<string, number[]>();
  for (const { body } of rows as { body: TaskEvent }[]) {
    const [, year = '', ordinal] = (body.type === 'slipIssued' && /〔(\d+)〕(\d+)号/.exec(body.slip.number)) || [];
    years.set(year, [...(years.get(year) ?? []), Number(ordinal)]);
  }
  return [...years].flatMap(([year, numbers]) => {
    const sorted = numbers.sort((a, b) => a - b);
    return sorted.every((number, index) => number === index + 1) ? [] : [`${year}: ${sorted.join(', ')}`];
  });
}

/** D19: what the mail server got is byte for byte what is stored, and what is said to be handed over was got. */
async function strangeLetters(db: Db, { seen }: MailServer): Promise<string[]> {
  const letters = await db.selectFrom('letters').select(['id', 'address', 'bytes', 'state']).execute();
  const key = (to: string | null, bytes: Buffer) => `${to} ${bytes.toString('base64')}`;
  const stored = new Set(letters.map(({ address, bytes }) => key(address, bytes)));
  const got = new Set(seen.map(({ to, bytes }) => key(to, bytes)));
  return [
    ...seen.filter(({ to, bytes }) => !stored.has(key(to, bytes))).map(({ to }) => `an unknown letter to ${to}`),
    ...letters
      .filter(({ state, address, bytes }) => state === 'handed' && !got.has(key(address, bytes)))
      .map(({ id }) => `${id} was never handed over`),
  ];
}
