/** Browsers that are signed in. A session is known by the digest of a random id that only its cookie holds. */

import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { instantAfter } from '../../domain/days';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { type UserRow, userOf } from './users';

/** A working day with its overtime: who comes back tomorrow signs in again (ASVS 3.3.2 asks for 12 at most). */
const LASTS_HOURS = 12;

/** Who left his desk for so long signs in again; what he had typed is kept (console/session/kept.ts). */
const IDLE_MINUTES = 60;

/** How exactly the last use is remembered: not every page is a write. */
const REMEMBERED_MS = 60_000;

/** Rows of sessions that ended so long ago are of no use to anybody. */
const FORGOTTEN_AFTER_DAYS = 30;

export interface SignInPlace {
  address: string;
  userAgent: string | null;
}

export interface Session {
  digest: string;
  csrf: string;
  /** When he signed in. ISO instant. */
  madeAt: string;
  user: UserRow;
  /** The ledger's moment when he was looked up: whatever is read for him afterwards is as new or newer (ledger/changes.ts). */
  snapshot: string;
}

/**
 * Begins a session.
 * @param now ISO instant
 * @returns the id for the cookie, which is stored nowhere
 */
export async function beginSession(db: Db, login: string, place: SignInPlace, now: string): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  const endsAt = instantAfter(now, LASTS_HOURS * 3_600_000);
  await withLedgerErrors(async () => {
    await db
      .deleteFrom('sessions')
      .where('ends_at', '<', instantAfter(now, -FORGOTTEN_AFTER_DAYS * 86_400_000))
      .execute();
    await db
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
      .execute();
  });
  return id;
}

/** The session of a cookie at an instant, or null: unknown, ended, or of a disabled user. */
export async function findSession(db: Db, id: string, now: string): Promise<Session | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('sessions')
      .innerJoin('users', 'users.login', 'sessions.login')
      .selectAll('users')
      .select(['sessions.digest', 'sessions.csrf', 'sessions.made_at', 'sessions.seen_at'])
      .select(sql<string>`pg_current_snapshot()::text`.as('snapshot'))
      .where('sessions.digest', '=', digestOf(id))
      .where('sessions.ends_at', '>', now)
      .where('sessions.seen_at', '>', instantAfter(now, -IDLE_MINUTES * 60_000))
      .where('sessions.ended_at', 'is', null)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  if (!row) return null;
  if (Date.parse(now) - Date.parse(row.seen_at) > REMEMBERED_MS) {
    await withLedgerErrors(() =>
      db.updateTable('sessions').set({ seen_at: now }).where('digest', '=', row.digest).execute(),
    );
  }
  return { digest: row.digest, csrf: row.csrf, madeAt: row.made_at, user: userOf(row), snapshot: row.snapshot };
}

/** Whose page a form is from, by its token, also when the session has ended meanwhile. */
export async function ownerOfForm(db: Db, csrf: string): Promise<string | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('sessions').select('login').where('csrf', '=', csrf).executeTakeFirst(),
  );
  return row?.login ?? null;
}

export interface OpenSession extends SignInPlace {
  /** Names it to its user; it opens nothing. */
  digest: string;
  madeAt: string;
  seenAt: string;
}

/** Where somebody is signed in at an instant, the newest first. */
export async function openSessions(db: Db, login: string, now: string): Promise<OpenSession[]> {
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('login', '=', login)
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .where('seen_at', '>', instantAfter(now, -IDLE_MINUTES * 60_000))
      .orderBy('made_at', 'desc')
      .execute(),
  );
  return rows.map(({ digest, made_at, seen_at, address, user_agent }) => ({
    digest,
    madeAt: made_at,
    seenAt: seen_at,
    address,
    userAgent: user_agent,
  }));
}

/** Ends every session of a user, and what he had begun of another. @param but stays */
export async function endSessions(db: Db, login: string, now: string, but?: string): Promise<void> {
  await withLedgerErrors(async () => {
    await db.deleteFrom('half_sign_ins').where('login', '=', login).execute();
    await db
      .updateTable('sessions')
      .set({ ended_at: now })
      .where('login', '=', login)
      .where('ended_at', 'is', null)
      .$if(but !== undefined, (query) => query.where('digest', '<>', but ?? ''))
      .execute();
  });
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
