/**
 * The one write of every step (D3): in one transaction it locks the stream's head, decides, appends the events, moves
 * the read model, files and recalls notices. Retried or replayed, it changes nothing twice.
 */
import { normalInstant } from '../domain/days';
import type { Context } from '../domain/decider';
import { isRefusal, type Refusal, refuse } from '../domain/refusals';
import { append } from './append';
import { writeBoard } from './board';
import type { RecordAnswer, RecordRequest } from './contract';
import { lockOrdinals, raiseCounters } from './counters';
import type { Db } from './database';
import { LedgerUnavailable, withLedgerErrors } from './errors';
import { createGather, type Gather, officeOf, yearOf } from './gather';
import { eventsAfter, type Head, limitTransaction, lockHead, storedOutcome } from './head';
import { type AnyState, type AnyStep, RULES } from './rules';
import { tell } from './tell';

/**
 * What `record` promises: the same request gets the same answer, however often it is asked and by however many.
 * @throws LedgerRefusal for what can never be stored (D8); LedgerUnavailable for what is worth another try (D7)
 */
export type RecordStep = (request: RecordRequest) => Promise<RecordAnswer>;

/** The `record` of a ledger. One per process: it keeps the calendar between calls. */
export function createRecord(db: Db): RecordStep {
  const gather = createGather();
  return (request) =>
    withLedgerErrors(() =>
      db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => answer(transaction, gather, request)),
    );
}

async function answer(db: Db, gather: Gather, request: RecordRequest): Promise<RecordAnswer> {
  if (normalInstant(request.intent.at) === null)
    return refused(refuse('bad-date', { day: request.intent.at.slice(0, 40) }));
  await limitTransaction(db);
  const head = await lockHead(db, request);
  // Not even a row: the stream is unknown here, or this ledger is older than its launch (D12).
  if (!head) return request.expectedSeq > 0 ? { outcome: 'behind', head: 0 } : refused(refuse('not-launched'));
  const stored = await storedOutcome(db, head.id, request);
  if (stored) return stored;
  const { epoch, expectedSeq } = request;
  if (epoch < head.epoch) return { outcome: 'superseded' };
  if (expectedSeq > head.head_seq) return { outcome: 'behind', head: head.head_seq };
  if (isUnknownEpoch(request, head)) {
    // Nothing is missing here, and yet the epochs differ: two histories. A person must say which one holds.
    throw new LedgerUnavailable('unknown-epoch', `${head.id} is at epoch ${head.epoch} here, asked at ${epoch}`);
  }
  if (expectedSeq < head.head_seq) {
    return { outcome: 'ahead', events: await eventsAfter(db, head.id, expectedSeq, head.head_seq) };
  }
  return takeStep(db, gather, request, head);
}

/** A higher epoch is brought by its own relaunch and by nothing else (D9). */
function isUnknownEpoch({ epoch, intent }: RecordRequest, head: Head): boolean {
  return epoch > head.epoch && !(intent.type === 'relaunch' && intent.epoch === epoch);
}

async function takeStep(db: Db, gather: Gather, request: RecordRequest, head: Head): Promise<RecordAnswer> {
  const { kind } = request;
  const context = await gather(db, request, head.state);
  const step = await decide(db, request, head, context);
  if (isRefusal(step)) {
    if (isFinal(request, head)) await remember(db, head, request, { refusal: step });
    return refused(step);
  }
  if (step.events.length > 0) {
    const { state: after } = await append(db, kind, head, step.events);
    await tell(db, { id: head.id, kind, before: head.state, after }, step.notices);
    // What was owed before was reckoned with the calendar of then (R6).
    await showOnBoard(db, request.intent.type === 'calendar' ? null : head.state, after, context);
  }
  if (request.epoch > head.epoch) {
    await db.updateTable('streams').set({ epoch: request.epoch }).where('id', '=', head.id).execute();
  }
  if (head.state !== null || step.events.length > 0) await remember(db, head, request, { events: step.events });
  return { outcome: 'recorded', events: step.events };
}

/** Lists are of tasks; a plan's own process stands in none. */
async function showOnBoard(db: Db, before: AnyState | null, after: AnyState, context: Context): Promise<void> {
  if (!('parties' in after)) return;
  await writeBoard(db, before && 'parties' in before ? before : null, after, context);
}

/** Decides; where documents are numbered, once more with the counter held, so that the numbers are the office's next. */
async function decide(
  db: Db,
  { kind, intent }: RecordRequest,
  head: Head,
  context: Context,
): Promise<AnyStep | Refusal> {
  const { step } = RULES[kind];
  const first = step(head.state, intent, context);
  if (isRefusal(first) || first.numbered.slip + first.numbered.urging === 0) return first;
  const office = officeOf(intent, head.state);
  const year = yearOf(intent);
  const ordinals = await lockOrdinals(db, office, year);
  const numbered = step(head.state, intent, { ...context, ordinals });
  if (isRefusal(numbered)) return numbered;
  const { slip, urging } = numbered.numbered;
  await raiseCounters(db, office, year, { slip: ordinals.slip + slip - 1, urging: ordinals.urging + urging - 1 });
  return numbered;
}

/**
 * Whether a refusal is kept as the outcome of its id (D4). A person's is: the same id never succeeds later behind his
 * back. A refused launch is not: it has the same id every time, and what it lacked can be mended.
 */
function isFinal({ intent }: RecordRequest, head: Head): boolean {
  return head.state !== null && (intent.type === 'move' || intent.type === 'report');
}

async function remember(
  db: Db,
  head: Head,
  { intent }: RecordRequest,
  answered: { events: AnyStep['events'] } | { refusal: Refusal },
): Promise<void> {
  const no = 'refusal' in answered;
  await db
    .insertInto('intents')
    .values({
      stream: head.id,
      intent: intent.id,
      type: intent.type,
      at: intent.at,
      outcome: no ? 'refused' : 'recorded',
      first_seq: no ? null : (answered.events.at(0)?.seq ?? null),
      last_seq: no ? null : (answered.events.at(-1)?.seq ?? null),
      refusal: no ? JSON.stringify(answered.refusal) : null,
    })
    .execute();
}

function refused(refusal: Refusal): RecordAnswer {
  return { outcome: 'refused', refusal };
}
