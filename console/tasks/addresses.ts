/** Where a task's pages are: its own number is the last part of the path. */
import type { MoveName } from '../../domain/intents';
import type { TaskId } from '../../domain/plan';
import { taskId } from '../../domain/schemas';
import { numberOf, planIdOf } from '../../domain/task-ids';

/** `/plans/zhuzhou-2020/tasks/1-07`. */
export function taskPath(task: TaskId): string {
  return `/plans/${planIdOf(task)}/tasks/${numberOf(task)}`;
}

/** The form of a move. */
export function movePath(task: TaskId, move: MoveName): string {
  return `${taskPath(task)}/moves/${move}`;
}

/** The task of a path's parts; null where they can be none. */
export function taskIn({ plan, no }: { plan: string; no: string }): TaskId | null {
  const id = `${plan}/${no}`;
  return taskId.safeParse(id).success ? id : null;
}

/** A place of this console to go back to; anything else is nothing: a form must lead nowhere else. */
export function placeIn(typed: unknown): string | null {
  return typeof typed === 'string' &&
    /^\/(?:owed|cockpit|supervision|plans\/[a-z0-9-]{1,64})(?:[?#][^\\\s]*)?$/.test(typed)
    ? typed
    : null;
}
