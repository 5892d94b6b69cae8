/** What a new ledger begins with: calendars, the two cities' directories, the two plans, the library. Nothing that is there changes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { CalendarYear, WorkCalendar } from '../../domain/calendar';
import type { Plan } from '../../domain/plan';
import { planSchema, unitSchema } from '../../domain/schemas';
import type { Unit } from '../../domain/unit';
import { seedCalendars } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { LedgerRefusal } from '../../ledger/errors';
import { type ImportedSource, seedLibrary } from '../../ledger/library';
import { storeDraft } from '../../ledger/plans';
import { seedUnits } from '../../ledger/units';

const SEEDS = resolve(__dirname, '..', '..', 'seeds');

/** Working days: every ledger needs them, also in production. */
export function seedCalendar(db: Db): Promise<WorkCalendar> {
  return seedCalendars(db, join(SEEDS, 'calendars'));
}

/** The same days without a ledger: for what only reads a file. */
export function calendarOfSeeds(): WorkCalendar {
  const folder = join(SEEDS, 'calendars');
  const years = readdirSync(folder).map((name): [string, CalendarYear] => [
    name.slice(0, 4),
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as CalendarYear,
  ]);
  return { version: 'seeds', years: Object.fromEntries(years) };
}

/** @returns how many units and plans the seeds have, stored before or now */
export async function seedAll(db: Db): Promise<{ units: number; plans: number }> {
  await seedCalendar(db);
  const units = read('units').flatMap((content) => z.array(unitSchema).parse(content));
  await seedUnits(db, units);
  const plans = read('plans').map((content) => planSchema.parse(content));
  for (const plan of plans) {
    await storeDraft(db, plan).catch((error) => {
      if (!(error instanceof LedgerRefusal && error.code === 'plan-exists')) throw error;
    });
  }
  for (const content of read('library')) {
    // Written by the reader of documents; a test compares each with its document.
    const source = content as Omit<ImportedSource, 'importedAt' | 'importedBy'>;
    await seedLibrary(db, { ...source, importedAt: new Date().toISOString(), importedBy: '随程序附带' });
  }
  return { units: units.length, plans: plans.length };
}

function read(folder: string): unknown[] {
  const files = readdirSync(join(SEEDS, folder)).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => readOne(folder, name));
}

/** The plan that examples are made of, with its city's directory: the one whose golden dates stand in docs/rules.md. */
export function examplePlan(): { plan: Plan; units: Unit[] } {
  const plan = planSchema.parse(readOne('plans', 'zhuzhou-2020.json'));
  return { plan, units: z.array(unitSchema).parse(readOne('units', 'zhuzhou.json')) };
}

function readOne(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(SEEDS, folder, name), 'utf8'));
}
