/** That it is he, and not somebody who found his desk open: before anything that proves or replaces him is made. */
import { passwordOf } from '../ledger/accounts/credentials';
import type { Db } from '../ledger/database';
import { AccountRefused } from './refusals';
import { checkPassword } from './sign-in';

/** Who signed in so lately has just proved it. */
const FRESH_MS = 10 * 60_000;

/** Whether a sign-in at `signedInAt` counts as a proof of its own. Instants are ISO. */
export function isFresh(signedInAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(signedInAt) < FRESH_MS;
}

export interface Proof {
  login: string;
  /** The password as it was typed; empty: none was. */
  password: string;
  /** When this session began. ISO instant. */
  signedInAt: string;
  address: string;
  /** ISO instant. */
  now: string;
}

/**
 * Asks for the password again, unless he signed in within ten minutes. Who has none signs in anew.
 * @throws AccountRefused `wrong-password`, `too-many-attempts`, `sign-in-again`
 */
export async function proveHimself(db: Db, { login, password, signedInAt, address, now }: Proof): Promise<void> {
  if (password === '' && isFresh(signedInAt, now)) return;
  if (password === '' && (await passwordOf(db, login)) === null) throw new AccountRefused('sign-in-again');
  await checkPassword(db, { login, password, address, now });
}
