/**
 * Open pages in a real browser: they say what others did, outlive their server, and one click more, one reload or one step
 * back repeats no move.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Move } from '../../domain/intents';
import type { Capacity } from '../../domain/rights';
import { storeDraft } from '../../ledger/plans';
import { freePort } from '../../tools/free-port';
import { signedInAs } from '../console/people';
import { openPostOffice, type PostOffice } from '../console/post-office';
import { COORDINATOR, LEAD, OFFICE, oneTaskPlan, SUPERVISOR, unitActor } from '../workflows/town';
import { chromiumPath, NO_CHROMIUM, openChromium } from './chromium';

jest.setTimeout(180_000);

const TASKS = 12;
/** The only task that is due soon, and silent. */
const LATE = 2;

let post: PostOffice;
let browser: Browser;
let base: string;
let port: number;
let plan: string;
let coordinator: BrowserContext;
let supervisor: BrowserContext;
let unit: BrowserContext;

const HAS_BROWSER = chromiumPath() !== null;
const told = HAS_BROWSER ? test : test.skip;
// What is not tried is said.
if (!HAS_BROWSER) process.stderr.write(`${NO_CHROMIUM}\n`);

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  port = await freePort();
  base = `http://127.0.0.1:${port}`;
  post = await openPostOffice(base);
  await post.until(await post.town.workingDay(1), '08:00');
  const [soon, later] = [await post.town.workingDay(1), await post.town.workingDay(30)];
  const draft = oneTaskPlan({ type: 'fixed', dueOn: later });
  const [first] = draft.tasks;
  if (!first) throw new Error('a plan of one task has one');
  plan = draft.id;
  const tasks = Array.from({ length: TASKS }, (_, i) => ({
    ...first,
    id: `${plan}/1-${String(i + 1).padStart(2, '0')}`,
    no: i + 1,
    title: `第${i + 1}项任务`,
    deadline: { ...first.deadline, dueOn: i + 1 === LATE ? soon : later },
  }));
  await storeDraft(post.town.ledger.db, { ...draft, tasks });
  await listens();
  browser = await openChromium();
  await everybodySitsDown();
});
afterAll(async () => {
  await browser?.close();
  await post?.close();
});

async function everybodySitsDown(): Promise<void> {
  coordinator = await sitsDown(COORDINATOR.name, [{ role: 'coordinator', unit: OFFICE }]);
  supervisor = await sitsDown(SUPERVISOR.name, [{ role: 'supervisor', unit: OFFICE }]);
  unit = await sitsDown('王莉', [{ role: 'unit', unit: LEAD }]);
}

const listens = () => post.app.listen({ host: '127.0.0.1', port });

/** A person at his own machine. */
async function sitsDown(name: string, capacities: Capacity[]): Promise<BrowserContext> {
  const at = { app: post.app, db: post.town.ledger.db, now: await post.town.now() };
  const { cookie } = await signedInAs(at, name, capacities);
  const context = await browser.newContext({ locale: 'zh-CN' });
  context.setDefaultTimeout(30_000);
  await context.addCookies([{ name: 'duban', value: cookie, url: base }]);
  return context;
}

async function opens(who: BrowserContext, path: string): Promise<Page> {
  const page = await who.newPage();
  await page.goto(`${base}${path}`);
  return page;
}

/** How often each page was loaded: one that is told what happened is loaded once. */
const loads = new Map<Page, number>();

/** The page listens: what happens from now on is told. */
async function listensAt(who: BrowserContext, path: string): Promise<Page> {
  const page = await who.newPage();
  page.on('framenavigated', () => loads.set(page, (loads.get(page) ?? 0) + 1));
  await Promise.all([
    page.waitForResponse((answer) => new URL(answer.url()).pathname === '/events'),
    page.goto(`${base}${path}`),
  ]);
  return page;
}

const taskAt = (no: number) => `/plans/${plan}/tasks/1-${String(no).padStart(2, '0')}`;
const idOf = (no: number) => `${plan}/1-${String(no).padStart(2, '0')}`;
const isRecorded = (page: Page) => page.getByRole('status').filter({ hasText: '已记录' }).waitFor();

