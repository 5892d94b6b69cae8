/**
 * Answers about the board that many readers ask for, kept for as long as the board has not changed. Whether it has is
 * asked each time, so nobody is told less than the ledger knew when he asked; what is saved is the counting.
 */
import { sql } from 'kysely';
import type { Day } from '../../domain/days';
import type { PlanId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import { isBehind, turnBoard } from '../board-day';
import { isUnseen } from '../changes';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { ofOffices } from './sight';

/** Of what is asked. */
export interface Scope {
  sight: Sight;
  plan?: PlanId;
  on: Day;
}

interface Kept {
  /** `pg_current_snapshot()` of a moment before anything was reckoned, or at which all of it still held. */
  snapshot: string;
  answers: Answers;
  since: number;
}

/** Nothing is kept longer, should a database be put in another's place under a running server. */
const LONGEST_MS = 60_000;
/** More than the officers of a city look at in a minute. */
const MOST_SCOPES = 200;
const MOST_ANSWERS = 50;

export class KeptAnswers {
  private readonly kept = new Map<string, Kept>();

  /**
   * Turns the board to the day, and gives what is known of it as it stands now. A unit's sight is reckoned anew each time:
   * it is small, and tasks enter and leave it.
   */
  async at(db: Db, scope: Scope): Promise<Answers> {
    if (scope.sight !== 'everything' && scope.sight.units.length > 0) {
      await turnBoard(db, scope.on);
      return new Answers();
    }
    const key = JSON.stringify(scope);
    const found = this.kept.get(key);
    const { now, changed } = await lookTurned(db, scope, found?.snapshot ?? null);
    const newest = this.kept.get(key);
    // Somebody else began anew while this reader looked: later than this reader asked, so it holds for him.
    if (newest && newest !== found) return newest.answers;
    if (found && !changed && performance.now() - found.since < LONGEST_MS) {
      found.snapshot = now;
      return found.answers;
    }
    const answers = new Answers();
    put(this.kept, key, { snapshot: now, answers, since: performance.now() }, MOST_SCOPES);
    return answers;
  }
}

/** Of one moment. Readers of that moment share each answer, so nobody may change it. */
export class Answers {
  private readonly known = new Map<string, Promise<unknown>>();

  /** @param question names `reckon` among all that are asked of the scope */
  ask<T>(question: string, reckon: () => Promise<T>): Promise<T> {
    const known = this.known.get(question);
    if (known) return known as Promise<T>;
    const answer = reckon();
    put(this.known, question, answer, MOST_ANSWERS);
    // A failure is its askers', and not the next one's.
    answer.catch(() => this.known.delete(question));
    return answer;
  }
}

/** Puts the newest last, and drops the oldest beyond so many. */
function put<T>(all: Map<string, T>, key: string, one: T, most: number): void {
  all.delete(key);
  all.set(key, one);
  const [oldest] = all.keys();
  if (all.size > most && oldest !== undefined) all.delete(oldest);
}

interface Look {
  now: string;
  changed: boolean;
  /** The board stands at an earlier day. */
  behind: boolean;
}

async function lookTurned(db: Db, scope: Scope, since: string | null): Promise<Look> {
  const first = await look(db, scope, since);
  if (!first.behind) return first;
  await turnBoard(db, scope.on);
  return look(db, scope, since);
}

/**
 * The moment, and whether the board changed since an earlier one: by a step, which marks its stream (0013), or by a turn
 * to a new day (0022). What commits late counts by its transaction, and not by its time.
 * @param since a snapshot; null: nothing is known of earlier
 */
async function look(db: Db, { sight, plan, on }: Scope, since: string | null): Promise<Look> {
  // A task stays in its plan and with its office, so that what changed is found where it is counted.
  const within = plan === undefined ? ofOffices(sight) : sql`plan = ${plan}`;
  const changed =
    since === null
      ? sql`true`
      : sql`(EXISTS (SELECT FROM streams WHERE ${isUnseen(since)} AND ${within})
          OR EXISTS (SELECT FROM board_turns WHERE NOT pg_visible_in_snapshot(changed_xid, ${since}::pg_snapshot)))`;
  const { rows } = await withLedgerErrors(() =>
    sql<Look>`SELECT pg_current_snapshot()::text AS now, ${changed} AS changed, ${isBehind(on)} AS behind`.execute(db),
  );
  const [row] = rows;
  if (!row) throw new RangeError('a row without a table was not there');
  return row;
}
