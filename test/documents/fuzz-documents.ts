/** `npm run fuzz:documents -- MINUTES`: damages files for so long and prints each that is not answered well and soon. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readPlan } from '../../documents/read-plan';
import { faults } from './faults';
import { damaged, dice, fixtures } from './mutations';

const SLOW_MS = 20_000;
const minutes = Number(process.argv[2] ?? 10);
const first = Number(process.argv[3] ?? Date.now() % 2 ** 31);

async function main(): Promise<void> {
  const all = await fixtures();
  const roll = dice(first);
  const until = Date.now() + minutes * 60_000;
  const counts = new Map<string, number>();
  let bad = 0;
  process.on('uncaughtException', (error) => {
    bad += 1;
    console.log(`uncaught: ${error.stack}`);
  });
  while (Date.now() < until) {
    const fixture = all[roll(all.length)];
    if (!fixture) continue;
    const seed = roll(2 ** 31);
    const file = await damaged(fixture, all, seed);
    const began = Date.now();
    const found = await readPlan(file.bytes, file.name).then(
      (read) => faults(read, null),
      (error: unknown) => [`thrown: ${error instanceof Error ? error.stack : String(error)}`],
    );
    if (Date.now() - began > SLOW_MS) found.push(`${Date.now() - began} ms`);
    counts.set(fixture.name, (counts.get(fixture.name) ?? 0) + 1);
    if (found.length === 0) continue;
    bad += 1;
    mkdirSync('.fuzz', { recursive: true });
    writeFileSync(`.fuzz/${seed}-${file.name}`, file.bytes);
    console.log(`${file.name} seed ${seed}: ${found.join('; ')}`);
  }
  console.log(`seed ${first}, ${JSON.stringify(Object.fromEntries(counts))}, ${bad} not answered well`);
  process.exitCode = bad > 0 ? 1 : 0;
}

void main();
