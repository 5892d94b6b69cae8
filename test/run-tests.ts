/**
 * `npm test`: the servers the tests need, the checks of the source, then every test. Its last line is
 * `N passed, N failed`; a failed check counts as one failed. Arguments go to jest; `--checks` alone stops before jest.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../config';
import { type Say, step, toStderr } from '../tools/say';
import { getTemporalBinary } from '../tools/temporal-binary';
import { getTestServer } from '../tools/test-server';
import { ToolError } from '../tools/tool-error';
import { chromiumPath, fetchChromium, NO_CHROMIUM } from './browser/chromium';

const ROOT = resolve(__dirname, '..');

/** What tsc saw last time: a second run checks only what changed. A fresh clone has none. */
const TYPES_SEEN = join('node_modules', '.cache', 'duban', 'types.tsbuildinfo');

/** What must be true of the source, cheapest first: [what it says, package, its program, arguments]. */
const CHECKS = [
  ['format and lint (biome)', '@biomejs/biome', 'bin/biome', 'ci', '--error-on-warnings', '--colors=off'],
  ['who imports whom (dependency-cruiser)', 'dependency-cruiser', 'bin/dependency-cruise.mjs', '.'],
  ['types (tsc)', 'typescript', 'bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', TYPES_SEEN],
  ['nothing unused (knip)', 'knip', 'bin/knip.js', '--no-progress'],
] as const;

async function main(args: string[]): Promise<number> {
  const say = toStderr;
  const checksOnly = args.length === 1 && args[0] === '--checks';
  if (!checksOnly) {
    const { cacheDir } = loadConfig();
    await getTemporalBinary({ cacheDir, say });
    await getTestServer({ cacheDir, say });
    await browserFor(say);
  }

  let failedChecks = 0;
  for (const [title, name, program, ...rest] of CHECKS) {
    const ok = await step(say, title, () => runVisibly(programOf(name, program), rest));
    if (ok) continue;
    say(`${title}: FAILED`);
    failedChecks += 1;
  }
  if (checksOnly) return failedChecks === 0 ? 0 : 1;

  const tests = await runJest(args);
  const failed = tests.failed + failedChecks;
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  process.stdout.write(`${tests.passed} passed, ${failed} failed${skipped}\n`);
  return failed === 0 && tests.passed > 0 ? 0 : 1;
}

/** Without a browser the tests of pages are skipped: everything else needs nothing but Node. */
async function browserFor(say: Say): Promise<void> {
  if (chromiumPath() !== null) return;
  await step(say, 'Chromium downloaded', async () => fetchChromium()).catch(() => say(NO_CHROMIUM));
}

async function runJest(args: string[]): Promise<{ passed: number; failed: number; skipped: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-jest-'));
  const outputFile = join(folder, 'result.json');
  try {
    // Two workers: each may hold a Java test server and a workflow bundler, about a gigabyte together.
    const ok = await runVisibly(programOf('jest', 'bin/jest.js'), [
      '--ci',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${outputFile}`,
      ...args,
    ]);
    const result = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numRuntimeErrorTestSuites: number;
    };
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      // Jest can say no for a reason that is no test's: a teardown that failed.
      failed: ok ? failed : Math.max(failed, 1),
      skipped: result.numPendingTests,
    };
  } catch (error) {
    toStderr(`jest left no result: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function programOf(name: string, program: string): string {
  return join(ROOT, 'node_modules', name, program);
}

/** In our own process group, so that Ctrl-C reaches it; its stdout becomes stderr, because ours has one line to say. */
function runVisibly(program: string, args: string[]): Promise<boolean> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) => settle(code === 0));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    toStderr(error instanceof ToolError ? error.message : String(error instanceof Error ? error.stack : error));
    process.stdout.write('0 passed, 1 failed\n');
    process.exitCode = 1;
  },
);
