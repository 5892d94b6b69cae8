import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type CalendarYear,
  effective,
  firstWorkingDayOfMonth,
  firstWorkingDayOfNextWeeks,
  isProvisional,
  isWorkingDay,
  nextWorkingDay,
  type WorkCalendar,
  workingDay,
  workingDaysBetween,
} from '../../domain/calendar';
import {
  addDays,
  type Day,
  dayOf,
  instantOf,
  isDay,
  lastDayOfMonth,
  quarterMonthsStart,
  quarterOf,
  sameMonthEnd,
  weekdayOf,
} from '../../domain/days';

const SEEDS = path.join(__dirname, '../../seeds/calendars');
const calendar: WorkCalendar = { version: 'test', years: {} };
for (const file of readdirSync(SEEDS)) {
  calendar.years[path.basename(file, '.json')] = JSON.parse(readFileSync(path.join(SEEDS, file), 'utf8'));
}
const W = (day: Day, n: number): Day => workingDay(calendar, day, n);
const eff = (day: Day): Day => effective(calendar, day);

describe('golden dates', () => {
  const golden = [
    {
      due: '2020-06-30',
      rungs: ['2020-06-01', '2020-06-15', '2020-06-22', '2020-06-24', '2020-06-29', '2020-06-30'],
      blue: ['2020-07-01', '2020-07-08'],
      orange: ['2020-07-09', '2020-07-16'],
      red: ['2020-07-17', '2020-07-24'],
      weekly: '2020-07-27',
    },
    {
      due: '2020-09-30',
      rungs: ['2020-09-03', '2020-09-17', '2020-09-24', '2020-09-27', '2020-09-29', '2020-09-30'],
      blue: ['2020-10-09', '2020-10-15'],
      orange: ['2020-10-16', '2020-10-23'],
      red: ['2020-10-26', '2020-11-02'],
      weekly: '2020-11-09',
    },
    {
      due: '2020-12-31',
      rungs: ['2020-12-03', '2020-12-17', '2020-12-24', '2020-12-28', '2020-12-30', '2020-12-31'],
      blue: ['2021-01-04', '2021-01-11'],
      orange: ['2021-01-12', '2021-01-19'],
      red: ['2021-01-20', '2021-01-27'],
      weekly: '2021-02-01',
    },
    {
      due: '2023-09-30',
      rungs: ['2023-08-31', '2023-09-14', '2023-09-21', '2023-09-25', '2023-09-27', '2023-09-28'],
      blue: ['2023-10-07', '2023-10-12'],
      orange: ['2023-10-13', '2023-10-20'],
      red: ['2023-10-23', '2023-10-30'],
      weekly: '2023-11-06',
    },
    {
      due: '2024-06-30',
      rungs: ['2024-05-30', '2024-06-14', '2024-06-21', '2024-06-25', '2024-06-27', '2024-06-28'],
      blue: ['2024-07-01', '2024-07-08'],
      orange: ['2024-07-09', '2024-07-16'],
      red: ['2024-07-17', '2024-07-24'],
      weekly: '2024-07-29',
    },
  ];

  test.each(golden)('R2, R14: reminder rungs 20, 10, 5, 3, 1, 0 before $due', ({ due, rungs }) => {
    expect([20, 10, 5, 3, 1, 0].map((rung) => W(eff(due), -rung))).toEqual(rungs);
  });

  test.each(golden)('R20: blue, orange and red slips after $due, each with a limit of 5', (row) => {
    const blueOn = W(row.due, 1);
    expect([blueOn, W(blueOn, 5)]).toEqual(row.blue);
    const orangeOn = W(W(blueOn, 5), 1);
    expect([orangeOn, W(orangeOn, 5)]).toEqual(row.orange);
    const redOn = W(W(orangeOn, 5), 1);
    expect([redOn, W(redOn, 5)]).toEqual(row.red);
  });

  test.each(golden)('R21: the weekly urging after the red limit of $due', ({ red: [, limit = ''], weekly }) => {
    expect(firstWorkingDayOfNextWeeks(calendar, limit)).toBe(weekly);
  });
});

