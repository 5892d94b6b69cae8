/** Codes of authenticators, recovery codes, and what is kept sealed or as a digest. */
import { Secret, TOTP } from 'otpauth';
import {
  codeAddress,
  codePicture,
  newCodeSecret,
  newRecoveryCodes,
  recoveryDigest,
  stepOfCode,
} from '../../accounts/one-time-code';
import { API_TOKEN_PREFIX, digestOf, newSecret } from '../../accounts/random-token';
import { seal, unseal } from '../../accounts/secret-box';
import { waitMinutes } from '../../domain/sign-in-backoff';
import { parseLinkKeys } from '../../links/keys';

const KEYS = parseLinkKeys(`k1:${'a'.repeat(43)}`);

test('the codes are those of RFC 6238, appendix B', () => {
  const secret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32;
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ] as const) {
    const now = new Date(seconds * 1_000).toISOString();
    expect(stepOfCode(secret, code, now)).toBe(Math.floor(seconds / 30));
    expect(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, now)).toBe(Math.floor(seconds / 30));
  }
});

test('a clock may be one step away, and no more; garbage is no code', () => {
  const secret = newCodeSecret();
  const at = (ms: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms });
  const now = '2026-03-02T01:00:10.000Z';
  const step = Math.floor(Date.parse(now) / 30_000);
  for (const [away, found] of [
    [0, step],
    [-1, step - 1],
    [1, step + 1],
    [-2, null],
    [2, null],
  ] as const) {
    expect(stepOfCode(secret, at(Date.parse(now) + away * 30_000), now)).toBe(found);
  }
  for (const garbage of ['', '12345', '1234567', 'abcdef', '１２３４５', "' OR 1=1", '\u0000'.repeat(6)]) {
    expect(stepOfCode(secret, garbage, now)).toBeNull();
  }
});

test('an authenticator gets the secret by a picture; who it is of is escaped', () => {
  const address = codeAddress('JBSWY3DPEHPK3PXP', 'wang:li&<b>');
  expect(address).toMatch(/^otpauth:\/\/totp\/[^<&]*%3A[^<&]*\?.*secret=JBSWY3DPEHPK3PXP/);
  const { size, path } = codePicture(address);
  expect(size).toBeGreaterThan(30);
  // The three squares by which a camera finds it begin in the corners.
  for (const corner of [`M4 4h`, `M${size - 5} 4h`, `M4 ${size - 5}h`]) expect(path).toContain(corner);
});

test('ten recovery codes, all different, found however they are typed', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes.map(recoveryDigest)).size).toBe(10);
  expect(codes.every((code) => /^([2-9a-z]{4}-){3}[2-9a-z]{4}$/.test(code))).toBe(true);
  const [first = ''] = codes;
  expect(recoveryDigest(` ${first.toUpperCase().replaceAll('-', ' ')}`)).toBe(recoveryDigest(first));
  for (const none of ['', '123456', 'oooo-oooo-oooo-oooo', `${first}2`]) expect(recoveryDigest(none)).toBeNull();
});

test('what is sealed opens for its purpose and with its key alone, and not a bit may differ', () => {
  const sealed = seal(KEYS, 'code of u1', '秘密');
  expect(sealed).not.toContain('秘密');
  expect(unseal(KEYS, 'code of u1', sealed)).toBe('秘密');
  expect(unseal(KEYS, 'code of u2', sealed)).toBeNull();
  expect(unseal(parseLinkKeys(`k1:${'b'.repeat(43)}`), 'code of u1', sealed)).toBeNull();
  expect(unseal(parseLinkKeys(`k2:${'b'.repeat(43)},k1:${'a'.repeat(43)}`), 'code of u1', sealed)).toBe('秘密');
  expect(seal(KEYS, 'code of u1', '秘密')).not.toBe(sealed);
  const [name = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  for (const index of bytes.keys()) {
    const tampered = Buffer.from(bytes);
    tampered[index] = (tampered[index] ?? 0) ^ 1;
    expect(unseal(KEYS, 'code of u1', `${name}.${tampered.toString('base64url')}`)).toBeNull();
  }
  for (const garbage of ['', '.', 'k1.', 'k1.AAAA', 'nothing']) expect(unseal(KEYS, 'code of u1', garbage)).toBeNull();
});

test('a token is recognised, 256 bits long, and kept as a digest', () => {
  const token = newSecret(API_TOKEN_PREFIX);
  expect(token).toMatch(/^duban_[\w-]{43}$/);
  expect(newSecret()).not.toBe(newSecret());
  expect(digestOf(token)).toMatch(/^[0-9a-f]{64}$/);
});

test('five wrong ones are free, then the wait doubles, up to a quarter of an hour', () => {
  expect([1, 4, 5, 6, 7, 8, 9, 10, 500].map((n) => waitMinutes('pair', n))).toEqual([0, 0, 1, 2, 4, 8, 15, 15, 15]);
  expect([29, 30, 31].map((n) => waitMinutes('address', n))).toEqual([0, 1, 2]);
  expect([49, 50].map((n) => waitMinutes('login', n))).toEqual([0, 1]);
});
