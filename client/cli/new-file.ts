/** A new file, whole or not at all: what is interrupted leaves nothing under its name. */
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { wrongCall } from './failure';

/**
 * Writes a file that people will work in, so one that is there is never replaced.
 * @throws CliFailure `file-exists`
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  if (existsSync(path)) {
    throw wrongCall('file-exists', '文件已存在，不覆盖。', 'there is such a file; it may hold somebody’s work', {
      where: path,
      next: 'give another name, or move the old file away',
    });
  }
  const fresh = `${path}.${process.pid}.part`;
  try {
    await writeFile(fresh, bytes);
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}
