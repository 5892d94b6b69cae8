/** Addresses on channels: what is one person's, and what vendors would read as several people, everybody or nobody. */
import { type ChatKind, channelUseOf, isChannelAddress } from '../../domain/channels';
import { unitSchema } from '../../domain/schemas';
import { addressesOf } from '../../domain/unit';

const GOOD: [ChatKind, string][] = [
  ['wecom', 'wangli'],
  ['wecom', 'wang.li-2@tax'],
  ['dingtalk', 'manager4220'],
  ['feishu', 'ou_7d8a6e6df7621556ce0d21922b676706'],
  ['feishu', 'on_8ed6aa67826108097d9ee143816345'],
  ['feishu', 'wangli@tax.example'],
  ['webhook', 'oa'],
  ['webhook', 'oa-2/wangli@tax'],
  ['sms', '13800138000'],
  ['sms', '+85291234567'],
];
const BAD: [ChatKind, string][] = [
  ['wecom', '@all'],
  ['wecom', 'wangli|zhangsan'],
  ['wecom', ''],
  ['wecom', 'a'.repeat(65)],
  ['wecom', 'wang li'],
  ['wecom', 'wangli\r\nTo: x'],
  ['wecom', '王莉'],
  ['dingtalk', 'a,b'],
  ['feishu', 'oc_a0553eda9014c201e6969b478895c230'],
  ['feishu', 'ou_1"}'],
  ['webhook', 'https://oa.example/hook'],
  ['webhook', 'oa/../other'],
  ['webhook', 'oa/'],
  ['webhook', 'OA'],
  ['sms', '12345'],
  ['sms', '1380013800'],
  ['sms', '138001380001'],
  ['sms', '010-12345678'],
  ['sms', '13800138000\n'],
];

test.each(GOOD)('%s %s is an address', (kind, to) => {
  expect(isChannelAddress(kind, to)).toBe(true);
  expect(channelUseOf(`${kind}:${to}`)).toEqual({ kind, to });
});

test.each(BAD)('%s %j is none', (kind, to) => {
  expect(isChannelAddress(kind, to)).toBe(false);
  expect(channelUseOf(`${kind}:${to}`)).toBeNull();
});

test.each(['mail:x@y.example', 'fax:123', 'wecom', ':', ''])('“%s” is no place in an order', (text) => {
  expect(channelUseOf(text)).toBeNull();
});

const unitWith = (liaison: unknown) => ({
  id: 'zz:市税务局',
  city: 'zz',
  name: '市税务局',
  aliases: [],
  members: null,
  liaison,
  head: null,
  leader: null,
  substitutes: [],
});
const mail = 'wangli@tax.example';

test.each([
  ['a channel twice', { name: '王莉', mail, channels: [{ kind: 'mail' }, { kind: 'mail' }] }],
  ['mail without an address', { name: '王莉', mail: null, channels: [{ kind: 'mail' }] }],
  ['an empty order', { name: '王莉', mail, channels: [] }],
  ['everybody', { name: '王莉', mail, channels: [{ kind: 'wecom', to: '@all' }] }],
  ['an address beside mail', { name: '王莉', mail, channels: [{ kind: 'mail', to: 'other@x.example' }] }],
  ['a name of two lines', { name: '王莉\r\nBcc: all@x.example', mail }],
])('the directory refuses %s', (_, liaison) => {
  expect(unitSchema.safeParse(unitWith(liaison)).success).toBe(false);
});

test('a person is reached in his order; without one by mail, and with one by nothing else', () => {
  expect(addressesOf({ name: '王莉', mail })).toEqual([{ kind: 'mail', to: mail }]);
  expect(addressesOf({ name: '王莉', mail: null })).toEqual([]);
  const channels = [{ kind: 'wecom' as const, to: 'wangli' }, { kind: 'mail' as const }];
  expect(unitSchema.safeParse(unitWith({ name: '王莉', mail, channels })).success).toBe(true);
  expect(addressesOf({ name: '王莉', mail, channels })).toEqual([
    { kind: 'wecom', to: 'wangli' },
    { kind: 'mail', to: mail },
  ]);
  expect(addressesOf({ name: '王莉', mail, channels: [{ kind: 'sms', to: '13800138000' }] })).toHaveLength(1);
});
