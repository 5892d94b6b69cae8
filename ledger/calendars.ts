/** The working calendar 工作日历 as kept: one row a year, and a version that names the state of all of them (R6). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarYear, WorkCalendar } from '../domain/calendar';
import { canonicalJson, digestOf } from './canonical';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** Every year the ledger has. Read in one statement, so that no half of an import is seen. */
export async function loadCalendar(db: Db): Promise<WorkCalendar> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('calendars').select(['year', 'status', 'body']).orderBy('year').execute(),
  );
  const years: WorkCalendar['years'] = {};
  for (const { year, status, body } of rows) years[year] = { status, off: body.off, on: body.on };
  return { version: versionOf(years), years };
}

/**
 * Stores a year, replacing what was known of it, and renames the calendar's state.
 * @param year `2026`; `days` must hold days of that year only
 * @returns the calendar after it, and whether anything changed: if so, open tasks are to be projected again (R6)
 */
export async function importYear(
  db: Db,
  year: string,
  days: CalendarYear,
): Promise<{ calendar: WorkCalendar; changed: boolean }> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      const before = await lockVersion(transaction);
      await putYear(transaction, year, days, true);
      const calendar = await rename(transaction);
      return { calendar, changed: calendar.version !== before };
    }),
  );
}

/**
 * Stores the years of `<folder>/<year>.json` that the ledger does not have; what somebody imported stays.
 * @returns the calendar after it
 */
export async function seedCalendars(db: Db, folder: string): Promise<WorkCalendar> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}\.json$/.test(name)).sort();
  const years = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as CalendarYear),
  );
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await lockVersion(transaction);
      for (const [index, days] of years.entries()) {
        await putYear(transaction, (files[index] ?? '').slice(0, 4), days, false);
      }
      return rename(transaction);
    }),
  );
}

async function putYear(db: Db, year: string, days: CalendarYear, replace: boolean): Promise<void> {
  const body = canonicalJson({ off: [...days.off].sort(), on: [...days.on].sort() });
  await db
    .insertInto('calendars')
    .values({ year, status: days.status, body })
    .onConflict((conflict) =>
      replace
        ? conflict.column('year').doUpdateSet({ status: days.status, body })
        : conflict.column('year').doNothing(),
    )
    .execute();
}

/** One import at a time. Returns the version before it. */
async function lockVersion(db: Db): Promise<string> {
  await db
    .insertInto('calendar_version')
    .values({ version: versionOf({}) })
    .onConflict((conflict) => conflict.column('one').doNothing())
    .execute();
  const { version } = await db.selectFrom('calendar_version').select('version').forUpdate().executeTakeFirstOrThrow();
  return version;
}

async function rename(db: Db): Promise<WorkCalendar> {
  const calendar = await loadCalendar(db);
  await db
    .updateTable('calendar_version')
    .set({ version: calendar.version, changed_at: new Date().toISOString() })
    .where('version', '!=', calendar.version)
    .execute();
  return calendar;
}

/** Named by its content: two ledgers with the same days have the same version, whatever was imported when. */
function versionOf(years: WorkCalendar['years']): string {
  return digestOf(years).slice(0, 12);
}
