/** Webhooks and the short-message adapter: what is signed, checked by the standard's own library, and what answers mean. */
import { Webhook } from 'standardwebhooks';
import { createSms } from '../../../mail/channels/sms';
import { createWebhooks } from '../../../mail/channels/webhook';
import { freePort } from '../../../tools/free-port';
import { ask, bodyOf, deliver, letterOfAsks, message } from './messages';
import { type Reply, startVendor, type VendorServer } from './vendor-server';

const SECRET = `whsec_${Buffer.from('a key of the tests, 32 bytes lng').toString('base64')}`;
const to = 'oa/wangli';
let server: VendorServer;
let reply: Reply;
beforeEach(async () => {
  reply = { status: 204, text: '' };
  server = await startVendor(() => reply);
});
afterEach(() => server.close());

const webhooks = () => createWebhooks([{ name: 'oa', url: `${server.url}/duban?x=1`, secret: SECRET }]);
const headersOf = (i: number) => server.asked[i]?.headers as Record<string, string>;

test('an endpoint gets the letter as JSON, under the letter’s id, with a signature that the standard’s library takes', async () => {
  expect(await deliver(webhooks(), { to })).toEqual({ outcome: 'handed', answer: 'HTTP 204' });
  const [asked] = server.asked;
  expect(new Webhook(SECRET).verify(asked?.text ?? '', headersOf(0))).toMatchObject({
    type: 'letter',
    data: {
      letter: message().letter,
      to: 'wangli',
      addressee: '市税务局 王莉',
      sections: [{ section: 'due', asks: [{ no: '1-01', task: 'zz-2020/1-01' }] }],
    },
  });
  expect(headersOf(0)['webhook-id']).toBe(message().letter);
  expect(`${asked?.method} ${asked?.path}`).toBe('POST /duban');
});

test('a body, an id or a time that was changed on the way is refused by whoever checks', async () => {
  await deliver(webhooks(), { to });
  const text = server.asked[0]?.text ?? '';
  const checker = new Webhook(SECRET);
  expect(() => checker.verify(text.replace('wangli', 'other'), headersOf(0))).toThrow();
  expect(() => checker.verify(text, { ...headersOf(0), 'webhook-id': 'other' })).toThrow();
  expect(() => checker.verify(text, { ...headersOf(0), 'webhook-timestamp': '1600000000' })).toThrow();
});

test('repeated, it is the same id and the same bytes', async () => {
  reply = 'drop';
  expect(await deliver(webhooks(), { to })).toMatchObject({ outcome: 'unsure' });
  reply = { status: 200, json: {} };
  expect(await deliver(webhooks(), { to })).toMatchObject({ outcome: 'handed' });
  expect(server.asked[0]?.text).toBe(server.asked[1]?.text);
  expect(headersOf(0)['webhook-id']).toBe(headersOf(1)['webhook-id']);
});

test.each([
  [400, 'permanent'],
  [422, 'permanent'],
  [401, 'misconfigured'],
  [403, 'misconfigured'],
  [404, 'misconfigured'],
  [410, 'misconfigured'],
  [301, 'misconfigured'],
  [408, 'temporary'],
  [429, 'temporary'],
  [500, 'temporary'],
  [503, 'temporary'],
  [502, 'unsure'],
  [504, 'unsure'],
])('HTTP %i is %s', async (status, outcome) => {
  reply = {
    status,
    json: { error: `no ${SECRET}` },
    headers: { 'retry-after': '120', location: 'https://elsewhere.example' },
  };
  const handing = await deliver(webhooks(), { to });
  expect(handing.outcome).toBe(outcome);
  expect(handing.pauseMs).toBe(status === 429 || status === 503 ? 120_000 : undefined);
  expect(JSON.stringify(handing)).not.toContain(SECRET);
  expect(server.asked).toHaveLength(1);
});

test('an endpoint that nobody set up cannot be used, and one that was taken away is our mistake', async () => {
  expect(webhooks().compose(message({ to: 'other/x' }))).toEqual({ unusable: '本系统没有配置网络接口other' });
  expect(await webhooks().send({ letter: 'a', to: 'other/x', body: '{}' })).toMatchObject({ outcome: 'misconfigured' });
});

test('doctor asks whether anybody is there, and delivers nothing', async () => {
  expect(await webhooks().troubles()).toEqual([{ server: 'oa', trouble: null }]);
  expect(server.asked.map(({ method }) => method)).toEqual(['OPTIONS']);
  const nobody = createWebhooks([{ name: 'oa', url: `http://127.0.0.1:${await freePort()}`, secret: SECRET }]);
  expect(await nobody.troubles()).toEqual([{ server: 'oa', trouble: '连接不上（ECONNREFUSED）' }]);
});

test('a short message is one or two of the gateway’s, whatever the letter says', async () => {
  const sms = createSms({ url: server.url, secret: SECRET });
  expect(await deliver(sms, { to: '13800138000' })).toMatchObject({ outcome: 'handed' });
  expect(new Webhook(SECRET).verify(server.asked[0]?.text ?? '', headersOf(0))).toEqual({
    type: 'sms',
    data: { to: '13800138000', text: '【督办】1项待办，最近时限6月30日——市营商办（20200622-0900）' },
  });
  const subject = '【督办】逾期\r\n'.repeat(60);
  const long = JSON.parse(bodyOf(sms, { content: { ...letterOfAsks([ask()]), subject } })) as {
    data: { text: string };
  };
  expect([...long.data.text].length).toBeLessThanOrEqual(134);
  expect(long.data.text).toMatch(/^【督办】逾期 【督办】[^\r\n]*…——市营商办（20200622-0900）$/);
});
