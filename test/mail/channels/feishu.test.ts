/** Feishu against a server that behaves as its documentation says, errors and limits included. */
import type { Channel } from '../../../mail/channels/channel';
import { createFeishu } from '../../../mail/channels/feishu';
import { type FakeFeishu, FEISHU, startFeishu } from './fake-feishu';
import { ask, bodyOf, deliver, letterOfAsks } from './messages';

let server: FakeFeishu;
let feishu: Channel;
beforeEach(async () => {
  server = await startFeishu();
  feishu = createFeishu({ url: server.url, ...FEISHU });
});
afterEach(() => server.close());

const tokens = () => server.on('/open-apis/auth/v3/tenant_access_token/internal').length;
const textOf = (i = 0) =>
  (server.chats[i]?.content.zh_cn.content ?? []).map((line) => line.map(({ text }) => text).join('')).join('\n');

test.each(['ou_1', 'on_1', 'wangli', 'wangli@tax.example'])('reaches %s by what it is', async (to) => {
  expect(await deliver(feishu, { to })).toEqual({ outcome: 'handed', answer: 'success om_1' });
  expect(server.chats).toMatchObject([{ to, content: { zh_cn: { title: '【督办】1项待办，最近时限6月30日' } } }]);
  expect(textOf()).toContain('【待办】1-01 实行“全程网上办”\n牵头｜时限：6月30日（周二），还有5个工作日');
});

test('a token that the vendor ended is renewed once, and the letter goes', async () => {
  await deliver(feishu, { letter: 'a' });
  server.endTokens();
  expect(await deliver(feishu, { letter: 'b' })).toMatchObject({ outcome: 'handed' });
  expect(tokens()).toBe(2);
});

test.each([
  [{ status: 400, json: { code: 230013, msg: 'Bot has NO availability' } }, 'permanent', undefined],
  [{ status: 400, json: { code: 230029, msg: 'User has resigned' } }, 'permanent', undefined],
  [{ status: 400, json: { code: 230006, msg: 'Bot ability is not activated' } }, 'misconfigured', undefined],
  [{ status: 400, json: { code: 99991672, msg: 'no scope' } }, 'misconfigured', undefined],
  [{ status: 500, json: { code: 1500, msg: 'internal error' } }, 'temporary', undefined],
  [
    { status: 429, json: { code: 99991400, msg: 'limit' }, headers: { 'x-ogw-ratelimit-reset': '90' } },
    'temporary',
    90_000,
  ],
  [{ status: 502, text: '<html>bad gateway</html>' }, 'unsure', undefined],
])('%j is %s', async (reply, outcome, pauseMs) => {
  server.next = [reply];
  const handing = await deliver(feishu);
  expect([handing.outcome, handing.pauseMs]).toEqual([outcome, pauseMs]);
  expect(server.chats).toEqual([]);
});

test('nobody of that id: this address is wrong for good', async () => {
  expect(await deliver(feishu, { to: 'ou_unknown' })).toMatchObject({
    outcome: 'permanent',
    answer: expect.stringContaining('230001'),
  });
});

test('taken and not answered is unsure; repeated under the same uuid, it is there once', async () => {
  server.next = ['take-and-drop'];
  expect(await deliver(feishu)).toMatchObject({ outcome: 'unsure' });
  expect(await deliver(feishu)).toMatchObject({ outcome: 'handed' });
  expect(server.chats).toHaveLength(1);
});

test('neither secret nor token is in what is stored or said, whatever the vendor repeats', async () => {
  const wrong = createFeishu({ url: server.url, ...FEISHU, appSecret: 'wr0ng-s3cret' });
  await deliver(feishu, { letter: 'a' });
  server.next = [{ status: 400, json: { code: 230034, msg: 't-1-secret-token fEishu-s3cret' } }];
  const said = JSON.stringify([bodyOf(feishu), await deliver(feishu), await wrong.troubles(), await deliver(wrong)]);
  expect(said).toContain('10014');
  expect(said).not.toMatch(/s3cret|secret-token/);
});

test('markup stays words, and the longest letter fits', async () => {
  const at = '<at user_id="all">所有人</at>';
  const asks = Array.from({ length: 200 }, (_, i) => ask({ no: `1-${i}`, title: at, todo: ['请办结。'.repeat(50)] }));
  expect(await deliver(feishu, { content: letterOfAsks(asks) })).toMatchObject({ outcome: 'handed' });
  expect(new Set(server.chats[0]?.content.zh_cn.content.flat().map(({ tag }) => tag))).toEqual(new Set(['text']));
  expect(textOf()).toContain(at);
  expect(textOf()).toMatch(/另有\d+项未列出，请向市营商办索取。/);
});
