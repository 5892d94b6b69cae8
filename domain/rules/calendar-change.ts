/**
 * A year was confirmed (R6): only what has not been told is reckoned anew (agenda.ts does that by itself); a day that a
 * letter stated stays, or moves to the next working day if it became a day off. A due date never moves.
 */
import { nextWorkingDay } from '../calendar';
import type { Day } from '../days';
import type { EventDraft } from '../events';
import type { Task } from '../task';
import type { Turn } from './turn';

export function calendarEvents(task: Task, turn: Turn): EventDraft[] {
  const { calendar } = turn.context;
  const moved = (day: Day) => (day >= turn.on ? nextWorkingDay(calendar, day) : day);
  const slipLimits: Record<string, Day> = {};
  for (const { number, limitOn, ended } of task.ladder.slips) {
    if (limitOn !== null && !ended && moved(limitOn) !== limitOn) slipLimits[number] = moved(limitOn);
  }
  const graceLimitOn =
    task.grace && moved(task.grace.limitOn) !== task.grace.limitOn ? moved(task.grace.limitOn) : null;
  return [{ type: 'calendarChanged', calendar: calendar.version, slipLimits, graceLimitOn }];
}
