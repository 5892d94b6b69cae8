/** Whether letters leave at all, for the top of every page of the office: asked once a minute, and only the first page waits for it. */

import type { Db } from '../../ledger/database';
import { LedgerUnavailable } from '../../ledger/errors';
import { mailStandstill } from '../../ledger/mail-health';

/** A standstill is told after a working day; a minute more does not matter. */
const KEPT_MS = 60_000;

export interface MailAlarm {
  /** Since when nothing left, ISO; null while letters leave or the ledger cannot say. */
  stuckSince(): Promise<string | null>;
}

/** @param now ISO instant */
export function mailAlarm(db: Db, now: () => string): MailAlarm {
  let known: { at: number; answer: Promise<string | null> } | null = null;
  return {
    stuckSince() {
      const at = Date.parse(now());
      if (known !== null && Math.abs(at - known.at) <= KEPT_MS) return known.answer;
      const next = ask(db, now());
      const shown = known?.answer ?? next;
      // Until the new answer is there the page shows the one before; nobody else asks meanwhile.
      known = { at, answer: shown };
      next.then(
        () => {
          known = { at, answer: next };
        },
        () => {
          known = null;
        },
      );
      return shown;
    },
  };
}

async function ask(db: Db, now: string): Promise<string | null> {
  try {
    const { stuckOn, stuckSince } = await mailStandstill(db, now);
    return stuckOn === null ? null : stuckSince;
  } catch (error) {
    // The page itself will say that the ledger is away.
    if (error instanceof LedgerUnavailable) return null;
    throw error;
  }
}
