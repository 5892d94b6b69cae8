/** What several commands read of the ledger. */
import type { TaskId } from '../../domain/plan';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy';
import { policyOf } from '../../domain/policy-schema';
import type { Task } from '../../domain/task';
import type { StoredPlan } from '../../ledger/plans';
import { loadStream } from '../../ledger/relaunch';
import type { Session } from './session';

/** A task as it stands, or null before its launch. */
export async function taskOf(session: Session, id: TaskId): Promise<Task | null> {
  const loaded = await loadStream(await session.db(), { kind: 'task', stream: id });
  // The stream's kind says which of the two states it is.
  return (loaded?.state as Task | undefined) ?? null;
}

/** The numbers that a plan goes by: frozen at launch, in a draft those it would be launched with. */
export function numbersOf({ policy, plan }: StoredPlan): Policy {
  return policy ?? (plan.policy ? policyOf(plan.policy) : DEFAULT_POLICY);
}
