/**
 * Attempts to sign in, counted in the database so that a restart, and a second console, forget none. An attempt counts as
 * failed before it is looked at: a hundred at one moment are a hundred, and not one.
 */

import { createHash } from 'node:crypto';
import { instantAfter } from '../../domain/days';
import { type AttemptKey, type AttemptKind, FORGOTTEN_AFTER_HOURS, waitMinutes } from '../../domain/sign-in-backoff';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

/**
 * Counts an attempt under each key.
 * @param now ISO instant
 * @returns null: it may be made; else the minutes to wait, and nothing was counted
 */
export function countAttempt(db: Db, keys: readonly AttemptKey[], now: string): Promise<number | null> {
  const named = keys
    .map(({ kind, of }) => ({ kind, key: digestOf(kind, of) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return withLedgerErrors(async () => {
    const forgotten = instantAfter(now, -2 * FORGOTTEN_AFTER_HOURS * 3_600_000);
    await db.deleteFrom('sign_in_attempts').where('last_at', '<', forgotten).execute();
    return db.transaction().execute(async (transaction) => {
      const rows = await transaction
        .insertInto('sign_in_attempts')
        .values(named.map(({ key }) => ({ key, failures: 0, last_at: now, blocked_until: null })))
        // Also locks the rows, in one order for everybody.
        .onConflict((conflict) => conflict.column('key').doUpdateSet((row) => ({ key: row.ref('excluded.key') })))
        .returning(['key', 'failures', 'last_at', 'blocked_until'])
        .execute();
      const waits = rows.map(({ blocked_until }) => Date.parse(blocked_until ?? now) - Date.parse(now));
      const longest = Math.max(0, ...waits);
      if (longest > 0) return Math.ceil(longest / 60_000);
      for (const { key, kind } of named) {
        const row = rows.find((one) => one.key === key);
        const isForgotten = !row || Date.parse(now) - Date.parse(row.last_at) > FORGOTTEN_AFTER_HOURS * 3_600_000;
        const failures = isForgotten ? 1 : row.failures + 1;
        const minutes = waitMinutes(kind, failures);
        const blocked_until = minutes === 0 ? null : instantAfter(now, minutes * 60_000);
        await transaction
          .updateTable('sign_in_attempts')
          .set({ failures, last_at: now, blocked_until })
          .where('key', '=', key)
          .execute();
      }
      return null;
    });
  });
}

/** The attempt was right: what is of this person counts from nothing again, and it was none of the address's failures. */
export function clearAttempts(db: Db, own: readonly AttemptKey[], shared: readonly AttemptKey[]): Promise<void> {
  return withLedgerErrors(async () => {
    const keys = (of: readonly AttemptKey[]) => of.map((one) => digestOf(one.kind, one.of));
    if (own.length > 0) await db.deleteFrom('sign_in_attempts').where('key', 'in', keys(own)).execute();
    for (const key of keys(shared)) {
      await db
        .updateTable('sign_in_attempts')
        .set((row) => ({ failures: row('failures', '-', 1), blocked_until: null }))
        .where('key', '=', key)
        .where('failures', '>', 0)
        .execute();
    }
  });
}

function digestOf(kind: AttemptKind, of: string): string {
  return createHash('sha256').update(`${kind}\0${of}`).digest('hex');
}
