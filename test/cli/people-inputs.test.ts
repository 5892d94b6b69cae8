/** Names and addresses of the directory, at the door and in what a program hands over: they stand in headers of letters. */
import { asMail, asPerson } from '../../client/cli/inputs';
import { unitSchema } from '../../domain/schemas';
import type { Unit } from '../../domain/unit';

const unit = (liaison: Unit['liaison'], more: Partial<Unit> = {}): Unit => ({
  id: 'zz:市税务局',
  city: 'zz',
  name: '市税务局',
  aliases: [],
  members: null,
  liaison,
  head: null,
  leader: null,
  substitutes: [],
  ...more,
});
const isGood = (one: Unit) => unitSchema.safeParse(one).success;

test('a person as people write him', () => {
  expect(asPerson('王莉 <wangli@tax.example>')).toEqual({ name: '王莉', mail: 'wangli@tax.example' });
  expect(asPerson('王莉')).toEqual({ name: '王莉', mail: null });
  expect(isGood(unit({ name: '王莉', mail: 'wangli@tax.example' }))).toBe(true);
});

test.each([
  ['王莉\r\nBcc: all@zz.example', 'a@zz.example'],
  ['王\u2028莉', 'a@zz.example'],
  ['<script>', 'a@zz.example'],
  ['', 'a@zz.example'],
  ['王莉', 'a@zz.example\r\nBcc: all@zz.example'],
  ['王莉', 'a@b@zz.example'],
  ['王莉', 'a b@zz.example'],
  ['王莉', 'zz.example'],
  ['王莉', 'a@'],
  ['王莉', 'a@localhost'],
  ['王莉', `${'a'.repeat(250)}@zz.example`],
  ['王莉', 'a@zz.example, b@zz.example'],
])('%j <%s> is nobody that a letter can go to', (name, mail) => {
  expect(isGood(unit({ name, mail }))).toBe(false);
  expect(isGood(unit(null, { substitutes: [{ from: '2020-03-13', to: '2020-03-20', name, mail }] }))).toBe(false);
  expect(() => [asPerson(name), asMail(mail)]).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^bad-(person|mail)$/) }),
  );
});

test('a language that letters are not written in is refused', () => {
  expect(isGood({ ...unit(null), language: 'fr' } as unknown as Unit)).toBe(false);
  expect(isGood(unit(null, { language: 'en' }))).toBe(true);
});
