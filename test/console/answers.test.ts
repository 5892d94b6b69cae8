/** Letters answered by their links: what a click does, what it does not, and what becomes of a link. */
import { workingDay } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import { reserveAnswer } from '../../ledger/letters/link-answers';
import { revokeLinks } from '../../ledger/letters/links';
import { openAnswer } from '../../links/answer-link';
import { loadLinkKeys } from '../../links/keys';
import { CO, COORDINATOR, LEAD, type Life, OFFICE, OTHER } from '../workflows/town';
import { signedInAs } from './people';
import { openPostOffice, type PostOffice } from './post-office';

jest.setTimeout(180_000);

let post: PostOffice;
let life: Life;
/** The link that was used in the second test. */
let used: string;
const W = (day: Day, n: number) => workingDay(post.town.calendar, day, n);
const events = async () => (await life.story()).length;

beforeAll(async () => {
  post = await openPostOffice();
  const launchedOn = W(await post.town.today(), 1);
  await post.until(launchedOn, '08:00');
  life = await post.town.issue({ type: 'fixed', dueOn: W(launchedOn, 30) });
  await post.until(launchedOn, '09:00');
  await post.round();
});
afterAll(() => post?.close());

test('opening a link shows the task and one button, however often, and changes nothing', async () => {
  const { path, letter } = await post.link(LEAD, '签收');
  const before = await events();
  const page = await post.get(path, { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'a scanner' });
  expect(page.status).toBe(200);
  expect(page.body).toContain('1-01 压缩办税时间');
  expect(page.body).toMatch(/此答复将记为 市税务局 \S+ 的答复/);
  expect(page.body.match(/<button/g)).toHaveLength(1);
  expect([page.headers['cache-control'], page.headers['referrer-policy']]).toEqual(['no-store', 'no-referrer']);
  await post.get(path);
  expect((await post.app.inject({ method: 'HEAD', url: path })).statusCode).toBe(200);
  expect(await events()).toBe(before);
  const opens = await post.town.ledger.db.selectFrom('letter_opens').selectAll().where('letter', '=', letter).execute();
  expect(opens.map(({ answer, address, user_agent }) => [answer, address, user_agent])).toEqual([
    ['acknowledge', '203.0.113.9', 'a scanner'],
    ['acknowledge', '127.0.0.1', 'lightMyRequest'],
  ]);
});

test('one click signs, in the name that was typed; a second one is told by whom and when', async () => {
  const { path, letter } = await post.link(LEAD, '签收');
  used = path;
  const [first, second] = [await post.get(path), await post.get(path)];
  const done = await post.send(path, first, { who: '王莉\r\nBcc: x@example.com' });
  expect([done.status, done.body]).toEqual([
    200,
    expect.stringContaining('已记录：市税务局 王莉 Bcc: x@example.com 签收'),
  ]);
  expect((await life.task()).acknowledgements[LEAD]?.handler).toBe('王莉 Bcc: x@example.com');
  const before = await events();
  // The same form again, another tab's form, and the link opened anew.
  for (const again of [
    await post.send(path, first),
    await post.send(path, second, { who: '张三' }),
    await post.get(path),
  ]) {
    expect(again.body).toMatch(/已经办过了：市税务局 王莉 .*20\d\d年\d+月\d+日 \d\d:\d\d/);
    expect(again.body).not.toContain('<button');
  }
  expect(await events()).toBe(before);
  const kept = await post.town.ledger.db.selectFrom('link_answers').selectAll().where('letter', '=', letter).execute();
  expect(kept).toMatchObject([{ unit: LEAD, about: life.id, outcome: 'recorded', user_agent: 'a telephone' }]);
});

test('two tabs at one moment are one answer, and one of them is told of the other', async () => {
  const { path } = await post.link(CO, '签收');
  const pages = [await post.get(path), await post.get(path)];
  const [a, b] = await Promise.all(pages.map((page, i) => post.send(path, page, { who: `经办${i}` })));
  expect([a?.status, b?.status]).toEqual([200, 200]);
  expect((await life.story('acknowledged')).length).toBe(2);
  const handler = (await life.task()).acknowledgements[CO]?.handler ?? '';
  for (const page of [a, b]) expect(page?.body).toContain(`市市场监管局 ${handler} 签收`);
});

test.each([
  ['tampered', (token: string) => token.replace(/.(?=.{20}$)/, (sign) => (sign === 'A' ? 'B' : 'A'))],
  ['truncated', (token: string) => token.slice(0, -5)],
  ['of another key', (token: string) => token.replace(/^\w+\./, 'k9.')],
  ['with a script', () => '<script>alert(1)</script>'],
])('a link that is %s says nothing of any task', async (_what, change) => {
  const { path } = await post.link(LEAD, '签收');
  const page = await post.get(`/a/${encodeURIComponent(change(path.slice('/a/'.length)))}`);
  expect([page.status, page.body]).toEqual([404, expect.stringContaining('链接无效')]);
  expect(page.body).not.toMatch(/压缩办税时间|市税务局|<script/);
});

