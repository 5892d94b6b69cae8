/** The password at the door: as slow, and with the same words, whether or not somebody has the login. */
import { isLogin } from '../domain/logins';
import type { AttemptKey } from '../domain/sign-in-backoff';
import { passwordOf, setPassword } from '../ledger/accounts/credentials';
import { clearAttempts, countAttempt } from '../ledger/accounts/sign-in-attempts';
import type { Db } from '../ledger/database';
import { LONGEST } from './new-password';
import { hashPassword, isOutdated, isPassword } from './password-hash';
import { AccountRefused } from './refusals';

export interface PasswordAttempt {
  /** As it was typed. */
  login: string;
  password: string;
  address: string;
  /** ISO instant. */
  now: string;
}

/**
 * Checks a password.
 * @returns the login
 * @throws AccountRefused `wrong-password`, `too-many-attempts`, `busy`
 */
export async function checkPassword(
  db: Db,
  { login: typed, password, address, now }: PasswordAttempt,
): Promise<string> {
  const login = loginOf(typed);
  const own: AttemptKey[] = [
    { kind: 'pair', of: `${login} ${address}` },
    { kind: 'login', of: login },
  ];
  // By the hour: an office with hundreds of people is never without somebody who mistypes.
  const shared: AttemptKey[] = [{ kind: 'address', of: `${address} ${now.slice(0, 13)}` }];
  const minutes = await countAttempt(db, [...own, ...shared], now);
  if (minutes !== null) throw new AccountRefused('too-many-attempts', { minutes: String(minutes) });
  // What can be no login is asked of nobody, and takes as long.
  const kept = isLogin(login) ? await passwordOf(db, login) : null;
  // What is longer than any password is none, and is not hashed.
  const isRight =
    [...password].length <= LONGEST * 2 && (await compare(db, { kept, password, keys: [...own, ...shared] }));
  if (!isRight || kept === null) throw new AccountRefused('wrong-password');
  await clearAttempts(db, own, shared);
  if (isOutdated(kept)) await setPassword(db, login, await hashPassword(password));
  return login;
}

/** An attempt that nobody had time for was none. */
async function compare(
  db: Db,
  { kept, password, keys }: { kept: string | null; password: string; keys: AttemptKey[] },
): Promise<boolean> {
  try {
    return await isPassword(kept, password);
  } catch (error) {
    if (error instanceof AccountRefused) await clearAttempts(db, [], keys);
    throw error;
  }
}

/** A login however it is typed. */
function loginOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase().slice(0, 100);
}
