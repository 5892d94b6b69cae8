/** What commands read of the ledger, as far as the command's person sees it; what he does not see is not there. */
import type { PlanId } from '../../domain/plan';
import { planIdOf } from '../../domain/task-ids';
import { planRowInSight } from '../../ledger/lists/plans';
import { unknownPlan } from '../../ledger/plans';
import type { Reader } from '../reader';
import { readTask, type TaskReading } from '../reading/task-reading';
import { wrongCall } from './failure';
import { asTask } from './inputs';
import { readerOf } from './people';
import type { Session } from './session';

/**
 * A task with everything that is shown beside it.
 * @param typed its id as it was typed
 * @throws LedgerRefusal `unknown-plan`, CliFailure `unknown-task`
 */
export async function readingOf(session: Session, typed: string): Promise<TaskReading> {
  const id = asTask(typed);
  const reader = await readerOf(session);
  const found = await readTask(reader, id, session.today());
  if (found) return found;
  const plan = planIdOf(id);
  await cityOfPlan(reader, plan);
  throw unknownTask(plan, id);
}

/** The city whose units a plan's readers mean. Throws LedgerRefusal `unknown-plan`. */
export async function cityOfPlan({ desk, sight }: Reader, id: PlanId): Promise<string> {
  const row = await planRowInSight(desk.db, sight, id);
  if (!row) throw unknownPlan(id);
  return row.city;
}

/** What is said of a task that is not there. */
export function unknownTask(plan: PlanId, task: string) {
  return wrongCall('unknown-task', `方案${plan}没有任务${task}。`, `the plan ${plan} has no task ${task}`, {
    next: `duban tasks --plan ${plan}`,
  });
}