test('a form counts for its own link only', async () => {
  const [sign, other] = [await post.link(LEAD, '签收'), await post.link(CO, '签收')];
  await post.town.ledger.db.deleteFrom('link_answers').where('unit', '=', CO).execute();
  const before = await events();
  const page = await post.get(other.path);
  expect(page.body).toContain('已于');
  const forged = { ...page, body: `action="${other.path}" name="form" value="${sign.path.slice(3)}"` };
  expect((await post.send(other.path, forged)).status).toBe(200);
  expect(await events()).toBe(before);
});

test('what is refused is said in the form, and what was typed is still there', async () => {
  const on = W(await post.town.today(), 1);
  const dueOn = (await life.task()).dueOn ?? '';
  await post.until(W(dueOn, -5), '09:00');
  await post.round();
  const { path } = await post.link(LEAD, '申请延期');
  const page = await post.get(path);
  const typed = { day: on, text: '<b>系统</b>未就绪', progress: '六成' };
  const refused = await post.send(path, page, typed);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatch(/新日期\d{4}-\d\d-\d\d必须晚于/);
  expect(refused.body).toContain('&lt;b>系统&lt;/b>未就绪</textarea>');
  expect(refused.body).not.toContain('<b>');
  // From the page before it too, as a browser shows it that went back.
  const asked = await post.send(path, page, { ...typed, day: W(dueOn, 20) });
  expect([asked.status, asked.body]).toEqual([200, expect.stringContaining('已记录')]);
  expect((await life.task()).extension).toMatchObject({ to: W(dueOn, 20), reason: '<b>系统</b>未就绪' });
});

test('the coordinator refuses it from his letter, and the other button is over with it', async () => {
  await post.until(W(await post.town.today(), 1), '09:00');
  await post.round();
  const [refuse, approve] = [await post.link(OFFICE, '不同意延期'), await post.link(OFFICE, '同意延期')];
  const page = await post.get(refuse.path);
  expect(page.body).toContain('市税务局申请延期至');
  expect((await post.send(refuse.path, page, { text: '可以按时' })).status).toBe(200);
  expect((await life.task()).extension).toBeNull();
  expect((await post.get(approve.path)).body).toContain('已经批复');
  expect(await life.story('extensionApproved')).toEqual([]);
});

test('an answer whose outcome was lost is made by the next click, once, as it was first given', async () => {
  const { db } = post.town.ledger;
  const contribution = {
    move: 'askContribution',
    unit: LEAD,
    of: CO,
    text: '请提供接口',
    dueOn: W(await post.town.today(), 3),
  } as const;
  await life.does({ name: '糜', role: 'unit', unit: LEAD }, contribution);
  await post.until(W(await post.town.today(), 1), '09:00');
  await post.round();
  const { path } = await post.link(CO, '办结配合事项');
  const page = await post.get(path);
  const given = await post.send(path, page, { text: '接口已提供', who: '赵敏' });
  expect(given.body).toContain('已记录');
  // As after a crash between the move and its note.
  const lose = () =>
    db.updateTable('link_answers').set({ outcome: 'pending', settled_at: null }).where('who', '=', '赵敏').execute();
  await lose();
  const before = await events();
  expect((await post.get(path)).body).toMatch(/已经办过了：市市场监管局 赵敏/);
  await lose();
  expect((await post.send(path, page, { text: '另一句', who: '钱' })).body).toMatch(/已经办过了：市市场监管局 赵敏/);
  expect(await events()).toBe(before);
});

test('an approval that was lost is not given to another request', async () => {
  const { db } = post.town.ledger;
  const on = await post.town.today();
  life = await post.town.issue({ type: 'fixed', dueOn: W(on, 30) });
  const ask = { move: 'requestExtension', unit: LEAD, reason: '系统未就绪', progress: '六成' } as const;
  const unit = { name: '糜', role: 'unit', unit: LEAD } as const;
  await life.does(unit, { ...ask, to: W(on, 35) });
  await post.until(W(on, 1), '09:00');
  await post.round();
  const { path } = await post.link(OFFICE, '同意延期');
  const page = await post.get(path);
  const opened = openAnswer(await loadLinkKeys(null, post.town.places.home), path.slice('/a/'.length));
  if (!opened) throw new Error('a link of a letter is ours');
  const move = { move: 'approveExtension' } as const;
  const from = { address: '203.0.113.9', userAgent: null, who: '岳素问', at: await post.town.now() };
  await reserveAnswer(db, { ...opened, ...from, moveId: 'link:never-arrived', slot: '', move });
  expect((await post.get(path)).body).toContain('结果暂时不明');
  await life.does(COORDINATOR, { move: 'refuseExtension', reason: '可以按时' });
  await life.does(unit, { ...ask, to: W(on, 40) });
  expect((await post.get(path)).body).toContain('已经批复');
  expect((await post.send(path, page)).body).toContain('已经批复');
  expect((await life.task()).extension).toMatchObject({ to: W(on, 40) });
});

