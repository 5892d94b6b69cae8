/** One `up` per home: two would stop each other's servers. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, isAlive } from '../../../tools/processes';
import { CliFailure } from '../failure';

/**
 * Takes the home for this process; a process that was killed holds it no more.
 * @returns how to give it back
 */
export async function takeHome(home: string): Promise<() => void> {
  const file = join(home, 'up.json');
  mkdirSync(home, { recursive: true });
  const holder = readHolder(file);
  if (holder !== null && holder !== process.pid && isAlive(holder) && (await isUp(holder))) {
    throw new CliFailure(1, 'already-up', '此处的服务已在运行。', `another duban up (pid ${holder}) serves this home`, {
      where: home,
      next: `use it from a second terminal, or stop it: kill ${holder}`,
    });
  }
  writeFileSync(file, `${JSON.stringify({ pid: process.pid })}\n`);
  return () => {
    if (readHolder(file) === process.pid) rmSync(file, { force: true });
  };
}

function readHolder(file: string): number | null {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid: unknown };
    return typeof pid === 'number' ? pid : null;
  } catch {
    return null;
  }
}

/** The id may be another program's by now. */
async function isUp(pid: number): Promise<boolean> {
  const commandLine = await commandLineOf(pid);
  return commandLine === null || (commandLine.includes('duban') && commandLine.includes(' up'));
}
