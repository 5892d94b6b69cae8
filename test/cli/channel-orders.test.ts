/** An order of channels as it is typed, and what is said to whoever mistyped it. */
import { asChannelOrder } from '../../client/cli/channel-orders';

test('an office and its channels, in order', () => {
  expect(asChannelOrder('liaison=wecom:wangli, mail')).toEqual({
    office: 'liaison',
    channels: [{ kind: 'wecom', to: 'wangli' }, { kind: 'mail' }],
  });
  expect(asChannelOrder('head=none')).toEqual({ office: 'head', channels: null });
});

test.each([
  'wecom:wangli',
  'boss=mail',
  'liaison=',
  'liaison=wecom:@all',
  'liaison=mail,,sms:13800138000',
  'liaison=mail:x@y.example',
  'liaison=wecom:a\r\nb',
])('%j is refused, with an example', (text) => {
  expect(() => asChannelOrder(text)).toThrow(
    expect.objectContaining({ code: 'bad-channel', more: { next: expect.stringContaining('wecom:wangli') } }),
  );
});
