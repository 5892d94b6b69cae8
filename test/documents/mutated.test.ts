/** Files damaged in their bytes and in their parts: an answer to each, soon, and nothing impossible in it. */
import { readPlan } from '../../documents/read-plan';
import { faults } from './faults';
import { damaged, dice, fixtures } from './mutations';

/** `npm run fuzz:documents` tries others, for as long as one likes. */
const SEED = 20260101;
const RUNS = { docx: 60, xlsx: 60, pdf: 12, html: 60, csv: 60, txt: 60 } as const;

test.each(Object.entries(RUNS))(
  '%s',
  async (kind, runs) => {
    const all = await fixtures();
    const roll = dice(SEED);
    for (const fixture of all.filter(({ name }) => name.endsWith(kind)))
      for (let n = 0; n < runs; n++) {
        const seed = roll(2 ** 31);
        const { name, bytes } = await damaged(fixture, all, seed);
        const read = await readPlan(bytes, name);
        expect([name, seed, faults(read, null)]).toEqual([name, seed, []]);
      }
  },
  120_000,
);
