/** Opens a round, waits for the alarms that belong in it, and writes its letters. */
import { type RoundKind, type Slot, slotAt } from '../domain/rounds';
import { loadCalendar } from '../ledger/calendars';
import { withLedgerErrors } from '../ledger/errors';
import { type Closed, closeLetters } from '../ledger/letters/closing';
import { alarmsBefore, type Written, writeLetters } from '../ledger/letters/rounds';
import { composer } from '../mail/compose';
import { beat } from './beat';
import type { MailParts } from './mail';

export interface WriteActivities {
  /** The slot of a round that runs now, or null: then there is nothing to do (D18). */
  openSlot(kind: RoundKind): Promise<Slot | null>;
  /** D22: how many streams still have an alarm to ring whose notices belong in this slot. Ask again until it is 0. */
  awaitAlarms(slot: Slot): Promise<{ waiting: number }>;
  /** Ends what is over (D21, R33), then writes the slot's letters (D19). Repeated, it writes what is missing. */
  writeLetters(slot: Slot): Promise<Written & { closed: Closed }>;
}

/** Often enough for the 30 s after which a silent worker counts as dead (workflows/proxies.ts). */
const BEAT_MS = 10_000;

export function createWriteLetters({
  db,
  clock,
  from,
  sign,
  addressOf,
  channels,
  readsAnswers,
}: MailParts): WriteActivities {
  const compose = composer(from, { sign, addressOf, channels, readsAnswers });
  return {
    openSlot: async (kind) => slotAt(await loadCalendar(db), clock(), kind),
    awaitAlarms: (slot) => withLedgerErrors(async () => ({ waiting: await alarmsBefore(db, slot) })),
    writeLetters: (slot) =>
      withLedgerErrors(async () => {
        const calendar = await loadCalendar(db);
        const now = clock();
        const closed = await closeLetters(db, now, calendar);
        let count = 0;
        // A letter of a whole province takes longer than a worker may be silent; a dead one is noticed all the same.
        const alive = setInterval(() => beat(count), BEAT_MS);
        try {
          const written = await writeLetters(db, { slot, calendar, now, compose }, () => beat(++count));
          return { ...written, closed };
        } finally {
          clearInterval(alive);
        }
      }),
  };
}
