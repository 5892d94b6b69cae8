/** One part of a bench in a process of its own, so that no part warms or fills another's. */
import { spawnSync } from 'node:child_process';

/**
 * Runs `program --part part` and gives what it printed; a part that fails says so in its place and in the exit code.
 * @param program the bench's own file
 */
export function inAProcess(program: string, part: string): unknown {
  process.stderr.write(`${part} …\n`);
  const args = [...process.execArgv, program, '--part', part];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    process.exitCode = 1;
    return { failed: `exit ${status}` };
  }
  return JSON.parse(stdout) as unknown;
}
