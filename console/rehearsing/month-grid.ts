/** A rehearsed year as months of days, each with what leaves on it. */
import { isWorkingDay, type WorkCalendar } from '../../domain/calendar';
import { addDays, type Day, lastDayOfMonth, weekdayOf } from '../../domain/days';
import type { UnitId } from '../../domain/plan';
import type { CheckIn, Rehearsal, RehearsedLetter, RehearsedSlip } from '../../domain/rehearsal';

export interface DayCell {
  on: Day;
  isOff: boolean;
  letters: RehearsedLetter[];
  slips: RehearsedSlip[];
  /** Reports that are due on this day. */
  checkIns: CheckIn[];
}

export interface Month {
  /** `2027-03`. */
  month: string;
  /** Seven a week, Monday first; null before the first and after the last day. */
  weeks: (DayCell | null)[][];
  letters: number;
}

/** @param unit only what concerns this unit; everything when null */
export function monthsOf(rehearsal: Rehearsal, calendar: WorkCalendar, unit: UnitId | null): Month[] {
  const letters = grouped(
    rehearsal.letters.filter(({ to }) => unit === null || to.unit === unit),
    ({ on }) => on,
  );
  // Slips name tasks, not units; of one unit its letters say them.
  const slips = grouped(unit === null ? rehearsal.slips : [], ({ on }) => on);
  const checkIns = grouped(
    rehearsal.checkIns.filter((form) => unit === null || form.unit === unit),
    ({ dueOn }) => dueOn,
  );
  const months: Month[] = [];
  for (let first = `${rehearsal.from.slice(0, 7)}-01`; first <= rehearsal.to; first = nextMonth(first)) {
    const days = daysOfMonth(first).map((on) => ({
      on,
      isOff: !isWorkingDay(calendar, on),
      letters: letters.get(on) ?? [],
      slips: slips.get(on) ?? [],
      checkIns: checkIns.get(on) ?? [],
    }));
    const total = days.reduce((sum, day) => sum + day.letters.length, 0);
    months.push({ month: first.slice(0, 7), weeks: weeksOf(days), letters: total });
  }
  return months;
}

function daysOfMonth(first: Day): Day[] {
  const last = lastDayOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7)));
  return Array.from({ length: Number(last.slice(8)) }, (_, i) => addDays(first, i));
}

function nextMonth(first: Day): Day {
  return addDays(lastDayOfMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7))), 1);
}

function weeksOf(days: readonly DayCell[]): (DayCell | null)[][] {
  const before = days[0] ? weekdayOf(days[0].on) - 1 : 0;
  const cells: (DayCell | null)[] = [...Array.from({ length: before }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function grouped<T>(all: readonly T[], dayOf: (one: T) => Day): Map<Day, T[]> {
  const days = new Map<Day, T[]>();
  for (const one of all) {
    const day = days.get(dayOf(one));
    if (day) day.push(one);
    else days.set(dayOf(one), [one]);
  }
  return days;
}
