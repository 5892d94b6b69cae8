/**
 * The calendar against a second implementation: one day at a time, on JavaScript dates, asking chinese-days about each.
 * 2027 is not published; its thirteen statutory days are written out here by hand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isWorkday } from 'chinese-days';
import fc from 'fast-check';
import {
  effective,
  firstWorkingDayOfMonth,
  firstWorkingDayOfNextWeeks,
  isWorkingDay,
  nextWorkingDay,
  type WorkCalendar,
  workingDay,
  workingDaysBetween,
} from '../../domain/calendar';
import { addDays, type Day, dayOf, instantOf, isDay, sameMonthEnd, weekdayOf } from '../../domain/days';

const SEEDS = path.join(__dirname, '../../seeds/calendars');
const calendar: WorkCalendar = { version: 'test', years: {} };
for (const file of readdirSync(SEEDS)) {
  calendar.years[path.basename(file, '.json')] = JSON.parse(readFileSync(path.join(SEEDS, file), 'utf8'));
}

const OFF_2027 = '01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03'.split(' ');

const naive = {
  step: (day: Day, by: number): Day => {
    const date = new Date(`${day}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + by);
    return date.toISOString().slice(0, 10);
  },
  works: (day: Day): boolean => {
    if (!day.startsWith('2027')) return isWorkday(day);
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !OFF_2027.includes(day.slice(5));
  },
  workingDay: (from: Day, n: number): Day => {
    let day = from;
    let left = n;
    while (left !== 0) {
      day = naive.step(day, Math.sign(left));
      if (naive.works(day)) left -= Math.sign(left);
    }
    return day;
  },
  between: (from: Day, to: Day): number => {
    let count = 0;
    for (let day = naive.step(from, 1); day <= to; day = naive.step(day, 1)) if (naive.works(day)) count++;
    return count;
  },
  /** Word for word R21: week after week, Monday to Sunday, until one has a working day. */
  nextWeeks: (after: Day): Day => {
    let monday = naive.step(after, 1);
    while (new Date(`${monday}T12:00:00Z`).getUTCDay() !== 1) monday = naive.step(monday, 1);
    for (; ; monday = naive.step(monday, 7)) {
      const week = [0, 1, 2, 3, 4, 5, 6].map((n) => naive.step(monday, n));
      const first = week.find(naive.works);
      if (first) return first;
    }
  },
};

/** Half a year of room at both ends keeps every walk inside 2019 to 2027. */
const FIRST: Day = '2019-06-01';
const DAYS = 8 * 365;
const anyDay = fc.nat(DAYS).map((n) => naive.step(FIRST, n));
const anyN = fc.integer({ min: -60, max: 60 });

test('R6: every day of 2019 to 2027 works or not, as published', () => {
  const wrong: Day[] = [];
  let makeUpDays = 0;
  for (let day = '2019-01-01'; day <= '2027-12-31'; day = naive.step(day, 1)) {
    if (isWorkingDay(calendar, day) !== naive.works(day)) wrong.push(day);
    if (naive.works(day) && weekdayOf(day) > 5) makeUpDays++;
  }
  expect(wrong).toEqual([]);
  // 2019 to 2026 by the notices: 6 + 6 + 7 + 7 + 7 + 8 + 5 + 6.
  expect(makeUpDays).toBe(52);
});

test('R1: W agrees with a walk day by day', () => {
  fc.assert(
    fc.property(anyDay, anyN, (day, n) => {
      expect(workingDay(calendar, day, n)).toBe(naive.workingDay(day, n));
    }),
    { numRuns: 1000 },
  );
});

test('R1: W composes, and from a working day there is a way back', () => {
  const magnitude = fc.nat(40);
  fc.assert(
    fc.property(anyDay, magnitude, magnitude, fc.constantFrom(1, -1), (day, a, b, sign) => {
      const there = workingDay(calendar, day, sign * a);
      expect(workingDay(calendar, there, sign * b)).toBe(workingDay(calendar, day, sign * (a + b)));
      const start = effective(calendar, day);
      expect(workingDay(calendar, workingDay(calendar, start, sign * a), -sign * a)).toBe(start);
    }),
  );
});

test('R2: eff and the next working day agree with a search', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(effective(calendar, day)).toBe(naive.works(day) ? day : naive.workingDay(day, -1));
      expect(nextWorkingDay(calendar, day)).toBe(naive.works(day) ? day : naive.workingDay(day, 1));
    }),
    { numRuns: 500 },
  );
});

test('R2: working days left agree with a count, and undo W', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20, max: 150 }), fc.nat(60), (day, span, n) => {
      const to = naive.step(day, span);
      expect(workingDaysBetween(calendar, day, to)).toBe(naive.between(day, to));
      expect(workingDaysBetween(calendar, day, workingDay(calendar, day, n))).toBe(n);
    }),
    { numRuns: 500 },
  );
});

test('R18: the first working day of a month agrees with a search', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const month = day.slice(0, 7);
      expect(firstWorkingDayOfMonth(calendar, month)).toBe(naive.workingDay(naive.step(`${month}-01`, -1), 1));
    }),
  );
});

test('R21: the next week’s first working day agrees with a search week by week', () => {
  for (let n = 0; n <= DAYS; n++) {
    const day = naive.step(FIRST, n);
    expect(firstWorkingDayOfNextWeeks(calendar, day)).toBe(naive.nextWeeks(day));
  }
});

test('days: addDays agrees with JavaScript dates, over a thousand years', () => {
  const farDay = fc.integer({ min: 0, max: 365_000 }).map((n) => naive.step('1500-01-01', n));
  fc.assert(
    fc.property(farDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
      expect(addDays(day, n)).toBe(naive.step(day, n));
      expect(weekdayOf(day) % 7).toBe(new Date(`${day}T12:00:00Z`).getUTCDay());
    }),
  );
});

test('days: an instant of a day falls on that day', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(24 * 60 - 1), (day, minute) => {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const at = instantOf(day, time);
      expect(dayOf(at)).toBe(day);
      expect(Date.parse(at)).toBe(Date.parse(`${day}T${time}:00+08:00`));
    }),
  );
});

test('days: a date moved by years stays a real day of the same month', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (day, years) => {
      const moved = sameMonthEnd(day, years);
      expect(isDay(moved)).toBe(true);
      expect(moved.slice(0, 7)).toBe(`${Number(day.slice(0, 4)) + years}${day.slice(4, 7)}`);
      expect(sameMonthEnd(moved, 0)).toBe(moved);
    }),
  );
});
