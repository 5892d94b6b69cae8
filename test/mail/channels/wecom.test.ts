/** WeCom against a server that behaves as its documentation says, errors and limits included. */
import type { Channel } from '../../../mail/channels/channel';
import { createWecom } from '../../../mail/channels/wecom';
import { freePort } from '../../../tools/free-port';
import { type FakeWecom, startWecom, WECOM } from './fake-wecom';
import { ask, bodyOf, deliver, letterOfAsks } from './messages';

let server: FakeWecom;
let wecom: Channel;
beforeEach(async () => {
  server = await startWecom();
  wecom = createWecom({ url: server.url, ...WECOM });
});
afterEach(() => server.close());

const tokens = () => server.on('/cgi-bin/gettoken').length;

test('a member has the letter in his chat; the token is fetched once for all letters', async () => {
  const all = await Promise.all(['a', 'b', 'c'].map((letter) => deliver(wecom, { letter })));
  expect(all.map(({ outcome }) => outcome)).toEqual(['handed', 'handed', 'handed']);
  expect(tokens()).toBe(1);
  expect(server.chats).toHaveLength(3);
  expect(server.chats[0]?.text).toBe(
    [
      '【督办】1项待办，最近时限6月30日',
      '市税务局 王莉：截至2020年6月22日（周一）：1项待办，最近时限6月30日。',
      '方案：某市责任分工方案',
      '',
      '【待办】1-01 实行“全程网上办”',
      '牵头｜时限：6月30日（周二），还有5个工作日',
      '请于6月30日（周二）前办结并报送佐证材料。',
      '',
      '市营商办 2020年6月22日（周一）',
      '',
      '信件编号：a',
    ].join('\n'),
  );
});

test('a token that the vendor ended is renewed once, and the letter goes', async () => {
  await deliver(wecom, { letter: 'a' });
  server.endTokens();
  expect(await deliver(wecom, { letter: 'b' })).toMatchObject({ outcome: 'handed' });
  expect(tokens()).toBe(2);
});

test('a new token that is refused as well is not asked for again and again', async () => {
  server.next = [40014, 42001, 42001].map((errcode) => ({ json: { errcode, errmsg: 'invalid access_token' } }));
  expect(await deliver(wecom)).toMatchObject({ outcome: 'misconfigured', answer: expect.stringContaining('42001') });
  expect(tokens()).toBe(2);
});

test.each([
  [-1, 'system busy', 'temporary'],
  [45009, 'api freq out of limit', 'temporary'],
  [45033, 'api concurrent out of limit', 'temporary'],
  [81013, 'user & party & tag all invalid', 'permanent'],
  [60111, 'userid not found', 'permanent'],
  [45002, 'content size out of limit', 'permanent'],
  [40056, 'invalid agentid', 'misconfigured'],
  [60020, 'not allow to access from your ip', 'misconfigured'],
  [301002, 'not allow operate another agent', 'misconfigured'],
  [999999, 'a code of next year', 'temporary'],
])('errcode %i (%s) is %s', async (errcode, errmsg, outcome) => {
  server.next = [{ json: { errcode, errmsg } }];
  const handing = await deliver(wecom);
  expect(handing).toMatchObject({ outcome, answer: `${errcode} ${errmsg}` });
  expect(handing.pauseMs).toBe([45009, 45033].includes(errcode) ? 60_000 : undefined);
  expect(server.chats).toEqual([]);
});

test('accepted, but for nobody: the member is not known', async () => {
  server.next = [{ json: { errcode: 0, errmsg: 'ok', invaliduser: 'wangli' } }];
  expect(await deliver(wecom)).toEqual({ outcome: 'permanent', answer: 'invaliduser wangli' });
});

test.each([
  [{ status: 503, text: '<html>busy</html>' }, 'temporary', 'HTTP 503'],
  [{ status: 502, text: 'bad gateway' }, 'unsure', 'HTTP 502'],
  [{ status: 200, text: '<html>login</html>' }, 'unsure', 'HTTP 200'],
  [{ status: 302, text: '', headers: { location: 'https://elsewhere.example/' } }, 'misconfigured', 'HTTP 302'],
] as const)('an answer that is not the vendor’s own: %j is %s', async (reply, outcome, answer) => {
  server.next = [reply];
  expect(await deliver(wecom)).toMatchObject({ outcome, answer });
});

test('taken and not answered is unsure; repeated, it is in the chat once', async () => {
  server.next = ['take-and-drop'];
  expect(await deliver(wecom)).toMatchObject({ outcome: 'unsure' });
  expect(await deliver(wecom)).toMatchObject({ outcome: 'handed' });
  expect(server.chats).toHaveLength(1);
  expect(server.on('/cgi-bin/message/send')).toHaveLength(2);
});

