/**
 * Calendar days as text, and their arithmetic. A day is never an instant: it has no zone and no hour until
 * `instantOf` gives it one. Everything here is UTC arithmetic on numbers, so the machine's zone cannot leak in.
 */

import { UTCDate } from '@date-fns/utc';
import { endOfMonth, getQuarter } from 'date-fns';

/** A calendar day 日期 of the plan's zone, `YYYY-MM-DD`. */
export type Day = string;

const DAY_MS = 86_400_000;

/**
 * Asia/Shanghai as a fixed offset: all of China keeps one time, UTC+8, without daylight saving since 1991 (IANA tz
 * database, zone Asia/Shanghai). A fixed offset needs no zone tables, so a replayed workflow computes the same day
 * on every machine.
 */
const ZONE_OFFSET_MS = 8 * 3_600_000;

/** `\d` without the `u` flag is ASCII only: full-width digits ２０２６ are refused, as they must be. */
const DAY_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** An instant must carry its zone; without one JavaScript would read it in the machine's. */
const INSTANT_SHAPE = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
/** Days met before, both ways: rules ask for the same few hundred days again and again. Twenty-five years are enough. */
const NUMBERS = new Map<Day, number>();
const DAYS = new Map<number, Day>();
const REMEMBERED = 10_000;
const QUARTER_SHAPE = /^(\d{4})Q([1-4])$/;

/**
 * The number of a day, counted from 1970-01-01, for code that walks over many days.
 * @throws RangeError if `day` is no real calendar day
 */
export function dayNumber(day: Day): number {
  const number = parseDay(day);
  if (number === null) {
    throw new RangeError(`not a calendar day: ${JSON.stringify(day)}; expected a real date like 2026-06-30`);
  }
  return number;
}

/** The day with this number (see `dayNumber`). */
export function dayFromNumber(number: number): Day {
  const known = DAYS.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (DAYS.size < REMEMBERED) DAYS.set(number, day);
  return day;
}

/** ISO weekday of a numbered day: 1 = Monday to 7 = Sunday. 1970-01-01 was a Thursday. */
export function weekdayOfNumber(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** Whether `text` is a real calendar day `YYYY-MM-DD`; 2026-02-30 and full-width digits are not. */
export function isDay(text: string): boolean {
  return parseDay(text) !== null;
}

/**
 * The day `n` calendar days after `day` (before it, for negative n).
 * @throws RangeError if `day` is no real calendar day or `n` is no whole number
 */
export function addDays(day: Day, n: number): Day {
  if (!Number.isInteger(n)) throw new RangeError(`not a whole number of days: ${n}`);
  return dayFromNumber(dayNumber(day) + n);
}

/** ISO weekday of a day: 1 = Monday to 7 = Sunday. */
export function weekdayOf(day: Day): number {
  return weekdayOfNumber(dayNumber(day));
}

/**
 * The last day of a month (R5: 12月底前, 2020年12月).
 * @param month 1 to 12
 */
export function lastDayOfMonth(year: number, month: number): Day {
  if (!Number.isInteger(year) || year < 1000 || year > 9999 || !Number.isInteger(month) || month < 1 || month > 12) {
    throw new RangeError(`not a month: year ${year}, month ${month}; expected a four-digit year and a month 1 to 12`);
  }
  return endOfMonth(new UTCDate(year, month - 1))
    .toISOString()
    .slice(0, 10);
}

/**
 * The calendar day in the plan's zone on which an instant falls (R1, R3).
 * @param instant ISO instant with a zone, `2020-06-30T16:00:00.000Z` or `…+08:00`
 * @throws RangeError if it is no instant or names no zone
 */
export function dayOf(instant: string): Day {
  const date = INSTANT_SHAPE.exec(instant)?.[1];
  const ms = date !== undefined && isDay(date) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new RangeError(`not an instant: ${JSON.stringify(instant)}; expected ISO with a zone, 2020-06-30T10:00:00Z`);
  }
  return dayFromNumber(Math.floor((ms + ZONE_OFFSET_MS) / DAY_MS));
}

/** An instant in the plan's zone, to the minute: `2026-06-30 10:05`. */
export function minuteOf(instant: string): string {
  return instantAfter(instant, ZONE_OFFSET_MS).slice(0, 16).replace('T', ' ');
}

/** Its time alone: `10:05`. */
export function timeOf(instant: string): string {
  return minuteOf(instant).slice(11);
}

/** The instant so much later; earlier, for a negative number. */
export function instantAfter(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** Nothing that runs has a clock beyond these; they compare with normalised instants. */
export const FIRST_INSTANT = '2000';
export const LAST_INSTANT = '2100';

/** The instant as a normalised UTC string `….000Z`, so that instants compare as texts; null if `text` is none. */
export function normalInstant(text: string): string | null {
  const date = INSTANT_SHAPE.exec(text)?.[1];
  const ms = date !== undefined && isDay(date) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/**
 * The instant at which the plan's zone shows this day and time, as a normalised UTC string `….000Z`.
 * @param time `HH:MM`, 00:00 to 23:59, or 24:00 for the end of the day (R1, R3)
 */
export function instantOf(day: Day, time: string): string {
  const parts = time === '24:00' ? [time, '24', '00'] : TIME_SHAPE.exec(time);
  if (!parts) throw new RangeError(`not a time of day: ${JSON.stringify(time)}; expected HH:MM, 00:00 to 24:00`);
  const minutes = Number(parts[1]) * 60 + Number(parts[2]);
  return new Date(dayNumber(day) * DAY_MS + minutes * 60_000 - ZONE_OFFSET_MS).toISOString();
}

/** The quarter of a day, `2020Q2` (R18). */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}Q${getQuarter(new UTCDate(dayNumber(day) * DAY_MS))}`;
}

/** The first day of each of a quarter's three months: [0] begins the quarter, [2] its report month (R18). */
export function quarterMonthsStart(quarter: string): [Day, Day, Day] {
  const parts = QUARTER_SHAPE.exec(quarter);
  if (!parts) throw new RangeError(`not a quarter: ${JSON.stringify(quarter)}; expected 2020Q2`);
  const first = (Number(parts[2]) - 1) * 3 + 1;
  const start = (month: number): Day => `${parts[1]}-${String(month).padStart(2, '0')}-01`;
  return [start(first), start(first + 1), start(first + 2)];
}

/**
 * The day moved by whole years, as a plan that is issued anew moves its dates. A month's last day stays the month's
 * last day: 2023-02-28 moves to 2024-02-29 and back, because 2月底 is what the document meant (R5).
 */
export function sameMonthEnd(day: Day, years: number): Day {
  dayNumber(day);
  if (!Number.isInteger(years)) throw new RangeError(`not a whole number of years: ${years}`);
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const moved = lastDayOfMonth(year + years, month);
  return day === lastDayOfMonth(year, month) ? moved : `${moved.slice(0, 8)}${day.slice(8)}`;
}

function parseDay(text: string): number | null {
  const known = NUMBERS.get(text);
  if (known !== undefined) return known;
  const number = numberOf(text);
  if (number !== null && NUMBERS.size < REMEMBERED) NUMBERS.set(text, number);
  return number;
}

function numberOf(text: string): number | null {
  const parts = DAY_SHAPE.exec(text);
  if (!parts) return null;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const ms = Date.UTC(year, month - 1, date);
  // Date.UTC rolls 02-30 over to March; a real day survives the way there and back.
  const back = new Date(ms);
  const isSame = back.getUTCDate() === date && back.getUTCMonth() === month - 1 && back.getUTCFullYear() === year;
  return isSame ? ms / DAY_MS : null;
}
