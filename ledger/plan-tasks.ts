/** Tasks one by one, as their plan words them. The plan is what counts: these are read off it whenever it is written. */
import { sql } from 'kysely';
import type { PlanId, PlanTask, TaskId } from '../domain/plan';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** In the transaction that wrote the plan. */
export async function writePlanTasks(transaction: Db, plan: PlanId): Promise<void> {
  await transaction.deleteFrom('plan_tasks').where('plan', '=', plan).execute();
  await sql`
    INSERT INTO plan_tasks (plan, task, body)
    SELECT plans.id, task ->> 'id', task FROM plans, jsonb_array_elements(plans.body::jsonb -> 'tasks') AS task
    WHERE plans.id = ${plan}`.execute(transaction);
}

/** A task of a plan, draft or launched; null where there is none. */
export async function planTaskOf(db: Db, plan: PlanId, id: TaskId): Promise<PlanTask | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('plan_tasks').select('body').where('plan', '=', plan).where('task', '=', id).executeTakeFirst(),
  );
  return row?.body ?? null;
}
