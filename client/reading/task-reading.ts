/** One task with everything that is shown beside it, for whoever may see it. */
import type { Day } from '../../domain/days';
import type { PlanTask, TaskId } from '../../domain/plan';
import { isInSight, type Sight } from '../../domain/rights';
import { planIdOf } from '../../domain/task-ids';
import { planRowInSight } from '../../ledger/lists/plans';
import { planTaskOf } from '../../ledger/plan-tasks';
import { showTask, type TaskPage } from '../../ledger/tasks';
import type { Reader } from '../reader';
import { type TaskLibrary, taskLibrary } from './task-library';

export interface TaskReading {
  planTask: PlanTask;
  /** Null: it was not launched yet. */
  page: TaskPage | null;
  beside: TaskLibrary;
}

/** Null: there is no such task, or it is out of sight. */
export async function readTask(user: Reader, id: TaskId, today: Day): Promise<TaskReading | null> {
  const { db } = user.desk;
  const plan = await planRowInSight(db, user.sight, planIdOf(id));
  const planTask = plan && (await planTaskOf(db, plan.id, id));
  if (!plan || !planTask) return null;
  const page = await showTask(db, id, today);
  // Before its launch a task is its office's own affair.
  if (page ? !user.sees(page.task) : !isInSight(user.sight, plan.office, [])) return null;
  const beside = await taskLibrary(db, { id, category: planTask.category });
  return { planTask, page: page && ownLettersOf(page, user.sight), beside };
}

/** What was said to others than the reader's own units is theirs. */
function ownLettersOf(page: TaskPage, sight: Sight): TaskPage {
  if (sight === 'everything' || sight.offices.includes(page.task.office)) return page;
  const isOwn = ({ to }: { to: { unit: string } }) => sight.units.includes(to.unit);
  return { ...page, letters: page.letters.filter(isOwn), notices: page.notices.filter(isOwn) };
}
