/** Writes a file whole or not at all: who is interrupted, or finds the disk full, keeps what was there. */
import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** One that is there is replaced when the new one is complete. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${file}.${process.pid}.part`;
  try {
    await writeFile(fresh, bytes);
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** The same of what is too large for memory. */
export async function streamWhole(file: string, content: Readable): Promise<void> {
  const fresh = `${file}.${process.pid}.part`;
  try {
    await pipeline(content, createWriteStream(fresh));
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}
