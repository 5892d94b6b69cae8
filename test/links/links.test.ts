/** Links: what a token says is what we signed, whole, for this purpose, with a key that we still have. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AnswerLink } from '../../domain/answers/answers';
import { moveIdOf, newFormToken, openAnswer, sealAnswer } from '../../links/answer-link';
import { loadLinkKeys, parseLinkKeys } from '../../links/keys';
import { openToken, sealToken } from '../../links/token';

const OLD = `old:${'o'.repeat(32)}`;
const NEW = `new:${'n'.repeat(32)}`;
const keys = parseLinkKeys(OLD);
const link: AnswerLink = {
  answer: 'accept',
  about: 'zz-2020/1-01',
  unit: 'zz:市优化营商环境协调事务中心',
  role: 'coordinator',
  of: '2',
  seq: 7,
  letter: '20200622-0900-abcdef012345',
  until: '2020-09-30',
};
const token = sealAnswer(keys, link);

test('a link says again what it was made of, and nothing that a letter cannot carry', () => {
  expect(openAnswer(keys, token)?.link).toEqual(link);
  expect(token).toMatch(/^[A-Za-z0-9._-]+$/);
  expect(sealAnswer(keys, link)).toBe(token);
});

test('any other character, a cut or a longer one is no link', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...letters), (at, letter) => {
      const other = token.slice(0, at) + letter + token.slice(at + 1);
      expect(openAnswer(keys, other) === null).toBe(other !== token);
    }),
  );
  fc.assert(fc.property(fc.nat(token.length - 1), (at) => expect(openAnswer(keys, token.slice(0, at))).toBeNull()));
  for (const other of [`${token}=`, `${token}.`, `${token}A`, ` ${token}`, '..', '', 'x'.repeat(5_000)])
    expect(openAnswer(keys, other)).toBeNull();
});

test('a signature for one purpose is none for another', () => {
  const said = openToken(keys, 'answer', token) ?? '';
  expect(openAnswer(keys, sealToken(keys, 'calendar', said))).toBeNull();
  expect(openAnswer(keys, sealToken(keys, 'form', said))).toBeNull();
  expect(openAnswer(keys, sealToken(keys, 'answer', '["accept"]'))).toBeNull();
});

test('a new key in front signs, the old one still verifies; a key taken away is gone', () => {
  const rotated = parseLinkKeys(`${NEW},${OLD}`);
  const again = sealAnswer(rotated, link);
  expect(again.startsWith('new.')).toBe(true);
  expect(openAnswer(rotated, token)?.link).toEqual(link);
  // The same link, whichever key signed it: used once is used.
  expect(openAnswer(rotated, again)?.digest).toBe(openAnswer(rotated, token)?.digest);
  expect(openAnswer(parseLinkKeys(NEW), token)).toBeNull();
  expect(openAnswer(parseLinkKeys(`old:${'x'.repeat(32)}`), token)).toBeNull();
});

test('a form belongs to its link, and sent twice it is one move', () => {
  const digest = openAnswer(keys, token)?.digest ?? '';
  const form = newFormToken(keys, digest);
  const move = { text: '六成' };
  const id = moveIdOf(keys, digest, form, move);
  expect(id).toMatch(/^link:[0-9a-f]{40}$/);
  expect(moveIdOf(keys, digest, form, { ...move })).toBe(id);
  expect(moveIdOf(keys, digest, form, { text: '七成' })).not.toBe(id);
  expect(moveIdOf(keys, digest, newFormToken(keys, digest), move)).not.toBe(id);
  expect(moveIdOf(keys, 'another link', form, move)).toBeNull();
  expect(moveIdOf(keys, digest, `${form.slice(0, -1)}x`, move)).toBeNull();
  expect(moveIdOf(keys, digest, token, move)).toBeNull();
});

test.each([
  ['', /no key/],
  ['secret-without-a-name', /name:secret/],
  ['verysecret', /is called by/],
  ['k1:short', /shorter than 32/],
  [`${OLD},${OLD}`, /one name/],
  [`k 1:${'s'.repeat(32)}`, /name:secret/],
])('keys %j are refused, and no secret is repeated', (text, said) => {
  expect(() => parseLinkKeys(text)).toThrow(said);
  expect(() => parseLinkKeys(text)).not.toThrow(/s{32}|o{32}|short,/);
});

test('without keys a home makes its own, once, for its owner alone, however many ask', async () => {
  const home = mkdtempSync(join(tmpdir(), 'duban-keys-'));
  try {
    const made = await Promise.all([1, 2, 3, 4].map(() => loadLinkKeys(null, home)));
    expect(new Set(made.map(({ first, secrets }) => secrets.get(first))).size).toBe(1);
    expect(statSync(join(home, 'link-keys')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'link-keys'), 'utf8')).toMatch(/^k1:[A-Za-z0-9_-]{43}\n$/);
    expect((await loadLinkKeys(OLD, home)).first).toBe('old');
  } finally {
    rmSync(home, { recursive: true });
  }
});
