import { canonicalJson, hashOf } from '../../ledger/canonical';

test('the same value is the same bytes, in whatever order it was built', () => {
  expect(canonicalJson({ b: 1, a: ['税务局', null, true], c: undefined })).toBe('{"a":["税务局",null,true],"b":1}');
});

test('keys stand in the order of UTF-16 code units, as in the example of RFC 8785, 3.2.3', () => {
  const example = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.values(JSON.parse(canonicalJson(example)))).toHaveLength(7);
  expect([...canonicalJson(example).matchAll(/:(\d)/g)].map((m) => Number(m[1]))).toEqual([2, 4, 6, 7, 1, 5, 3]);
});

test.each([
  ['a float', { percent: 0.5 }],
  ['a number that JSON rounds', [2 ** 53]],
  ['NaN', { n: Number.NaN }],
  ['U+0000', { text: 'a\u0000b' }],
  ['U+0000 in a key', { 'a\u0000': 1 }],
  ['a lone surrogate', { text: '\ud800' }],
  ['a Date', { at: new Date(0) }],
  ['a Map', new Map()],
])('%s is refused before it is hashed', (_, value) => {
  expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'not-storable' }));
});

test('a hash covers what came before it', () => {
  // sha256('') and sha256('ab'), as any other tool computes them.
  expect(hashOf('', '')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hashOf('a', 'b')).toBe('fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603');
});
