/** People who can sign in, with their capacities (domain/rights.ts). */
import { isDeepStrictEqual } from 'node:util';
import { type Selectable, sql } from 'kysely';
import type { User } from '../../domain/rights';
import type { Db } from '../database';
import { LedgerRefusal, withLedgerErrors } from '../errors';
import type { UsersTable } from '../tables';

export interface UserRow extends User {
  capacities: Exclude<User['capacities'], 'operator'>;
  disabledAt: string | null;
  createdAt: string;
  createdBy: string;
}

/** @throws LedgerRefusal `user-exists` */
export async function addUser(db: Db, user: Omit<UserRow, 'disabledAt'>): Promise<void> {
  const { login, name, capacities, language, createdAt, createdBy } = user;
  const { numInsertedOrUpdatedRows } = await withLedgerErrors(() =>
    db
      .insertInto('users')
      .values({
        login,
        name,
        capacities: JSON.stringify(capacities),
        language,
        created_at: createdAt,
        created_by: createdBy,
      })
      .onConflict((conflict) => conflict.column('login').doNothing())
      .executeTakeFirstOrThrow(),
  );
  if (numInsertedOrUpdatedRows !== 1n) {
    throw new LedgerRefusal('user-exists', `there is a user ${login} already`, 'choose another login');
  }
}

/** Every user, by login. */
export async function listUsers(db: Db): Promise<UserRow[]> {
  const rows = await withLedgerErrors(() => db.selectFrom('users').selectAll().orderBy('login').execute());
  return rows.map(userOf);
}

/** One user, also a disabled one; null if there is none. */
export async function findUser(db: Db, login: string): Promise<UserRow | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('users').selectAll().where('login', '=', login).executeTakeFirst(),
  );
  return row ? userOf(row) : null;
}

/** A user with what his account has come to. */
export interface UserStanding extends UserRow {
  hasPassword: boolean;
  /** Null: never signed in, or not within a month. */
  seenAt: string | null;
}

/** The same users, with how each stands. */
export async function userStandings(db: Db, users: readonly UserRow[]): Promise<UserStanding[]> {
  if (users.length === 0) return [];
  const logins = users.map(({ login }) => login);
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('users')
      .leftJoin('sessions', 'sessions.login', 'users.login')
      .select((row) => [
        'users.login',
        // An identity of the provider's does as well.
        sql<boolean>`users.password IS NOT NULL OR users.identity IS NOT NULL`.as('proves'),
        row.fn.max('sessions.seen_at').as('seen'),
      ])
      .where('users.login', 'in', logins)
      .groupBy('users.login')
      .execute(),
  );
  const found = new Map(rows.map((row) => [row.login, row]));
  return users.map((user) => {
    const row = found.get(user.login);
    return { ...user, hasPassword: row?.proves ?? false, seenAt: row?.seen ?? null };
  });
}

/** Of the user whom an identity provider calls so; null if there is none. */
export async function findByIdentity(db: Db, identity: string): Promise<UserRow | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('users').selectAll().where('identity', '=', identity).executeTakeFirst(),
  );
  return row ? userOf(row) : null;
}

/** The provider vouches for him now, under this name of its own. */
export async function setVouched(db: Db, login: string, identity: string, at: string): Promise<void> {
  await withLedgerErrors(() =>
    db.updateTable('users').set({ identity, vouched_at: at }).where('login', '=', login).execute(),
  );
}

/** What may be changed of a user. */
export interface UserChange {
  name?: string;
  capacities?: UserRow['capacities'];
  language?: UserRow['language'];
  /** ISO instant, or null: he may sign in again. */
  disabledAt?: string | null;
}

/**
 * Changes a user, unless nobody would be left who could make users.
 * @param seen the capacities that the change was made on
 * @returns `last-coordinator`, or `user-changed` where the capacities are others by now, and nothing was changed; or null
 */
export async function changeUser(
  db: Db,
  login: string,
  change: UserChange,
  seen?: UserRow['capacities'],
): Promise<'last-coordinator' | 'user-changed' | null> {
  const { name, capacities, language, disabledAt } = change;
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      // Two coordinators who disable each other at one moment: one of them stays.
      await sql`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
      const before = await transaction.selectFrom('users').selectAll().where('login', '=', login).executeTakeFirst();
      if (seen && before && !isDeepStrictEqual(before.capacities, seen)) return 'user-changed';
      await transaction
        .updateTable('users')
        .set({
          login,
          ...(name !== undefined && { name }),
          ...(capacities !== undefined && { capacities: JSON.stringify(capacities) }),
          ...(language !== undefined && { language }),
          ...(disabledAt !== undefined && { disabled_at: disabledAt }),
        })
        .where('login', '=', login)
        .execute();
      if (!before || before.disabled_at !== null || !isCoordinator(before.capacities)) return null;
      const { rows } = await sql<{ some: boolean }>`SELECT EXISTS (SELECT FROM users
        WHERE disabled_at IS NULL AND capacities @> '[{"role":"coordinator"}]') AS some`.execute(transaction);
      if (rows[0]?.some) return null;
      throw new NobodyLeft();
    }),
  ).catch((error: unknown) => {
    if (error instanceof NobodyLeft) return 'last-coordinator' as const;
    throw error;
  });
}

/** Undoes the change. */
class NobodyLeft extends Error {}

function isCoordinator(capacities: UserRow['capacities']): boolean {
  return capacities.some(({ role }) => role === 'coordinator');
}

/** A row as a user. */
export function userOf(row: Selectable<UsersTable>): UserRow {
  const { login, name, capacities, language, disabled_at, created_at, created_by } = row;
  return { login, name, capacities, language, disabledAt: disabled_at, createdAt: created_at, createdBy: created_by };
}
