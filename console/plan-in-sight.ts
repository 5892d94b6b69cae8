/** A stored plan, if the user sees it: his office's, or one of which his unit has a task and that he may read whole. */
import type { UserDesk } from '../client/as-user';
import { LedgerRefusal } from '../ledger/errors';
import { type StoredPlan, showPlan } from '../ledger/plans';

/** Null for a plan that there is not, and for one that he does not see: the two must look alike. */
export async function planInSight({ desk, sight }: UserDesk, id: string): Promise<StoredPlan | null> {
  const stored = await showPlan(desk.db, id).catch((error) => {
    if (error instanceof LedgerRefusal && error.code === 'unknown-plan') return null;
    throw error;
  });
  if (!stored) return null;
  // A draft, a rehearsal and a launch are the office's; a unit sees the tasks that are launched.
  return sight === 'everything' || sight.offices.includes(stored.plan.office) ? stored : null;
}
