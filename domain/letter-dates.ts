/** Days in a letter: everything in it that must be said anew when the letter leaves on another day. */
import { isProvisional, type WorkCalendar } from './calendar';
import type { Day } from './days';
import type { NoticeDraft } from './notices';
import type { TaskId } from './plan';
import { dayText, leftText } from './wording';

/** What the words need of a letter. */
export interface LetterDay {
  calendar: WorkCalendar;
  /** The day on which the letter leaves. */
  on: Day;
}

type Dated = Pick<NoticeDraft, 'task' | 'section' | 'dueOn' | 'provisional'>;

/** `6月30日`, with its year where that differs from the letter's. */
function shortDate(day: Day, on: Day): string {
  const date = `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  return day.slice(0, 4) === on.slice(0, 4) ? date : `${day.slice(0, 4)}年${date}`;
}

/** `2026年6月30日（周二）`. */
export function longDate(day: Day): string {
  return `${day.slice(0, 4)}年${dayText(day)}`;
}

/** Working days left in words, beside the date itself and so without repeating it (R2). */
export function leftOf({ calendar, on }: LetterDay, due: Day): string {
  return leftText(calendar, on, due).replace(`${dayText(due)}到期，`, '');
}

interface Told {
  text: string;
  dueOn: Day | null;
  madeOn?: Day;
}

/** Working days left that a sentence stated on another day are stated anew: the letter speaks of its own day. */
export function asOfToday({ text, dueOn, madeOn }: Told, shown: Day | null, letter: LetterDay): string {
  if (madeOn === undefined || madeOn === letter.on) return text;
  const stated = new Map<string, string>();
  for (const day of [dueOn, shown]) {
    if (day) stated.set(leftText(letter.calendar, madeOn, day), leftText(letter.calendar, letter.on, day));
  }
  // In one pass: what was put in for one day must not be taken for another's.
  return stated.size === 0
    ? text
    : text.replace(new RegExp([...stated.keys()].join('|'), 'g'), (said) => stated.get(said) ?? said);
}

/** A day in a letter; 暂定 where it is reckoned with a year that nobody has published (R6). */
export function dateWithMark(day: Day, notices: readonly Dated[], letter: LetterDay): string {
  const marked = notices.some((n) => n.provisional && n.dueOn === day) || isProvisional(letter.calendar, day);
  const date = day.slice(0, 4) === letter.on.slice(0, 4) ? dayText(day) : longDate(day);
  return `${date}${marked ? '（暂定）' : ''}`;
}

interface DueDays {
  tasks: Record<TaskId, { dueOn: Day | null }>;
}

/** The nearest date to come of what is owed; 暂定 where it is not certain (R6). */
export function nearestDate(notices: readonly Dated[], letter: LetterDay & DueDays): string {
  const { on } = letter;
  const owed = notices.filter(({ section }) => section !== 'information');
  const dates = owed.flatMap((notice) => datesOf(notice, letter)).filter((day) => day >= on);
  const nearest = dates.sort()[0];
  if (nearest === undefined) return '';
  const provisional = isProvisional(letter.calendar, nearest) || owed.some((n) => n.provisional && n.dueOn === nearest);
  return `，最近时限${shortDate(nearest, on)}${nearest === on ? '（今日）' : ''}${provisional ? '（暂定）' : ''}`;
}

function datesOf(notice: Dated, { tasks }: DueDays): Day[] {
  const ofTask = notice.task === null ? null : (tasks[notice.task]?.dueOn ?? null);
  return [notice.dueOn, ofTask].filter((day): day is Day => day !== null);
}
