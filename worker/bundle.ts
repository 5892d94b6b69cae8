/** The workflows' code in one file, kept by what it was made of: bundling takes a second or more, reading none. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const ROOT = resolve(__dirname, '..');
/** Rooms whose files can end up in the bundle; the lock file stands for every package. */
const SOURCES = ['workflows', 'domain'];

/**
 * The bundle of the workflows as they are now, for `Worker.create({ workflowBundle })`.
 * @param cacheDir shared by all checkouts of this user
 */
export async function workflowBundle(cacheDir: string): Promise<{ codePath: string }> {
  const codePath = join(cacheDir, 'workflow-bundles', `${sourceHash()}.js`);
  if (existsSync(codePath)) return { codePath };
  const workflowsPath = join(ROOT, 'workflows', 'index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  mkdirSync(join(cacheDir, 'workflow-bundles'), { recursive: true });
  // Written beside its place, so that a worker that starts at the same moment never reads half of it.
  const fresh = `${codePath}.${process.pid}`;
  writeFileSync(fresh, code);
  renameSync(fresh, codePath);
  return { codePath };
}

/** SHA-256 over names and contents of everything that the bundle is made of. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((room) => readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files.sort(), join(ROOT, 'package-lock.json')]) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}