/** Somebody does it elsewhere: by mail, by a program, at another console. */
async function elsewhere(no: number, move: Move, actor = unitActor(LEAD)): Promise<void> {
  const made = await post.town.desk.move(idOf(no), move, { actor });
  if (made.outcome !== 'recorded') throw new Error(`${move.move} was refused`);
}

/** Another window in front of this one, as a page is told of it. */
async function looksAway(page: Page, isAway: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isAway);
}

async function times(type: string, no?: number): Promise<number> {
  const stream = no === undefined ? `task/${plan}/%` : `task/${idOf(no)}`;
  const { rows } = await post.town.ledger.asOwner(
    `SELECT count(*)::int AS n FROM events WHERE stream LIKE '${stream}' AND type = '${type}'`,
  );
  return (rows as { n: number }[])[0]?.n ?? 0;
}

told(
  'a launch that is clicked twice and reloaded in its middle is one launch, and its page says when it is done',
  async () => {
    const page = await opens(coordinator, `/plans/${plan}/launch`);
    await page.fill('#signedBy', SUPERVISOR.name);
    await page.check('input[name=confirm]');
    await page.getByRole('button', { name: '下达', exact: true }).dblclick();
    await page.getByRole('status').waitFor();
    await page.reload();
    await page.getByText(/已于.*下达/).waitFor();
    for (let no = 1; no <= TASKS; no += 1) await post.town.issued(idOf(no));
    expect(await times('issued')).toBe(TASKS);
    await page.close();
  },
);

told('what a unit reports stands on the open pages of its coordinator and its supervisor', async () => {
  await post.until(await post.town.workingDay(2));
  await everybodySitsDown();
  const pages = await Promise.all([
    listensAt(coordinator, taskAt(1)),
    listensAt(coordinator, `/plans/${plan}`),
    listensAt(coordinator, '/cockpit'),
    listensAt(supervisor, '/wall'),
    listensAt(supervisor, '/supervision'),
  ]);
  const [task, list, cockpit, wall, supervision] = pages as [Page, Page, Page, Page, Page];
  await elsewhere(1, { move: 'report', unit: LEAD, text: '系统对接已完成。', percent: 70 });
  await task.getByText('系统对接已完成。').waitFor();
  await elsewhere(LATE, { move: 'issueSlip', colour: 'red', reason: '多次催办未果' }, SUPERVISOR);
  await supervision.getByText('挂牌督办（红色督办单） · 1').waitFor();
  // Another light, another count: everywhere.
  await elsewhere(LATE, { move: 'suspend', reason: '等待国家系统上线' }, COORDINATOR);
  await supervision.getByText('挂牌督办（红色督办单） · 0').waitFor();
  await wall.locator('.words').getByText('灰 1').first().waitFor();
  await list.locator('.reasons').getByText('中止').waitFor();
  await cockpit.locator('title', { hasText: '灰 1' }).first().waitFor({ state: 'attached' });
  // Nobody had to load anything.
  expect(pages.map((page) => loads.get(page))).toEqual(pages.map(() => 1));
  await Promise.all(pages.map((page) => page.close()));
});

told('two people on one task: the later one is told what the other did, and what he typed stays', async () => {
  const first = await listensAt(unit, `${taskAt(3)}/moves/report`);
  const later = await listensAt(coordinator, `${taskAt(3)}/moves/urge`);
  await later.fill('textarea[name=text]', '请抓紧反馈进展。');
  await first.fill('textarea[name=text]', '正在联调。');
  await first.getByRole('button', { name: '反馈进展' }).click();
  await isRecorded(first);
  // Told while he still types, and told what it was when he sends.
  await later.getByText('内容已有新的变化').waitFor();
  expect(await later.inputValue('textarea[name=text]')).toBe('请抓紧反馈进展。');
  await later.getByRole('button', { name: '催办' }).click();
  await later.getByRole('alert').getByText('正在联调。').waitFor();
  expect(await later.inputValue('textarea[name=text]')).toBe('请抓紧反馈进展。');
  expect(await times('urged', 3)).toBe(0);
  await later.getByRole('button', { name: '催办' }).click();
  await isRecorded(later);
  expect([await times('reported', 3), await times('urged', 3)]).toEqual([1, 1]);
  await Promise.all([first.close(), later.close()]);
});

