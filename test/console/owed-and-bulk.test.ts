/** What a unit owes on its page, one move on many tasks, and open pages that hear of what others do. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { load } from 'cheerio';
import { storeDraft } from '../../ledger/plans';
import { CO, COORDINATOR, LEAD, OFFICE, OTHER, oneTaskPlan } from '../workflows/town';
import { filled } from './filled';
import { type Browser, type Shown, signedInAs } from './people';
import { openPostOffice, type PostOffice } from './post-office';

jest.setTimeout(180_000);

let post: PostOffice;
let plan: string;
let coordinator: Browser;
let supervisor: Browser;
let lead: Browser;
let co: Browser;
let other: Browser;

/** A plan of four tasks: one due soon, the others later. */
beforeAll(async () => {
  post = await openPostOffice();
  await post.until(await post.town.workingDay(1), '08:00');
  const { town } = post;
  const days = [
    await town.workingDay(3),
    await town.workingDay(20),
    await town.workingDay(40),
    await town.workingDay(60),
  ];
  const draft = oneTaskPlan(
    { type: 'fixed', dueOn: days[0] ?? '' },
    { reporting: { addressees: [LEAD], text: '每季度反馈' } },
  );
  const [first] = draft.tasks;
  if (!first) throw new Error('a plan of one task has one');
  const tasks = days.map((dueOn, i) => ({
    ...first,
    id: `${draft.id}/1-0${i + 1}`,
    no: i + 1,
    title: `第${i + 1}项任务`,
    deadline: { ...first.deadline, dueOn },
  }));
  await storeDraft(town.ledger.db, { ...draft, tasks });
  await town.desk.launch({ plan: draft.id, signedBy: '殷望舒', actor: COORDINATOR });
  for (const { id } of tasks) await town.issued(id);
  plan = draft.id;
  const who = { app: post.app, db: town.ledger.db, now: await town.now() };
  coordinator = await signedInAs(who, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
  supervisor = await signedInAs(who, '殷望舒', [{ role: 'supervisor', unit: OFFICE }]);
  lead = await signedInAs(who, '王莉', [{ role: 'unit', unit: LEAD }]);
  co = await signedInAs(who, '李明', [{ role: 'unit', unit: CO }]);
  other = await signedInAs(who, '赵六', [{ role: 'unit', unit: OTHER }]);
});
afterAll(() => post?.close());

const boxes = ({ body }: Shown) =>
  [...body.matchAll(/name="task" value="([^"]+ [^"]+)"/g)].map(([, value = '']) => value);
const tasksOf = async () => Promise.all([1, 2, 3, 4].map((n) => post.town.desk.task(`${plan}/1-0${n}`)));
const happened = async (type: string) => {
  const { rows } = await post.town.ledger.asOwner(`SELECT stream FROM events WHERE type = '${type}' ORDER BY stream`);
  return rows.length;
};

test('a unit that owes nothing is told so in a friendly way, an officer owes nothing here', async () => {
  expect((await other.get('/owed')).body).toContain('没有待办事项，谢谢');
  expect((await coordinator.get('/owed')).body).toContain('您没有以单位身份登录的权限');
});

test('the most urgent comes first, with the words of the letters', async () => {
  const page = await lead.get('/owed');
  expect(page.status).toBe(200);
  const at = (text: string) => page.body.indexOf(text);
  expect(at('待签收')).toBeGreaterThan(0);
  expect(page.body).toContain('还有3个工作日');
  expect(at('临近到期')).toBeLessThan(at('以后'));
  expect(page.body).toContain('本单位牵头的任务');
  expect(page.body).toMatch(/市市场监管局 未签收/);
  expect((await co.get('/owed')).body).not.toContain('报送佐证材料');
});

test('several are signed for at once, and the same form once more signs nothing twice', async () => {
  const form = boxes(await lead.get('/owed'));
  expect(form.length).toBe(4);
  const fields = { unit: LEAD, handler: '王莉', task: [...form.slice(0, 3), `${plan}/9-99 x`, 'nonsense'] };
  const [first, second] = await Promise.all([
    lead.post('/owed/acknowledge', fields),
    lead.post('/owed/acknowledge', fields),
  ]);
  for (const page of [first, second]) expect(page.body.match(/1-0[123] [^:<]+: 已签收/g)?.length).toBe(3);
  expect(first.body).toContain('9-99: 未签收');
  expect(await happened('acknowledged')).toBe(3);
  const forged = await co.post('/owed/acknowledge', { unit: LEAD, task: form.slice(3) });
  expect(forged.body).toContain('不能代其操作');
  expect((await lead.post('/owed/acknowledge', { unit: LEAD })).status).toBe(422);
  expect(await happened('acknowledged')).toBe(3);
});

test('a substitute is named by the unit itself and by no other', async () => {
  const from = await post.town.today();
  const given = { unit: LEAD, from, to: await post.town.workingDay(5), name: '李替班', mail: 'li@tax.example' };
  expect((await co.post('/owed/substitute', given)).status).toBe(403);
  const wrong = await lead.post('/owed/substitute', { ...given, to: '2020-01-01' });
  expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('早于开始日期')]);
  expect(wrong.body).toContain('value="李替班"');
  expect((await lead.post('/owed/substitute', { ...given, mail: 'nobody' })).status).toBe(422);
  expect((await lead.post('/owed/substitute', given)).location).toBe('/owed?done=substitute');
  expect((await lead.get('/owed?done=substitute')).body).toMatch(/已记录替班人员.*李替班 \(li@tax.example\)/s);
});

