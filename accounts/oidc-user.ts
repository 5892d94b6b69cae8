/** The user of an identity that a provider vouched for: made at his first sign-in, and what the provider says ever after. */
import { isLogin } from '../domain/logins';
import type { Capacity } from '../domain/rights';
import { revokeTokensOf } from '../ledger/accounts/api-tokens';
import { endSessions } from '../ledger/accounts/sessions';
import { addUser, changeUser, findByIdentity, findUser, setVouched, type UserRow } from '../ledger/accounts/users';
import type { Db } from '../ledger/database';
import { unitsById } from '../ledger/units';
import { endUnfitTokens } from './api-tokens';
import type { Identity } from './oidc';
import { digestOf } from './random-token';
import { AccountRefused } from './refusals';

/**
 * @param now ISO instant
 * @throws AccountRefused `oidc-unknown` where nothing is mapped to him or he is disabled here, `login-taken` where
 * somebody else has his login: an account with a password is never taken over by a name
 */
export async function userOfIdentity(db: Db, identity: Identity, now: string): Promise<string> {
  const capacities = await ofTheDirectory(db, identity.capacities);
  const known = await findByIdentity(db, identity.subject);
  if (capacities.length === 0 || known?.disabledAt) {
    // Who lost his groups is out at once, and not at the end of his session.
    if (known) {
      await endSessions(db, known.login, now);
      await revokeTokensOf(db, known.login, now);
    }
    throw new AccountRefused('oidc-unknown');
  }
  if (!known) return made(db, identity, capacities, now);
  const login = await bringUpToDate(db, known, capacities, now);
  await setVouched(db, login, identity.subject, now);
  return login;
}

async function bringUpToDate(db: Db, known: UserRow, capacities: Capacity[], now: string): Promise<string> {
  if (JSON.stringify(inOrder(known.capacities)) !== JSON.stringify(inOrder(capacities))) {
    const refused = await changeUser(db, known.login, { capacities });
    if (refused) throw new AccountRefused(refused);
    await endSessions(db, known.login, now);
    await endUnfitTokens(db, known.login, capacities, now);
  }
  return known.login;
}

async function made(db: Db, { subject, login: claimed, name }: Identity, capacities: Capacity[], now: string) {
  const login = isLogin(claimed) ? claimed : `oidc-${digestOf(subject).slice(0, 12)}`;
  if (await findUser(db, login)) throw new AccountRefused('login-taken', { login });
  const called = name.replace(/\p{Cc}/gu, ' ').slice(0, 60) || login;
  await db.transaction().execute(async (transaction) => {
    await addUser(transaction, {
      login,
      name: called,
      capacities,
      language: 'zh-CN',
      createdAt: now,
      createdBy: 'identity provider',
    });
    await setVouched(transaction, login, subject, now);
  });
  return login;
}

async function ofTheDirectory(db: Db, capacities: readonly Capacity[]): Promise<Capacity[]> {
  const units = capacities.flatMap(({ unit }) => (unit === null ? [] : [unit]));
  const known = await unitsById(db, units);
  return capacities.filter(({ unit }) => unit === null || known.has(unit));
}

function inOrder(capacities: readonly Capacity[]): Capacity[] {
  const order = ({ role, unit }: Capacity) => `${role} ${unit}`;
  return capacities
    .map(({ role, unit }) => ({ role, unit }))
    .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}
