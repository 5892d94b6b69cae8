/** The head of a stream: its lock (D3), what it remembers of an intent (D4), and the events behind it. */
import { sql } from 'kysely';
import type { AnyEvent, RecordAnswer, RecordRequest } from './contract';
import type { Db } from './database';
import { type AnyState, planOf, streamId } from './rules';

export interface Head {
  id: string;
  epoch: number;
  head_seq: number;
  head_hash: string;
  state: AnyState | null;
}

/**
 * The limits of a write, before anything else in its transaction (D7): a worker that freezes between two statements
 * must not hold a task for ever, and all of them end before the activity's ten seconds.
 * @param statementSeconds for one statement; who holds no task and has longer than an activity of ten seconds takes more
 */
export async function limitTransaction(db: Db, statementSeconds = 5): Promise<void> {
  await sql`SELECT set_config('lock_timeout', '3s', true), set_config('statement_timeout', ${`${statementSeconds}s`}, true),
    set_config('idle_in_transaction_session_timeout', '5s', true)`.execute(db);
}

/** Locks the stream's row until the transaction ends; the first `issue` makes it. Undefined: there is no such stream. */
export async function lockHead(db: Db, request: RecordRequest): Promise<Head | undefined> {
  const id = streamId(request.kind, request.stream);
  const locked = await selectLocked(db, id);
  if (locked || request.intent.type !== 'issue') return locked;
  await makeHead(db, request, request.epoch);
  return selectLocked(db, id);
}

/** An empty stream, unless it is there: of two who launch the same task, one makes it and the other finds it. */
export async function makeHead(db: Db, of: Pick<RecordRequest, 'kind' | 'stream'>, epoch: number): Promise<void> {
  const { kind, stream } = of;
  await db
    .insertInto('streams')
    .values({ id: streamId(kind, stream), kind, plan: planOf(kind, stream), epoch })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/**
 * The row of a stream, locked against other writers, but not against rows that only refer to it: a round that files a
 * letter's fate while it holds notices, and a step that wants to recall those, would otherwise wait for each other.
 */
export async function selectLocked(db: Db, id: string): Promise<Head | undefined> {
  return db
    .selectFrom('streams')
    .select(['id', 'epoch', 'head_seq', 'head_hash', 'state'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * What was answered to this intent before, or null. Should the asker lack events from before it, those come first
 * (`ahead`), so that nobody ever folds over a gap.
 */
export async function storedOutcome(db: Db, id: string, request: RecordRequest): Promise<RecordAnswer | null> {
  const known = await db
    .selectFrom('intents')
    .select(['outcome', 'first_seq', 'last_seq', 'refusal'])
    .where('stream', '=', id)
    .where('intent', '=', request.intent.id)
    .executeTakeFirst();
  if (!known) return null;
  if (known.refusal) return { outcome: 'refused', refusal: known.refusal };
  if (known.first_seq === null || known.last_seq === null) return { outcome: 'recorded', events: [] };
  const { expectedSeq } = request;
  if (known.first_seq > expectedSeq + 1) {
    return { outcome: 'ahead', events: await eventsAfter(db, id, expectedSeq, known.first_seq - 1) };
  }
  return { outcome: 'recorded', events: await eventsBetween(db, id, known.first_seq, known.last_seq) };
}

/**
 * Events behind `seq` up to `last`, for an asker who takes them and asks again: no more at once than fits into one
 * payload of Temporal (2 MB; a character is at most three bytes), but always one.
 */
export async function eventsAfter(db: Db, id: string, seq: number, last: number): Promise<AnyEvent[]> {
  const { rows } = await sql<{ bytes: string }>`
    SELECT bytes FROM (
      SELECT seq, bytes, sum(length(bytes)) OVER (ORDER BY seq) AS total FROM events
      WHERE stream = ${id} AND seq > ${seq} AND seq <= ${last}) AS behind
    WHERE total <= ${PAYLOAD_CHARACTERS} OR seq = ${seq + 1} ORDER BY seq`.execute(db);
  return rows.map(eventOf);
}

/** The newest events up to the head that fit into one payload, oldest first: the log of a workflow that is to go on. */
export async function newestEvents(db: Db, id: string): Promise<AnyEvent[]> {
  const { rows } = await sql<{ bytes: string }>`
    SELECT bytes FROM (
      SELECT seq, bytes, sum(length(bytes)) OVER (ORDER BY seq DESC) AS total FROM events WHERE stream = ${id}) AS newest
    WHERE total <= ${PAYLOAD_CHARACTERS} ORDER BY seq`.execute(db);
  return rows.map(eventOf);
}

const PAYLOAD_CHARACTERS = 400_000;

/** A stream's events in order, both ends included. */
export async function eventsBetween(db: Db, id: string, from: number, to: number): Promise<AnyEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select('bytes')
    .where('stream', '=', id)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute();
  return rows.map(eventOf);
}

/** From the bytes, not from the jsonb: what was hashed is what is handed out. */
function eventOf({ bytes }: { bytes: string }): AnyEvent {
  return JSON.parse(bytes) as AnyEvent;
}