test('one move on many tasks: looked at, made once, each with its result', async () => {
  const ids = [1, 2, 3, 4].map((n) => `1-0${n}`);
  await post.town.desk.move(`${plan}/1-04`, { move: 'suspend', reason: '等待部署' }, { actor: COORDINATOR });
  const chosen = await coordinator.post(`/plans/${plan}/bulk`, { task: ids, move: 'urge' });
  expect([chosen.status, chosen.location]).toEqual([303, expect.stringContaining('move=urge&task=1-01&task=1-02')]);
  expect((await coordinator.get(chosen.location ?? '')).body).toContain('已选4项任务');
  const empty = await coordinator.post(`/plans/${plan}/bulk`, { task: ids, move: 'urge', look: 'yes', text: ' ' });
  expect([empty.status, empty.body]).toEqual([422, expect.stringContaining('请填写催办内容')]);
  const looked = await coordinator.post(`/plans/${plan}/bulk`, {
    task: ids,
    move: 'urge',
    look: 'yes',
    text: '按会议纪要: 请抓紧<b>办理</b>',
  });
  const place = looked.location ?? '';
  const preview = await coordinator.get(place);
  expect(preview.body).toContain('3项可以办理，1项将被拒绝');
  expect(preview.body).toContain('按会议纪要: 请抓紧');
  expect(preview.body).toContain('将被拒绝：任务处于“中止”状态');
  expect(preview.body).not.toContain('<b>办理');
  expect(await happened('urged')).toBe(0);

  for (const stranger of [supervisor, lead]) expect((await stranger.get(place)).status).toBe(404);
  expect((await lead.post(place)).status).toBe(404);

  await Promise.all([coordinator.post(place), coordinator.post(place)]);
  let page = await coordinator.get(place);
  while (page.headers.refresh !== undefined) page = await coordinator.get(place);
  expect(page.body).toContain('4项中记录3项');
  expect(page.body).toContain('未记录：任务处于“中止”状态');
  await coordinator.post(place);
  expect(await happened('urged')).toBe(3);
});

test('in between another was first on one of them: his word stands, and the rest is made', async () => {
  const to = await post.town.workingDay(90);
  const looked = await supervisor.post(`/plans/${plan}/bulk`, {
    task: [`${plan}/1-02`, `${plan}/1-03`, 'other-plan/1-01'],
    move: 'grantExtension',
    look: 'yes',
    to,
    reason: '统一顺延',
  });
  await post.town.desk.move(
    `${plan}/1-03`,
    { move: 'report', unit: LEAD, text: '已有进展' },
    { actor: { name: '王莉', role: 'unit', unit: LEAD } },
  );
  const place = looked.location ?? '';
  await supervisor.post(place);
  let page = await supervisor.get(place);
  while (page.headers.refresh !== undefined) page = await supervisor.get(place);
  expect(page.body).toContain('他人已更改，未提交');
  const [, second, third] = await tasksOf();
  expect(second?.dueOn).toBe(to);
  expect(third?.dueOn).not.toBe(to);
});

test('a look says in words whose place is taken and in which role, and begins with what would pass', async () => {
  const task = [1, 2].map((n) => `1-0${n}`);
  const look = async (fields: Record<string, string>) => {
    const { location } = await coordinator.post(`/plans/${plan}/bulk`, { task, look: 'yes', ...fields });
    return (await coordinator.get(location ?? '')).body;
  };
  const place = await look({ move: 'reassign', from: `co ${CO}`, to: '市发改委', reason: '职能划转' });
  expect(place).toMatch(/角色<\/dt><dd[^>]*>配合/);
  await post.town.desk.move(`${plan}/1-01`, { move: 'suspend', reason: '等待' }, { actor: COORDINATOR });
  const urged = await look({ move: 'urge', text: '请抓紧' });
  await post.town.desk.move(`${plan}/1-01`, { move: 'resume' }, { actor: COORDINATOR });
  expect(urged.indexOf('第2项任务')).toBeLessThan(urged.indexOf('第1项任务'));
});

test('who has no such move gets none, and a plan of others has no tasks', async () => {
  const page = await lead.post(`/plans/${plan}/bulk`, { task: ['1-01'], move: 'urge', look: 'yes', text: '快' });
  expect(page.body).toContain('您的身份没有可以批量进行的操作');
  const foreign = await other.get(`/plans/${plan}/bulk?task=1-01`);
  expect(foreign.body).toContain('没有选择任务');
  expect(foreign.body).not.toContain('第1项任务');
});

