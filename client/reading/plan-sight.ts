/** Plans as far as their reader may see them: an officer his office's, a unit its own tasks of those that were launched. */
import { sql } from 'kysely';
import type { PlanId, TaskId } from '../../domain/plan';
import { isInSight, type Sight } from '../../domain/rights';
import { planId } from '../../domain/schemas';
import type { Db } from '../../ledger/database';
import { LedgerRefusal } from '../../ledger/errors';
import { planRowsInSight } from '../../ledger/lists/plans';
import { type PlanRow, type StoredPlan, showPlan } from '../../ledger/plans';
import type { Reader } from '../reader';

/** The plan, with the tasks in sight; null if there is none, or nothing of it is in sight. */
export async function planInSight({ desk: { db }, sight }: Reader, id: PlanId): Promise<StoredPlan | null> {
  const stored = await storedPlan(db, id);
  if (!stored || isInSight(sight, stored.plan.office, [])) return stored;
  const own = await tasksOfUnits(db, sight, id);
  if (own.length === 0) return null;
  const tasks = stored.plan.tasks.filter(({ id: task }) => own.includes(task));
  // How the draft came to be is the office's own affair.
  return { ...stored, corrections: [], plan: { ...stored.plan, tasks } };
}

/** The plan as its office has it, draft, rehearsal and launch; null if there is none, or it is another's: the two look alike. */
export async function planOfOffice({ desk: { db }, sight }: Reader, id: PlanId): Promise<StoredPlan | null> {
  const stored = await storedPlan(db, id);
  return stored && isInSight(sight, stored.plan.office, []) ? stored : null;
}

/** Plans of which anything is in sight, by id; a unit's are counted by its own tasks. */
export async function plansInSight({ desk: { db }, sight }: Reader): Promise<PlanRow[]> {
  const rows = (await planRowsInSight(db, sight)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const own = await tasksOfUnits(db, sight);
  return rows.map((row) => {
    if (isInSight(sight, row.office, [])) return row;
    return { ...row, tasks: own.filter((task) => task.startsWith(`${row.id}/`)).length };
  });
}

async function storedPlan(db: Db, id: PlanId): Promise<StoredPlan | null> {
  // Out of somebody's hand: no plan is called so, and the database need not be asked.
  if (!planId.safeParse(id).success) return null;
  try {
    return await showPlan(db, id);
  } catch (error) {
    if (error instanceof LedgerRefusal && error.code === 'unknown-plan') return null;
    throw error;
  }
}

/** Launched tasks in which units of this sight are parties. */
async function tasksOfUnits(db: Db, sight: Sight, plan?: PlanId): Promise<TaskId[]> {
  if (sight === 'everything' || sight.units.length === 0) return [];
  let query = db
    .selectFrom('streams')
    .select('id')
    .where('kind', '=', 'task')
    .where('state', 'is not', null)
    .where('units', '&&', sql<string[]>`${sight.units}::text[]`);
  if (plan !== undefined) query = query.where('plan', '=', plan);
  return (await query.execute()).map(({ id }) => id.slice('task/'.length));
}
