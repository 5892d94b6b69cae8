/** The board as `record` writes it: what lists need of a task, its light for every day, and who owes an answer. */
import { sql } from 'kysely';
import type { WorkCalendar } from '../domain/calendar';
import { addDays, type Day, dayOf } from '../domain/days';
import type { Context } from '../domain/decider';
import { type Colour, lightSpells } from '../domain/light';
import { DEFAULT_POLICY, type Policy } from '../domain/policy';
import { silencesOf } from '../domain/silences';
import { currentSlip, lastDayOf, leadsOf, type Task, unitsOf } from '../domain/task';
import { loadCalendar } from './calendars';
import { canonicalJson } from './canonical';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { streamId } from './rules';

type Numbers = Pick<Context, 'calendar' | 'policy'>;

/** What is looked at first, first. */
export const URGENCY: Record<Colour, number> = { red: 0, yellow: 1, blue: 2, grey: 3, green: 4, none: 5 };

/**
 * Writes a task's row and what is owed in it. In the transaction of its step, which holds the stream.
 * @param before the state before the step, where there was one: what is owed as before stays untouched
 */
export async function writeBoard(db: Db, before: Task | null, task: Task, numbers: Numbers): Promise<void> {
  const row = boardRow(task, numbers, dayOf(task.at));
  await db
    .insertInto('board')
    .values(row)
    .onConflict((conflict) => conflict.column('stream').doUpdateSet(row))
    .execute();
  const owed = owedRows(task, numbers);
  if (before !== null && canonicalJson(owedRows(before, numbers)) === canonicalJson(owed)) return;
  await db.deleteFrom('silences').where('stream', '=', row.stream).execute();
  if (owed.length > 0) await db.insertInto('silences').values(owed).execute();
}

/** How many tasks are made anew in one transaction. */
const AT_ONCE = 500;
/** A statement has at most 65,535 parameters. */
const OWED_AT_ONCE = 5_000;

/**
 * Makes the rows that are missing or behind their streams: after the migration that brought the board, and after a
 * version that does not know it has worked on the ledger.
 */
export async function fillBoard(db: Db): Promise<{ made: number }> {
  return withLedgerErrors(async () => {
    const calendar = await loadCalendar(db);
    const policies = await policiesOf(db);
    let made = 0;
    for (let after = ''; ; ) {
      const last = await db.transaction().execute(async (transaction) => {
        const rows = await behind(transaction, after);
        await writeTogether(transaction, rows, (task) => ({ calendar, policy: policies(task.plan) }));
        await markTurn(transaction);
        made += rows.length;
        return rows.at(-1);
      });
      if (!last) return { made };
      after = streamId('task', last.id);
    }
  });
}

/** As writeBoard, for many tasks at once. */
async function writeTogether(db: Db, tasks: Task[], numbersOf: (task: Task) => Numbers): Promise<void> {
  if (tasks.length === 0) return;
  const rows = tasks.map((task) => boardRow(task, numbersOf(task), dayOf(task.at)));
  const streams = rows.map(({ stream }) => stream);
  await db.deleteFrom('board').where('stream', 'in', streams).execute();
  await db.insertInto('board').values(rows).execute();
  await db.deleteFrom('silences').where('stream', 'in', streams).execute();
  const owed = tasks.flatMap((task) => owedRows(task, numbersOf(task)));
  for (let from = 0; from < owed.length; from += OWED_AT_ONCE) {
    await db
      .insertInto('silences')
      .values(owed.slice(from, from + OWED_AT_ONCE))
      .execute();
  }
}

async function behind(db: Db, after: string): Promise<Task[]> {
  const rows = await db
    .selectFrom('streams')
    .leftJoin('board', 'board.stream', 'streams.id')
    .select('streams.state')
    .where('streams.kind', '=', 'task')
    .where('streams.state', 'is not', null)
    .where('streams.id', '>', after)
    .where((where) =>
      where.or([where('board.seq', 'is', null), where('board.seq', '!=', where.ref('streams.head_seq'))]),
    )
    .orderBy('streams.id')
    .limit(AT_ONCE)
    .forNoKeyUpdate('streams')
    .execute();
  // Only tasks were asked for.
  return rows.map(({ state }) => state as Task);
}

