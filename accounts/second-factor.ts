/** Setting up an authenticator, and asking for its codes. Its secret is sealed for its own user. */
import type { User } from '../domain/rights';
import { factorOf, putFactor, putFirstFactor, useRecoveryCode, useStep } from '../ledger/accounts/credentials';
import { clearAttempts, countAttempt } from '../ledger/accounts/sign-in-attempts';
import type { Db } from '../ledger/database';
import type { LinkKeys } from '../links/keys';
import { newCodeSecret, newRecoveryCodes, recoveryDigest, stepOfCode } from './one-time-code';
import { AccountRefused } from './refusals';
import { seal, unseal } from './secret-box';

/** `required`: who decides for an office shows two factors; `optional`: who set one up does. */
export type FactorRule = 'required' | 'optional';

/** Whether this user may not do without. */
export function mustHaveFactor({ capacities }: Pick<User, 'capacities'>, rule: FactorRule): boolean {
  const officers = ['coordinator', 'office-head', 'supervisor'];
  return rule === 'required' && capacities !== 'operator' && capacities.some(({ role }) => officers.includes(role));
}

/** A new secret for this user, sealed; nothing is kept before a code of it was shown. */
export function newFactor(keys: LinkKeys, login: string): string {
  return seal(keys, purposeOf(login), newCodeSecret());
}

/** The secret for its user to see, while he sets it up. Throws AccountRefused where it is not his. */
export function shownSecret(keys: LinkKeys, login: string, sealed: string): string {
  const secret = unseal(keys, purposeOf(login), sealed);
  if (secret === null) throw new AccountRefused('wrong-code');
  return secret;
}

interface Shown {
  login: string;
  code: string;
  /** ISO instant. */
  now: string;
}

/**
 * Keeps an authenticator of which a code was shown, in place of any other, or at a sign-in the first one alone: of two who
 * have the password, the later is not let in by one of his own.
 * @returns recovery codes, which are shown this once
 * @throws AccountRefused `wrong-code`, `too-many-attempts`, `factor-set-up`
 */
export async function confirmFactor(
  db: Db,
  keys: LinkKeys,
  { login, code, now, sealed, isFirst = false }: Shown & { sealed: string; isFirst?: boolean },
): Promise<string[]> {
  await counted(db, login, now);
  const step = stepOfCode(shownSecret(keys, login, sealed), code, now);
  if (step === null) throw new AccountRefused('wrong-code');
  const codes = newRecoveryCodes();
  const recoveryDigests = codes.map((one) => recoveryDigest(one) ?? '');
  const factor = { secret: sealed, step, recoveryDigests, at: now };
  if (!isFirst) await putFactor(db, login, factor);
  else if (!(await putFirstFactor(db, login, factor))) throw new AccountRefused('factor-set-up');
  await clearAttempts(db, [{ kind: 'code', of: login }], []);
  return codes;
}

/**
 * Asks for a code, or a recovery code in its place; either counts once.
 * @throws AccountRefused `wrong-code`, `too-many-attempts`
 */
export async function checkCode(db: Db, keys: LinkKeys, { login, code, now }: Shown): Promise<void> {
  await counted(db, login, now);
  const recovery = recoveryDigest(code);
  const isRight = recovery
    ? await useRecoveryCode(db, login, recovery, now)
    : await isFreshCode(db, keys, { login, code, now });
  if (!isRight) throw new AccountRefused('wrong-code');
  await clearAttempts(db, [{ kind: 'code', of: login }], []);
}

async function isFreshCode(db: Db, keys: LinkKeys, { login, code, now }: Shown): Promise<boolean> {
  const factor = await factorOf(db, login);
  const secret = factor && unseal(keys, purposeOf(login), factor.secret);
  const step = secret ? stepOfCode(secret, code, now) : null;
  return step !== null && (await useStep(db, login, step));
}

/** A million codes are few: who guesses is stopped as with passwords. */
async function counted(db: Db, login: string, now: string): Promise<void> {
  const minutes = await countAttempt(db, [{ kind: 'code', of: login }], now);
  if (minutes !== null) throw new AccountRefused('too-many-attempts', { minutes: String(minutes) });
}

function purposeOf(login: string): string {
  return `second factor of ${login}`;
}
