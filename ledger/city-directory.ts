/** What of a city's directory says how far its offices reach in it (domain/rights.ts). */
import { sql } from 'kysely';
import { cityOf } from '../domain/notices';
import type { UnitId } from '../domain/plan';
import type { CityDirectory } from '../domain/rights';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** 县市区 of every city: members of collectives. */
export async function districtsOf(db: Db, city?: string): Promise<UnitId[]> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ id: UnitId }>`SELECT DISTINCT jsonb_array_elements_text(body -> 'members') AS id FROM units
      WHERE jsonb_typeof(body -> 'members') = 'array' ${city === undefined ? sql`` : sql`AND city = ${city}`}`.execute(
      db,
    ),
  );
  return rows.map(({ id }) => id);
}

/** As far as it is about one unit. @param offices the user's own */
export async function cityDirectory(db: Db, unit: UnitId, offices: readonly UnitId[]): Promise<CityDirectory> {
  const own = sql`ANY(${[...offices]}::text[])`;
  const [districts, { rows }] = await Promise.all([
    districtsOf(db, cityOf(unit)),
    withLedgerErrors(() =>
      sql<{ isOwn: boolean }>`SELECT
        EXISTS (SELECT FROM board WHERE units && ${[unit]}::text[] AND office = ${own})
        AND NOT EXISTS (SELECT FROM board WHERE units && ${[unit]}::text[] AND office <> ALL(${[...offices]}::text[]))
        AS "isOwn"`.execute(db),
    ),
  ]);
  return { districts, parties: rows[0]?.isOwn ? [unit] : [] };
}
