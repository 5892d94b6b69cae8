/** Temporal servers for test files: the time-skipping one, a real one, and the workflows bundled once per run. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { loadConfig } from '../../config';
import { waitFor } from '../../tools/processes';
import type { SearchAttribute } from '../../tools/temporal-namespace';
import { startTemporal, type Temporal } from '../../tools/temporal-server';
import { getTestServer } from '../../tools/test-server';
import { newHome, runFolder, testServerPidFile } from './run';

const say = () => undefined;

/** A time-skipping environment; call its `teardown()` in afterAll. D26 to D28 say what it cannot do. */
export async function timeSkippingEnv(): Promise<TestWorkflowEnvironment> {
  beQuiet();
  const path = traceable(await getTestServer({ cacheDir: loadConfig().cacheDir, say }));
  return startSkipping(path, SKIPPING_STARTS);
}

/** The SDK waits five seconds for a Java server, which on a busy machine is too short: it is started again. */
const SKIPPING_STARTS = 4;

async function startSkipping(path: string, startsLeft: number): Promise<TestWorkflowEnvironment> {
  const server = { executable: { type: 'existing-path', path } } as const;
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({ server });
  } catch (error) {
    if (startsLeft <= 1) throw error;
    return startSkipping(path, startsLeft - 1);
  }
}

/** The SDK starts this server out of reach of Ctrl-C: behind this script its process id is found by the sweep. */
function traceable(path: string): string {
  if (process.platform === 'win32') return path;
  const home = newHome('skipping');
  const script = join(home, 'temporal-test-server');
  writeFileSync(script, `#!/bin/sh\necho $$ > '${testServerPidFile(home)}'\nexec '${path}' "$@"\n`, { mode: 0o755 });
  return script;
}

/** A real server of its own, for faults, schedules and lists; call its `stop()` in afterAll. */
export function devServer(options: { searchAttributes?: SearchAttribute[] } = {}): Promise<Temporal> {
  beQuiet();
  return startTemporal({
    home: newHome('temporal'),
    cacheDir: loadConfig().cacheDir,
    say,
    namespace: 'default',
    searchAttributes: options.searchAttributes ?? [],
    disposable: true,
  });
}

/** All workflows, for `Worker.create({ workflowBundle })`: bundling takes seconds, so the first asker does it for all. */
export async function workflowBundle(): Promise<{ codePath: string }> {
  const codePath = join(runFolder(), 'workflows.js');
  const lock = `${codePath}.lock`;
  const mine = await waitFor(() => existsSync(codePath) || tryToLock(lock), { withinMs: 120_000 });
  if (mine === 'locked') {
    try {
      const { code } = await bundleWorkflowCode({
        workflowsPath: resolve(__dirname, '../../workflows/index.ts'),
        logger: new DefaultLogger('ERROR'),
      });
      writeFileSync(`${codePath}.new`, code);
      renameSync(`${codePath}.new`, codePath);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  return { codePath };
}

function tryToLock(lock: string): 'locked' | null {
  try {
    mkdirSync(lock);
    return 'locked';
  } catch {
    return null;
  }
}

let quiet = false;

/** The SDK tells its life on stderr; tests want to hear of what goes wrong only. */
function beQuiet(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}
