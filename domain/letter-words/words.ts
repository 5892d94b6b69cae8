/** What the words of a letter are asked for, in every language; the content and its order are those of letters.ts. */
import type { WorkCalendar } from '../calendar';
import type { Day } from '../days';
import type { Section } from '../notices';
import type { Role } from '../plan';
import type { Office } from '../unit';

export interface LetterWords {
  sections: Record<Section, string>;
  roles: Record<Role, string>;
  offices: Record<Office, string>;
  /** The title of what is about a letter and no task. */
  undelivered: string;
  provisional: string;
  /** Between facts of one kind. */
  comma: string;
  /** A day with its year. */
  longDate(day: Day): string;
  /** A day with its weekday, its year where that is not the letter's. */
  date(day: Day, on: Day): string;
  /** A day as the subject names it. */
  shortDate(day: Day, on: Day): string;
  /** Working days left, beside the date itself and so without repeating it (R2). */
  left(calendar: WorkCalendar, on: Day, due: Day): string;
  /** So many asks of a section; `red`: all under special supervision. */
  count(asks: number, section: Section | 'red'): string;
  subject(owed: string): string;
  summary(on: Day, owed: string): string;
  /** The nearest date, behind the counts. */
  nearest(date: string, isToday: boolean, provisional: boolean): string;
  ledBy(units: string[]): string;
  cases(named: { source: string; cases: string[] }[]): string;
  /** R13: a unit is to be telephoned about these tasks. */
  telephone(tasks: string[]): string;
  /** A date that a sentence does not say, behind it. */
  added(date: string | null, left: string): string;
  /** R9: it was meant for somebody whom the directory does not have. */
  inPlaceOf(unit: string, office: string): string;
}
