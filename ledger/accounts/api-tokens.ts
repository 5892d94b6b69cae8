/** Tokens of programs. The token itself is kept nowhere, only its digest. */
import { instantAfter } from '../../domain/days';
import type { TokenScope } from '../../domain/token-scopes';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { type UserRow, userOf } from './users';

export interface ApiToken {
  id: string;
  login: string;
  name: string;
  scope: TokenScope[];
  madeAt: string;
  endsAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export async function addToken(
  db: Db,
  { id, digest, login, name, scope, madeAt, endsAt }: Omit<ApiToken, 'lastUsedAt' | 'revokedAt'> & { digest: string },
): Promise<void> {
  await withLedgerErrors(() =>
    db
      .insertInto('api_tokens')
      .values({ id, digest, login, name, scope: JSON.stringify(scope), made_at: madeAt, ends_at: endsAt })
      .execute(),
  );
}

/** @param login null: everybody's */
export async function listTokens(db: Db, login: string | null): Promise<ApiToken[]> {
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('api_tokens')
      .selectAll()
      .$if(login !== null, (query) => query.where('login', '=', login))
      .orderBy('made_at', 'desc')
      .execute(),
  );
  return rows.map(({ id, login: of, name, scope, made_at, ends_at, last_used_at, revoked_at }) => ({
    id,
    login: of,
    name,
    scope,
    madeAt: made_at,
    endsAt: ends_at,
    lastUsedAt: last_used_at,
    revokedAt: revoked_at,
  }));
}

/** @param login null: whoever's it is. False if there is no such token. */
export async function revokeToken(db: Db, id: string, login: string | null, now: string): Promise<boolean> {
  const { numUpdatedRows } = await withLedgerErrors(() =>
    db
      .updateTable('api_tokens')
      .set((row) => ({ revoked_at: row.fn.coalesce('revoked_at', row.val(now)) }))
      .where('id', '=', id)
      .$if(login !== null, (query) => query.where('login', '=', login))
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** Revokes every token of a user. */
export async function revokeTokensOf(db: Db, login: string, now: string): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('api_tokens')
      .set({ revoked_at: now })
      .where('login', '=', login)
      .where('revoked_at', 'is', null)
      .execute(),
  );
}

/** How exactly the last use is remembered: not every request is a write. */
const REMEMBERED_MS = 60_000;

/**
 * Whose token this is and what it may be used for; null: unknown, ended, revoked, or of a user who is disabled or not
 * vouched for.
 * @param vouchedWithinDays of users whom an identity provider vouches for: how long ago it may last have done so; null: however long
 */
export async function useToken(
  db: Db,
  digest: string,
  now: string,
  vouchedWithinDays: number | null,
): Promise<{ id: string; user: UserRow; scope: TokenScope[] } | null> {
  return withLedgerErrors(async () => {
    let valid = db
      .selectFrom('api_tokens')
      .innerJoin('users', 'users.login', 'api_tokens.login')
      .selectAll('users')
      .select(['api_tokens.id', 'api_tokens.scope', 'api_tokens.last_used_at'])
      .where('api_tokens.digest', '=', digest)
      .where('api_tokens.ends_at', '>', now)
      .where('api_tokens.revoked_at', 'is', null)
      .where('users.disabled_at', 'is', null);
    if (vouchedWithinDays !== null) {
      const since = instantAfter(now, -vouchedWithinDays * 86_400_000);
      valid = valid.where((where) =>
        where.or([where('users.identity', 'is', null), where('users.vouched_at', '>', since)]),
      );
    }
    const row = await valid.executeTakeFirst();
    if (!row) return null;
    if (row.last_used_at === null || Date.parse(now) - Date.parse(row.last_used_at) > REMEMBERED_MS) {
      await db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.id).execute();
    }
    return { id: row.id, user: userOf(row), scope: row.scope };
  });
}
