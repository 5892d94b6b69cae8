/**
 * Answers about the board that many readers ask for, kept for as long as the board has not changed. Whether it has is
 * asked each time, so nobody is told less than the ledger knew when he asked; what is saved is the counting.
 */
import { sql } from 'kysely';
import type { Day } from '../../domain/days';
import type { PlanId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { ofOffices } from './sight';

/** Of what is asked. The board must have been turned to the day (board-day.ts). */
export interface Scope {
  sight: Sight;
  plan?: PlanId;
  on: Day;
}

interface Kept {
  /** `pg_current_snapshot()` of a moment before the answer was reckoned, or at which it still held. */
  snapshot: string;
  answer: Promise<unknown>;
  reckonedAt: number;
}

/** Nothing is kept longer, should a database be put in another's place under a running server. */
const LONGEST_MS = 60_000;
/** More questions than the officers of a city ask in a minute. */
const MOST = 500;

export class KeptAnswers {
  private readonly kept = new Map<string, Kept>();

  /**
   * What `reckon` answers, or answered while nothing has changed since; readers of one moment share one reckoning. The
   * answer is everybody's: nobody may change it. A unit's sight is reckoned anew each time: it is small, and tasks enter
   * and leave it.
   * @param question names `reckon` among all that are asked of a scope
   */
  async ask<T>(db: Db, question: string, scope: Scope, reckon: () => Promise<T>): Promise<T> {
    if (scope.sight !== 'everything' && scope.sight.units.length > 0) return reckon();
    const key = JSON.stringify([question, scope]);
    const found = this.kept.get(key);
    const { now, changed } = await look(db, scope, found?.snapshot ?? null);
    const newest = this.kept.get(key);
    // Somebody else began to reckon while this reader looked: later than this reader asked, so it holds for him.
    if (newest && newest !== found) return newest.answer as Promise<T>;
    if (found && !changed && performance.now() - found.reckonedAt < LONGEST_MS) {
      found.snapshot = now;
      return found.answer as Promise<T>;
    }
    return this.reckon(key, now, reckon);
  }

  private reckon<T>(key: string, snapshot: string, reckon: () => Promise<T>): Promise<T> {
    const answer = reckon();
    const one: Kept = { snapshot, answer, reckonedAt: performance.now() };
    this.kept.delete(key);
    this.kept.set(key, one);
    for (const oldest of [...this.kept.keys()].slice(0, -MOST)) this.kept.delete(oldest);
    // A failure is its askers', and not the next one's.
    answer.catch(() => {
      if (this.kept.get(key) === one) this.kept.delete(key);
    });
    return answer;
  }
}

/**
 * The moment, and whether the board changed since an earlier one: by a step, which marks its stream (0013), or by a turn
 * to a new day (0022). What commits late counts by its transaction, and not by its time.
 * @param since a snapshot; null: nothing is known of earlier
 */
async function look(db: Db, { sight, plan }: Scope, since: string | null): Promise<{ now: string; changed: boolean }> {
  // A task stays in its plan and with its office, so that what changed is found where it is counted.
  const within = plan === undefined ? ofOffices(sight) : sql`plan = ${plan}`;
  const oldest = since?.split(':')[0] ?? '0';
  const { rows } = await withLedgerErrors(() =>
    since === null
      ? sql<{ now: string; changed: boolean }>`SELECT pg_current_snapshot()::text AS now, true AS changed`.execute(db)
      : sql<{ now: string; changed: boolean }>`
        SELECT pg_current_snapshot()::text AS now,
          EXISTS (SELECT FROM streams WHERE changed_xid >= ${oldest}::xid8 AND ${within}
            AND NOT pg_visible_in_snapshot(changed_xid, ${since}::pg_snapshot))
          OR EXISTS (SELECT FROM board_turns WHERE NOT pg_visible_in_snapshot(changed_xid, ${since}::pg_snapshot))
          AS changed`.execute(db),
  );
  const [row] = rows;
  if (!row) throw new RangeError('a row without a table was not there');
  return row;
}
