/**
 * One run of jest: a temporary folder that holds all of its servers, named by jest's process so that its workers find
 * it without being told.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../tools/postgres';
import { commandLineOf, isAlive, stopProcess } from '../../tools/processes';
import { findTemporal } from '../../tools/temporal-server';

const PREFIX = 'duban-test-';

/** Where the run of this jest process, or of the jest process above this worker, keeps its servers. */
export function runFolder(): string {
  const runs = new Set(runsOf(tmpdir()));
  const pid = [process.pid, process.ppid].find((candidate) => runs.has(candidate));
  if (pid === undefined) throw new Error('no test run here: start tests with npx jest or npm test');
  return folderOf(pid);
}

/** The one PostgreSQL of the run. */
export function postgresHome(): string {
  return join(runFolder(), 'postgres');
}

/** A new folder in the run's folder; goes when the run ends. */
export function newHome(kind: string): string {
  const home = mkdtempSync(join(runFolder(), `${kind}-`));
  chmodSync(home, 0o755);
  return home;
}

/** Makes this process's run folder, and first removes what killed runs left behind. */
export async function beginRun(): Promise<void> {
  await removeDeadRuns();
  mkdirSync(folderOf(process.pid), { mode: 0o755 });
}

/** Ends this process's run. */
export async function endRun(): Promise<void> {
  await removeRun(process.pid);
}

/** Ends every run whose jest is gone. */
export async function removeDeadRuns(): Promise<void> {
  for (const pid of runsOf(tmpdir())) {
    if (pid === process.pid || !isAlive(pid)) await removeRun(pid);
  }
}

/** Stops every server of a run by its process id, and removes the folder. */
async function removeRun(pid: number): Promise<void> {
  const folder = folderOf(pid);
  for (const name of readdirSync(folder)) {
    const home = join(folder, name);
    await (await findTemporal(home))?.stop();
    await (await findPostgres(home))?.stop();
    await stopTestServer(home);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Where a time-skipping server of this home leaves its process id. */
export function testServerPidFile(home: string): string {
  return join(home, 'pid');
}

async function stopTestServer(home: string): Promise<void> {
  const file = testServerPidFile(home);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (!isAlive(pid) || !(await commandLineOf(pid))?.includes('temporal-test-server')) return;
  await stopProcess(pid, ['SIGTERM', 'SIGKILL'], 5_000);
}

function folderOf(pid: number): string {
  return join(tmpdir(), `${PREFIX}${pid}`);
}

function runsOf(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    return Number.isInteger(pid) ? [pid] : [];
  });
}
