/** What waits for a coordination office: reviews, extensions, mails that nobody could place, letters that did not arrive. */
import { sql } from 'kysely';
import { type Day, dayOf, instantOf } from '../../domain/days';
import type { TaskId, UnitId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import type { Office } from '../../domain/unit';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { repliesOf } from '../replies';
import { ofOffices } from './sight';

/** A decision that is the office's, and until when. */
export interface WaitingTask {
  task: TaskId;
  title: string;
  leads: UnitId[];
  dueOn: Day;
}

export interface WaitingList {
  first: WaitingTask[];
  total: number;
}

/** A unit that letters do not reach. */
export interface DeliveryProblem {
  unit: UnitId;
  to: Office;
  letter: string;
  on: Day;
  state: 'failed' | 'unsure';
  address: string | null;
  answer: string | null;
}

export interface Waiting {
  reviews: WaitingList;
  extensions: WaitingList;
  replies: { open: number; since: string | null };
  problems: { first: DeliveryProblem[]; total: number };
}

/** Letters that failed longer ago are history: the unit has had others since. */
const PROBLEM_DAYS = 14;

/**
 * What waits on a day for the offices in sight; who has none, has nothing waiting.
 * @param limit how many of each are named; `total` counts all
 */
export async function waitingFor(db: Db, sight: Sight, { on, limit }: { on: Day; limit: number }): Promise<Waiting> {
  return withLedgerErrors(async () => {
    return {
      reviews: await decisions(db, sight, 'review_due_on', limit),
      extensions: await decisions(db, sight, 'extension_due_on', limit),
      replies: await openReplies(db, sight),
      problems: await deliveryProblems(db, sight, on, limit),
    };
  });
}

async function decisions(
  db: Db,
  sight: Sight,
  column: 'review_due_on' | 'extension_due_on',
  limit: number,
): Promise<WaitingList> {
  const due = sql.ref(column);
  const waits = sql`${ofOffices(sight)} AND ${due} IS NOT NULL`;
  const { rows } = await sql<WaitingTask & { total: number }>`
    SELECT task, title, leads, ${due} AS "dueOn", (SELECT count(*) FROM board WHERE ${waits}) AS total
    FROM board WHERE ${waits} ORDER BY ${due} LIMIT ${limit}`.execute(db);
  return { first: rows.map(({ total: _, ...task }) => task), total: rows[0]?.total ?? 0 };
}

async function openReplies(db: Db, sight: Sight): Promise<Waiting['replies']> {
  const { rows } = await sql<{ open: number; since: string | null }>`
    SELECT count(*) AS open, min(received_at) AS since FROM replies
    WHERE state IN ('pending', 'open')
      AND ${sight === 'everything' ? sql`true` : repliesOf(sight.offices)}`.execute(db);
  return rows[0] ?? { open: 0, since: null };
}

async function deliveryProblems(db: Db, sight: Sight, on: Day, limit: number): Promise<Waiting['problems']> {
  const since = new Date(Date.parse(instantOf(on, '00:00')) - PROBLEM_DAYS * 86_400_000).toISOString();
  const { rows } = await sql<Omit<DeliveryProblem, 'on'> & { at: string; total: number }>`
    SELECT to_unit AS unit, to_office AS "to", letter, slot_at AS at, state, address, answer, count(*) OVER () AS total
    FROM (SELECT DISTINCT ON (to_unit, to_office) to_unit, to_office, id AS letter, slot_at, state, address, answer
          FROM letters WHERE state IN ('failed', 'unsure') AND slot_at >= ${since} AND ${ofOffices(sight)}
          ORDER BY to_unit, to_office, slot_at DESC) AS newest
    ORDER BY slot_at DESC, to_unit LIMIT ${limit}`.execute(db);
  return {
    first: rows.map(({ at, total: _, ...row }) => ({ ...row, on: dayOf(at) })),
    total: rows[0]?.total ?? 0,
  };
}
