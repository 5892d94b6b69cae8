/** The month or quarter that a bulletin 通报 reports on, and the day whose 24:00 it shows (R36). */
import { addDays, type Day, lastDayOfMonth, quarterMonthsStart, quarterOf } from '../days';

export interface BulletinPeriod {
  kind: 'month' | 'quarter';
  /** `2026-03` or `2026Q1`. */
  name: string;
  from: Day;
  to: Day;
  /** The day whose 24:00 is shown: `to`, or today while the period runs. */
  on: Day;
  /** Whether all of it has passed; if not, the bulletin says 截至. */
  over: boolean;
  /** The last day of the period after it: what falls due until then comes next. */
  nextTo: Day;
}

/**
 * A month as seen on a day; null if it has not begun.
 * @param month `YYYY-MM`
 * @throws RangeError if it is no month
 */
export function monthPeriod(month: string, today: Day): BulletinPeriod | null {
  const to = endOfMonthOf(`${month}-01`);
  return periodOf('month', month, `${month}-01`, to, endOfMonthOf(addDays(to, 1)), today);
}

/**
 * A quarter as seen on a day; null if it has not begun.
 * @param quarter `2026Q1`
 * @throws RangeError if it is no quarter
 */
export function quarterPeriod(quarter: string, today: Day): BulletinPeriod | null {
  const to = endOfQuarter(quarter);
  return periodOf(
    'quarter',
    quarter,
    quarterMonthsStart(quarter)[0],
    to,
    endOfQuarter(quarterOf(addDays(to, 1))),
    today,
  );
}

/** The months of a period that have begun, in order: what a quarterly summary compares. */
export function monthsOf({ from, on, over }: BulletinPeriod): BulletinPeriod[] {
  const months: BulletinPeriod[] = [];
  for (let day = from; day <= on; day = addDays(endOfMonthOf(day), 1)) {
    const month = monthPeriod(day.slice(0, 7), over ? addDays(on, 1) : on);
    if (month) months.push(month);
  }
  return months;
}

/** The last day of a quarter: when a report that has not come is missing (R18). */
export function endOfQuarter(quarter: string): Day {
  return endOfMonthOf(quarterMonthsStart(quarter)[2]);
}

function endOfMonthOf(day: Day): Day {
  return lastDayOfMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}

function periodOf(
  kind: BulletinPeriod['kind'],
  name: string,
  from: Day,
  to: Day,
  nextTo: Day,
  today: Day,
): BulletinPeriod | null {
  if (from > today) return null;
  return { kind, name, from, to, on: to < today ? to : today, over: to < today, nextTo };
}
