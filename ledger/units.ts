/** The directory of units 单位 (R9, R10): who there is, and who answers for them. */
import type { UnitId } from '../domain/plan';
import type { Unit } from '../domain/unit';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';

/** Stores units, replacing those that are there. Addressees are resolved when a letter leaves, so nothing else moves. */
export async function putUnits(db: Db, units: Unit[]): Promise<void> {
  const rows = units.map((unit) => ({ id: unit.id, city: unit.city, name: unit.name, body: JSON.stringify(unit) }));
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      for (let from = 0; from < rows.length; from += 1_000) {
        await transaction
          .insertInto('units')
          .values(rows.slice(from, from + 1_000))
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet(({ ref }) => ({
              city: ref('excluded.city'),
              name: ref('excluded.name'),
              body: ref('excluded.body'),
            })),
          )
          .execute();
      }
    }),
  );
}

/** Stores only the units that the directory does not have, so that a seed undoes nobody's correction. */
export async function seedUnits(db: Db, units: Unit[]): Promise<void> {
  const known = new Set(
    (
      await unitsById(
        db,
        units.map((unit) => unit.id),
      )
    ).keys(),
  );
  await putUnits(
    db,
    units.filter((unit) => !known.has(unit.id)),
  );
}

/** All units, or those of a city, by id. */
export async function listUnits(db: Db, city?: string): Promise<Unit[]> {
  let query = db.selectFrom('units').select('body').orderBy('id');
  if (city !== undefined) query = query.where('city', '=', city);
  const rows = await withLedgerErrors(() => query.execute());
  return rows.map((row) => row.body);
}

/** The units of these ids; one that the directory does not have is missing in the answer. */
export async function unitsById(db: Db, ids: UnitId[]): Promise<Map<UnitId, Unit>> {
  if (ids.length === 0) return new Map();
  const rows = await withLedgerErrors(() => db.selectFrom('units').select('body').where('id', 'in', ids).execute());
  return new Map(rows.map(({ body }) => [body.id, body]));
}

/**
 * Changes one unit: a liaison, a head, a substitute, an alias.
 * @throws LedgerRefusal `unknown-unit`
 */
export async function editUnit(db: Db, id: UnitId, change: (unit: Unit) => Unit): Promise<Unit> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('units')
        .select('body')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new LedgerRefusal('unknown-unit', `the directory has no unit ${id}`, 'duban unit list');
      const { city, name, ...rest } = { ...change(row.body), id };
      const body = JSON.stringify({ ...rest, city, name });
      await transaction.updateTable('units').set({ city, name, body }).where('id', '=', id).execute();
      return { ...rest, city, name };
    }),
  );
}
