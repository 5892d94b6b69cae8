/**
 * The letters that a pass has leased and not yet begun: taken from the ledger some at a time, and given back in time for
 * their lease to cover every attempt that is begun (D20).
 */
import type { Db } from '../ledger/database';
import { giveBack, type Leased } from '../ledger/letters/fate';

export interface Hand {
  /** The next letter to begin with, or null when there is none. Throws what leasing threw. */
  next(): Promise<Leased | null>;
  /** Gives back what was not begun. */
  close(): Promise<void>;
}

/** A letter that lay here for so long is given back: 10 s, 25 s for its pace and 80 s of an attempt are less than its lease. */
export const HELD_MS = 10_000;
/** Letters taken at once, for each sender: so many cost one transaction. */
const FOR_EACH_SENDER = 8;
/** With so few left for each sender the next ones are asked for, so that none waits for the ledger. */
const FEW_FOR_EACH_SENDER = 4;

interface Source {
  lease(most: number): Promise<Leased[]>;
  /** Whether its server is to be left alone by now. */
  isPaused(letter: Leased): boolean;
}

export function createHand(db: Db, senders: number, { lease, isPaused }: Source): Hand {
  const held: { letter: Leased; since: number }[] = [];
  let taking: Promise<number> | null = null;

  function take(): Promise<number> {
    taking ??= (async () => {
      // Before the ledger is asked: its clock runs from then on.
      const since = performance.now();
      const letters = await lease(senders * FOR_EACH_SENDER);
      held.push(...letters.map((letter) => ({ letter, since })));
      return letters.length;
    })().finally(() => {
      taking = null;
    });
    // Whoever comes next meets the same error.
    taking.catch(() => undefined);
    return taking;
  }

  return {
    async next() {
      for (;;) {
        const first = held.shift();
        if (first) {
          if (held.length < senders * FEW_FOR_EACH_SENDER) void take();
          if (performance.now() - first.since < HELD_MS && !isPaused(first.letter)) return first.letter;
          await giveBack(db, [first.letter]);
        } else {
          // One that somebody else began may be from before the letter that was handed on just now.
          const isOlder = taking !== null;
          if ((await take()) === 0 && held.length === 0 && !isOlder) return null;
        }
      }
    },
    async close() {
      await taking?.catch(() => undefined);
      await giveBack(
        db,
        held.splice(0).map(({ letter }) => letter),
      );
    },
  };
}
