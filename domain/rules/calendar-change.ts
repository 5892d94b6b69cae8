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
  const later = (day: Day | null | undefined) => (day && moved(day) !== day ? moved(day) : null);
  const { declaration, reports, review, extension, grace } = task;
  const asking = declaration?.state === 'undecided' ? declaration : null;
  const [askOn, deemedOn] = [later(asking?.askOn), later(asking?.deemedOn)];
  const reportDueOn = later(reports.asked?.dueOn);
  const reviewDueOn = later(review?.dueOn);
  const decideBy = later(extension?.decideBy);
  return [
    {
      type: 'calendarChanged',
      calendar: calendar.version,
      slipLimits,
      graceLimitOn: later(grace?.limitOn),
      ...(asking && (askOn || deemedOn)
        ? { declaration: { ...asking, askOn: askOn ?? asking.askOn, deemedOn: deemedOn ?? asking.deemedOn } }
        : {}),
      ...(reportDueOn ? { reportDueOn } : {}),
      ...(reviewDueOn ? { reviewDueOn } : {}),
      ...(decideBy ? { decideBy } : {}),
    },
  ];
}
