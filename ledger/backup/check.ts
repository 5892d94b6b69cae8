/** Unpacks a backup and proves it whole before anything is restored from it (D24). */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { LedgerRefusal } from '../errors';
import { evidencePath } from '../evidence/store';
import type { BackupManifest } from './backup';

/** What a backup may hold; anything else in the archive is not unpacked. */
const EXPECTED = /^(manifest\.json|tables(\/([a-z0-9_]+\.ndjson)?)?|evidence\/[0-9a-f]{2}\/[0-9a-f]{62})$/;

/**
 * Unpacks `file` into `folder`.
 * @throws LedgerRefusal `bad-backup` if it is no backup, is cut off, or holds a byte that was not written
 */
export async function unpack(file: string, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(file, folder).catch((cause: Error) => {
    throw bad(`${file} is no backup that can be read: ${cause.message}`, cause);
  });
  for (const { name, sha256 } of manifest.tables) {
    if ((await digestOfFile(join(folder, 'tables', `${name}.ndjson`))) !== sha256)
      throw bad(`table ${name} was altered`);
  }
  for (const digest of manifest.evidence.files) {
    if ((await digestOfFile(evidencePath(join(folder, 'evidence'), digest))) !== digest) {
      throw bad(`evidence ${digest} was altered`);
    }
  }
  return manifest;
}

async function readManifest(file: string, folder: string): Promise<BackupManifest> {
  await extract({
    file,
    cwd: folder,
    strict: true,
    filter: (path, entry) => EXPECTED.test(path) && 'type' in entry && /^(File|Directory)$/.test(entry.type),
  });
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as BackupManifest;
  if (manifest.format !== 1) throw new Error(`format ${String(manifest.format)} is unknown here`);
  return manifest;
}

/** Null if the file is not there. */
async function digestOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

export function bad(message: string, cause?: Error): LedgerRefusal {
  return new LedgerRefusal('bad-backup', message, 'use another backup', { cause });
}
