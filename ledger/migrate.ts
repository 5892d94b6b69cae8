/** Brings a database to the present schema: plain SQL files, in order, each in a transaction, each once. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { fillBoard } from './board';
import { type Db, openDatabase } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';

const FOLDER = join(__dirname, 'migrations');
/** Any number that nothing else on the server locks: two processes that migrate at once wait for each other. */
const LOCK = 7_283_001;

export interface SchemaVersion {
  /** Name of the last migration applied; null for an empty database. */
  version: string | null;
  /** What `migrate` would apply. */
  pending: string[];
}

/**
 * Applies what is missing and returns the names of what it applied.
 * @param upTo name of the last one to apply: what a backup of an older version is restored into
 * @throws LedgerRefusal `schema-differs` if a file that was applied has been edited since, or is unknown here
 */
export async function migrate(url: string, upTo?: string): Promise<string[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    application_name: 'duban migrate',
  });
  client.on('error', () => undefined);
  return withLedgerErrors(async () => {
    await client.connect();
    try {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
      const applied = await applyMissing(client, upTo);
      if (upTo === undefined && (await isBoardBehind(client))) await fill(url);
      return applied;
    } finally {
      await client.end();
    }
  });
}

/** How far the database is; also for a database that was never migrated. */
export async function schemaVersion(db: Db): Promise<SchemaVersion> {
  return withLedgerErrors(async () => {
    const files = await migrationFiles();
    const applied = await db
      .selectFrom('schema_migrations')
      .select('name')
      .orderBy('name')
      .execute()
      .catch((error: Error & { code?: string }) => {
        // 42P01: no such table; nothing was ever applied.
        if (error.code === '42P01') return [];
        throw error;
      });
    const names = new Set(applied.map((row) => row.name));
    return { version: applied.at(-1)?.name ?? null, pending: files.filter((name) => !names.has(name)) };
  });
}

async function applyMissing(client: Client, upTo?: string): Promise<string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations
       (name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const { rows } = await client.query<{ name: string; digest: string }>('SELECT name, digest FROM schema_migrations');
  const applied = new Map(rows.map((row) => [row.name, row.digest]));
  const files = await migrationFiles();
  const unknown = [...applied.keys()].find((name) => !files.includes(name));
  if (unknown) throw differs(`the database has ${unknown}, which this version of Duban does not know`);
  const done: string[] = [];
  for (const name of files) {
    const text = await readFile(join(FOLDER, name), 'utf8');
    const digest = createHash('sha256').update(text).digest('hex');
    const known = applied.get(name);
    if (known !== undefined && known !== digest) throw differs(`${name} was edited after it had been applied`);
    if (known !== undefined || (upTo !== undefined && name > upTo)) continue;
    await applyOne(client, name, text, digest);
    done.push(name);
  }
  return done;
}

async function applyOne(client: Client, name: string, text: string, digest: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(text);
    await client.query('INSERT INTO schema_migrations (name, digest) VALUES ($1, $2)', [name, digest]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Rows of the board are reckoned, not copied, so no SQL can make them. */
async function isBoardBehind(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ behind: boolean }>(
    `SELECT EXISTS (
       SELECT FROM streams LEFT JOIN board ON board.stream = streams.id
       WHERE streams.kind = 'task' AND state IS NOT NULL AND board.seq IS DISTINCT FROM head_seq) AS behind`,
  );
  return rows[0]?.behind ?? false;
}

async function fill(url: string): Promise<void> {
  const { db, close } = openDatabase(url, 2, 'owner');
  try {
    await fillBoard(db);
  } finally {
    await close();
  }
}

/** Names of all migrations of this version, in order. */
export async function migrationFiles(): Promise<string[]> {
  return (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
}

function differs(message: string): LedgerRefusal {
  return new LedgerRefusal(
    'schema-differs',
    message,
    'run the version of Duban that made this database, or a newer one',
  );
}
