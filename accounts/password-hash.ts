/** How passwords are kept: argon2id, in PHC format, so that each row says by which parameters it was made. */
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { fewAtOnce, TooBusy } from './few-at-once';
import { AccountRefused } from './refusals';

/**
 * Above each set of the OWASP Password Storage Cheat Sheet (m=46 MiB, t=1 … m=7 MiB, t=5); some 140 ms on the machine
 * that this was measured on. The library's default algorithm is argon2id.
 */
const PARAMETERS = { memoryCost: 65_536, timeCost: 4, parallelism: 1 } as const;

/** One processor stays for pages, and memory is bounded: 64 MiB each. */
const AT_ONCE = Math.max(1, Math.min(4, availableParallelism() - 1));

/** Some ten seconds of waiting; nobody waits for more. */
const WAITING = 64;

const places = fewAtOnce(AT_ONCE, WAITING);

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return places(work).catch((error: unknown) => {
    throw error instanceof TooBusy ? new AccountRefused('busy') : error;
  });
}

/** One password has several spellings in Unicode; NIST SP 800-63B asks for one. */
function asTyped(password: string): string {
  return password.normalize('NFKC');
}

/** @throws AccountRefused `busy` */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(asTyped(password), PARAMETERS));
}

/**
 * Whether it is the password. Takes as long where there is none to compare with: nobody learns from the time whether a
 * login exists.
 * @param kept null: there is no such login, or it has no password
 * @throws AccountRefused `busy`
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  const compared = kept ?? (await nobodys());
  const same = await inTurn(() => verify(compared, asTyped(password)));
  return same && kept !== null;
}

let made: Promise<string> | null = null;
function nobodys(): Promise<string> {
  made ??= hash('nobody has this password', PARAMETERS);
  return made;
}

/** Whether it was kept by weaker parameters than today's, and is to be hashed anew when its owner types it. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost } = parseOptions(kept);
  return memoryCost < PARAMETERS.memoryCost || timeCost < PARAMETERS.timeCost;
}
