/** Each family of commands once, told in order, against a real stack: what it answers and how it ends. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { freePort } from '../../tools/free-port';
import { makeDocx } from '../documents/make-office';
import { newHome } from '../support/run';
import { duban, dubanJson, type Json, type Row, SEEDS, START_MS, startServing, startUp, type Up } from './duban';

const home = newHome('cli');
const settings = { DUBAN_HOME: home };
let up: Up;
let plan: string;

const run = (...args: string[]) => duban(settings, ...args);
/** A command that must succeed. */
async function ok(...args: string[]): Promise<Json & Row[]> {
  const { code, json } = await dubanJson(settings, ...args);
  if (code !== 0) throw new Error(`duban ${args.join(' ')} ended with ${code}: ${JSON.stringify(json)}`);
  return json;
}
async function no(...args: string[]): Promise<[number | null, string]> {
  const { code, json } = await dubanJson(settings, ...args);
  return [code, String(json.error?.code)];
}
const typesOf = (json: Json) => json.events?.map((event) => event.type) ?? [];

// A machine that runs everything at once takes ten times as long; nothing here is judged by its time.
jest.setTimeout(START_MS);

beforeAll(async () => {
  up = await startUp(settings, '--demo');
  plan = String(up.ready.plan);
});

afterAll(async () => {
  await up?.stop();
});