/** The policy of each launched plan. */
async function policiesOf(db: Db): Promise<(plan: string) => Policy> {
  const plans = await db.selectFrom('plans').select(['id', 'policy']).where('policy', 'is not', null).execute();
  const known = new Map(plans.map(({ id, policy }) => [id, { ...DEFAULT_POLICY, ...policy }]));
  return (plan) => known.get(plan) ?? DEFAULT_POLICY;
}

/** A task's row, its light that of a day. */
function boardRow(task: Task, { calendar, policy }: Numbers, on: Day) {
  const lastDay = lastDayOf(task);
  const slip = openSlip(task);
  return {
    stream: streamId('task', task.id),
    seq: task.seq,
    task: task.id,
    plan: task.plan,
    office: task.office,
    title: task.title,
    category: task.category,
    status: task.status,
    type: task.type,
    leads: leadsOf(task),
    lead_key: leadsOf(task).join('\t'),
    search: `${task.title} ${task.id}`.toLowerCase(),
    units: unitsOf(task),
    due_on: task.dueOn,
    original_due_on: task.originalDueOn,
    completed_on: task.completedOn,
    due_key: task.dueOn ?? 'infinity',
    review_due_on: task.review?.dueOn ?? null,
    extension_due_on: task.extension?.decideBy ?? null,
    slip:
      slip &&
      JSON.stringify({ number: slip.number, colour: slip.colour, issuedOn: slip.issuedOn, limitOn: slip.limitOn }),
    overdue_from: lastDay && addDays(lastDay, 1),
    slips: task.ladder.slips.length + task.pastSlips.length,
    instructions: task.instructions.length,
    unreached: JSON.stringify(task.unreached),
    ...lightColumns(task, calendar, policy, on),
  };
}

/** The slip that stands last on the ladder, while it stands. */
function openSlip(task: Task) {
  const slip = currentSlip(task);
  return slip?.ended ? null : slip;
}

function lightColumns(task: Task, calendar: WorkCalendar, policy: Policy, on: Day) {
  const spells = lightSpells(task, calendar, policy);
  const next = spells.findIndex(({ fromOn }) => fromOn !== null && fromOn > on);
  const now = spells[next === -1 ? spells.length - 1 : next - 1];
  if (!now) throw new RangeError(`${task.id} has no light`);
  return {
    light_from: spells.map(({ fromOn }) => fromOn ?? '-infinity'),
    colours: spells.map(({ colour }) => colour),
    reasons: spells.map(({ reason }) => reason),
    urgency: URGENCY[now.colour],
    colour: now.colour,
    reason: now.reason,
    light_since: now.fromOn ?? '-infinity',
    light_until: spells[next]?.fromOn ?? 'infinity',
  };
}

function owedRows(task: Task, { calendar, policy }: Numbers) {
  return silencesOf(task, calendar, policy).map(({ unit, kind, sinceOn, silentOn }) => ({
    stream: streamId('task', task.id),
    unit,
    kind,
    plan: task.plan,
    office: task.office,
    since_on: sinceOn,
    silent_on: silentOn,
  }));
}

/** Notes that lights changed without a step of their tasks: counts that somebody keeps do not hold any longer. */
export async function markTurn(transaction: Db): Promise<void> {
  await sql`UPDATE board_turns SET changed_xid = pg_current_xact_id()`.execute(transaction);
}

/** The urgency of a colour, in SQL: what boardRow writes and board-day.ts turns. */
export function urgencyOf(colour: ReturnType<typeof sql.ref> | ReturnType<typeof sql>) {
  const whens = Object.entries(URGENCY).map(([name, urgency]) => sql`WHEN ${sql.lit(name)} THEN ${sql.lit(urgency)}`);
  return sql<number>`CASE ${colour} ${sql.join(whens, sql` `)} END`;
}
