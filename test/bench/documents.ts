/**
 * `npm run bench:documents [-- --misses] [-- --no-speed]`: how well forms of real documents are read, field by field, and
 * how fast, as JSON on stdout. Speed and memory are measured in processes of their own.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type FormSet, formsOf } from '../documents/forms/fixture';
import { scoreOf } from '../documents/forms/score';
import { readingSpeed } from './documents-speed';
import { bigWorkbook } from './documents-workbook';
import { inAProcess } from './in-a-process';

const PARTS = { reading: readingSpeed, workbook: bigWorkbook } satisfies Record<string, () => Promise<object>>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { misses: { type: 'boolean' }, 'no-speed': { type: 'boolean' }, part: { type: 'string' } },
  });
  const part = Object.entries(PARTS).find(([name]) => name === values.part)?.[1];
  if (part) return print(await part());
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? '' };
  const known = await scored('known', values.misses ?? false);
  const heldOut = await scored('held-out', values.misses ?? false);
  const speed = values['no-speed']
    ? {}
    : Object.fromEntries(Object.keys(PARTS).map((name) => [name, inAProcess(__filename, name)]));
  print({ measuredAt: new Date().toISOString(), ...machine, known, heldOut, ...speed });
}

async function scored(set: FormSet, withMisses: boolean): Promise<object> {
  const { misses, ...score } = await scoreOf(formsOf(set));
  return withMisses ? { ...score, misses } : score;
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
