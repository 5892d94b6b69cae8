/**
 * What the mail room owes the tasks (R33, D23). Hand-over is assumed, so only what differs is fed back: a failure, and
 * the hand-over that ends one or that fell on another day than was assumed. Only letters to a unit's liaison count:
 * heads and leaders are told beside him.
 */
import { type RawBuilder, sql } from 'kysely';
import type { WorkCalendar } from '../../domain/calendar';
import { type Day, instantOf } from '../../domain/days';
import { SYSTEM } from '../../domain/events';
import type { DeliveredNotice, Intent } from '../../domain/intents';
import { assumedHandOver, OFFICE_CLOSES } from '../../domain/rounds';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import type { LetterFeedbackTable } from '../tables';
import { type MailDb, mailTables } from './tables';

/** handed: over to the mail server. failed: not. bounced: handed over, and returned later. */
export type Fate = LetterFeedbackTable['outcome'];
export type DeliveryIntent = Extract<Intent, { type: 'delivery' }>;

/** One fate of one letter, owed to one task. */
export interface Feedback {
  letter: string;
  stream: string;
  task: string;
  /** The task is completed or cancelled: its process has ended, and nothing depends on the letter any more. */
  over: boolean;
  intent: DeliveryIntent;
}

/**
 * Owes a failure to every task that the letter spoke of and that has not heard of it: a notice that failed with an
 * earlier letter, or reached its unit with a later one, is no news.
 * @param on the day it did not arrive
 */
export function feedBackFailure(db: MailDb, letter: string, on: Day): Promise<void> {
  return owe(db, { letter, outcome: 'failed', on }, sql`o.state = 'handed' OR f.letter IS NOT NULL`);
}

/**
 * Owes it to every task that the letter spoke of that it came back after it was handed over, unless another letter took
 * the notice to its unit.
 */
export async function feedBackBounce(db: MailDb, letter: string, on: Day): Promise<void> {
  // A hand-over that no task has heard of was none: told after the failure it would end it.
  await sql`DELETE FROM letter_feedback WHERE letter = ${letter} AND outcome = 'handed' AND fed_back_at IS NULL`.execute(
    db,
  );
  await owe(db, { letter, outcome: 'bounced', on }, sql`o.state = 'handed'`);
}

