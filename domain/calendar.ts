/**
 * China's working days, counted on a calendar that comes in as data (R6). Nothing here knows a holiday: it knows
 * weekends, and asks the calendar what differs from them.
 */
import { addDays, type Day, dayFromNumber, dayNumber, weekdayOf, weekdayOfNumber } from './days';

/**
 * The working calendar 工作日历: plain JSON. Treat it as immutable; a corrected year is a new object with a new
 * version, because what is looked up in it is remembered per object.
 */
export interface WorkCalendar {
  /** Names this state of the calendar; recorded with every date computed from it. */
  version: string;
  years: Record<string, CalendarYear>;
}

/** One year: what differs from "Monday to Friday are working days". */
export interface CalendarYear {
  /** confirmed: published by the State Council. provisional 暂定: statutory days only, no bridging, no make-up days. */
  status: 'confirmed' | 'provisional';
  /** Holidays, also those that fall on a weekend. */
  off: Day[];
  /** Make-up working days 调休 on weekends. Should a day stand in both lists, this one wins. */
  on: Day[];
}

/** Whether people work on this day: weekends and holidays off, make-up days on (R6). */
export function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  return works(exceptionsOf(calendar), dayNumber(day));
}

/**
 * `W(from,n)`: the n-th working day strictly after `from`, strictly before it for negative n (rules, notation; R1).
 * n = 0 gives `from` itself, working day or not, because no day was counted.
 * @throws RangeError if `n` is no whole number or `from` no day
 */
export function workingDay(calendar: WorkCalendar, from: Day, n: number): Day {
  if (!Number.isInteger(n)) throw new RangeError(`not a whole number of working days: ${n}`);
  const exceptions = exceptionsOf(calendar);
  const step = n < 0 ? -1 : 1;
  let number = dayNumber(from);
  for (let left = Math.abs(n); left > 0; ) {
    number += step;
    if (works(exceptions, number)) left--;
  }
  return dayFromNumber(number);
}

/** `eff(D)`: the day itself if it is a working day, else the last working day before it (rules, notation; R2). */
export function effective(calendar: WorkCalendar, day: Day): Day {
  return isWorkingDay(calendar, day) ? day : workingDay(calendar, day, -1);
}

/** The day itself if it is a working day, else the next one: where a limit stated as a period ends (R2). */
export function nextWorkingDay(calendar: WorkCalendar, day: Day): Day {
  return isWorkingDay(calendar, day) ? day : workingDay(calendar, day, 1);
}

/**
 * Working days in (from, to]; 0 if `to` is not after `from`. "Working days left" on a day is this up to D (rules,
 * notation). A suspension's n, in [suspended, resumed), is this between the eves of both days (R29).
 */
export function workingDaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  const exceptions = exceptionsOf(calendar);
  const last = dayNumber(to);
  let count = 0;
  for (let number = dayNumber(from) + 1; number <= last; number++) {
    if (works(exceptions, number)) count++;
  }
  return count;
}

/** Whether the day's year is not confirmed, or not in the calendar at all: such a date is marked 暂定 (R6). */
export function isProvisional(calendar: WorkCalendar, day: Day): boolean {
  dayNumber(day);
  return calendar.years[day.slice(0, 4)]?.status !== 'confirmed';
}

/**
 * The first working day of a month: A, when reports are asked (R18).
 * @param month `YYYY-MM`
 */
export function firstWorkingDayOfMonth(calendar: WorkCalendar, month: string): Day {
  return nextWorkingDay(calendar, `${month}-01`);
}

/**
 * The first working day of the first Monday-to-Sunday week that begins after `after` and has a working day: when the
 * urging after a red limit goes out (R21). A week without a working day has none, so it is passed over.
 */
export function firstWorkingDayOfNextWeeks(calendar: WorkCalendar, after: Day): Day {
  const nextMonday = addDays(after, 8 - weekdayOf(after));
  // The first working day from a Monday on is at once the first of its own week, and that week the first to have one.
  return nextWorkingDay(calendar, nextMonday);
}

/** What differs from the weekend rule, as day numbers, so that a walk over many days compares integers only. */
interface Exceptions {
  off: Set<number>;
  on: Set<number>;
}

/** Remembered per calendar object: building the sets costs more than most questions asked of them. */
const remembered = new WeakMap<WorkCalendar, Exceptions>();

function exceptionsOf(calendar: WorkCalendar): Exceptions {
  const known = remembered.get(calendar);
  if (known) return known;
  const exceptions: Exceptions = { off: new Set(), on: new Set() };
  for (const year of Object.values(calendar.years)) {
    for (const day of year.off) exceptions.off.add(dayNumber(day));
    for (const day of year.on) exceptions.on.add(dayNumber(day));
  }
  remembered.set(calendar, exceptions);
  return exceptions;
}

function works(exceptions: Exceptions, number: number): boolean {
  if (exceptions.on.has(number)) return true;
  return weekdayOfNumber(number) <= 5 && !exceptions.off.has(number);
}