told(
  'a server that stops and starts under open pages: they hear what they missed, and a filled form loses nothing',
  async () => {
    const cockpit = await listensAt(coordinator, '/cockpit');
    const task = await listensAt(coordinator, taskAt(4));
    const form = await listensAt(coordinator, `${taskAt(4)}/moves/urge`);
    await form.fill('textarea[name=text]', '请于本周内签收。');
    await post.startAgain();
    const to = await post.town.workingDay(60);
    await elsewhere(4, { move: 'requestExtension', unit: LEAD, to, reason: '接口延迟开放。', progress: '已过半。' });
    await elsewhere(4, { move: 'instruct', text: '请主要负责同志牵头。' }, SUPERVISOR);
    // Nothing is sent into nothing: the form stays, and says so.
    await form.waitForFunction('isLost');
    await form.getByRole('button', { name: '催办' }).click();
    await form.getByText('服务器暂时连接不上').waitFor();
    await listens();
    await task.getByText('请主要负责同志牵头。').first().waitFor();
    await cockpit.locator('.waits').getByRole('link', { name: '第4项任务' }).waitFor();
    await form.getByText('内容已有新的变化').waitFor();
    expect([cockpit, task, form].map((page) => loads.get(page))).toEqual([1, 1, 1]);
    // What happens after it is heard as before.
    await elsewhere(4, { move: 'report', unit: LEAD, text: '已安排专人办理。' });
    await task.getByText('已安排专人办理。').waitFor();
    await form.getByRole('button', { name: '催办' }).click();
    await form.getByRole('alert').getByText('已安排专人办理。').waitFor();
    expect(await form.inputValue('textarea[name=text]')).toBe('请于本周内签收。');
    await form.getByRole('button', { name: '催办' }).click();
    await isRecorded(form);
    expect(await times('urged', 4)).toBe(1);
    await Promise.all([cockpit.close(), task.close(), form.close()]);
  },
);

told('a click too many, a reload and a step back repeat no move', async () => {
  const page = await opens(unit, `${taskAt(5)}/moves/report`);
  await page.fill('textarea[name=text]', '方案已报市政府。');
  await page.getByRole('button', { name: '反馈进展' }).dblclick();
  await isRecorded(page);
  await page.reload();
  await isRecorded(page);
  // Back at the form: it is a new one, of the task as it is by now.
  await page.goBack();
  await page.getByRole('button', { name: '反馈进展' }).waitFor();
  await page.goForward();
  await isRecorded(page);
  expect(await times('reported', 5)).toBe(1);
  await page.goto(`${base}${taskAt(6)}/moves/acknowledge`);
  await page.getByRole('button', { name: '签收' }).click();
  await isRecorded(page);
  await page.goBack();
  await page.getByText('不能').first().waitFor();
  expect(await page.getByRole('button', { name: '签收' }).count()).toBe(0);
  await page.close();
});

told('who has more windows open than a browser has connections still gets every page', async () => {
  const pages: Page[] = [];
  for (let no = 1; no <= 8; no += 1) pages.push(await listensAt(coordinator, taskAt(no)));
  await elsewhere(8, { move: 'report', unit: LEAD, text: '第八项有进展。' });
  await pages.at(-1)?.getByText('第八项有进展。').waitFor();
  await pages[0]?.getByText('本页不再自动更新').waitFor();
  await Promise.all(pages.map((page) => page.close()));
});

told('a window that is looked at again shows what happened meanwhile', async () => {
  const page = await listensAt(coordinator, '/cockpit');
  await looksAway(page, true);
  const to = await post.town.workingDay(60);
  await elsewhere(7, { move: 'requestExtension', unit: LEAD, to, reason: '接口延迟开放。', progress: '已过半。' });
  await looksAway(page, false);
  await page.locator('.waits').getByRole('link', { name: '第7项任务' }).waitFor();
  expect(loads.get(page)).toBe(1);
  await page.close();
});

