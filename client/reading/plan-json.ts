/** A stored plan as programs read it. */
import type { StoredPlan } from '../../ledger/plans';

/** The plan as it stands in the ledger, with its state beside it. */
export function planJson({ plan, status, revision, corrections, policy, launchOn, launchedAt, signedBy }: StoredPlan) {
  return { ...plan, status, revision, corrections, frozenPolicy: policy, launchOn, launchedAt, signedBy };
}
