/**
 * Records what servers said: hand-overs are gathered for a moment and go into one transaction together, as do those that
 * come while the ledger is writing. A crash in between repeats those letters under their Message-IDs (D21).
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../ledger/database';
import { type Attempt, settleAttempt, settleHanded } from '../ledger/letters/fate';

/** So long hand-overs are gathered, for one of them costs the ledger as much as twenty. */
const GATHERED_MS = 25;

export interface Settler {
  /** Resolves when it is recorded, to whether its next channel has the letter now. */
  settle(attempt: Attempt): Promise<boolean>;
}

interface Waiting {
  attempt: Attempt;
  resolve(): void;
  reject(error: unknown): void;
}

export function createSettler(db: Db): Settler {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function write(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) {
      await pause(GATHERED_MS);
      const together = waiting;
      waiting = [];
      try {
        await settleHanded(
          db,
          together.map(({ attempt }) => attempt),
        );
        for (const { resolve } of together) resolve();
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    isWriting = false;
  }

  return {
    async settle(attempt) {
      if (attempt.handing.outcome !== 'handed') return (await settleAttempt(db, attempt)).handedOn;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ attempt, resolve, reject });
        void write();
      });
      return false;
    },
  };
}