/** Goes on with Tab until what stands in focus is called so; whatever is passed must show that it is in focus. */
async function tabsTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 120; n += 1) {
    await page.keyboard.press('Tab');
    const at = await inFocus(page);
    expect({ name: at.name, isMarked: at.isMarked }).toEqual({ name: at.name, isMarked: true });
    if (at.name.includes(name)) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

/** What is in focus, by its own words or its label's, and whether it is marked as such. */
async function inFocus(page: Page): Promise<{ name: string; isMarked: boolean }> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return { name: '', isMarked: true };
    const label = 'labels' in at && at.labels instanceof NodeList ? at.labels[0]?.textContent : null;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    // The frame of a table is in focus to be scrolled; its words are no name.
    const name = label ?? at.getAttribute('aria-label') ?? (at.matches('div, section') ? '' : at.innerText);
    return { name, isMarked: outlineStyle !== 'none' && outlineWidth !== '0px' };
  });
}

told('by the keyboard alone a unit signs for its tasks and reports', async () => {
  const page = await opens(unit, '/owed');
  await page.keyboard.press('Tab');
  expect((await inFocus(page)).name).toBe('跳到正文');
  await page.keyboard.press('Enter');
  // Past the navigation: the first thing is the first task to sign for, ticked already; one is left out.
  await page.keyboard.press('Tab');
  expect((await inFocus(page)).name).toContain('第');
  await page.keyboard.press('Space');
  await tabsTo(page, '经办人');
  await page.keyboard.type('王莉');
  await tabsTo(page, '签收');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '已签收' }).waitFor();
  await tabsTo(page, '第9项任务');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${taskAt(9)}`);
  await tabsTo(page, '反馈进展');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/moves/report');
  await tabsTo(page, '进展');
  await page.keyboard.type('已完成初稿。');
  await tabsTo(page, '反馈进展');
  await page.keyboard.press('Enter');
  await isRecorded(page);
  expect(await times('reported', 9)).toBe(1);
  await page.close();
});

told('by the keyboard alone a coordinator finds a task, looks at what is not possible, and urges', async () => {
  const page = await opens(coordinator, `/plans/${plan}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabsTo(page, '第10项任务');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${taskAt(10)}`);
  await tabsTo(page, '现在不能进行的操作');
  await page.keyboard.press('Space');
  await page.getByRole('button', { disabled: true }).first().waitFor();
  // Nothing holds it: from here to the end of the page, and round again to its beginning.
  await tabsTo(page, '跳到正文');
  await tabsTo(page, '催办');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/moves/urge');
  await tabsTo(page, '催办内容');
  await page.keyboard.type('请于周五前反馈。');
  await tabsTo(page, '催办');
  await page.keyboard.press('Enter');
  await isRecorded(page);
  expect(await times('urged', 10)).toBe(1);
  await page.close();
});

told('a refresh leaves the keyboard where it was', async () => {
  const page = await listensAt(coordinator, taskAt(11));
  await tabsTo(page, '催办');
  await elsewhere(11, { move: 'report', unit: LEAD, text: '已开工。' });
  await page.getByText('已开工。').waitFor();
  expect((await inFocus(page)).name).toBe('催办');
  await page.close();
});

told('a session that ends under an open page leaves what it shows, and says that nothing more comes', async () => {
  const page = await listensAt(supervisor, taskAt(5));
  await post.town.ledger.db
    .updateTable('sessions')
    .set({ ended_at: await post.town.now() })
    .execute();
  await elsewhere(5, { move: 'report', unit: LEAD, text: '只给登录者看。' });
  await page.getByText('本页不再自动更新').waitFor();
  expect(await page.locator('main').innerText()).toContain('第5项任务');
  expect(await page.locator('main').innerText()).not.toContain('只给登录者看');
});
