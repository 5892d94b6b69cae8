/** The second factor: time-based one-time codes (RFC 6238), as every authenticator makes them. */
import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import encodeQR from 'qr';

/** RFC 4226: 160 bits. */
const SECRET_BYTES = 20;
/** Clocks of telephones differ: the step before and the one after count too (RFC 6238, 5.2). */
const WINDOW = 1;
const ISSUER = '督办 Duban';

/** A new secret, in base32 as it is typed into an authenticator. */
export function newCodeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** `otpauth://…`, which a QR code carries. */
export function codeAddress(secret: string, login: string): string {
  return totpOf(secret, login).toString();
}

/** A QR code as a page draws it: a square of `size` modules, and the SVG path of the dark ones. */
export interface QrPicture {
  size: number;
  path: string;
}

/** The QR code of an address, with the quiet border that cameras need. */
export function codePicture(address: string): QrPicture {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 4 });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: dark.join('') };
}

/**
 * The step that a code is of, or null if it is wrong. Steps only grow: a code of a step that was used, or of one before
 * it, is refused by whoever keeps the step.
 * @param now ISO instant
 */
export function stepOfCode(secret: string, code: string, now: string): number | null {
  const typed = code.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(typed)) return null;
  const totp = totpOf(secret, '');
  const timestamp = Date.parse(now);
  const delta = totp.validate({ token: typed, timestamp, window: WINDOW });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  // SHA-1 and six digits are what all authenticators know; HMAC does not rest on collisions.
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
  });
}

const RECOVERY_CODES = 10;
/** Without letters that are taken for others. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** Ten codes for the day on which the telephone is lost, each good for once. 16 signs of 31 are 79 bits. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [0, 1, 2, 3].map(() => Array.from({ length: 4 }, sign).join('')).join('-'),
  );
}

function sign(): string {
  // 248 is the largest multiple of 31 in a byte: what is above would favour the first signs.
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255;
    if (byte < 248) return ALPHABET[byte % ALPHABET.length] ?? '';
  }
}

/** Under which a recovery code is kept; however it is typed. Null: it is none. */
export function recoveryDigest(typed: string): string | null {
  const code = typed.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');
  if (code.length !== 16 || [...code].some((one) => !ALPHABET.includes(one))) return null;
  return createHash('sha256').update(`recovery\0${code}`).digest('hex');
}
