/** Which dates a letter carries as a calendar file: those of the tasks about which it tells a new date. */
import type { WorkCalendar } from './calendar';
import { type CalendarDate, taskDates } from './calendar-dates';
import type { LetterNotice } from './letters';
import type { Addressee, NoticeKind } from './notices';
import type { Task } from './task';

/** Kinds of notices that give, move or end a date of the unit that gets them. Reminders repeat one. */
const ABOUT_DATES: readonly NoticeKind[] = [
  'issue',
  'dated',
  'contribution',
  'returned',
  'slip',
  'suspended',
  'resumed',
  'cancelled',
  'released',
  'closed',
];

/**
 * The dates that go with a letter, all of each task so that what is no longer asked disappears too. The liaison keeps
 * the unit's calendar; who gets a letter in somebody's place (R9) gets no file.
 */
export function datesForLetter(
  to: Addressee,
  notices: readonly Pick<LetterNotice, 'kind' | 'task' | 'to'>[],
  tasks: readonly Task[],
  calendar: WorkCalendar,
): CalendarDate[] {
  const own = notices.filter(({ to: meant }) => meant.unit === to.unit && meant.office === 'liaison');
  const about = new Set(own.filter(({ kind }) => ABOUT_DATES.includes(kind)).map(({ task }) => task));
  return tasks
    .filter(({ id }) => about.has(id))
    .flatMap((task) => taskDates(task, to.unit, calendar))
    .sort((a, b) => (a.on + a.key < b.on + b.key ? -1 : 1));
}
