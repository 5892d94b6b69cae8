/**
 * The keys that sign links: the first signs, all of them verify, so that a new key in front breaks no letter that is out
 * already. From the environment, or from a file that is made once.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LinkKeys {
  /** Signs. */
  first: string;
  /** Secret by name of key. */
  secrets: ReadonlyMap<string, string>;
}

/** The keys cannot be used. `message` never holds one. */
export class LinkKeysError extends Error {
  override readonly name = 'LinkKeysError';
}

/** As many random bytes as the hash has (RFC 2104), 43 characters. A secret of a person's own has at least this many. */
const SECRET_BYTES = 32;
const SHORTEST_SECRET = 32;

/** Reads `name:secret,name:secret`. Throws LinkKeysError. */
export function parseLinkKeys(text: string): LinkKeys {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [name = '', ...secret] = pair.split(':');
      // Without a colon there is no name: what stands there may be a secret, and no error may say it.
      return secret.length === 0 ? ['', pair] : [name, secret.join(':')];
    });
  const [first] = pairs[0] ?? [];
  if (first === undefined) throw new LinkKeysError('there is no key; expected name:secret');
  for (const [name, secret] of pairs) {
    if (!/^[A-Za-z0-9_-]{1,16}$/.test(name))
      throw new LinkKeysError('a key is called by 1 to 16 letters and digits: name:secret,name:secret');
    if (secret.length < SHORTEST_SECRET)
      throw new LinkKeysError(`the secret of key ${name} is shorter than ${SHORTEST_SECRET} characters`);
  }
  const secrets = new Map(pairs);
  if (secrets.size < pairs.length) throw new LinkKeysError('two keys have one name');
  return { first, secrets };
}

/**
 * The keys of the settings, or those of `<home>/link-keys`, which is made when it is first asked for.
 * @param text DUBAN_LINK_KEYS
 * @throws LinkKeysError
 */
export function loadLinkKeys(text: string | null, home: string): Promise<LinkKeys> {
  return loadKeys(text, home, 'link-keys');
}

/** The keys of an installation that have this name in its home. Throws LinkKeysError. */
export async function loadKeys(text: string | null, home: string, name: 'link-keys' | 'account-keys') {
  if (text !== null) return parseLinkKeys(text);
  const file = join(home, name);
  return parseLinkKeys((await readIfThere(file)) ?? (await make(file)));
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new LinkKeysError(`${file} cannot be read`, { cause: error });
  }
}

/** Two processes may make it at once: the file appears whole or not at all, and the first one counts. */
async function make(file: string): Promise<string> {
  await mkdir(join(file, '..'), { recursive: true });
  const mine = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(mine, `k1:${randomBytes(SECRET_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(mine, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(mine, { force: true });
  }
  return (await readIfThere(file)) ?? '';
}

/** HMAC-SHA256 of something said for one purpose; a signature for one is none for another. */
export function signatureOf(secret: string, purpose: string, said: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\0${said}`).digest();
}