describe('Zhuzhou, launched 2020-03-13', () => {
  test('R13: acknowledgement reminder on day 4, head on day 5, coordinator on day 7', () => {
    expect([4, 5, 7].map((n) => W('2020-03-13', n))).toEqual(['2020-03-19', '2020-03-20', '2020-03-24']);
  });

  test('R15: asked 05-25, 06-01 (Q), 06-02, escalated 06-04, deemed ready 06-08, told 06-09', () => {
    const q = W(eff('2020-06-30'), -20);
    expect(q).toBe('2020-06-01');
    expect([-5, 0, 1, 3, 5, 6].map((n) => W(q, n))).toEqual([
      '2020-05-25',
      '2020-06-01',
      '2020-06-02',
      '2020-06-04',
      '2020-06-08',
      '2020-06-09',
    ]);
  });

  test('R15: the notice of 06-09 says 还有14个工作日', () => {
    expect(workingDaysBetween(calendar, '2020-06-09', '2020-06-30')).toBe(14);
  });

  test.each([
    ['2020-06-25', '2020-06-24', '端午'],
    ['2026-09-25', '2026-09-24', '中秋'],
    ['2021-09-25', '2021-09-24', 'a Saturday'],
    ['2021-12-25', '2021-12-24', 'a Saturday'],
  ])('R18: reports due on the 25th: %s becomes P %s (%s)', (day, p) => {
    expect(eff(day)).toBe(p);
  });

  test('R18: reports are asked on the first working day of the quarter’s last month', () => {
    expect(firstWorkingDayOfMonth(calendar, '2020-06')).toBe('2020-06-01');
    expect(firstWorkingDayOfMonth(calendar, '2024-06')).toBe('2024-06-03');
    expect(firstWorkingDayOfMonth(calendar, '2020-10')).toBe('2020-10-09');
    expect(() => firstWorkingDayOfMonth(calendar, '2020-13')).toThrow(RangeError);
  });

  test('R29: suspended 06-22, resumed 07-06: n = 9 moves 2020-06-30 to 07-13', () => {
    const n = workingDaysBetween(calendar, addDays('2020-06-22', -1), addDays('2020-07-06', -1));
    expect(n).toBe(9);
    expect(W('2020-06-30', n)).toBe('2020-07-13');
  });
});

describe('counting', () => {
  test('R1: W counts strictly after and strictly before; n = 0 counts nothing, even on a day off', () => {
    expect(W('2020-06-24', 1)).toBe('2020-06-28');
    expect(W('2020-06-28', -1)).toBe('2020-06-24');
    expect(W('2020-06-27', 0)).toBe('2020-06-27');
    expect(() => W('2020-06-27', 1.5)).toThrow(RangeError);
    expect(() => W('2020-06-31', 1)).toThrow(RangeError);
  });

  test('R2: eff goes back to a working day, a period’s end goes forward to one, and a working day stays', () => {
    expect(eff('2023-09-30')).toBe('2023-09-28');
    expect(nextWorkingDay(calendar, '2023-09-30')).toBe('2023-10-07');
    expect([eff('2023-10-07'), nextWorkingDay(calendar, '2023-10-07')]).toEqual(['2023-10-07', '2023-10-07']);
  });

  test('R2: working days left are those in (d, D]; 0 on the day itself and after it', () => {
    expect(workingDaysBetween(calendar, '2020-06-29', '2020-06-30')).toBe(1);
    expect(workingDaysBetween(calendar, '2020-06-30', '2020-06-30')).toBe(0);
    expect(workingDaysBetween(calendar, '2020-07-08', '2020-06-30')).toBe(0);
    expect(() => workingDaysBetween(calendar, '2020-06-30', 'soon')).toThrow(RangeError);
  });

  test('R21: a week without a working day is passed over', () => {
    // National Day 2020 lasts to Thursday, 10-08: that week still has its Friday.
    expect(firstWorkingDayOfNextWeeks(calendar, '2020-10-01')).toBe('2020-10-09');
    // 2026-02-16 to 02-22 is all Spring Festival, and Monday the 23rd is off too.
    expect(firstWorkingDayOfNextWeeks(calendar, '2026-02-14')).toBe('2026-02-24');
  });

  test('R21: a limit on a Monday waits for the week after, one on a Sunday does not', () => {
    expect(firstWorkingDayOfNextWeeks(calendar, '2020-11-02')).toBe('2020-11-09');
    expect(firstWorkingDayOfNextWeeks(calendar, '2020-11-08')).toBe('2020-11-09');
  });
});

