/** The password that is set by a one-time link. */
import type { User } from '../domain/rights';
import { revokeTokensOf } from '../ledger/accounts/api-tokens';
import { setPassword } from '../ledger/accounts/credentials';
import { useFirstLink } from '../ledger/accounts/first-links';
import { endSessions } from '../ledger/accounts/sessions';
import type { Db } from '../ledger/database';
import { ownerOfLink } from './first-link';
import { checkNewPassword } from './new-password';
import { hashPassword } from './password-hash';
import { digestOf } from './random-token';
import { AccountRefused } from './refusals';

/**
 * Sets the password by a link: it is used up, whoever was signed in as this user is so no more, his tokens are revoked.
 * @returns the login
 * @throws AccountRefused `link-used`, or why the password is none
 */
export async function setFirstPassword(
  db: Db,
  { secret, password, again, now }: { secret: string; password: string; again: string; now: string },
): Promise<string> {
  const user = await ownerOfLink(db, secret, now);
  checkNewPassword(password, wordsOf(user));
  if (password !== again) throw new AccountRefused('passwords-differ');
  const kept = await hashPassword(password);
  if (!(await useFirstLink(db, digestOf(secret), now))) throw new AccountRefused('link-used');
  await setPassword(db, user.login, kept);
  await endSessions(db, user.login, now);
  // Whoever needs a new password may have lost the old one to somebody, with the tokens made under it.
  await revokeTokensOf(db, user.login, now);
  return user.login;
}

/** What others know of a user. */
export function wordsOf({ login, name, capacities }: User): string[] {
  const units = capacities === 'operator' ? [] : capacities.flatMap(({ unit }) => (unit === null ? [] : [unit]));
  return [login, name, ...units];
}
