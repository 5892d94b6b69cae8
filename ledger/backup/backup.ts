/**
 * A backup (D24): the database as it was at one moment, then the evidence tree, in one `.tar.gz`. It needs no program
 * of PostgreSQL, because the embedded one comes without pg_dump. restore.ts reads it.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { create } from 'tar';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { evidencePath } from '../evidence/store';
import { columnList, type DumpTable, dumpTables } from './tables';

/** `manifest.json` of a backup. */
export interface BackupManifest {
  format: 1;
  madeAt: string;
  /** Names of the migrations that the database had. */
  schema: string[];
  /** In the order in which they can be filled. */
  tables: (DumpTable & { rows: number; sha256: string })[];
  /** Digests of the evidence files in the backup, and of those that the ledger names and the folder has not. */
  evidence: { files: string[]; missing: string[] };
}

/**
 * Writes a backup; the ledger goes on meanwhile. `file` appears only when it is whole.
 * @param evidence the evidence folder
 * @throws LedgerUnavailable; errors of the file system as they are
 */
export async function backup(db: Db, evidence: string, file: string): Promise<BackupManifest> {
  const target = resolve(file);
  const staging = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const manifest = await withLedgerErrors(() => dump(db, staging));
    manifest.evidence = await present(evidence, manifest.evidence.files);
    await writeFile(join(staging, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await symlink(resolve(evidence), join(staging, 'evidence'), 'junction');
    const files = manifest.evidence.files.map((digest) => evidencePath('evidence', digest));
    const packed = join(staging, 'packed.tar.gz');
    await create({ cwd: staging, file: packed, gzip: true, portable: true, strict: true }, [
      'manifest.json',
      'tables',
      ...files,
    ]);
    // It holds every letter and every address.
    await chmod(packed, 0o600);
    await sync(packed);
    await rename(packed, target);
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** One moment of the database, a file per table. */
function dump(db: Db, staging: string): Promise<BackupManifest> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await mkdir(join(staging, 'tables'));
      const applied = await transaction.selectFrom('schema_migrations').select('name').orderBy('name').execute();
      const tables: BackupManifest['tables'] = [];
      for (const table of await dumpTables(transaction)) tables.push(await dumpTable(transaction, table, staging));
      const files = await transaction.selectFrom('evidence_files').select('digest').orderBy('digest').execute();
      return {
        format: 1,
        madeAt: new Date().toISOString(),
        schema: applied.map((row) => row.name),
        tables,
        evidence: { files: files.map((row) => row.digest), missing: [] },
      };
    });
}

async function dumpTable(db: Db, table: DumpTable, staging: string): Promise<BackupManifest['tables'][number]> {
  const hash = createHash('sha256');
  let rows = 0;
  const lines = async function* () {
    for await (const line of linesOf(db, table)) {
      rows += 1;
      hash.update(line);
      yield line;
    }
  };
  await pipeline(lines, createWriteStream(join(staging, 'tables', `${table.name}.ndjson`)));
  return { ...table, rows, sha256: hash.digest('hex') };
}

/** Rows as PostgreSQL itself writes them in JSON: what it wrote it can read, to the microsecond and the byte. */
async function* linesOf(db: Db, table: DumpTable): AsyncGenerator<string> {
  await sql`DECLARE dump NO SCROLL CURSOR FOR
    SELECT row_to_json(picked)::text AS line FROM (SELECT ${columnList(table)} FROM ${sql.table(table.name)}) AS picked
  `.execute(db);
  for (;;) {
    // A letter is some tens of kilobytes; more at once would be memory, not speed.
    const { rows } = await sql<{ line: string }>`FETCH 200 FROM dump`.execute(db);
    if (rows.length === 0) break;
    for (const { line } of rows) yield `${line}\n`;
  }
  await sql`CLOSE dump`.execute(db);
}

async function present(evidence: string, digests: string[]): Promise<BackupManifest['evidence']> {
  const found: BackupManifest['evidence'] = { files: [], missing: [] };
  for (const digest of digests) {
    const there = await stat(evidencePath(evidence, digest)).catch(() => null);
    found[there ? 'files' : 'missing'].push(digest);
  }
  return found;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
