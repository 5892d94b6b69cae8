/** Calendars of units: which address counts, and what it shows. */
import { sql } from 'kysely';
import { type CalendarDate, unitDates } from '../domain/calendar-dates';
import type { Day } from '../domain/days';
import type { PlanId, UnitId } from '../domain/plan';
import type { PlanReports } from '../domain/plan-reports';
import { DEFAULT_POLICY } from '../domain/policy';
import type { Task } from '../domain/task';
import type { Unit } from '../domain/unit';
import { loadCalendar } from './calendars';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { unitsById } from './units';

/** Who did it, and when. */
interface Made {
  by: string;
  /** ISO instant. */
  at: string;
}

/** The serial of the unit's address; made when it is first asked for. Two who ask at once get the same. */
export function currentFeed(db: Db, unit: UnitId, { by, at }: Made): Promise<number> {
  return withLedgerErrors(async () => {
    await db
      .insertInto('calendar_feeds')
      .values({ unit, serial: 1, made_at: at, made_by: by })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { serial } = await db
      .selectFrom('calendar_feeds')
      .select('serial')
      .where('unit', '=', unit)
      .executeTakeFirstOrThrow();
    return serial;
  });
}

/** A new serial: every address given out before counts no more. */
export function renewFeed(db: Db, unit: UnitId, { by, at }: Made): Promise<number> {
  return withLedgerErrors(async () => {
    const { serial } = await db
      .insertInto('calendar_feeds')
      .values({ unit, serial: 2, made_at: at, made_by: by })
      .onConflict((conflict) =>
        conflict.column('unit').doUpdateSet({
          serial: sql<number>`calendar_feeds.serial + 1`,
          made_at: at,
          made_by: by,
        }),
      )
      .returning('serial')
      .executeTakeFirstOrThrow();
    return serial;
  });
}

export interface UnitCalendar {
  unit: Unit;
  dates: CalendarDate[];
  /** Titles of the plans. */
  plans: Record<PlanId, string>;
}

/**
 * What the unit's calendar shows on a day; null where the serial is not the unit's current one.
 * @param on decides only how long what has ended is still shown
 */
export function unitCalendar(db: Db, unit: UnitId, serial: number, on: Day): Promise<UnitCalendar | null> {
  return withLedgerErrors(async () => {
    const feed = await db.selectFrom('calendar_feeds').select('serial').where('unit', '=', unit).executeTakeFirst();
    const known = (await unitsById(db, [unit])).get(unit);
    if (!known || feed?.serial !== serial) return null;
    const states = await statesOf(db, unit);
    const tasks = states.filter((state): state is Task => 'parties' in state);
    const plans = states.filter((state): state is PlanReports => !('parties' in state));
    const ids = [...new Set([...tasks.map(({ plan }) => plan), ...plans.map(({ id }) => id)])];
    const calendar = await loadCalendar(db);
    const rows =
      ids.length === 0
        ? []
        : await db.selectFrom('plans').select(['id', 'title', 'policy']).where('id', 'in', ids).execute();
    const policies = new Map(rows.map(({ id, policy }) => [id, policy ?? DEFAULT_POLICY]));
    const rulesOf = (plan: PlanId) => ({ calendar, policy: policies.get(plan) ?? DEFAULT_POLICY });
    return {
      unit: known,
      dates: unitDates(unit, on, { tasks, plans }, rulesOf),
      plans: Object.fromEntries(rows.map(({ id, title }) => [id, title])),
    };
  });
}

/** Tasks of which it is or was a party, or the coordination office with something to decide; plans it reports on. */
async function statesOf(db: Db, unit: UnitId): Promise<(Task | PlanReports)[]> {
  const rows = await db
    .selectFrom('streams')
    .select('state')
    .where(({ eb, or, and }) =>
      or([
        eb('units', '@>', sql<string[]>`ARRAY[${unit}]::text[]`),
        and([
          eb('kind', '=', 'task'),
          sql<boolean>`state -> 'formerUnits' <> '[]'::jsonb`,
          sql<boolean>`state -> 'formerUnits' @> ${JSON.stringify([unit])}::jsonb`,
        ]),
        and([
          eb('office', '=', unit),
          eb('kind', '=', 'task'),
          eb('status', '=', 'open'),
          sql<boolean>`(state -> 'extension' <> 'null'::jsonb OR state -> 'review' <> 'null'::jsonb)`,
        ]),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.flatMap(({ state }) => (state ? [state] : []));
}
