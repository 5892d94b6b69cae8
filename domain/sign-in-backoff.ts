/**
 * How long somebody waits who typed wrong passwords: a few are free, then each one more doubles the wait. Never for
 * ever: a stranger who tries somebody's login would lock him out.
 */

/** What was tried: this login from this address, this address whatever the login, this login from anywhere, a code. */
export type AttemptKind = 'pair' | 'address' | 'login' | 'code';

/** One thing that an attempt is counted under. */
export interface AttemptKey {
  kind: AttemptKind;
  /** Of the kind: a login, an address, both. */
  of: string;
}

/** How many wrong ones cost nothing. An office sits behind one address, which counts by the hour; a login tried from everywhere is attacked. */
const FREE: Record<AttemptKind, number> = { pair: 5, address: 30, login: 50, code: 5 };

const FIRST_WAIT_MINUTES = 1;
/** ASVS 2.2.1: at most a hundred attempts an hour on one account. */
const LONGEST_WAIT_MINUTES = 15;
/** After a day without a wrong one all are free again. */
export const FORGOTTEN_AFTER_HOURS = 24;

/**
 * Minutes to wait after so many wrong attempts.
 * @param failures this one included
 */
export function waitMinutes(kind: AttemptKind, failures: number): number {
  const beyond = failures - FREE[kind];
  return beyond < 0 ? 0 : Math.min(FIRST_WAIT_MINUTES * 2 ** Math.min(beyond, 10), LONGEST_WAIT_MINUTES);
}
