/** Runs a program to its end, with a limit, and keeps the end of what it printed for the error message. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from './tool-error';

export interface CommandOptions {
  cwd?: string;
  uid?: number;
  gid?: number;
  timeoutMs: number;
  /** What to do when it fails; becomes the error's `next`. */
  next: string;
  /** Called every second; a returned text ends the program with that reason. */
  giveUp?: () => string | null;
}

/**
 * Resolves with what the program printed. Throws ToolError if it is missing, fails, or runs over its time.
 * The program gets a process group of its own, so that ending it ends what it started.
 */
export function runCommand(program: string, args: string[], options: CommandOptions): Promise<string> {
  const { cwd, uid, gid, timeoutMs, next, giveUp } = options;
  const where = [program, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const grouped = process.platform !== 'win32';
    const spawnOptions: SpawnOptions = { cwd, uid, gid, detached: grouped, stdio: ['ignore', 'pipe', 'pipe'] };
    const child = spawn(program, args, spawnOptions);
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);

    let ended: string | null = null;
    const end = (reason: string) => {
      ended = reason;
      if (child.pid === undefined) return;
      try {
        process.kill(grouped ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It ended by itself just now.
      }
    };
    const limit = setTimeout(() => end(`ran longer than ${timeoutMs / 1000} s`), timeoutMs);
    const watch = setInterval(() => {
      const reason = giveUp?.();
      if (reason) end(reason);
    }, 1000);
    const settle = (act: () => void) => {
      clearTimeout(limit);
      clearInterval(watch);
      act();
    };
    child.once('error', (error) =>
      settle(() => reject(new ToolError(`cannot run ${program}: ${error.message}`, where, next, { cause: error }))),
    );
    // 'exit' and not only 'close': a server that the program leaves behind may keep its pipes open for ever.
    child.once('exit', async (code, signal) => {
      await Promise.race([once(child, 'close'), sleep(200)]);
      settle(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        if (code === 0) return resolve(output);
        const why = ended ?? (signal ? `ended by ${signal}` : `exit code ${code}`);
        const last = output.trim().split('\n').slice(-8).join('\n    ');
        reject(new ToolError(`${program} failed: ${why}`, last ? `${where}\n    ${last}` : where, next));
      });
    });
  });
}
