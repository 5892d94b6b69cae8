/** A letter's words in English. Titles of tasks and the sentences of notices are official and stay beside them in Chinese. */
import { effective, isWorkingDay, workingDaysBetween } from '../calendar';
import { type Day, weekdayOf } from '../days';
import type { LetterWords } from './words';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const COUNTED = {
  overdue: 'overdue',
  due: 'to do',
  sign: 'to sign for',
  information: 'for information',
  red: 'under special supervision',
} as const;

/** `30 June`, with its year where a reader on `on` would take it for this year's. */
function dayMonth(day: Day, on: Day): string {
  const date = `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
  return day.slice(0, 4) === on.slice(0, 4) ? date : `${date} ${day.slice(0, 4)}`;
}

/** `30 June (Tue)`. */
export function englishDate(day: Day, on: Day): string {
  return `${dayMonth(day, on)} (${WEEKDAYS[weekdayOf(day) - 1]})`;
}

function workingDays(count: number): string {
  return count === 1 ? '1 working day' : `${count} working days`;
}

export const ENGLISH: LetterWords = {
  sections: { overdue: 'Overdue', due: 'To do', sign: 'To sign for', information: 'For information' },
  roles: { lead: 'lead unit', co: 'co-responsible', support: 'support', district: 'district' },
  offices: { liaison: 'liaison', head: 'head', leader: 'leader in charge' },
  undelivered: 'A problem of delivery',
  provisional: ' (provisional)',
  comma: ', ',
  longDate: (day) => `${dayMonth(day, '')} (${WEEKDAYS[weekdayOf(day) - 1]})`,
  date: englishDate,
  shortDate: dayMonth,
  left: (calendar, on, due) => {
    if (on > due) return `${workingDays(Math.max(1, workingDaysBetween(calendar, due, on)))} overdue`;
    const left = workingDaysBetween(calendar, on, due);
    if (left > 0) return `${workingDays(left)} left`;
    return on === effective(calendar, due) && !isWorkingDay(calendar, due)
      ? 'today is the last working day before it'
      : 'due today';
  },
  count: (asks, section) => `${asks} ${COUNTED[section]}`,
  subject: (owed) => `[督办 Duban] ${owed}`,
  summary: (on, owed) => `As of ${ENGLISH.longDate(on)}: ${owed}.`,
  nearest: (date, isToday, provisional) =>
    `; nearest date ${date}${isToday ? ' (today)' : ''}${provisional ? ENGLISH.provisional : ''}`,
  ledBy: (units) => `led by ${units.join(', ')}`,
  cases: (named) => `Cases to read: ${named.map(({ source, cases }) => `${cases.join('; ')} (${source})`).join('; ')}`,
  telephone: (tasks) =>
    `${tasks.length === 1 ? '1 task is' : `${tasks.length} tasks are`} still not signed for; please telephone: ${tasks.join('; ')}.`,
  added: (date, left) => ` (${date === null ? '' : `by ${date}, `}${left})`,
  inPlaceOf: (unit, office) =>
    ` (Meant for the ${office} of ${unit}, whom the directory does not name or has no address for: please pass it on and complete the directory.)`,
};