describe('R6: working days', () => {
  test('R6: weekends and holidays are off, make-up days are on', () => {
    expect(isWorkingDay(calendar, '2020-09-27')).toBe(true);
    expect(isWorkingDay(calendar, '2020-09-26')).toBe(false);
    expect(isWorkingDay(calendar, '2020-10-08')).toBe(false);
    expect(isWorkingDay(calendar, '2020-10-09')).toBe(true);
  });

  test('R6: 2026 is as the State Council published it on 2025-11-04', () => {
    // 国务院办公厅关于2026年部分节假日安排的通知, items one to seven, as ranges.
    const ranges: [Day, Day][] = [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ];
    const off = ranges.flatMap(([first, last]) => daysFrom(first, last));
    const on = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    expect(calendar.years['2026']).toEqual({ status: 'confirmed', off, on });
  });

  test('R6: a published year is confirmed, a computed one and an absent one are provisional', () => {
    expect(['2019', '2026', '2027', '2040', '2041'].map((year) => isProvisional(calendar, `${year}-07-01`))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('R6: an absent year has weekends off and nothing else', () => {
    const empty: WorkCalendar = { version: 'empty', years: {} };
    expect(isWorkingDay(empty, '2020-10-01')).toBe(true);
    expect(isWorkingDay(empty, '2020-09-27')).toBe(false);
    expect(workingDay(empty, '2020-09-30', 1)).toBe('2020-10-01');
  });

  test('R6: lunar days of provisional years stand on their own dates', () => {
    const off = (year: string): Day[] => calendar.years[year]?.off ?? [];
    // 2027: 除夕 to 初三, 清明, 端午, 中秋 among the thirteen.
    expect(off('2027')).toEqual([
      '2027-01-01',
      ...daysFrom('2027-02-05', '2027-02-08'),
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      ...daysFrom('2027-10-01', '2027-10-03'),
    ]);
    // 2033: a year whose leap month misled many almanacs; 初一 01-31, 端午 06-01, 中秋 09-08.
    expect(off('2033')).toEqual(expect.arrayContaining(['2033-01-31', '2033-04-04', '2033-06-01', '2033-09-08']));
    // 2028: 中秋 is 10-03, one day with National Day.
    expect(off('2028')).toHaveLength(12);
  });

  test('R6: a provisional year has neither bridges nor make-up days, and no list strays into another year', () => {
    for (const [year, content] of Object.entries<CalendarYear>(calendar.years)) {
      if (content.status === 'provisional') expect(content.on).toEqual([]);
      for (const day of [...content.off, ...content.on]) expect(day).toMatch(new RegExp(`^${year}-`));
      for (const day of content.on) expect(weekdayOf(day)).toBeGreaterThan(5);
    }
    expect(Object.keys(calendar.years)).toHaveLength(2040 - 2019 + 1);
  });
});

describe('days', () => {
  test.each(['2026-02-30', '2023-02-29', '2026-13-01', '2026-00-10', '２０２６-06-30', '2026-6-30', '2026-06-30 ', ''])(
    'a bad day is refused: %j',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => addDays(text, 1)).toThrow(RangeError);
      expect(() => weekdayOf(text)).toThrow(RangeError);
      expect(() => quarterOf(text)).toThrow(RangeError);
      expect(() => sameMonthEnd(text, 1)).toThrow(RangeError);
      expect(() => isProvisional(calendar, text)).toThrow(RangeError);
    },
  );

  test('days step over months, leap days and years', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2021-01-01', -1)).toBe('2020-12-31');
    expect(() => addDays('2021-01-01', 0.5)).toThrow(RangeError);
  });

  test('weekdays run from Monday 1 to Sunday 7, also before 1970', () => {
    expect(daysFrom('2020-06-29', '2020-07-05').map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(weekdayOf('1949-10-01')).toBe(6);
  });

  test('R5: the last day of a month', () => {
    expect(lastDayOfMonth(2020, 12)).toBe('2020-12-31');
    expect(lastDayOfMonth(2024, 2)).toBe('2024-02-29');
    expect(() => lastDayOfMonth(2024, 13)).toThrow(RangeError);
  });

  test('R3: an instant falls on the day that the plan’s zone shows', () => {
    expect(dayOf('2020-06-30T15:59:59.999Z')).toBe('2020-06-30');
    expect(dayOf('2020-06-30T16:00:00.000Z')).toBe('2020-07-01');
    expect(dayOf('2020-07-01T00:00:00+08:00')).toBe('2020-07-01');
  });

  test.each(['2020-06-30', '2020-06-30T10:00:00', '2020-02-30T10:00:00Z', '2020-06-30T25:00:00Z', 'now'])(
    'an instant without a zone or without sense is refused: %j',
    (text) => {
      expect(() => dayOf(text)).toThrow(RangeError);
    },
  );

  test('R4: 05:00 of a day is 21:00 UTC the day before; 24:00 is the next day’s 00:00', () => {
    expect(instantOf('2020-07-01', '05:00')).toBe('2020-06-30T21:00:00.000Z');
    expect(instantOf('2020-06-30', '24:00')).toBe(instantOf('2020-07-01', '00:00'));
    expect(dayOf(instantOf('2020-06-30', '23:59'))).toBe('2020-06-30');
  });

  test.each(['24:01', '5:00', '12:60', '０５:00', ''])('a bad time of day is refused: %j', (time) => {
    expect(() => instantOf('2020-07-01', time)).toThrow(RangeError);
  });

  test('R18: quarters and the first days of their months', () => {
    expect(['2020-03-31', '2020-04-01', '2020-12-31'].map(quarterOf)).toEqual(['2020Q1', '2020Q2', '2020Q4']);
    expect(quarterMonthsStart('2020Q2')).toEqual(['2020-04-01', '2020-05-01', '2020-06-01']);
    expect(quarterMonthsStart('2020Q4')).toEqual(['2020-10-01', '2020-11-01', '2020-12-01']);
    expect(() => quarterMonthsStart('2020Q5')).toThrow(RangeError);
  });

  test('a date moved by whole years keeps being the last of its month', () => {
    expect(sameMonthEnd('2020-06-30', 6)).toBe('2026-06-30');
    expect(sameMonthEnd('2023-02-28', 1)).toBe('2024-02-29');
    expect(sameMonthEnd('2024-02-29', 1)).toBe('2025-02-28');
    expect(sameMonthEnd('2024-02-28', 1)).toBe('2025-02-28');
    expect(sameMonthEnd('2020-09-15', -1)).toBe('2019-09-15');
  });
});

function daysFrom(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
