/** The one-time link by which somebody sets his password: the first one, or another when it was forgotten. */
import { instantAfter } from '../domain/days';
import type { User } from '../domain/rights';
import { openFirstLink, putFirstLink } from '../ledger/accounts/first-links';
import { findUser } from '../ledger/accounts/users';
import type { Db } from '../ledger/database';
import { digestOf, newSecret } from './random-token';
import { AccountRefused } from './refusals';

/** Long enough for a weekend; whoever comes later asks for another. */
const LINK_LASTS_HOURS = 72;

export interface FirstLink {
  path: string;
  endsAt: string;
}

/** A new link for the user; those made before count no more. */
export async function makeFirstLink(
  db: Db,
  login: string,
  { by, now }: { by: string; now: string },
): Promise<FirstLink> {
  const secret = newSecret();
  const endsAt = instantAfter(now, LINK_LASTS_HOURS * 3_600_000);
  await putFirstLink(db, { digest: digestOf(secret), login, by, at: now, endsAt });
  return { path: `/first/${secret}`, endsAt };
}

/** Whose link it is. Throws AccountRefused `link-used`. */
export async function ownerOfLink(db: Db, secret: string, now: string): Promise<User> {
  const login = await openFirstLink(db, digestOf(secret), now);
  const user = login === null ? null : await findUser(db, login);
  if (!user) throw new AccountRefused('link-used');
  return user;
}
