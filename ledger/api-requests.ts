/** What programs asked under a key of theirs, so that asking again is safe: one request, one effect, one answer. */
import { instantAfter } from '../domain/days';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** A request as it is told from others. */
export interface KeyedRequest {
  /** Method and path. */
  address: string;
  key: string;
  login: string;
  /** SHA-256 of what is asked. */
  digest: string;
}

export type Reservation =
  | { state: 'new' }
  /** The same request is being worked on, or its worker died a moment ago. */
  | { state: 'running' }
  | { state: 'answered'; status: number; body: string }
  /** Somebody asked something else under this key. */
  | { state: 'other' };

/** Longer than any answer takes: whoever has none by then is gone. */
const LEASE_MS = 120_000;
const KEPT_MS = 30 * 86_400_000;

/**
 * Reserves a key, or tells what became of it.
 * @param now ISO instant
 */
export function reserveRequest(db: Db, request: KeyedRequest, now: string): Promise<Reservation> {
  const { address, key, login, digest } = request;
  return withLedgerErrors(async () => {
    const old = instantAfter(now, -KEPT_MS);
    await db.deleteFrom('api_requests').where('at', '<', old).execute();
    const made = await db
      .insertInto('api_requests')
      .values({ address, key, login, digest, status: null, body: null, at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (made) return { state: 'new' };
    const known = await db
      .selectFrom('api_requests')
      .selectAll()
      .where('address', '=', address)
      .where('key', '=', key)
      .executeTakeFirst();
    // Given back at this moment: whoever asks again finds it free.
    if (!known) return { state: 'running' };
    if (known.digest !== digest || known.login !== login) return { state: 'other' };
    if (known.status !== null) return { state: 'answered', status: known.status, body: known.body ?? '' };
    const taken = await db
      .updateTable('api_requests')
      .set({ at: now })
      .where('address', '=', address)
      .where('key', '=', key)
      .where('status', 'is', null)
      .where('at', '<', instantAfter(now, -LEASE_MS))
      .returning('key')
      .executeTakeFirst();
    return { state: taken ? 'new' : 'running' };
  });
}

/** Keeps the answer. */
export async function settleRequest(
  db: Db,
  { address, key }: Pick<KeyedRequest, 'address' | 'key'>,
  { status, body }: { status: number; body: string },
): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('api_requests')
      .set({ status, body })
      .where('address', '=', address)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute(),
  );
}

/** Nothing came of it: the key is free again. */
export async function freeRequest(db: Db, { address, key }: Pick<KeyedRequest, 'address' | 'key'>): Promise<void> {
  await withLedgerErrors(() =>
    db
      .deleteFrom('api_requests')
      .where('address', '=', address)
      .where('key', '=', key)
      .where('status', 'is', null)
      .execute(),
  );
}
