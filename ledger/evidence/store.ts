/**
 * The files of evidence 佐证材料 (D25): each stored once, under the SHA-256 of its bytes, in `<folder>/ab/cd…`. `record`
 * never opens one; a move names the digest of a file that lies here already.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from '../database';
import { LedgerRefusal, withLedgerErrors } from '../errors';

export interface StoredFile {
  /** SHA-256 in hex: the value of the evidence item. */
  digest: string;
  bytes: number;
}

/** A file that has arrived and is not stored yet. Each is kept or dropped. */
export interface StagedFile extends StoredFile {
  /** Where it lies meanwhile. */
  path: string;
  /** Stores it under its digest. */
  keep(name: string | null): Promise<void>;
  drop(): Promise<void>;
}

export interface EvidenceStore {
  /**
   * Stores a file while it arrives; the same bytes again are the same file.
   * @param name as its sender calls it; kept for the first one only
   * @throws LedgerRefusal `too-large`, and nothing is kept
   */
  put(content: AsyncIterable<Uint8Array>, name: string | null): Promise<StoredFile>;
  /**
   * Takes a file in without storing it, so that somebody can look at it first.
   * @throws LedgerRefusal `too-large`, and nothing is kept
   */
  stage(content: AsyncIterable<Uint8Array>): Promise<StagedFile>;
  /** The file's bytes; null if there is no such file. */
  read(digest: string): Promise<Readable | null>;
  /** Where all of them lie. */
  folder: string;
  /** Where the file lies, or would lie. */
  pathOf(digest: string): string;
}

/** `folder` is the evidence folder; `limitBytes` the most that one file may have. */
export function openEvidence(db: Db, folder: string, limitBytes: number): EvidenceStore {
  const pathOf = (digest: string) => evidencePath(folder, digest);
  async function stage(content: AsyncIterable<Uint8Array>): Promise<StagedFile> {
    const path = join(folder, 'arriving', randomUUID());
    await mkdir(dirname(path), { recursive: true });
    const drop = () => rm(path, { force: true });
    try {
      const stored = await writeDown(path, content, limitBytes);
      return { ...stored, path, drop, keep: (name) => keep(db, path, pathOf(stored.digest), stored, name) };
    } catch (error) {
      await drop();
      throw error;
    }
  }
  return {
    folder,
    pathOf,
    stage,
    async put(content, name) {
      const { digest, bytes, ...staged } = await stage(content);
      try {
        await staged.keep(name);
        return { digest, bytes };
      } finally {
        await staged.drop();
      }
    },
    async read(digest) {
      const path = pathOf(digest);
      const found = await stat(path).catch(() => null);
      return found ? createReadStream(path) : null;
    },
  };
}

/** @throws LedgerRefusal if this is no digest, so that no other path is ever opened */
export function evidencePath(folder: string, digest: string): string {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new LedgerRefusal('not-storable', `no SHA-256: ${digest}`);
  return join(folder, digest.slice(0, 2), digest.slice(2));
}

async function writeDown(path: string, content: AsyncIterable<Uint8Array>, limit: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  let bytes = 0;
  try {
    for await (const chunk of content) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw new LedgerRefusal('too-large', `the file has more than ${limit} bytes`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    // On the disk before it has its name: after a crash a name never leads to half a file.
    await file.sync();
  } finally {
    await file.close();
  }
  return { digest: hash.digest('hex'), bytes };
}

/** Gives the file its name. A row that is there gets a new date, because the file is about to be used. */
async function keep(db: Db, from: string, to: string, file: StoredFile, name: string | null): Promise<void> {
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await lockFile(transaction, file.digest);
      await transaction
        .insertInto('evidence_files')
        .values({ ...file, name })
        .onConflict((conflict) => conflict.column('digest').doUpdateSet({ stored_at: new Date().toISOString() }))
        .execute();
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
      await syncFolder(dirname(to));
      await syncFolder(dirname(dirname(to)));
    }),
  );
}

/** Held until the transaction ends: storing a file and collecting it as an orphan must not cross. */
export async function lockFile(db: Db, digest: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`evidence ${digest}`}, 0))`.execute(db);
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; its file system orders renames by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
