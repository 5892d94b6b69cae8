/** Browsers that are signed in. A session is known by the digest of a random id that only its cookie holds. */
import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { type UserRow, userOf } from './users';

/** A working day with its overtime: who comes back tomorrow signs in again. */
const LASTS_HOURS = 12;

export interface SignInPlace {
  address: string;
  userAgent: string | null;
}

export interface Session {
  digest: string;
  csrf: string;
  user: UserRow;
}

/**
 * Begins a session.
 * @param now ISO instant
 * @returns the id for the cookie, which is stored nowhere
 */
export async function beginSession(db: Db, login: string, place: SignInPlace, now: string): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  const endsAt = new Date(Date.parse(now) + LASTS_HOURS * 3_600_000).toISOString();
  await withLedgerErrors(() =>
    db
      .insertInto('sessions')
      .values({
        digest: digestOf(id),
        login,
        csrf: randomBytes(24).toString('base64url'),
        made_at: now,
        seen_at: now,
        ends_at: endsAt,
        address: place.address,
        user_agent: place.userAgent,
      })
      .execute(),
  );
  return id;
}

/** The session of a cookie at an instant, or null: unknown, ended, or of a disabled user. */
export async function findSession(db: Db, id: string, now: string): Promise<Session | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('sessions')
      .innerJoin('users', 'users.login', 'sessions.login')
      .selectAll('users')
      .select(['sessions.digest', 'sessions.csrf'])
      .where('sessions.digest', '=', digestOf(id))
      .where('sessions.ends_at', '>', now)
      .where('sessions.ended_at', 'is', null)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  return row ? { digest: row.digest, csrf: row.csrf, user: userOf(row) } : null;
}

/** Ends a session; again, it changes nothing. */
export async function endSession(db: Db, digest: string, now: string): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('sessions')
      .set({ ended_at: now })
      .where('digest', '=', digest)
      .where('ended_at', 'is', null)
      .execute(),
  );
}

function digestOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
/** Which of these sessions still count at an instant. */
export async function livingSessions(db: Db, digests: readonly string[], now: string): Promise<Set<string>> {
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('sessions')
      .innerJoin('users', 'users.login', 'sessions.login')
      .select('sessions.digest')
      .where('sessions.digest', 'in', [...digests, ''])
      .where('sessions.ends_at', '>', now)
      .where('sessions.ended_at', 'is', null)
      .where('users.disabled_at', 'is', null)
      .execute(),
  );
  return new Set(rows.map(({ digest }) => digest));
}
