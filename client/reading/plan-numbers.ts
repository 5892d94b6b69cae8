/** The numbers that a plan goes by. */
import { DEFAULT_POLICY, type Policy } from '../../domain/policy';
import { policyOf } from '../../domain/policy-schema';
import type { StoredPlan } from '../../ledger/plans';

/** Frozen at launch; in a draft those that it would be launched with. Throws PolicyError where a draft's are wrong. */
export function numbersOf({ policy, plan }: StoredPlan): Policy {
  return policy ?? (plan.policy ? policyOf(plan.policy) : DEFAULT_POLICY);
}