test('a letter that was revoked, a unit that lost its place and came back, a link that is old', async () => {
  await post.until(W(await post.town.today(), 1), '08:00');
  life = await post.town.issue({ type: 'ongoing' });
  await post.until(await post.town.today(), '09:00');
  await post.round();
  const { path } = await post.link(CO, '签收');
  const page = await post.get(path);
  expect(page.status).toBe(200);
  const reassign = { move: 'reassign', role: 'co', reason: '职能调整' } as const;
  await life.does(COORDINATOR, { ...reassign, from: CO, to: OTHER });
  await life.does(COORDINATOR, { ...reassign, from: OTHER, to: CO });
  const gone = await post.get(path);
  expect([gone.status, gone.body]).toEqual([410, expect.stringContaining('已调整责任单位')]);
  expect((await post.send(path, page)).status).toBe(410);
  expect(await life.story('acknowledged')).toEqual([]);

  const { db } = post.town.ledger;
  const lead = await post.link(LEAD, '签收');
  expect((await post.get(lead.path)).status).toBe(200);
  await db.deleteFrom('link_revocations').execute();
  const revocation = { letter: lead.letter, by: '岳素问', reason: '误发', now: await post.town.now() };
  expect(await revokeLinks(db, revocation)).toBe(true);
  const revoked = (await post.get(lead.path)).body;
  expect(revoked).toContain('已被协调员收回');
  // A reply to it counts no more: nobody is sent there.
  expect(revoked).not.toContain('请直接回复信件');
  expect(await revokeLinks(db, { ...revocation, letter: 'none' })).toBe(false);
  await db.deleteFrom('link_revocations').execute();

  await post.until(W(await post.town.today(), 70), '09:00');
  const old = await post.get(lead.path);
  expect([old.status, old.body]).toEqual([410, expect.stringContaining('有效期')]);
  // A used one still says so, and shows nothing of the task any more.
  const usedLong = await post.get(used);
  expect([usedLong.status, usedLong.body]).toEqual([410, expect.stringMatching(/已经办过了：市税务局 王莉 /)]);
  expect(usedLong.body).not.toContain('压缩办税时间');
  expect(await life.story('acknowledged')).toEqual([]);
});

test.each(['/a/%E0%A4%A', `/a/${'k1.x'.repeat(600)}`])(
  'an address that cannot be read is not said again',
  async (url) => {
    const page = await post.get(url);
    expect([page.status, page.headers['cache-control']]).toEqual([404, 'no-store']);
    expect(page.body).toContain('没有这个页面');
    expect(page.body).not.toContain(url.slice(3));
  },
);

test('who guesses links is stopped, and others are not', async () => {
  const from = { 'x-forwarded-for': '198.51.100.7' };
  const statuses: number[] = [];
  for (let i = 0; i < 40; i++) statuses.push((await post.get(`/a/k1.guess${i}.x`, from)).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
  expect((await post.get('/a/k1.guess.x', { 'x-forwarded-for': '198.51.100.8' })).status).toBe(404);
});

test('a letter is looked at in the console as its unit sees it, in a frame that does nothing, without its keys', async () => {
  const { path, letter } = await post.link(CO, '签收');
  const key = path.slice('/a/'.length);
  const who = { app: post.app, db: post.town.ledger.db, now: await post.town.now() };
  const [officer, own, other] = await Promise.all([
    signedInAs(who, '岳素问', [{ role: 'coordinator', unit: OFFICE }]),
    signedInAs(who, '李明', [{ role: 'unit', unit: CO }]),
    signedInAs(who, '赵六', [{ role: 'unit', unit: OTHER }]),
  ]);
  for (const reader of [officer, own]) {
    const page = await reader.get(`/letters/${letter}`);
    expect(page.body).toMatch(new RegExp(`<iframe[^>]* src="/letters/${letter}/html"[^>]* sandbox`));
    expect(page.headers['content-security-policy']).toMatch(
      /default-src 'none'.*frame-ancestors 'none'.*frame-src 'self'/,
    );
    const framed = await reader.get(`/letters/${letter}/html`);
    expect(framed.body).toContain('压缩办税时间');
    expect(framed.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'unsafe-inline';.*; sandbox$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    for (const { body } of [page, framed]) expect(body).not.toContain(key.slice(0, 20));
    expect(framed.body).not.toMatch(/href=|src=|<script|<form|http-equiv/i);
  }
  expect((await other.get(`/letters/${letter}/html`)).status).toBe(404);
  expect((await officer.get('/letters/none/html')).status).toBe(404);
  // Every other page may neither hold a frame nor stand in one.
  expect((await officer.get('/letters')).headers['content-security-policy']).not.toContain('frame-src');
});
