/** Pages that list: cockpit, plans, a plan, supervision, wall; what their address says, and whose eyes see what. */
import { instantOf } from '../../domain/days';
import { storeDraft } from '../../ledger/plans';
import { Asker, LEAD, launchPlan, OFFICE, PLAN, TASK } from '../ledger/asker';
import { type BareConsole, openBareConsole } from './bare-console';
import { type Browser, signedInAs } from './people';

const TODAY = '2020-07-20';
const OTHER_OFFICE = 'zhuzhou:市住房和城乡建设局';
const IDS = PLAN.tasks.map(({ id }) => id);
const HOSTILE = '<script>alert(1)</script>';

let house: BareConsole;
let coordinator: Browser;
let supervisor: Browser;
let unit: Browser;
let district: Browser;
let auditor: Browser;

beforeAll(async () => {
  house = await openBareConsole(instantOf(TODAY, '10:00'));
  const { app, ledger } = house;
  await launchPlan(ledger);
  for (const id of IDS) {
    const task = Asker.on(ledger, id);
    await task.issue();
    await task.ring(TODAY);
  }
  await storeDraft(ledger.db, { ...PLAN, id: 'draft-2020', title: '草稿方案', tasks: PLAN.tasks.slice(0, 2) });
  const at = { app, db: ledger.db, now: instantOf(TODAY, '09:30') };
  coordinator = await signedInAs(at, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
  supervisor = await signedInAs(at, '殷望舒', [{ role: 'supervisor', unit: OFFICE }]);
  unit = await signedInAs(at, '王莉', [{ role: 'unit', unit: LEAD }]);
  district = await signedInAs(at, '外区', [{ role: 'coordinator', unit: OTHER_OFFICE }]);
  auditor = await signedInAs(at, '审计员', [{ role: 'auditor', unit: null }]);
});
afterAll(() => house?.close());

const tasksIn = (body: string) => [
  ...new Set(
    [...body.matchAll(/href="\/plans\/zhuzhou-2020\/tasks\/([\d-]+)"/g)].map(([, no]) => `zhuzhou-2020/${no}`),
  ),
];
const at = (path: string, who = coordinator) => who.get(path);
const own = IDS.filter((_, index) => PLAN.tasks[index]?.parties.some((party) => party.unit === LEAD));

test('the plan lists its tasks, and the filters stand in the address and in the form', async () => {
  const all = await at('/plans/zhuzhou-2020');
  expect(all.status).toBe(200);
  expect(tasksIn(all.body)).toEqual(IDS);
  const red = await at('/plans/zhuzhou-2020?light=red&dueTo=2020-06-30&order=urgency&q=');
  expect(tasksIn(red.body)).toContain(TASK);
  expect(tasksIn(red.body).length).toBeLessThan(IDS.length);
  expect(red.body).toMatch(/<option value="red" selected/);
  expect(red.body).toMatch(/name="dueTo"[^>]* value="2020-06-30"/);
  // Reloaded, the same list.
  expect(tasksIn((await at('/plans/zhuzhou-2020?light=red&dueTo=2020-06-30&order=urgency')).body)).toEqual(
    tasksIn(red.body),
  );
  const named = await at(`/plans/zhuzhou-2020?unit=${encodeURIComponent('市市场监管局')}`);
  expect(tasksIn(named.body)).toEqual(own);
  const unknown = await at(`/plans/zhuzhou-2020?unit=${encodeURIComponent('没有的局')}`);
  expect(unknown.body).toContain('单位名录中没有“没有的局”');
  expect(tasksIn((await at('/plans/zhuzhou-2020?q=1-07')).body)).toEqual(['zhuzhou-2020/1-07']);
});

test('each view of the plan has its page, and every light its word', async () => {
  for (const view of ['timeline', 'units', 'categories', 'silent']) {
    const page = await at(`/plans/zhuzhou-2020?view=${view}`);
    expect([view, page.status]).toEqual([view, 200]);
    expect(page.body).toContain('aria-current="page"');
  }
  expect((await at('/plans/zhuzhou-2020?view=timeline')).body).toContain('2020-06-29 – 07-05');
  expect((await at('/plans/zhuzhou-2020?view=units')).body).toContain('市市场监管局');
  expect((await at('/plans/zhuzhou-2020?view=silent')).body).toContain('未签收');
  expect((await at('/plans/zhuzhou-2020')).body).toContain('红 逾期');
});

test('a draft says that it is one', async () => {
  const page = await at('/plans/draft-2020');
  expect(page.body).toContain('尚未下达');
  expect(page.body).toContain('href="/plans/draft-2020/draft"');
  expect((await at('/plans')).body).toContain('草稿方案');
});

test('the cockpit says what is due, who is silent and what waits', async () => {
  const { status, body } = await at('/cockpit');
  expect(status).toBe(200);
  for (const said of ['待我处理', '本周', '下周', '沉默单位', PLAN.title]) expect(body).toContain(said);
});

test('supervision shows red and orange with what was tried, and its forms come back', async () => {
  const { body } = await at('/supervision', supervisor);
  expect(tasksIn(body)).toContain(TASK);
  expect(body).toContain('督办单〔2020〕');
  expect(body).toContain(`action="/plans/zhuzhou-2020/tasks/1-01/moves/instruct"`);
  expect(body).toMatch(/name="back" value="\/supervision"/);
  expect(body).toMatch(/name="seen" value="\d+"/);
  // Who may not, has no form.
  expect((await at('/supervision', unit)).body).not.toContain('moves/instruct');
  expect((await at('/supervision', auditor)).body).not.toContain('moves/instruct');
});

test('the wall is a page of its own, that comes anew without scripts', async () => {
  const { body } = await at('/wall', supervisor);
  expect(body).toContain('http-equiv="refresh"');
  expect(body).toContain('市市场监管局');
  expect(body).toMatch(/<strong>\d+<\/strong><span>红<\/span>/);
});

test('a unit sees its own tasks and nothing else, in lists as in counts', async () => {
  expect(tasksIn((await at('/plans/zhuzhou-2020', unit)).body)).toEqual(own);
  expect((await at('/plans/zhuzhou-2020', unit)).body).toContain(`共 ${own.length} 项`);
  const others = PLAN.tasks.filter(({ id }) => !own.includes(id));
  const pages = ['/plans', '/plans/zhuzhou-2020', '/cockpit', '/supervision', '/wall'];
  const views = ['timeline', 'units', 'categories', 'silent'].map((view) => `/plans/zhuzhou-2020?view=${view}`);
  for (const path of [...pages, ...views, `/plans/zhuzhou-2020?unit=${encodeURIComponent('市公安局')}`]) {
    const { status, body } = await at(path, unit);
    expect([path, status]).toEqual([path, 200]);
    for (const { title } of others) expect(body).not.toContain(title);
    expect(body).not.toContain('草稿方案');
  }
  // Whom it is silent with is its own business.
  expect((await at('/plans/zhuzhou-2020?view=silent', unit)).body).not.toContain('市公安局');
  expect((await at('/plans/draft-2020', unit)).status).toBe(404);
});

test('an office of elsewhere sees nothing of the plan', async () => {
  for (const path of ['/plans', '/cockpit', '/supervision', '/wall']) {
    const { status, body } = await at(path, district);
    expect([path, status, body.includes(PLAN.title), tasksIn(body)]).toEqual([path, 200, false, []]);
  }
  const pack = await at('/plans/zhuzhou-2020', district);
  expect(pack.status).toBe(404);
  expect(pack.body).not.toContain(PLAN.title);
});

test('an auditor sees everything and has nothing to send', async () => {
  const { body } = await at('/plans/zhuzhou-2020', auditor);
  expect(tasksIn(body)).toEqual(IDS);
  expect(body).not.toContain('name="task"');
  expect((await at('/plans/zhuzhou-2020')).body).toContain('name="task"');
});

test('nonsense in the address is passed over and said, and never an error', async () => {
  const nonsense = [
    '%00',
    '%F0%9F%98%80',
    'x'.repeat(3000),
    HOSTILE,
    "'; DROP TABLE board; --",
    '-1',
    '1e999',
    '2020-02-31',
    '[]',
    '../..',
  ];
  const names = [
    'view',
    'light',
    'status',
    'waiting',
    'order',
    'dueFrom',
    'dueTo',
    'unit',
    'category',
    'reason',
    'q',
    'after',
    'before',
    'select',
    'nobody',
    HOSTILE,
  ];
  const sent = (name: string, text: string) =>
    `${encodeURIComponent(name)}=${text.startsWith('%') ? text : encodeURIComponent(text)}`;
  // Each name meets several kinds of nonsense, each kind several names.
  for (const [i, name] of names.entries()) {
    for (const text of [0, 3, 7].map((step) => nonsense[(i + step) % nonsense.length] ?? '')) {
      const { status, body } = await at(`/plans/zhuzhou-2020?${sent(name, text)}`);
      expect([name, text.slice(0, 30), status]).toEqual([name, text.slice(0, 30), 200]);
      expect(body).not.toContain(HOSTILE);
    }
  }
  for (const text of nonsense) expect((await at(`/supervision?${sent('after', text)}`)).status).toBe(200);
  expect((await at('/plans/zhuzhou-2020?light=pink&light=red&dueFrom=yesterday')).body).toContain(
    '已略去不能识别的条件：light、dueFrom',
  );
  for (const plan of ['nothing', '%00', 'A%2F..%2F', HOSTILE, 'x'.repeat(200)]) {
    expect((await at(`/plans/${plan.startsWith('%') ? plan : encodeURIComponent(plan)}`)).status).toBe(404);
  }
});

test('in English the same pages speak English', async () => {
  await house.ledger.db.updateTable('users').set({ language: 'en' }).where('login', '=', auditor.login).execute();
  const { body } = await at('/plans/zhuzhou-2020', auditor);
  expect(body).toContain('<html lang="en">');
  expect(body).toContain('red overdue');
  expect(body).toContain('By category');
});
