/**
 * `npm run bench [-- --part NAME]`: what this machine can do, as JSON on stdout. Each part runs in a process of its own,
 * so that none inherits another's memory. No test depends on these numbers. `--part letters --notices 2000 --units 100`
 * measures a smaller round, `--part console --tasks 5000 --units 200` a smaller city.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { consolePages } from './console';
import { historySize } from './history-size';
import { inAProcess } from './in-a-process';
import { launchRate } from './launch-rate';
import { letters } from './letters';
import { memory } from './memory';
import { rehearsalTime } from './rehearsal-time';
import { storm } from './storm';

const PARTS = {
  rehearsal: rehearsalTime,
  launch: launchRate,
  storm,
  letters,
  memory,
  history: historySize,
  console: consolePages,
} satisfies Record<string, (size: Size) => Promise<object>>;

/** Of what can be measured smaller than it is meant. */
interface Size {
  notices?: number;
  tasks?: number;
  units?: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      part: { type: 'string' },
      notices: { type: 'string' },
      tasks: { type: 'string' },
      units: { type: 'string' },
    },
  });
  if (values.part !== undefined) {
    const size: Size = {};
    if (values.notices !== undefined) size.notices = Number(values.notices);
    if (values.tasks !== undefined) size.tasks = Number(values.tasks);
    if (values.units !== undefined) size.units = Number(values.units);
    return print(await measure(values.part, size));
  }
  const machine = { cpus: cpus().length, cpu: cpus()[0]?.model ?? '', memoryGb: Math.round(totalmem() / 2 ** 30) };
  const parts = Object.keys(PARTS).map((part) => [part, inAProcess(__filename, part)]);
  print({ measuredAt: new Date().toISOString(), node: process.version, machine, ...Object.fromEntries(parts) });
}

async function measure(part: string, size: Size): Promise<object> {
  const run: ((size: Size) => Promise<object>) | undefined = Object.entries(PARTS).find(([name]) => name === part)?.[1];
  if (!run) throw new Error(`no part ${part}; there are: ${Object.keys(PARTS).join(', ')}`);
  return run(size);
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
