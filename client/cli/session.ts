/** What one command needs of the outside world, opened when it is first asked for and closed at the end. */
import { userInfo } from 'node:os';
import { type Config, loadConfig } from '../../config';
import { type Day, dayOf } from '../../domain/days';
import { type Database, type Db, openDatabase } from '../../ledger/database';
import { schemaVersion } from '../../ledger/migrate';
import { type Say, toStderr } from '../../tools/say';
import type { Desk } from '..';
import { CliFailure } from './failure';
import { openDesk, placesOf } from './later';
import { databaseUrlOf } from './servers';

/** One command asks one thing after the other. */
const CONNECTIONS = 2;

export class Session {
  readonly config: Config = loadConfig();
  /** Progress, for people. */
  readonly say: Say = toStderr;
  private database: Database | null = null;
  private opened: Desk | null = null;

  /** @param actorName `--actor`; null when the command acts in the capacity that its move needs */
  constructor(readonly actorName: string | null) {}

  now(): string {
    return new Date().toISOString();
  }

  today(): Day {
    return dayOf(this.now());
  }

  /** The name under which the command acts without `--actor`. */
  localName(): string {
    try {
      return userInfo().username;
    } catch {
      // A container's user may have no entry.
      return 'local';
    }
  }

  /** The ledger. Throws CliFailure when it was never migrated, or not to this version. */
  async db(): Promise<Db> {
    if (this.database) return this.database.db;
    const database = openDatabase(await databaseUrlOf(this.config), CONNECTIONS);
    this.database = database;
    const { pending } = await schemaVersion(database.db);
    if (pending.length > 0) {
      const en = `the database lacks ${pending.length} migrations, the first is ${pending[0]}`;
      throw new CliFailure(3, 'not-migrated', '数据库结构尚未更新。', en, { next: 'duban migrate' });
    }
    return database.db;
  }

  /** The task desk. Throws Unreachable or ToolError when a server is not there. */
  async desk(): Promise<Desk> {
    if (this.opened) return this.opened;
    // Read when needed: who only reads the ledger does not wait for Temporal's client.
    const places = await placesOf(this.config);
    this.opened = await openDesk(places);
    return this.opened;
  }

  async close(): Promise<void> {
    await this.opened?.close();
    await this.database?.close();
  }
}
