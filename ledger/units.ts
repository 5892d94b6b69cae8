/** The directory of units 单位 (R9, R10): who there is, and who answers for them. */
import { sql } from 'kysely';
import type { UnitId } from '../domain/plan';
import type { Unit } from '../domain/unit';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';

const rowsOf = (units: Unit[]) =>
  units.map((unit) => ({ id: unit.id, city: unit.city, name: unit.name, body: JSON.stringify(unit) }));

/** How many rows go in one statement. */
const AT_ONCE = 1_000;

/** Adds units within a transaction; one that is there stays as it is. Returns the ids of those that were added. */
export async function addUnits(transaction: Db, units: Unit[]): Promise<UnitId[]> {
  const added: UnitId[] = [];
  // In one order, so that two imports that add the same units wait for each other and do not lock each other out.
  const rows = rowsOf(units).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const inserted = await transaction
      .insertInto('units')
      .values(rows.slice(from, from + AT_ONCE))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    added.push(...inserted.map(({ id }) => id));
  }
  return added;
}

/** Stores units, replacing those that are there. Addressees are resolved when a letter leaves, so nothing else moves. */
export async function putUnits(db: Db, units: Unit[]): Promise<void> {
  const rows = rowsOf(units);
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        await transaction
          .insertInto('units')
          .values(rows.slice(from, from + AT_ONCE))
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

/** Stores only the units that the directory does not have, so that a seed undoes nobody's correction. Returns their ids. */
export function seedUnits(db: Db, units: Unit[]): Promise<UnitId[]> {
  return withLedgerErrors(() => db.transaction().execute((transaction) => addUnits(transaction, units)));
}

/**
 * Adds one unit, unless the directory has its id.
 * @param check throws where the units of its city do not allow it; nobody else changes them meanwhile
 */
export function addUnit(db: Db, unit: Unit, check: (city: Unit[]) => void): Promise<boolean> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await holdDirectory(transaction);
      check(await listUnits(transaction, unit.city));
      return (await addUnits(transaction, [unit])).length > 0;
    }),
  );
}

/** Two who give one name to two units are one after the other, so that the second sees what the first did. */
async function holdDirectory(transaction: Db): Promise<void> {
  await sql`lock table ${sql.table('units')} in share row exclusive mode`.execute(transaction);
}

/** All units, or those of a city, by id. */
export async function listUnits(db: Db, city?: string): Promise<Unit[]> {
  let query = db.selectFrom('units').select('body').orderBy('id');
  if (city !== undefined) query = query.where('city', '=', city);
  const rows = await withLedgerErrors(() => query.execute());
  return rows.map((row) => row.body);
}

export interface UnitPageFilter {
  id?: UnitId;
  city?: string;
  /** In the name or an alias. */
  q?: string;
  /** Only units that lack a liaison or an address to him. */
  gaps?: boolean;
  /** Only these. */
  only?: readonly UnitId[];
  after?: UnitId;
  limit: number;
}

/** A page of the directory, by id, and how many units match in all. */
export async function pageUnits(db: Db, filter: UnitPageFilter): Promise<{ rows: Unit[]; total: number }> {
  const { id, city, q, gaps, only, after, limit } = filter;
  let query = db.selectFrom('units');
  if (id !== undefined) query = query.where('id', '=', id);
  if (city !== undefined) query = query.where('city', '=', city);
  if (only !== undefined) query = query.where('id', 'in', [...only, '']);
  if (q !== undefined && q.trim() !== '') {
    const like = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(sql<boolean>`(name ILIKE ${like} OR body ->> 'aliases' ILIKE ${like})`);
  }
  if (gaps) {
    query = query.where(
      sql<boolean>`(body -> 'liaison' ->> 'name' IS NULL OR (body -> 'liaison' ->> 'mail' IS NULL AND body -> 'liaison' -> 'channels' IS NULL))`,
    );
  }
  let page = query.select('body').orderBy('id').limit(limit);
  if (after !== undefined) page = page.where('id', '>', after);
  const total = query.select(({ fn }) => fn.countAll<number>().as('count'));
  return withLedgerErrors(async () => ({
    rows: (await page.execute()).map(({ body }) => body),
    total: Number((await total.executeTakeFirstOrThrow()).count),
  }));
}

/** The units of these ids; one that the directory does not have is missing in the answer. */
export async function unitsById(db: Db, ids: UnitId[]): Promise<Map<UnitId, Unit>> {
  if (ids.length === 0) return new Map();
  const rows = await withLedgerErrors(() => db.selectFrom('units').select('body').where('id', 'in', ids).execute());
  return new Map(rows.map(({ body }) => [body.id, body]));
}

/**
 * Changes one unit: a liaison, a head, a substitute, an alias.
 * @param change gets the unit and all of its city; nobody else changes them meanwhile
 * @throws LedgerRefusal `unknown-unit`
 */
export async function editUnit(db: Db, id: UnitId, change: (unit: Unit, city: Unit[]) => Unit): Promise<Unit> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await holdDirectory(transaction);
      const row = await transaction
        .selectFrom('units')
        .select('body')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new LedgerRefusal('unknown-unit', `the directory has no unit ${id}`, 'duban unit list');
      const local = await listUnits(transaction, row.body.city);
      const { city, name, ...rest } = { ...change(row.body, local), id };
      const body = JSON.stringify({ ...rest, city, name });
      await transaction.updateTable('units').set({ city, name, body }).where('id', '=', id).execute();
      return { ...rest, city, name };
    }),
  );
}
