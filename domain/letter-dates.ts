/** Days in a letter: everything in it that must be said anew when the letter leaves on another day. */
import { isProvisional, type WorkCalendar } from './calendar';
import type { Day } from './days';
import type { LetterWords } from './letter-words/words';
import type { NoticeDraft } from './notices';
import type { TaskId } from './plan';
import { leftText } from './wording';

/** What the words need of a letter. */
export interface LetterDay {
  calendar: WorkCalendar;
  /** The day on which the letter leaves. */
  on: Day;
}

type Dated = Pick<NoticeDraft, 'task' | 'section' | 'dueOn' | 'provisional'>;

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
export function dateWithMark(day: Day, notices: readonly Dated[], letter: LetterDay, words: LetterWords): string {
  const marked = notices.some((n) => n.provisional && n.dueOn === day) || isProvisional(letter.calendar, day);
  return `${words.date(day, letter.on)}${marked ? words.provisional : ''}`;
}

interface DueDays {
  tasks: Record<TaskId, { dueOn: Day | null }>;
}

/** The nearest date to come of what is owed, and whether it is 暂定 (R6); null where nothing owed has a date to come. */
export function nearestDate(
  notices: readonly Dated[],
  letter: LetterDay & DueDays,
): { day: Day; provisional: boolean } | null {
  const { on } = letter;
  const owed = notices.filter(({ section }) => section !== 'information');
  const dates = owed.flatMap((notice) => datesOf(notice, letter)).filter((day) => day >= on);
  const [day] = dates.sort();
  if (day === undefined) return null;
  return {
    day,
    provisional: isProvisional(letter.calendar, day) || owed.some((n) => n.provisional && n.dueOn === day),
  };
}

function datesOf(notice: Dated, { tasks }: DueDays): Day[] {
  const ofTask = notice.task === null ? null : (tasks[notice.task]?.dueOn ?? null);
  return [notice.dueOn, ofTask].filter((day): day is Day => day !== null);
}
