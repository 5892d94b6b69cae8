/** Passwords: which are taken, how they are kept, and that many at once do not stop the house. */
import { fewAtOnce, TooBusy } from '../../accounts/few-at-once';
import { checkNewPassword } from '../../accounts/new-password';
import { hashPassword, isOutdated, isPassword } from '../../accounts/password-hash';

const ABOUT = ['wangli', '王莉', 'zhuzhou:市税务局'];

test.each([
  ['eleven characters', 'j8$kLm2pQ9z', 'password-short'],
  ['emptiness', '', 'password-short'],
  ['a book', 'x7'.repeat(65), 'password-long'],
  ['a control character', 'correct horse\u0000 battery', 'password-unstorable'],
  ['half a surrogate', 'correct horse \ud800 battery', 'password-unstorable'],
  ['a leaked one', '1q2w3e4r5t6y', 'password-breached'],
  ['a leaked one in capitals', '1Q2W3E4R5T6Y', 'password-breached'],
  ['a leaked one in full width', '１ｑ２ｗ３ｅ４ｒ５ｔ６ｙ', 'password-breached'],
  ['a leaked one with a year', 'password2024!', 'password-guessable'],
  ['the login', 'wangli123456', 'password-guessable'],
  ['the name twice', '王莉王莉王莉王莉王莉王莉', 'password-guessable'],
  ['the unit and the year', '市税务局2026市税务局', 'password-guessable'],
  ['the word of the house', '督办督办督办督办督办督办', 'password-guessable'],
  ['the name of the program', 'DubanDuban2026', 'password-guessable'],
  ['a row of keys', 'qwertyuiop[]', 'password-guessable'],
  ['one sign', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'password-guessable'],
])('%s is refused', (_what, password, code) => {
  expect(() => checkNewPassword(password, ABOUT)).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['four words', 'correct horse battery staple'],
  ['a Chinese sentence without digits or signs', '办结每一项任务都要有证据'],
  ['spaces, emoji and 128 characters', `${'🀄 木枯 river '.repeat(9)}每日一句不同`.slice(0, 120)],
  ['random signs', 'j8$kLm2pQ9zR'],
])('%s passes: length, and no rule of composition', (_what, password) => {
  expect(() => checkNewPassword(password, ABOUT)).not.toThrow();
});

test('a password is kept as argon2id, counts in every spelling of Unicode, and nobody is told from nobody', async () => {
  const kept = await hashPassword('Ａngström café 督办');
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=4,p=1\$/);
  expect(await isPassword(kept, 'Angstro\u0308m cafe\u0301 督办')).toBe(true);
  expect(await isPassword(kept, 'angström café 督办')).toBe(false);
  expect(await isPassword(null, 'nobody has this password')).toBe(false);
  expect(isOutdated(kept)).toBe(false);
  expect(isOutdated(kept.replace('t=4', 't=2'))).toBe(true);
});

test('few work at once, in order; whoever finds the queue full is told so', async () => {
  const inTurn = fewAtOnce(2, 2);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const all = [1, 2, 3, 4].map((n) =>
    inTurn(() => {
      begun.push(n);
      return new Promise<void>((end) => ends.push(end));
    }),
  );
  await expect(inTurn(async () => undefined)).rejects.toThrow(TooBusy);
  expect(begun).toEqual([1, 2]);
  ends[1]?.();
  await all[1];
  expect(begun).toEqual([1, 2, 3]);
  ends[0]?.();
  await all[0];
  for (const end of ends) end();
  await Promise.all(all);
  // One that fails gives its place back too.
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await inTurn(async () => 'next')).toBe('next');
});
