/**
 * What has to be read again is kept sealed (AES-256-GCM): whoever has the database, or its backup, and not the keys of
 * the installation reads nothing. A sealed text is of one purpose and one owner, and opens nowhere else.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { LinkKeys } from '../links/keys';

/** NIST SP 800-38D: 96 bits of nonce, 128 of tag. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with the first key; `<key>.<nonce, what is said, tag>`. */
export function seal({ first, secrets }: LinkKeys, purpose: string, said: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secrets.get(first) ?? '', purpose), nonce);
  const body = Buffer.concat([nonce, cipher.update(said, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${first}.${body.toString('base64url')}`;
}

/** What was sealed, or null if none of our keys sealed exactly this for this purpose. */
export function unseal({ secrets }: LinkKeys, purpose: string, sealed: string): string | null {
  const [name = '', body = ''] = sealed.split('.');
  const secret = secrets.get(name);
  const bytes = Buffer.from(body, 'base64url');
  if (secret === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const said = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([said, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** RFC 5869: of one secret a key for each purpose. */
function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'duban accounts', purpose, 32));
}
