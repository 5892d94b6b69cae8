/** A ledger of its own for a test file: migrated, with the calendar and the units of Zhuzhou. */
import { join } from 'node:path';
import type { QueryResult } from 'pg';
import type { Unit } from '../../domain/unit';
import { seedCalendars } from '../../ledger/calendars';
import { type Database, openDatabase } from '../../ledger/database';
import { migrate } from '../../ledger/migrate';
import { putUnits } from '../../ledger/units';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { createTestDatabase } from '../support/database';

export const SEEDS = join(__dirname, '..', '..', 'seeds');

export interface TestLedger extends Database {
  url: string;
  /** Runs SQL as the owner, past the application's role: what a tamperer does, and whoever looks at other sessions. */
  asOwner(sql: string): Promise<QueryResult>;
  drop(): Promise<void>;
}

/** Migrated and empty. */
export async function emptyLedger(): Promise<TestLedger> {
  const { url, drop } = await createTestDatabase();
  await migrate(url);
  const database = openDatabase(url);
  return {
    ...database,
    url,
    asOwner: (sql) => runAsOwner(database, sql),
    async drop() {
      await database.close();
      await drop();
    },
  };
}

/** With calendars and units. */
export async function seededLedger(): Promise<TestLedger> {
  const ledger = await emptyLedger();
  await seedCalendars(ledger.db, join(SEEDS, 'calendars'));
  await putUnits(ledger.db, zhuzhouUnits as Unit[]);
  return ledger;
}

async function runAsOwner({ pool }: Database, sql: string): Promise<QueryResult> {
  const client = await pool.connect();
  try {
    await client.query('RESET ROLE');
    return await client.query(sql);
  } finally {
    // The connection has left its role: it must not go back to the pool.
    client.release(true);
  }
}
