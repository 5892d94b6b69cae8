/** People who can sign in, with their capacities (domain/rights.ts). */
import type { Selectable } from 'kysely';
import type { User } from '../domain/rights';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';
import type { UsersTable } from './tables';

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

/** A row as a user. */
export function userOf(row: Selectable<UsersTable>): UserRow {
  const { login, name, capacities, language, disabled_at, created_at, created_by } = row;
  return { login, name, capacities, language, disabledAt: disabled_at, createdAt: created_at, createdBy: created_by };
}
