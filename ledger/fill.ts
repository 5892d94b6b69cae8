/**
 * Fills a ledger that is older than the workflows (D12): a stream's process gives back the events it was told, and they
 * are written as they were. Nothing is decided again, and nobody is written to twice.
 */
import type { Context } from '../domain/decider';
import { append, type MovedHead } from './append';
import { writeBoard } from './board';
import { loadCalendar } from './calendars';
import { canonicalJson } from './canonical';
import type { AnyEvent, RecordRequest } from './contract';
import { raiseCounters } from './counters';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';
import { readCommon } from './gather';
import { eventsBetween, type Head, limitTransaction, makeHead, selectLocked } from './head';
import { assumeSent } from './letters/assumed';
import { planOf, RULES, streamId } from './rules';
import { tell } from './tell';

export interface FillRequest extends Pick<RecordRequest, 'kind' | 'stream' | 'epoch'> {
  /** A stretch of the stream's events, oldest first; what the ledger has already is compared and passed over. */
  events: AnyEvent[];
}

/** An older epoch fills nothing, silently: its workflow learns it from its next step (D9). */
export type FillStream = (request: FillRequest) => Promise<void>;

/**
 * The `fill` of a ledger.
 * @param now ISO instant: notices whose round was past then are listed and not mailed
 * @throws LedgerRefusal `chain-broken` if the events leave a gap, or are others than the ledger has
 */
export function createFill(db: Db, now = () => new Date().toISOString()): FillStream {
  return (request) =>
    withLedgerErrors(() =>
      db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => fill(transaction, request, now())),
    );
}

async function fill(db: Db, request: FillRequest, now: string): Promise<void> {
  const { kind, stream, epoch } = request;
  await limitTransaction(db);
  await makeHead(db, request, epoch);
  let head = await selectLocked(db, streamId(kind, stream));
  if (!head || epoch < head.epoch) return;
  await refuseOtherHistory(db, head, request.events);
  const missing = request.events.filter((event) => event.seq > (head?.head_seq ?? 0));
  const context = await contextOf(db, request);
  for (const events of stepsOf(missing)) {
    // What waited when this step happened had its round before it, or was recalled by it.
    await assumeSent(db, context.calendar, events[0]?.at ?? now, head.id);
    head = await fillStep(db, request, head, events, context);
  }
  await assumeSent(db, context.calendar, now, head.id);
  if (head.state && 'parties' in head.state) await writeBoard(db, null, head.state, context);
  await db.updateTable('streams').set({ epoch }).where('id', '=', head.id).execute();
  for (const { office, year, last } of highestNumbers(missing, head.state?.office ?? '')) {
    await raiseCounters(db, office, year, last);
  }
}

async function fillStep(
  db: Db,
  { kind }: FillRequest,
  head: Head,
  events: AnyEvent[],
  context: Context,
): Promise<MovedHead> {
  const drafts = RULES[kind].retold(events, head.state, context);
  const moved = await append(db, kind, head, events);
  await tell(db, { id: head.id, kind, before: head.state, after: moved.state }, drafts);
  const [first] = events;
  await db
    .insertInto('intents')
    .values({
      stream: head.id,
      intent: first?.intent ?? '',
      // Which kind of intent it was is in no event; nothing asks for it of an outcome that is known.
      type: 'filled',
      at: first?.at ?? '',
      outcome: 'recorded',
      first_seq: first?.seq ?? null,
      last_seq: moved.head_seq,
      refusal: null,
    })
    .onConflict((conflict) => conflict.columns(['stream', 'intent']).doNothing())
    .execute();
  return moved;
}

/** The two sides must tell one history: no gap behind the head, and before it the same events. */
async function refuseOtherHistory(db: Db, head: Head, events: AnyEvent[]): Promise<void> {
  const [first] = events;
  if (!first) return;
  const broken = (problem: string) =>
    new LedgerRefusal('chain-broken', `${head.id}: ${problem}`, 'restore a newer backup, or relaunch from this ledger');
  if (first.seq > head.head_seq + 1) {
    throw broken(`the ledger ends at ${head.head_seq}, the events given begin at ${first.seq}`);
  }
  const stored = await eventsBetween(db, head.id, first.seq, head.head_seq);
  const other = stored.find((event, index) => canonicalJson(event) !== canonicalJson(events[index] ?? null));
  if (other) throw broken(`event ${other.seq} is another one here`);
}

async function contextOf(db: Db, { kind, stream }: FillRequest): Promise<Context> {
  const { policy } = await readCommon(db, planOf(kind, stream), '', '');
  return { calendar: await loadCalendar(db), policy, directory: {}, ordinals: { slip: 1, urging: 1 }, openTasks: 0 };
}

/** Events of one intent were one step. */
function stepsOf(events: AnyEvent[]): AnyEvent[][] {
  const steps: AnyEvent[][] = [];
  for (const event of events) {
    const step = steps.at(-1);
    if (step?.[0]?.intent === event.intent) step.push(event);
    else steps.push([event]);
  }
  return steps;
}

/** 督办单〔2026〕12号, as domain/events.ts writes it: kind, year and ordinal. */
const DOCUMENT_NUMBER = /^(督办单|催办)〔(\d{4})〕(\d+)号$/;

/** The last number of each year among these events: the counters must not give it a second time (R20). */
function highestNumbers(events: AnyEvent[], office: string) {
  const years = new Map<string, { slip: number; urging: number }>();
  for (const event of events) {
    const number = event.type === 'slipIssued' ? event.slip.number : event.type === 'urged' ? event.number : null;
    const [, kind, year, ordinal] = DOCUMENT_NUMBER.exec(number ?? '') ?? [];
    if (year === undefined) continue;
    const last = years.get(year) ?? { slip: 0, urging: 0 };
    const series = kind === '催办' ? 'urging' : 'slip';
    years.set(year, { ...last, [series]: Math.max(last[series], Number(ordinal)) });
  }
  return [...years].sort().map(([year, last]) => ({ office, year, last }));
}