test('a server that is away took nothing', async () => {
  const nobody = createWecom({ url: `http://127.0.0.1:${await freePort()}`, ...WECOM });
  expect(await deliver(nobody)).toEqual({ outcome: 'unreachable', answer: '连接不上（ECONNREFUSED）' });
  expect(await nobody.troubles()).toEqual([
    { server: expect.stringContaining('127.0.0.1'), trouble: '连接不上（ECONNREFUSED）' },
  ]);
});

test('a wrong secret is our mistake, said without the secret', async () => {
  const wrong = createWecom({ url: server.url, ...WECOM, secret: 'not/the+secret' });
  const handing = await deliver(wrong);
  expect(handing).toMatchObject({ outcome: 'misconfigured', answer: expect.stringContaining('40001') });
  expect(JSON.stringify([handing, await wrong.troubles()])).not.toMatch(/not.?(\/|%2F)the/);
  expect(await wecom.troubles()).toEqual([{ server: new URL(server.url).host, trouble: null }]);
});

test('neither secret nor token is in what is stored or said, whatever the vendor repeats', async () => {
  const said: unknown[] = [bodyOf(wecom)];
  for (const errcode of [81013, -1, 42001]) {
    server.next = [{ json: { errcode, errmsg: `no: access_token=token-1-very-secret ${WECOM.secret}` } }];
    said.push(await deliver(wecom));
  }
  expect(JSON.stringify(said)).not.toContain('very-secret');
  expect(JSON.stringify(said)).not.toContain(WECOM.secret);
});

test('a long letter is several messages within the limit, in order; what does not fit is counted', async () => {
  const asks = Array.from({ length: 60 }, (_, i) =>
    ask({ no: `1-${String(i + 1).padStart(2, '0')}`, title: `第${i + 1}项改革任务`.repeat(4) }),
  );
  expect(await deliver(wecom, { content: letterOfAsks(asks) })).toMatchObject({ outcome: 'handed' });
  const texts = server.chats.map(({ text }) => text);
  expect(texts).toHaveLength(4);
  expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(2048);
  const named = new Set(texts.join('\n').match(/1-\d\d(?= )/g));
  const omitted = Number(/另有(\d+)项未列出，请向市营商办索取/.exec(texts.at(-1) ?? '')?.[1]);
  expect(named.size + omitted).toBe(60);
  expect(texts[0]).toContain('（1/4）信件编号：20200622-0900-0123456789ab');
});

test('a letter that broke off in the middle is unsure, and its repetition repeats nothing in the chat', async () => {
  const asks = Array.from({ length: 20 }, (_, i) => ask({ no: `1-${i + 10}`, todo: ['请办结。'.repeat(20)] }));
  const given = { content: letterOfAsks(asks) };
  server.next = [null, { json: { errcode: -1, errmsg: 'busy' } }];
  expect(await deliver(wecom, given)).toMatchObject({ outcome: 'unsure', answer: '第2条：-1 busy' });
  expect(server.chats).toHaveLength(1);
  expect(await deliver(wecom, given)).toMatchObject({ outcome: 'handed' });
  const parts = server.chats.map(({ text }) => /（(\d)\/\d）/.exec(text)?.[1]);
  expect(parts).toEqual(parts.map((_, i) => String(i + 1)));
});

test('what can be answered has its link, in a long letter too', async () => {
  const url = `https://duban.example/a/${'t'.repeat(230)}`;
  const offer = {
    answer: 'acknowledge',
    about: 'zz-2020/1-01',
    role: 'unit',
    of: null,
    seq: 1,
    until: '2020-12-31',
  } as const;
  const answers = [
    { label: '签收', offer, url },
    { label: '反馈进展', offer, url: null },
  ];
  const asks = Array.from({ length: 12 }, (_, i) => ask({ no: `1-${i + 10}`, answers, todo: ['请办结。'.repeat(10)] }));
  expect(await deliver(wecom, { content: letterOfAsks(asks) })).toMatchObject({ outcome: 'handed' });
  const texts = server.chats.map(({ text }) => text);
  expect(texts.join('\n').split(`\n<a href="${url}">签收</a>\n`)).toHaveLength(13);
  expect(texts.join('\n')).not.toContain('反馈进展');
  expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(2048);
});

test('markup and line breaks in names and titles stay words', async () => {
  const title = '压缩\r\n时间 <a href="https://evil.example">点击领奖</a>\u202e';
  await deliver(wecom, { content: letterOfAsks([ask({ title })]), addressee: '市税务局\r\nX: y 王莉' });
  const text = server.chats[0]?.text ?? '';
  expect(text).not.toMatch(/<|\r|\u202e/);
  expect(text).toContain('【待办】1-01 压缩 时间 ＜a href="https://evil.example"＞点击领奖＜/a＞');
  expect(text).toContain('市税务局 X: y 王莉：');
});
