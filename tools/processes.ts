/** Processes known only by their id: is it alive, is it the one we mean, stop it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** True while the process runs. A zombie is dead: in containers nobody may ever collect it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to someone else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}

/** The command line of a process, or null where the system does not tell. */
export async function commandLineOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null;
  try {
    // Slim Linux images have no `ps`; macOS has no /proc.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return (await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return null;
  }
}

/** Polls until `check` gives something truthy; null when `withinMs` have passed. */
export async function waitFor<T>(
  check: () => T | Promise<T>,
  { withinMs, everyMs = 50 }: { withinMs: number; everyMs?: number },
): Promise<T | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (performance.now() > deadline) return null;
    await sleep(everyMs);
  }
}

/**
 * Sends each signal in turn until the process is gone, waiting `eachMs` after each one.
 * Returns false if it survived all of them.
 */
export async function stopProcess(pid: number, signals: NodeJS.Signals[], eachMs: number): Promise<boolean> {
  for (const signal of signals) {
    if (!isAlive(pid)) return true;
    try {
      process.kill(pid, signal);
    } catch {
      // Gone between the question and the signal.
    }
    if (await waitFor(() => !isAlive(pid), { withinMs: eachMs })) return true;
  }
  return !isAlive(pid);
}
