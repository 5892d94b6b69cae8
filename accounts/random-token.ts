/** Secrets that we make and people or programs hold: shown once, and kept as a digest only. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: a digest without salt or slowness is enough (ASVS 6.5.2 asks for 112). */
const SECRET_BYTES = 32;

/** `duban_` lets scanners of source code and people see what they hold. */
export const API_TOKEN_PREFIX = 'duban_';

/** @param prefix what it is recognised by; nothing for what stands in an address or a cookie */
export function newSecret(prefix = ''): string {
  return `${prefix}${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Under which a secret is kept and found. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
