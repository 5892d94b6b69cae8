/** A year of the working calendar as it was published (R6): checked, stored, and told to every open task. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CalendarYear } from '../domain/calendar';
import { importYear } from '../ledger/calendars';
import { openStreams } from '../ledger/relaunch';
import type { UserDesk } from './as-user';
import { groundOfShared } from './directory';
import { wrongCall } from './failure';

/** The telling is a process of its own: who asked does not wait for thousands of tasks. */
const WAITS_MS = 8_000;

export interface CalendarImported {
  year: string;
  status: CalendarYear['status'];
  changed: boolean;
  version: string;
  /** Open tasks and plans that were told; fewer than there are while the telling goes on. */
  told: number;
  /** How many have no running process. */
  missing: number;
}

/** The days of one year, each once, in order. Throws Failure for days of another year, or said to be both. */
export function daysOfYear(year: string, { status, off, on }: CalendarYear): CalendarYear {
  const stray = [...off, ...on].find((day) => !day.startsWith(`${year}-`));
  if (stray !== undefined) {
    throw wrongCall('bad-calendar', `${stray}不是${year}年的日期。`, `${stray} is no day of ${year}`);
  }
  const both = off.find((day) => on.includes(day));
  if (both !== undefined) {
    throw wrongCall(
      'bad-calendar',
      `${both}既列为放假又列为上班。`,
      `${both} stands among the holidays and among the working days`,
    );
  }
  if (status === 'confirmed' && off.length === 0) {
    throw wrongCall('bad-calendar', '已公布的年份没有放假日期。', 'a published year without a holiday');
  }
  return { status, off: [...new Set(off)].sort(), on: [...new Set(on)].sort() };
}

/**
 * Imports a year.
 * @throws NotAllowed, Failure
 */
export async function importCalendarAs(user: UserDesk, year: string, given: CalendarYear): Promise<CalendarImported> {
  const { desk } = user;
  user.authorise('changeCalendar', await groundOfShared(desk.db, user.user));
  const days = daysOfYear(year, given);
  const streams = (await openStreams(desk.db)).length;
  const { calendar, changed } = await importYear(desk.db, year, days);
  const imported = { year, status: days.status, changed, version: calendar.version };
  if (streams === 0) return { ...imported, told: 0, missing: 0 };
  // Told also when nothing changed: the last import may have been cut off here, and told twice does nothing twice.
  const telling = desk.tellCalendar(calendar.version);
  telling.catch(() => undefined);
  const told = await Promise.race([telling, pause(WAITS_MS, null)]);
  return { ...imported, told: told?.told ?? 0, missing: told?.missing.length ?? 0 };
}
