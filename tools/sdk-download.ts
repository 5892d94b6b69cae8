/** The first network way to a server binary: what the Temporal SDK downloads for itself. */
import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './run-command';

/** No byte for this long: the address is blocked or the line is dead, and the next way is quicker. */
const STALLED_MS = 20_000;

/** What an earlier call left in `folder`, or null. */
export function downloadedBySdk(folder: string): string | null {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith('.downloading') || !statSync(path).isFile()) continue;
      accessSync(path, constants.X_OK);
      return path;
    }
  } catch {
    // No folder yet, or a file that cannot be run: as good as nothing.
  }
  return null;
}

/** Downloads and starts the server once, which proves that it runs here. Throws ToolError. */
export async function downloadBySdk(kind: 'dev-server' | 'time-skipping', folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  let grewAtMs = performance.now();
  await runCommand(process.execPath, [join(__dirname, 'sdk-download-child.cjs'), kind, folder], {
    cwd: resolve(__dirname, '..'),
    timeoutMs: 10 * 60_000,
    next: 'the next way is tried',
    giveUp: () => {
      const now = bytesIn(folder);
      if (now !== bytes) {
        bytes = now;
        grewAtMs = performance.now();
      }
      return performance.now() - grewAtMs > STALLED_MS ? `no byte for ${STALLED_MS / 1000} s` : null;
    },
  });
  const found = downloadedBySdk(folder);
  if (!found) throw new Error(`the SDK downloaded nothing into ${folder}`);
  return found;
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
