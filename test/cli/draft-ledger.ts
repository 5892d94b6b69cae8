/** A ledger of its own for commands that need PostgreSQL and no Temporal: everything about drafts. */
import { join } from 'node:path';
import { type Database, openDatabase } from '../../ledger/database';
import { migrate } from '../../ledger/migrate';
import { createTestDatabase } from '../support/database';
import { newHome } from '../support/run';
import { duban, dubanJson, type Json, type Ran, type Row } from './duban';

export interface DraftLedger extends Database {
  /** A folder for the files of the test. */
  home: string;
  run(...args: string[]): Promise<Ran>;
  /** A command that must succeed: its answer. */
  ok(...args: string[]): Promise<Json & Row[]>;
  /** A command that must not: how it ended. */
  no(...args: string[]): Promise<[exit: number | null, code: string]>;
  drop(): Promise<void>;
}

/** Migrated and empty. */
export async function draftLedger(): Promise<DraftLedger> {
  const { url, drop } = await createTestDatabase();
  await migrate(url);
  const database = openDatabase(url);
  const home = newHome('cli');
  const settings = { DUBAN_HOME: join(home, 'never-made'), DATABASE_URL: url };
  return {
    ...database,
    home,
    run: (...args) => duban(settings, ...args),
    async ok(...args) {
      const { code, json } = await dubanJson(settings, ...args);
      if (code !== 0) throw new Error(`duban ${args.join(' ')} ended with ${code}: ${JSON.stringify(json)}`);
      return json;
    },
    async no(...args) {
      const { code, json } = await dubanJson(settings, ...args);
      return [code, String(json.error?.code)];
    },
    async drop() {
      await database.close();
      await drop();
    },
  };
}
