/** A task's id is its plan's, a slash, and its own number in the document: `zhuzhou-2020/1-07`. */
import type { PlanId, TaskId } from './plan';

/** `1-07`. */
export function numberOf(task: TaskId): string {
  return task.slice(task.indexOf('/') + 1);
}

/** `zhuzhou-2020`. */
export function planIdOf(task: TaskId): PlanId {
  return task.slice(0, task.indexOf('/'));
}
