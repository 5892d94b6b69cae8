/** Rehearsals that were played lately: the same ground gives the same rehearsal, so it is played once. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Rehearsal } from '../domain/rehearsal';
import { offLoop } from './off-loop';
import type { RehearsalGround } from './rehearsals';

/** A plan of hundreds of tasks takes some seconds; thousands are not rehearsed while a page waits. */
const BOUNDS = { ms: 60_000, heapMb: 1_024 };

/** As many as an office looks through one after the other. */
const MOST_KEPT = 12;

const SCRIPT = join(__dirname, 'rehearsal-process.ts');
const kept = new Map<string, Promise<Rehearsal>>();

/**
 * The rehearsal of this ground, played beside the server.
 * @throws OffLoopFailure
 */
export function rehearsed(ground: RehearsalGround): Promise<Rehearsal> {
  // Whatever it is made of counts: the draft's revision, the directory, the calendar, who is silent.
  const key = createHash('sha256').update(JSON.stringify(ground)).digest('hex');
  const known = kept.get(key);
  kept.delete(key);
  const rehearsal = known ?? offLoop<Rehearsal>(SCRIPT, () => ground, BOUNDS);
  kept.set(key, rehearsal);
  // What failed may succeed later.
  rehearsal.catch(() => kept.delete(key));
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(old);
  return rehearsal;
}
