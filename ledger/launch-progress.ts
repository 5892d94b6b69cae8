/** How far a launch is (D14), as the ledger has it: whoever asks needs no process of his own, and no memory of a request. */
import type { PlanId } from '../domain/plan';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** How many tasks of the plan were issued. */
export async function issuedTasks(db: Db, plan: PlanId): Promise<number> {
  const { count } = await withLedgerErrors(() =>
    db
      .selectFrom('streams')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('plan', '=', plan)
      .where('kind', '=', 'task')
      .where('head_seq', '>', 0)
      .executeTakeFirstOrThrow(),
  );
  return Number(count);
}
