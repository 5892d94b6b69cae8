/** How many tasks of a plan run, while it is launched and after. */
import type { PlanId } from '../domain/plan';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

export async function launchedTasks(db: Db, plan: PlanId): Promise<number> {
  const { count } = await withLedgerErrors(() =>
    db
      .selectFrom('streams')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('plan', '=', plan)
      .where('kind', '=', 'task')
      .where('state', 'is not', null)
      .executeTakeFirstOrThrow(),
  );
  return Number(count);
}
