/** Looks after the stored files (D25): are they what they were, and does anything still need them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { evidencePath, lockFile } from './store';

export interface EvidenceReport {
  files: number;
  /** The first file that is not what it was. */
  firstBad: { digest: string; problem: string } | null;
}

/** Reads every file that the ledger knows or that an event names, and compares it with its digest. */
export async function verifyEvidence(db: Db, folder: string): Promise<EvidenceReport> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ digest: string }>`
      SELECT digest FROM evidence_files UNION SELECT digest FROM (${named}) AS named ORDER BY digest`.execute(db),
  );
  for (const [index, { digest }] of rows.entries()) {
    const problem = await problemOf(folder, digest);
    if (problem) return { files: index, firstBad: { digest, problem } };
  }
  return { files: rows.length, firstBad: null };
}

/**
 * Deletes files that no event and no mail of the inbox names and that were stored before `before`: uploads whose move never came.
 * @param before ISO instant, a week ago: a form may lie open for long
 * @returns their digests
 */
export async function collectOrphans(db: Db, folder: string, before: string): Promise<string[]> {
  const collected: string[] = [];
  for (const digest of await filesBefore(db, folder, before)) {
    const gone = await withLedgerErrors(() =>
      db.transaction().execute((transaction) => collect(transaction, folder, digest, before)),
    );
    if (gone) collected.push(digest);
  }
  return collected;
}

/** Asks again under the file's lock: it may have been stored anew, or named, since it was found. */
async function collect(db: Db, folder: string, digest: string, before: string): Promise<boolean> {
  await lockFile(db, digest);
  const { rows } = await sql<{ needed: boolean }>`
    SELECT EXISTS (SELECT FROM (${named}) AS named WHERE digest = ${digest})
        OR EXISTS (SELECT FROM evidence_files WHERE digest = ${digest} AND stored_at >= ${before}::timestamptz) AS needed
  `.execute(db);
  if (rows[0]?.needed) return false;
  await db.deleteFrom('evidence_files').where('digest', '=', digest).execute();
  await rm(evidencePath(folder, digest), { force: true });
  return true;
}

/** Every digest that an event names, or a mail that still lies in the inbox. */
const named = sql`
  SELECT item ->> 'value' AS digest FROM events, jsonb_array_elements(body -> 'items') AS item
  WHERE type = 'evidenceAdded' AND item ->> 'kind' = 'file'
  UNION ALL
  SELECT file ->> 'digest' AS digest FROM replies, jsonb_array_elements(attachments) AS file
  WHERE state IN ('pending', 'open')
  UNION ALL
  SELECT whole AS digest FROM replies WHERE whole IS NOT NULL AND state IN ('pending', 'open')`;

/** Digests that were stored earlier: by their row, and by their date on the disk where the row was never committed. */
async function filesBefore(db: Db, folder: string, before: string): Promise<string[]> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('evidence_files').select('digest').where('stored_at', '<', before).execute(),
  );
  const digests = new Set(rows.map((row) => row.digest));
  for (const prefix of await names(folder, /^[0-9a-f]{2}$/)) {
    for (const rest of await names(join(folder, prefix), /^[0-9a-f]{62}$/)) {
      const { mtimeMs } = await stat(join(folder, prefix, rest));
      if (mtimeMs < Date.parse(before)) digests.add(prefix + rest);
    }
  }
  return [...digests].sort();
}

async function names(folder: string, shape: RegExp): Promise<string[]> {
  const all = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return all.filter((name) => shape.test(name)).sort();
}

async function problemOf(folder: string, digest: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(evidencePath(folder, digest))) hash.update(chunk);
  } catch (error) {
    return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  return hash.digest('hex') === digest ? null : 'its bytes are not what was stored';
}
