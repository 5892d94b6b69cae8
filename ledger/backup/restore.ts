/**
 * Restores a backup into an empty home (D24): schema of the backup's version, tables, evidence, then the migrations
 * since. Afterwards every stream is relaunched: the same path as a lost Temporal.
 */
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'kysely';
import { closeDoors } from '../accounts/closed-doors';
import { loadCalendar } from '../calendars';
import { type Db, openDatabase } from '../database';
import { LedgerRefusal, withLedgerErrors } from '../errors';
import { assumeHandedOver, assumeSent } from '../letters/assumed';
import { migrate, migrationFiles, schemaVersion } from '../migrate';
import type { BackupManifest } from './backup';
import { bad, unpack } from './check';
import { columnList, type DumpTable, dumpTables } from './tables';

export interface RestorePlace {
  /** A database without plans, units, tasks and letters; migrated or not. */
  url: string;
  /** The evidence folder: missing or empty. */
  evidence: string;
  /** ISO instant: notices whose round was past then may have been sent after the backup (D12). */
  now: string;
}

/** What every new home has by itself, and a backup brings along. */
const SEEDED = ['calendars', 'calendar_version'];

/**
 * @throws LedgerRefusal `not-empty`, `bad-backup`, or `schema-differs` if the backup is of a newer version; then
 * nothing was restored
 */
export async function restore(file: string, { url, evidence, now }: RestorePlace): Promise<BackupManifest> {
  if ((await filesIn(evidence)).length > 0) throw notEmpty(`the evidence folder ${evidence}`);
  const home = dirname(resolve(evidence));
  await mkdir(home, { recursive: true });
  const staging = await mkdtemp(join(home, '.restoring-'));
  const { db, close } = openDatabase(url, 2, 'owner');
  try {
    const manifest = await unpack(file, staging);
    await bringToSchema(db, url, manifest);
    await withLedgerErrors(() =>
      db.transaction().execute(async (transaction) => {
        await fillTables(transaction, manifest, staging);
        await assumeSent(transaction, await loadCalendar(transaction), now);
        await assumeHandedOver(transaction);
        // Files before the commit: a ledger never names a file that was not brought.
        await moveEvidence(staging, evidence);
      }),
    );
    await migrate(url);
    // An older backup has tables for them only now.
    await withLedgerErrors(() => closeDoors(db, now));
    return manifest;
  } finally {
    await close();
    // An archive that breaks off fails while its last files are still being written.
    await rm(staging, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The tables must be those that the backup was made of: a later migration may change rows as well as columns. */
async function bringToSchema(db: Db, url: string, { schema }: BackupManifest): Promise<void> {
  const ours = await migrationFiles();
  const unknown = schema.find((name, index) => ours[index] !== name);
  if (unknown)
    throw differs(`the backup has migration ${unknown}, which this version of Duban does not have in its place`);
  const last = schema.at(-1) ?? '';
  const { version } = await schemaVersion(db);
  if (version !== null && version > last) throw differs(`the database is at ${version}, the backup at ${last}`);
  await migrate(url, last);
}

async function fillTables(db: Db, manifest: BackupManifest, staging: string): Promise<void> {
  const known = await dumpTables(db);
  for (const { name } of known) {
    if (SEEDED.includes(name)) await sql`DELETE FROM ${sql.table(name)}`.execute(db);
    const { rows } = await sql<{ some: boolean }>`SELECT EXISTS (SELECT FROM ${sql.table(name)}) AS some`.execute(db);
    if (rows[0]?.some) throw notEmpty(`the database's table ${name}`);
  }
  for (const table of known) {
    const dumped = manifest.tables.find(({ name }) => name === table.name);
    if (!dumped) throw bad(`table ${table.name} is missing`);
    const rows = await fillTable(db, dumped, join(staging, 'tables', `${table.name}.ndjson`));
    if (rows !== dumped.rows) throw bad(`table ${table.name} has ${rows} rows instead of ${dumped.rows}`);
    await raiseSequences(db, table.name);
  }
}

/** Some megabytes of JSON in one statement; a single row may be more. */
const BATCH_CHARACTERS = 4_000_000;

async function fillTable(db: Db, table: DumpTable, path: string): Promise<number> {
  let count = 0;
  let batch: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await sql`INSERT INTO ${sql.table(table.name)} (${columnList(table)}) OVERRIDING SYSTEM VALUE
      SELECT ${columnList(table)}
      FROM json_populate_recordset(NULL::${sql.table(table.name)}, ${`[${batch.join(',')}]`}::json)`.execute(db);
    count += batch.length;
    batch = [];
    characters = 0;
  };
  for await (const line of linesOf(path)) {
    batch.push(line);
    characters += line.length;
    if (characters >= BATCH_CHARACTERS) await flush();
  }
  await flush();
  return count;
}

/** Split at line feeds and nowhere else: readline would also split at U+2028, which may stand in a text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** A column that counts by itself goes on behind what was restored. */
async function raiseSequences(db: Db, table: string): Promise<void> {
  const { rows } = await sql<{ column: string; sequence: string }>`
    SELECT column_name::text AS column, pg_get_serial_sequence(${table}, column_name) AS sequence
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${table}
      AND pg_get_serial_sequence(${table}, column_name) IS NOT NULL`.execute(db);
  for (const { column, sequence } of rows) {
    await sql`SELECT setval(${sequence}, max(${sql.ref(column)})) FROM ${sql.table(table)}
      HAVING max(${sql.ref(column)}) IS NOT NULL`.execute(db);
  }
}

/** One rename: either all of it is there or nothing. */
async function moveEvidence(staging: string, evidence: string): Promise<void> {
  const brought = join(staging, 'evidence');
  await mkdir(brought, { recursive: true });
  await rm(evidence, { recursive: true, force: true });
  await rename(brought, evidence);
}

async function filesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

function notEmpty(what: string): LedgerRefusal {
  return new LedgerRefusal('not-empty', `${what} is not empty`, 'restore into a new home and an empty database');
}

function differs(message: string): LedgerRefusal {
  return new LedgerRefusal('schema-differs', message, 'restore with the version that made the backup, or a newer one');
}