/** An open page's ear. */
async function listen(who: Browser, query: string) {
  const answer = await post.app.inject({
    method: 'GET',
    url: `/events${query}`,
    headers: { cookie: `__Host-duban=${who.cookie}` },
    payloadAsStream: true,
  });
  const stream: Readable = answer.stream();
  let heard = '';
  stream.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  stream.on('error', () => undefined);
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    async hears(what: string) {
      while (!heard.includes(what))
        await new Promise((settle) => stream.once('readable', settle).once('close', settle));
      return heard;
    },
    heard: () => heard,
    close: () => stream.destroy(),
  };
}

/** Where a page listens: what stands behind `/events` in it. */
async function eventsOf(browser: Browser, path: string): Promise<string> {
  const { body } = await browser.get(path);
  return load(body)('[data-events]').attr('data-events')?.replace('/events', '') ?? 'the page does not listen';
}

test('an open page hears what others do, and nothing of what is out of sight', async () => {
  const here = await listen(lead, await eventsOf(lead, `/plans/${plan}/tasks/1-01`));
  const all = await listen(other, await eventsOf(other, '/owed'));
  expect([here.status, here.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
  // Who may not hear of it is told not to come back.
  const deaf = await listen(other, `?task=${plan}/1-01`);
  expect(await deaf.hears('event: end')).toBe('event: end\ndata: {}\n\n');
  expect((await listen(lead, '?task=../../etc')).status).toBe(404);
  await post.town.desk.move(
    `${plan}/1-01`,
    { move: 'instruct', text: '请办' },
    { actor: { name: '殷望舒', role: 'supervisor', unit: OFFICE } },
  );
  // Of what stood on the page nothing is told.
  const heard = await here.hears(`"id":"${plan}/1-01"`);
  expect(heard.match(/event: change/g)).toHaveLength(1);
  expect(all.heard()).not.toContain('change');
  here.close();
  all.close();
});

test('a page that was late is told at once that it missed something, a task’s and a list, and only of what it shows', async () => {
  const pages = [
    [lead, await eventsOf(lead, `/plans/${plan}/tasks/1-01`)],
    [lead, await eventsOf(lead, '/owed')],
    [lead, `?plan=${plan}&seen=nonsense`],
    [lead, `?plan=${plan}&seen=5:3:`],
  ] as const;
  const [nextTask, elsewhere] = [await eventsOf(lead, `/plans/${plan}/tasks/1-02`), await eventsOf(other, '/owed')];
  const urge = { move: 'urge', text: '请抓紧' } as const;
  await post.town.desk.move(`${plan}/1-01`, urge, { actor: COORDINATOR });
  for (const [who, address] of pages) {
    const late = await listen(who, address);
    await late.hears('event: change\ndata: {}');
    late.close();
  }
  for (const [who, address] of [
    [lead, nextTask],
    [other, elsewhere],
  ] as const) {
    const calm = await listen(who, address);
    await calm.hears('retry');
    expect(calm.heard()).not.toContain('change');
    calm.close();
  }
});

test('it ends with the session', async () => {
  const ear = await listen(co, '');
  await ear.hears('retry');
  await co.post('/sign-out');
  await post.town.desk.move(`${plan}/1-01`, { move: 'urge', text: '再催' }, { actor: COORDINATOR });
  expect(await ear.hears('event: end')).not.toContain('event: change');
});

test('a unit reports on the plan as a whole by the form of its page, once, and nobody reports for it', async () => {
  expect((await lead.get('/owed')).body).not.toContain('/owed/report/');
  const askedOn = '2027-03-01';
  await post.until(askedOn, '08:00');
  const who = { app: post.app, db: post.town.ledger.db, now: await post.town.now() };
  const again = await signedInAs(who, '王莉', [{ role: 'unit', unit: LEAD }]);
  const helper = await signedInAs(who, '李明', [{ role: 'unit', unit: CO }]);
  const boss = await signedInAs(who, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
  const path = `/owed/report/${plan}`;
  const page = await again.get('/owed');
  expect(page.body).toContain('反馈方案总体进展');
  const { csrf: _, ...fields } = filled(page.body, path, { text: '四项任务均按进度推进' });
  // A refusal is kept under the id of its form.
  const another = (typed: Record<string, string>) => ({ ...fields, moveId: randomUUID(), ...typed });

  expect((await helper.get('/owed')).body).not.toContain(path);
  expect((await helper.post(path, another({ unit: LEAD }))).status).toBe(404);
  const own = await helper.post(path, another({ unit: CO }));
  expect([own.status, own.body]).toEqual([422, expect.stringContaining('没有记录')]);
  expect((await boss.post(path, another({}))).status).toBe(404);
  const empty = await again.post(path, another({ text: ' ' }));
  expect([empty.status, load(empty.body)('.notice').text()]).toEqual([422, expect.stringContaining('请填写进展')]);
  expect(await happened('planReported')).toBe(0);

  const both = await Promise.all([again.post(path, fields), again.post(path, fields)]);
  expect(both.map(({ location }) => location)).toEqual(Array(2).fill('/owed?done=report'));
  expect(await happened('planReported')).toBe(1);
  const after = await again.get('/owed?done=report');
  expect(after.body).not.toContain(path);
});