test('up launched the 36 tasks and says who leads each, until when, and what comes next', () => {
  expect(plan).toMatch(/^zhuzhou-20\d\d$/);
  expect(up.ready.tasks).toHaveLength(36);
  expect(up.ready.tasks?.[0]).toMatchObject({ id: `${plan}/1-01`, leads: ['zhuzhou:市市场监管局'], status: 'open' });
  expect(up.ready.tasks?.[0]?.nextAlarmOn).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('doctor finds every part well', async () => {
  const { code, json } = await dubanJson(settings, 'doctor');
  expect([code, json.ok, json.differences]).toEqual([0, true, []]);
});

test('up serves the console: healthy, no script allowed, a page that is not there said in words', async () => {
  const url = String(up.ready.consoleUrl);
  const well = await fetch(`${url}/healthz`);
  expect([well.status, await well.json()]).toEqual([
    200,
    { ok: true, ledger: true, temporal: true, lettersLeave: true },
  ]);
  const missing = await fetch(`${url}/<script>`);
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
  expect(missing.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  const page = await missing.text();
  expect(page).toContain('没有这个页面');
  expect(page).not.toMatch(/script|stack/i);
  expect((await fetch(`${url}/assets/console.css`)).headers.get('content-type')).toContain('text/css');
  expect((await fetch(`${url}/assets/..%2fapp.ts`)).status).toBe(403);
});

test('console is a process of its own too, on a port that is free, and ends with Ctrl-C', async () => {
  const taken = await dubanJson(settings, 'console', '--port', new URL(String(up.ready.consoleUrl)).port);
  expect([taken.code, taken.json.error?.code]).toEqual([3, 'port-taken']);
  const own = await startServing(settings, 'console', '--port', String(await freePort()));
  expect((await fetch(`${own.ready.consoleUrl}/healthz`)).status).toBe(200);
  expect(await own.stop()).toBe(0);
});

test('a unit signs, reports, asks its co-unit and gets an answer', async () => {
  const task = `${plan}/1-01`;
  const signed = await ok('ack', task, '--unit', '市市场监管局', '--handler', '王莉', '--move-id', 'first-ack');
  expect([typesOf(signed), signed.moveId]).toEqual([['acknowledged'], 'first-ack']);
  const again = await ok('ack', task, '--unit', '市市场监管局', '--handler', '王莉', '--move-id', 'first-ack');
  expect(again.events).toEqual(signed.events);
  expect(await no('ack', task, '--unit', '市市场监管局')).toEqual([1, 'already-acknowledged']);

  expect(typesOf(await ok('report', task, '--unit', '市市场监管局', '--text', '已开工', '--percent', '30'))).toEqual([
    'reported',
  ]);
  expect(typesOf(await ok('report', plan, '--unit', '市税务局', '--text', '全面推进'))).toEqual(['planReported']);
  const due = String((await ok('task', 'show', task)).dueOn);
  await ok(
    'contribute',
    'ask',
    task,
    '--unit',
    '市市场监管局',
    '--of',
    '市税务局',
    '--text',
    '请提供接口',
    '--due',
    due,
  );
  const done = await ok('contribute', 'done', task, '--unit', '市税务局', '--id', 'c1', '--text', '已提供');
  expect(typesOf(done)).toContain('contributionDone');
});

test('a person of the directory acts in his own capacity and in no other', async () => {
  const task = `${plan}/1-02`;
  const office = await ok('unit', 'show', 'zhuzhou:市优化营商环境协调事务中心');
  const lead = await ok('unit', 'show', 'zhuzhou:市市场监管局');
  const coordinator = String(office.liaison?.name);
  expect(await no('suspend', task, '--reason', '等文件', '--actor', String(lead.liaison?.name))).toEqual([
    1,
    'not-your-role',
  ]);
  expect(await no('suspend', task, '--reason', '等文件', '--actor', '查无此人')).toEqual([2, 'unknown-person']);
  const suspended = await ok('suspend', task, '--reason', '等文件', '--actor', coordinator);
  expect(suspended).toMatchObject({ status: 'suspended', actor: { name: coordinator, role: 'coordinator' } });
  expect(await ok('resume', task, '--actor', String(office.head?.name))).toMatchObject({
    actor: { role: 'office-head' },
  });
  expect(await no('instruct', task, '--text', '抓紧', '--actor', coordinator)).toEqual([1, 'not-your-role']);
  expect(await ok('instruct', task, '--text', '抓紧', '--actor', String(office.leader?.name))).toMatchObject({
    actor: { role: 'supervisor' },
  });
});

test('evidence is added, handed in, returned, handed in again and accepted; who is late with a decision is told', async () => {
  const task = `${plan}/1-02`;
  const lead = ['--unit', '市市场监管局'];
  const scan = join(home, '截图.txt');
  writeFileSync(scan, '开办企业全程网上办系统截图');
  const others = ['--number', '株市监发〔2027〕3号', '--figure', '办理时间=1个工作日'];
  // The figure stands beside the best value of the indicator that the task's category names.
  expect(await ok('evidence', 'add', task, ...lead, '--file', scan, ...others)).toMatchObject({
    figures: [{ subIndicator: { id: 'benchmarks/1.2' }, best: [{ difference: 0.5 }] }],
  });
  expect(await ok('task', 'show', task)).toMatchObject({
    indicator: { id: 'benchmarks/1', by: 'category' },
    figures: [{ value: '1个工作日', best: [{ says: '比最佳值高0.5个工作日' }] }],
  });
  expect(await ok('evidence', 'submit', task, ...lead)).toMatchObject({
    light: { colour: 'blue', reason: '已报送，待审' },
  });
  await ok('review', task, '--version', '1', '--return', '缺少数据');
  expect(await no('review', task, '--version', '1', '--accept')).toEqual([4, 'no-review']);
  await ok('evidence', 'submit', task, ...lead);
  expect(await no('review', task, '--version', '1', '--accept')).toEqual([4, 'wrong-version']);
  expect(await no('review', task, '--version', '9', '--accept')).toEqual([1, 'wrong-version']);
  expect(await ok('review', task, '--version', '2', '--accept')).toMatchObject({
    status: 'completed',
    light: { colour: 'green' },
  });
  const list = await ok('evidence', 'list', task);
  expect(list.items?.map((item) => item.kind)).toEqual(['file', 'number', 'figure']);
  expect(list.versions?.map((version) => version.outcome)).toEqual(['returned', 'accepted']);
  const year = Number(plan.slice(-4)) + 1;
  expect(await ok('reopen', task, '--due', `${year}-10-31`, '--reason', '回头看发现未启用')).toMatchObject({
    status: 'open',
  });
});

test('declaration, condition and extension', async () => {
  const year = Number(plan.slice(-4));
  const lead = ['--unit', '市市场监管局'];
  const ready = await ok('ready', `${plan}/2-01`, ...lead, '--no', '--reason', '先行改造本地端');
  expect(ready).toMatchObject({ dueOn: `${year}-09-30` });
  expect(
    await ok('condition', `${plan}/1-10`, '--due', `${year + 1}-03-31`, '--reason', '国家标准版上线'),
  ).toMatchObject({ dueOn: `${year + 1}-03-31` });
  const task = `${plan}/1-03`;
  await ok('extend', 'request', task, ...lead, '--to', `${year}-08-31`, '--reason', '接口延后', '--progress', '六成');
  expect(await ok('extend', 'decide', task, '--approve', '--to', `${year}-07-31`)).toMatchObject({
    dueOn: `${year}-07-31`,
    originalDueOn: `${year}-06-30`,
  });
  expect(
    await no('extend', 'request', task, ...lead, '--to', `${year}-09-30`, '--reason', '因', '--progress', '半'),
  ).toEqual([1, 'quota-used']);
  expect(await ok('extend', 'grant', task, '--to', `${year}-09-30`, '--reason', '特批')).toMatchObject({
    dueOn: `${year}-09-30`,
  });
  expect(
    await ok('redate', task, '--due', `${year}-11-30`, '--reason', '统一调整', '--basis', '湘政办发8号'),
  ).toMatchObject({ dueOn: `${year}-11-30` });
});

test('parties, slips, urgings, cancellation', async () => {
  const task = `${plan}/1-03`;
  await ok(
    'reassign',
    task,
    '--from',
    '市市场监管局',
    '--to',
    '市行政审批局',
    '--role',
    'lead',
    '--reason',
    '职责划转',
  );
  await ok('party', 'add', task, '--unit', '市财政局', '--role', 'co');
  await ok('urge', task, '--text', '请抓紧');
  expect(typesOf(await ok('slip', task, '--colour', 'red', '--reason', '滞后'))).toEqual(['slipIssued']);
  expect(typesOf(await ok('slip', task, '--lift', '--reason', '已整改'))).toEqual(['listingLifted']);
  expect(await no('annul', task, '--reason', '误记')).toEqual([1, 'no-breach']);
  expect(await ok('cancel', `${plan}/1-05`, '--reason', '取消', '--document', '株政发5号')).toMatchObject({
    status: 'cancelled',
  });
  const shown = await ok('task', 'show', task, '--history');
  expect(shown.parties?.[0]).toMatchObject({ unit: expect.any(String), role: expect.any(String) });
  expect(typesOf(shown)).toEqual(expect.arrayContaining(['issued', 'reassigned', 'partyAdded', 'urged', 'slipIssued']));
  expect(shown.alarms?.[0]).toEqual({
    on: expect.any(String),
    kind: expect.any(String),
    rung: expect.any(String),
    provisional: expect.any(Boolean),
  });
});

test('the list is filtered by unit, status, light and date', async () => {
  const [mine, cancelled, yellow, none] = await Promise.all([
    ok('tasks', '--plan', plan, '--unit', '市税务局'),
    ok('tasks', '--status', 'cancelled'),
    ok('tasks', '--plan', plan, '--light', 'yellow'),
    ok('tasks', '--plan', plan, '--due-before', '2020-01-01'),
  ]);
  expect(mine.every((row) => row.units.includes('zhuzhou:市税务局'))).toBe(true);
  expect(cancelled.map((row) => row.id)).toEqual([`${plan}/1-05`]);
  expect(yellow.map((row) => row.id)).toContain(`${plan}/1-02`);
  expect(none).toEqual([]);
  const { stdout } = await run('tasks', '--plan', plan, '--status', 'cancelled');
  expect(stdout).toContain('已撤销');
});

test('a new city: its office, a Word document, doubts, corrections, a rehearsal, a launch refused and accepted', async () => {
  const year = new Date().getFullYear() + 1;
  const path = join(home, '任务清单.docx');
  const rows = [
    ['序号', '任务', '牵头单位', '责任单位', '完成时限'],
    ['1', '推行一网通办', '市数据局', '市财政局、各区县', `${year}年6月底前`],
    ['2', '公开权责清单', '市财政局', '', ''],
  ];
  writeFileSync(path, await makeDocx({ before: [`长沙市${year}年重点改革任务分工方案`], rows }));
  const importing = [
    'plan',
    'import',
    path,
    '--city',
    'changsha',
    '--issuer',
    '长沙市人民政府',
    '--issued-on',
    `${year}-01-05`,
  ];
  const office = ['--office', '市营商办', '--add-units'];
  expect(await no(...importing, ...office)).toEqual([2, 'unknown-unit']);
  const people = [
    '--liaison',
    '王莉 <wl@cs.example>',
    '--head',
    '周衡 <zh@cs.example>',
    '--leader',
    '秦川 <qc@cs.example>',
  ];
  await ok('unit', 'add', '市营商办', '--city', 'changsha', '--alias', '营商办', ...people);
  expect(await no('unit', 'add', '市营商办', '--city', 'changsha')).toEqual([1, 'unit-exists']);
  expect(await no('unit', 'add', '营商办', '--city', 'changsha')).toEqual([2, 'alias-taken']);
  expect(await no('unit', 'add', '市 营商办', '--city', 'changsha')).toEqual([2, 'bad-unit']);
  expect(await no(...importing, ...office)).toEqual([1, 'document-warnings']);
  const id = `changsha-${year}`;
  const imported = await ok(...importing, ...office, '--allow-warnings');
  expect(imported).toMatchObject({
    plan: { id, office: 'changsha:市营商办' },
    addedUnits: ['changsha:市数据局', 'changsha:市财政局', 'changsha:各区县'],
    blocks: [{ task: `${id}/1-02`, code: 'no-date' }],
  });
  expect(await no('launch', id, '--signed-by', '秦川', '--actor', '王莉')).toEqual([1, 'launch-refused']);
  await ok('plan', 'edit', id, '1-02', '--due', `${year}-09-30`, '--note', '电话确认', '--actor', '王莉');
  expect((await ok('plan', 'rehearse', id)).letters?.length).toBeGreaterThan(0);
  expect(await ok('launch', id, '--signed-by', '秦川', '--actor', '王莉')).toMatchObject({ status: 'launched' });
  expect(await ok('tasks', '--plan', id)).toHaveLength(2);
});

test('a plan is reissued, corrected and rehearsed; a launched one is not corrected', async () => {
  expect(await ok('plan', 'reissue', 'zhuzhou-2020', '--to', '2090', '--as', 'later')).toMatchObject({
    first: '2090-06-30',
    last: '2090-09-30',
    provisionalYears: ['2090'],
    blocks: [],
  });
  expect(await no('plan', 'reissue', 'zhuzhou-2020', '--to', '2090', '--as', 'later')).toEqual([1, 'plan-exists']);
  const edited = await ok('plan', 'edit', 'later', '1-07', '--due', '2090-09-29', '--note', '会议');
  expect(edited).toMatchObject({ revision: 2, task: { deadline: { type: 'fixed', dueOn: '2090-09-29' } } });
  expect(await no('plan', 'edit', 'later', '1-07', '--due', '2090-09-28', '--revision', '1')).toEqual([
    4,
    'plan-changed',
  ]);
  expect(await no('plan', 'edit', plan, '1-07', '--due', '2090-09-28')).toEqual([1, 'plan-launched']);
  expect(await no('launch', 'zhuzhou-2020', '--signed-by', '某某')).toEqual([1, 'launch-refused']);
  const rehearsal = await ok('plan', 'rehearse', plan, '--silent', '市税务局');
  expect(rehearsal.letters?.length).toBeGreaterThan(100);
  expect(rehearsal.slips?.[0]).toEqual({
    on: expect.any(String),
    task: expect.any(String),
    colour: 'blue',
    limitOn: expect.any(String),
    provisional: expect.any(Boolean),
  });
  expect((await ok('plan', 'list')).map((row) => row.id)).toEqual(
    expect.arrayContaining(['later', 'zhuhai-2020', plan]),
  );
  expect(await ok('plan', 'show', 'later')).toMatchObject({ status: 'draft', revision: 2 });
});

test('units are changed, and a substitute acts for the liaison', async () => {
  await ok('unit', 'edit', 'zhuzhou:市水利局', '--liaison', '王莉 <wangli@water.example>', '--alias', '水利局');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await ok(
    'unit',
    'substitute',
    '水利局',
    '--city',
    'zhuzhou',
    '--from',
    today,
    '--to',
    '2090-01-01',
    '--name',
    '李明',
    '--mail',
    'li@water.example',
  );
  expect(await ok('unit', 'show', '水利局')).toMatchObject({
    liaison: { name: '王莉', mail: 'wangli@water.example' },
    substitutes: [{ name: '李明' }],
  });
  expect((await ok('unit', 'list', '--city', 'zhuhai')).every((unit) => String(unit.city) === 'zhuhai')).toBe(true);
});

test('a round by hand, its letters, the workbook, the calendar, the audit', async () => {
  const { rounds } = await ok('round', 'run', '--now');
  const letters = await ok('letters', '--plan', plan);
  // On a day off and in the evening nobody is written to, whoever asks; on a working day the schedules write too.
  expect(rounds?.reduce((sum, round) => sum + Number(round.handed), 0)).toBeLessThanOrEqual(letters.length);
  if (letters[0])
    expect(await ok('letter', 'show', String(letters[0].id))).toMatchObject({
      state: 'handed',
      text: expect.any(String),
    });

  const file = join(home, '台账.xlsx');
  await ok('ledger', 'export', plan, '--xlsx', file);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const sheet = workbook.getWorksheet('台账');
  expect(sheet?.rowCount).toBe(3 + 36);
  expect(sheet?.getRow(3).getCell(2).value).toBe('任务');
  const headings = (sheet?.getRow(3).values ?? []) as string[];
  expect(sheet?.getRow(5).getCell(headings.indexOf('数据与最佳值')).value).toContain('比最佳值高0.5个工作日');

  expect(await ok('calendar', 'show', '2026')).toMatchObject({
    status: 'confirmed',
    on: expect.arrayContaining(['2026-10-10']),
  });
  expect(await ok('calendar', 'import', join(SEEDS, 'calendars', '2026.json'))).toMatchObject({
    changed: false,
    missing: [],
  });
  expect(await ok('audit', 'verify')).toMatchObject({ ok: true, files: 1, firstBad: null });
  expect(await ok('migrate')).toMatchObject({ applied: [] });
});

test('a bulletin: on the screen, as facts, as a Word document; none of a month to come or before the launch', async () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString();
  const [month, year] = [today.slice(0, 7), Number(today.slice(0, 4))];
  // R31: what another test of this file cancelled stands outside.
  const cancelled = await ok('tasks', '--plan', plan, '--status', 'cancelled');
  const total = 36 - cancelled.length;
  const facts = await ok('bulletin', plan, '--month', month);
  expect(facts).toMatchObject({ period: { name: month, over: false }, summary: { total }, months: [] });
  const shown = await run('bulletin', plan, '--month', month);
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('截至')]);
  expect(shown.stdout).toContain(`一、总体情况\n方案共有任务${total}项`);

  const file = join(home, '通报.docx');
  writeFileSync(file, 'an older one');
  const number = '株营商办〔2027〕3号';
  const quarter = `${year}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
  await ok('bulletin', plan, '--quarter', quarter, '--docx', file, '--number', number, '--dated', '2027-04-02');
  const { value } = await mammoth.extractRawText({ path: file });
  for (const words of [number, '2027年4月2日', '各月末情况如下', '得分计算明细', '任务进展一览表', '市市场监管局'])
    expect(value).toContain(words);
  expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([]);

  expect(await no('bulletin', plan, '--month', `${year + 1}-12`)).toEqual([1, 'period-not-begun']);
  expect(await no('bulletin', plan, '--month', '2020-01')).toEqual([1, 'before-launch']);
  expect(await no('bulletin', 'zhuhai-2020', '--month', '2020-06')).toEqual([1, 'not-launched']);
  expect(await no('bulletin', 'nowhere-2020', '--month', '2020-06')).toEqual([2, 'unknown-plan']);
  expect(await no('bulletin', plan)).toEqual([2, 'period-needed']);
  expect(await no('bulletin', plan, '--month', month, '--quarter', quarter)).toEqual([2, 'period-needed']);
  for (const bad of ['2027-13', '２０２７-０１', '2027-1', '1999-01', '9999-12'])
    expect(await no('bulletin', plan, '--month', bad)).toEqual([2, 'bad-month']);
  expect(await no('bulletin', plan, '--quarter', '2027-Q5')).toEqual([2, 'bad-quarter']);
  expect(await no('bulletin', plan, '--month', month, '--docx', join(home, 'no', 'such.docx'))).toEqual([
    2,
    'bad-target',
  ]);
  expect((await dubanJson(settings, 'audit', 'verify', plan, '--seal', '0'.repeat(64))).code).toBe(1);
  expect(await no('audit', 'verify', plan, '--seal', '0123')).toEqual([2, 'bad-seal']);
});

test('help has an example, and what is not here yet is unknown', async () => {
  const [help, nothing, absent, version] = await Promise.all([
    run('extend', 'decide', '--help'),
    run(),
    run('nonsense', plan),
    run('--version'),
  ]);
  expect([help.code, help.stdout]).toEqual([
    0,
    expect.stringMatching(/--actor.*[\s\S]*Example:\n {2}\$ duban extend decide/),
  ]);
  expect([nothing.code, absent.code, version.stdout]).toEqual([2, 2, '0.1.0\n']);
  expect(absent.stderr).toContain("unknown command 'nonsense'");
});
