/** Whether letters leave at all, for the top of every page of the office: asked once a minute, not once a page. */

import type { Db } from '../../ledger/database';
import { LedgerUnavailable } from '../../ledger/errors';
import { mailHealth } from '../../ledger/mail-health';

/** A standstill is told after a working day; a minute more does not matter. */
const KEPT_MS = 60_000;

export interface MailAlarm {
  /** Since when nothing left, ISO; null while letters leave or the ledger cannot say. */
  stuckSince(): Promise<string | null>;
}

/** @param now ISO instant */
export function mailAlarm(db: Db, now: () => string): MailAlarm {
  let asked: { at: number; answer: Promise<string | null> } | null = null;
  return {
    stuckSince() {
      const at = Date.parse(now());
      if (asked === null || Math.abs(at - asked.at) > KEPT_MS) asked = { at, answer: ask(db, now()) };
      return asked.answer;
    },
  };
}

async function ask(db: Db, now: string): Promise<string | null> {
  try {
    const { stuckOn, stuckSince } = await mailHealth(db, now);
    return stuckOn === null ? null : stuckSince;
  } catch (error) {
    // The page itself will say that the ledger is away.
    if (error instanceof LedgerUnavailable) return null;
    throw error;
  }
}
