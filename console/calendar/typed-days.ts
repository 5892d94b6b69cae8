/** Days as people type them: one a line or between commas, or the first and last of a run; and back. */
import { addDays, type Day, isDay } from '../../domain/days';

/** More than a year has. */
const MOST = 366;

/** The days, or the first piece that is none. */
export function daysTyped(text: string): { days: Day[] } | { wrong: string } {
  const days: Day[] = [];
  for (const piece of text.split(/[\s,，、;；]+/).filter((one) => one !== '')) {
    const [first = '', last = first] = piece.split(/至|到|\.\.|~/);
    if (!isDay(first) || !isDay(last) || last < first) return { wrong: piece.slice(0, 40) };
    for (let day = first; day <= last; day = addDays(day, 1)) {
      days.push(day);
      if (days.length > MOST) return { wrong: piece.slice(0, 40) };
    }
  }
  return { days: [...new Set(days)].sort() };
}

/** Days as they could have been typed, a run a line. */
export function daysAsTyped(days: readonly Day[], to: string): string {
  const runs: [Day, Day][] = [];
  for (const day of [...days].sort()) {
    const last = runs.at(-1);
    if (last && addDays(last[1], 1) === day) last[1] = day;
    else runs.push([day, day]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}${to}${last}`)).join('\n');
}
