/** Moves on many tasks at once as they were looked at, and how far each has come. */
import type { Move } from '../domain/intents';
import type { PlanId, TaskId } from '../domain/plan';
import type { Refusal } from '../domain/refusals';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import type { BulkMoveTasksTable } from './tables';

export interface BulkTask {
  task: TaskId;
  title: string;
  moveId: string;
  /** The last event that the look saw. */
  seen: number;
  /** Why a refusal is expected; null: none is. */
  expected: Refusal | null;
  /** Null: not made yet. */
  outcome: BulkMoveTasksTable['outcome'];
  refusal: Refusal | null;
}

export interface Bulk {
  id: string;
  plan: PlanId;
  move: Move;
  madeAt: string;
  startedAt: string | null;
  /** By task. */
  tasks: BulkTask[];
}

/** Keeps a look. */
export async function storeBulk(
  db: Db,
  bulk: Omit<Bulk, 'startedAt' | 'tasks'> & { login: string; tasks: Omit<BulkTask, 'outcome' | 'refusal'>[] },
): Promise<void> {
  const { id, plan, login, move, madeAt, tasks } = bulk;
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('bulk_moves')
        .values({ id, plan, login, move: JSON.stringify(move), made_at: madeAt, started_at: null })
        .execute();
      if (tasks.length === 0) return;
      await transaction
        .insertInto('bulk_move_tasks')
        .values(
          tasks.map(({ task, title, moveId, seen, expected }) => ({
            bulk: id,
            task,
            title,
            move_id: moveId,
            seen_seq: seen,
            expected: expected && JSON.stringify(expected),
            outcome: null,
            refusal: null,
          })),
        )
        .execute();
    }),
  );
}

/** A look and how far it has come; null where this user has none of that id. */
export async function showBulk(db: Db, id: string, login: string): Promise<Bulk | null> {
  return withLedgerErrors(async () => {
    const row = await db
      .selectFrom('bulk_moves')
      .selectAll()
      .where('id', '=', id)
      .where('login', '=', login)
      .executeTakeFirst();
    if (!row) return null;
    const tasks = await db.selectFrom('bulk_move_tasks').selectAll().where('bulk', '=', id).orderBy('task').execute();
    return {
      id,
      plan: row.plan,
      move: row.move,
      madeAt: row.made_at,
      startedAt: row.started_at,
      tasks: tasks.map(({ task, title, move_id, seen_seq, expected, outcome, refusal }) => {
        return { task, title, moveId: move_id, seen: seen_seq, expected, outcome, refusal };
      }),
    };
  });
}

/** It was told to go. */
export async function startBulk(db: Db, id: string, at: string): Promise<void> {
  await withLedgerErrors(() =>
    db.updateTable('bulk_moves').set({ started_at: at }).where('id', '=', id).where('started_at', 'is', null).execute(),
  );
}

/** What came of one task. An outcome that is known stays. */
export async function settleBulkTask(
  db: Db,
  id: string,
  task: TaskId,
  { outcome, refusal }: Pick<BulkTask, 'outcome' | 'refusal'>,
): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('bulk_move_tasks')
      .set({ outcome, refusal: refusal && JSON.stringify(refusal) })
      .where('bulk', '=', id)
      .where('task', '=', task)
      .where(({ eb, or }) => or([eb('outcome', 'is', null), eb('outcome', '=', 'unknown')]))
      .execute(),
  );
}