/** @param isNoNews of a letter `o` with the same notice, and of the failure `f` that the task has heard of it, if any */
async function owe(
  db: MailDb,
  { letter, outcome, on }: { letter: string; outcome: Fate; on: Day },
  isNoNews: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    INSERT INTO letter_feedback (letter, stream, outcome, on_day)
    SELECT DISTINCT l.id, n.stream, ${outcome}, ${on}::date
    FROM letters l JOIN letter_notices said ON said.letter = l.id JOIN notices n ON n.id = said.notice
    WHERE l.id = ${letter} AND l.to_office = 'liaison' AND n.to_unit = l.to_unit AND n.to_office = 'liaison'
      AND n.task IS NOT NULL AND n.recalled_at IS NULL
      AND NOT EXISTS (
        SELECT FROM letter_notices other JOIN letters o ON o.id = other.letter
        LEFT JOIN letter_feedback f ON f.letter = o.id AND f.stream = n.stream AND f.outcome = 'failed'
        WHERE other.notice = n.id AND (${isNoNews}))
    ON CONFLICT DO NOTHING`.execute(db);
}

/** The order in which the fates of one letter can follow each other. */
const inOrder = sql`array_position(ARRAY['failed', 'handed', 'bounced'], f.outcome)`;

/**
 * Owes hand-overs to the tasks that cannot assume them.
 * @param handed letters, and the day each was handed over
 */
export async function feedBackHandOvers(
  db: MailDb,
  handed: readonly { letter: string; on: Day }[],
  calendar: WorkCalendar,
): Promise<void> {
  // H matters for the issue notice only: it is day 0 of the acknowledgement (R13).
  const { rows } = await sql<{ letter: string; issued_at: string | null; failing: boolean; streams: string[] }>`
    SELECT told.letter, told.issued_at, told.failing, array_agg(told.stream) AS streams
    FROM (
      SELECT l.id AS letter, n.stream, CASE n.kind WHEN 'issue' THEN n.made_at END AS issued_at, coalesce((
          SELECT f.outcome <> 'handed' FROM letter_feedback f JOIN letters o ON o.id = f.letter
          WHERE f.stream = n.stream AND o.to_unit = l.to_unit
          ORDER BY f.on_day DESC, o.slot_at DESC, ${inOrder} DESC LIMIT 1), false) AS failing
      FROM letters l JOIN letter_notices said ON said.letter = l.id JOIN notices n ON n.id = said.notice
      WHERE l.id = ANY (${handed.map(({ letter }) => letter)}::text[]) AND l.to_office = 'liaison'
        AND n.to_unit = l.to_unit AND n.to_office = 'liaison' AND n.task IS NOT NULL) AS told
    WHERE told.issued_at IS NOT NULL OR told.failing
    GROUP BY told.letter, told.issued_at, told.failing`.execute(db);
  const days = new Map(handed.map(({ letter, on }) => [letter, on]));
  const owed = rows
    .filter(
      ({ letter, issued_at, failing }) =>
        failing || (issued_at !== null && assumedHandOver(calendar, issued_at) !== days.get(letter)),
    )
    .flatMap(({ letter, streams }) => streams.map((stream) => ({ letter, stream, on: days.get(letter) ?? null })));
  if (owed.length === 0) return;
  await sql`
    INSERT INTO letter_feedback (letter, stream, outcome, on_day)
    SELECT DISTINCT t.letter, t.stream, 'handed', t.on_day
    FROM unnest(${owed.map(({ letter }) => letter)}::text[], ${owed.map(({ stream }) => stream)}::text[],
      ${owed.map(({ on }) => on)}::date[]) AS t (letter, stream, on_day)
    ON CONFLICT DO NOTHING`.execute(db);
}

/**
 * What was not fed back, oldest first, so that a failure precedes the hand-over that ends it (D23). The same every
 * time it is asked: intent ids are made of letter and outcome.
 */
export async function undeliveredFeedback(db: Db, limit = 500): Promise<Feedback[]> {
  const { rows } = await sql<{
    letter: string;
    stream: string;
    task: string;
    outcome: Fate;
    on_day: Day;
    to_unit: string;
    at: string | null;
    over: boolean;
    notices: DeliveredNotice[];
  }>`
    SELECT f.letter, f.stream, min(n.task) AS task, f.outcome, f.on_day, l.to_unit,
      CASE f.outcome WHEN 'handed' THEN l.handed_at ELSE l.failed_at END AS at,
      coalesce(bool_or(t.status IN ('completed', 'cancelled')), false) AS over,
      jsonb_agg(jsonb_build_object('kind', n.kind, 'slip', n.slip) ORDER BY n.id) AS notices
    FROM letter_feedback f JOIN letters l ON l.id = f.letter JOIN streams t ON t.id = f.stream
    JOIN letter_notices said ON said.letter = l.id
    JOIN notices n ON n.id = said.notice AND n.stream = f.stream AND n.to_unit = l.to_unit AND n.to_office = 'liaison'
    WHERE f.fed_back_at IS NULL
    GROUP BY f.letter, f.stream, f.outcome, f.on_day, l.to_unit, l.handed_at, l.failed_at, l.slot_at
    ORDER BY f.on_day, l.slot_at, ${inOrder}, f.letter, f.stream
    LIMIT ${limit}`.execute(mailTables(db));
  return rows.map(({ letter, stream, task, outcome, on_day, to_unit, at, over, notices }) => ({
    letter,
    stream,
    task,
    over,
    intent: {
      // One letter may fail, still arrive later, and come back: three intents.
      id: `delivery:${letter}:${outcome}`,
      at: at ?? instantOf(on_day, OFFICE_CLOSES),
      actor: SYSTEM,
      type: 'delivery',
      letter,
      unit: to_unit,
      outcome: outcome === 'handed' ? 'handed' : 'failed',
      on: on_day,
      notices,
    },
  }));
}

/**
 * Owes again what open tasks, all or those of one plan, were sent and did not take: their process ended with it in its
 * hands, or the ledger is older than the taking. Only what was sent after a task's last event can be such.
 */
export async function oweFatesAgain(db: Db, plan?: string): Promise<void> {
  await withLedgerErrors(() =>
    sql`
      UPDATE letter_feedback f SET fed_back_at = NULL FROM streams t
      WHERE t.id = f.stream AND t.status IN ('open', 'suspended') AND (${plan ?? null}::text IS NULL OR t.plan = ${plan ?? null})
        AND f.fed_back_at >= t.head_at - interval '1 minute' AND NOT EXISTS (
          SELECT FROM intents i WHERE i.stream = f.stream AND i.intent = 'delivery:' || f.letter || ':' || f.outcome)`.execute(
      db,
    ),
  );
}

/** The task took it, or will never take anything again. */
export async function markFedBack(
  db: Db,
  fed: Pick<Feedback, 'letter' | 'stream' | 'intent'>,
  now: string,
): Promise<void> {
  await db
    .updateTable('letter_feedback')
    .set({ fed_back_at: now })
    .where('letter', '=', fed.letter)
    .where('stream', '=', fed.stream)
    .where('outcome', '=', fateIn(fed.intent.id))
    .execute();
}

/** Which fate an intent tells: its outcome alone says no more than whether the letter arrived. */
function fateIn(intent: string): Fate {
  const fate = intent.slice(intent.lastIndexOf(':') + 1);
  return fate === 'handed' || fate === 'bounced' ? fate : 'failed';
}
