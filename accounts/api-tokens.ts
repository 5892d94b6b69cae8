/** Tokens of programs: made for somebody, within what he may, for a time; shown once. */

import { randomBytes } from 'node:crypto';
import { instantAfter } from '../domain/days';
import type { Capacity, User } from '../domain/rights';
import { fitsRoles, TOKEN_SCOPES, type TokenScope } from '../domain/token-scopes';
import { addToken, listTokens, revokeToken, useToken } from '../ledger/accounts/api-tokens';
import type { Db } from '../ledger/database';
import { API_TOKEN_PREFIX, digestOf, newSecret } from './random-token';
import { AccountRefused } from './refusals';

/** A program is looked at once a year. */
export const TOKEN_LASTS_DAYS_AT_MOST = 366;

export interface NewToken {
  name: string;
  scope: readonly string[];
  days: number;
  /** ISO instant. */
  now: string;
}

/**
 * A token that acts for the user. What it is good for is judged at each use: by its scope and by his rights then.
 * @returns the token itself, which is kept nowhere
 * @throws AccountRefused `bad-token`
 */
export async function makeToken(
  db: Db,
  { login }: Pick<User, 'login'>,
  { name, scope, days, now }: NewToken,
): Promise<{ id: string; token: string; scope: TokenScope[]; endsAt: string }> {
  const known = TOKEN_SCOPES.filter((one) => scope.includes(one));
  const isWhole = known.length > 0 && known.length === new Set(scope).size;
  const named = name.normalize('NFC').trim();
  const lasts = Number.isInteger(days) && days >= 1 && days <= TOKEN_LASTS_DAYS_AT_MOST;
  if (!isWhole || !lasts || named === '' || named.length > 60) throw new AccountRefused('bad-token');
  const token = newSecret(API_TOKEN_PREFIX);
  const id = randomBytes(6).toString('hex');
  const endsAt = instantAfter(now, days * 86_400_000);
  await addToken(db, { id, digest: digestOf(token), login, name: named, scope: known, madeAt: now, endsAt });
  return { id, token, scope: known, endsAt };
}

/** Whose token it is; null: none of ours, or it counts no more. */
export async function tokenUser(
  db: Db,
  token: string,
  now: string,
  vouchedWithinDays: number | null,
): Promise<{ id: string; user: User; scope: TokenScope[] } | null> {
  if (!token.startsWith(API_TOKEN_PREFIX) || token.length > 100) return null;
  return useToken(db, digestOf(token), now, vouchedWithinDays);
}

/** Ends tokens of a user for which his capacities are too few by now; what the others may do is judged at each use. */
export async function endUnfitTokens(
  db: Db,
  login: string,
  capacities: readonly Capacity[],
  now: string,
): Promise<void> {
  const roles = capacities.map(({ role }) => role);
  for (const { id, scope, revokedAt } of await listTokens(db, login)) {
    if (revokedAt === null && !fitsRoles(scope, roles)) await revokeToken(db, id, login, now);
  }
}
