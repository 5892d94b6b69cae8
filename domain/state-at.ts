/** What was so at an instant (R36): a bulletin shows the end of its month, however late it is written. */
import { addDays, type Day, instantOf } from './days';
import type { TaskEvent } from './events';
import { fold } from './fold';
import type { Task } from './task';

/**
 * The task as its events had left it just before an instant, or null before its launch.
 * @param events all of them, in order
 * @param instant normalised, as `instantOf` gives it
 */
export function stateAt(events: readonly TaskEvent[], instant: string): Task | null {
  let task: Task | null = null;
  for (const event of events) {
    if (event.at >= instant) break;
    task = fold(task, event);
  }
  return task;
}

/** The task at 24:00 of a day. */
export function stateAtEndOf(events: readonly TaskEvent[], day: Day): Task | null {
  return stateAt(events, instantOf(addDays(day, 1), '00:00'));
}
