/**
 * One plan from its document to the audit, played by its people in a real browser: imported and corrected, rehearsed,
 * launched, signed for from a letter, left silent until red, instructed, handed in, returned, accepted, reported, verified.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import type { Browser, Page } from 'playwright-core';
import { makeFirstLink } from '../../accounts/first-link';
import { workingDay } from '../../domain/calendar';
import { addDays, type Day } from '../../domain/days';
import type { Capacity } from '../../domain/rights';
import { addUser } from '../../ledger/accounts/users';
import { freePort } from '../../tools/free-port';
import { signedInAs } from '../console/people';
import { openPostOffice, type PostOffice } from '../console/post-office';
import { COORDINATOR, OFFICE, SUPERVISOR } from '../workflows/town';
import { chromiumPath, NO_CHROMIUM, openChromium } from './chromium';

jest.setTimeout(240_000);

const DOCUMENT = join(__dirname, '../seeds/documents/zhuzhou-2020.txt');
/** Leads the task whose date is corrected, and never says a word. */
const SILENT = 'zhuzhou:市公安局';
const TASK = '1-04';
const MARKET = 'zhuzhou:市市场监管局';

let post: PostOffice;
let browser: Browser;
let base: string;
let year: number;
let plan: string;
let dueOn: Day;
const W = (day: Day, n: number) => workingDay(post.town.calendar, day, n);

const HAS_BROWSER = chromiumPath() !== null;
const told = HAS_BROWSER ? test : test.skip;
// What is not tried is said.
if (!HAS_BROWSER) process.stderr.write(`${NO_CHROMIUM}\n`);

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  post = await openPostOffice(base);
  await post.app.listen({ host: '127.0.0.1', port });
  browser = await openChromium();
  const today = await post.town.today();
  year = Number(today.slice(0, 4)) + 1;
  plan = `zhuzhou-${year}`;
  dueOn = W(today, 12);
});
afterAll(async () => {
  await browser?.close();
  await post?.close();
});

/** A person at his own machine. */
async function sitsDown(name: string, capacities: Capacity[]): Promise<Page> {
  const at = { app: post.app, db: post.town.ledger.db, now: await post.town.now() };
  const { cookie } = await signedInAs(at, name, capacities);
  const context = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true });
  await context.addCookies([{ name: 'duban', value: cookie, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

const PASSWORD = '每月初五清晨都去江边看水位';

/** A new user opens his one-time link, chooses a password and signs in with it. */
async function signsIn(login: string, name: string, capacity: Capacity): Promise<Page> {
  const { db } = post.town.ledger;
  const now = await post.town.now();
  await addUser(db, { login, name, capacities: [capacity], language: 'zh-CN', createdAt: now, createdBy: 'test' });
  const { path } = await makeFirstLink(db, login, { by: 'test', now });
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${base}${path}`);
  await page.fill('input[name=password]', PASSWORD);
  await page.fill('input[name=again]', PASSWORD);
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/first/'));
  if (new URL(page.url()).pathname === '/sign-in') await fillsIn(page, login);
  return page;
}

async function fillsIn(page: Page, login: string): Promise<void> {
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', PASSWORD);
  await page.locator('main form button[type=submit]').first().click();
}

const coordinating: Capacity[] = [{ role: 'coordinator', unit: OFFICE }];
const taskAt = () => `${base}/plans/${plan}/tasks/${TASK}`;

/** Asks again until the answer is yes; the test's own time ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** Opens a move's form from the task's page. */
async function chooses(page: Page, label: string): Promise<void> {
  await page.goto(taskAt());
  await page.getByRole('link', { name: label, exact: true }).click();
}

told('the coordinator imports the document, corrects one row and stores a draft', async () => {
  const page = await sitsDown(COORDINATOR.name, coordinating);
  await page.goto(`${base}/imports`);
  // The document of the year that is ahead.
  const text = readFileSync(DOCUMENT, 'utf8').replaceAll('2020', String(year));
  await page.setInputFiles('#file', { name: '任务分工表.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: '上传并读取' }).click();
  await page.getByText('共36项任务').waitFor();
  // Reloaded in the middle of it, nothing is lost.
  await page.reload();
  await page.selectOption('#office', OFFICE);
  await page.fill('input[name=id]', plan);
  await page.getByRole('button', { name: '保存', exact: false }).first().click();
  await page.goto(`${page.url().split(/[?#]/)[0]}?edit=${TASK}`);
  await page.selectOption('form.edit select[name=deadline]', 'fixed');
  await page.fill('form.edit input[name=dueOn]', dueOn);
  await page.fill('form.edit input[name=note]', '按会议纪要提前');
  await page.getByRole('button', { name: '保存更正' }).click();
  await page.getByText('已更正').first().waitFor();
  await page.getByRole('button', { name: '存为草稿' }).click();
  await page.waitForURL(`**/plans/${plan}/draft`);
  expect(await page.locator('body').innerText()).toContain(dueOn);
});

told('rehearses it, launches it once although he clicks twice, and finds it launched after a reload', async () => {
  const page = await sitsDown(COORDINATOR.name, coordinating);
  await page.goto(`${base}/plans/${plan}/rehearsal?silent=${encodeURIComponent(SILENT)}`);
  expect(await page.locator('main').innerText()).toMatch(/督办单[1-9]/);
  await page.goto(`${base}/plans/${plan}/launch`);
  await page.fill('#signedBy', SUPERVISOR.name);
  await page.check('input[name=confirm]');
  await page.getByRole('button', { name: '下达', exact: true }).dblclick();
  const issued = async () => {
    const { rows } = await post.town.ledger.asOwner(
      `SELECT count(*)::int AS n FROM events WHERE stream LIKE '%${plan}/%' AND type = 'issued'`,
    );
    return (rows as { n: number }[])[0]?.n;
  };
  // Whoever comes back later finds how far it is; a launch takes seconds.
  await page.waitForLoadState();
  await until(async () => (await issued()) === 36);
  await page.goto(`${base}/plans/${plan}`);
  await page.getByText('共 36 项').first().waitFor();
  expect(await issued()).toBe(36);
});

told('a unit signs from its letter, without any login', async () => {
  await post.until(W(await post.town.today(), 1), '09:00');
  await post.round();
  const { path } = await post.link(MARKET, '签收');
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${base}${path}`);
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByText('已记录').waitFor();
  // Back, and once more: it is told that it was done.
  await page.goBack();
  await page.reload();
  expect(await page.locator('main').innerText()).toContain('已');
  await page.context().close();
});

told('the silent one is red in the end, and the supervisor instructs it', async () => {
  for (let day = W(dueOn, 1); day <= W(dueOn, 13); day = W(day, 2)) await post.until(day, '08:00');
  const page = await sitsDown(SUPERVISOR.name, [{ role: 'supervisor', unit: OFFICE }]);
  await page.goto(`${base}/supervision`);
  await page.getByText('优化印章刻制服务').first().waitFor();
  expect(await page.locator('main').innerText()).toContain('红');
  await chooses(page, '批示');
  await page.fill('textarea[name=text]', '请于三日内报送材料。');
  await page.getByRole('button', { name: '批示' }).click();
  await page.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('请于三日内报送材料。');
});

told('evidence is handed in, returned, handed in again and accepted; two people are told of each other', async () => {
  const unit = await signsIn('wangli', '王莉', { role: 'unit', unit: SILENT });
  const handsIn = async (number: string) => {
    await chooses(unit, '添加佐证材料');
    await unit.fill('input[name=number]', number);
    await unit.getByRole('button', { name: '添加佐证材料' }).click();
    await unit.getByRole('status').filter({ hasText: '已记录' }).waitFor();
    await chooses(unit, '报送佐证材料');
    await unit.getByRole('button', { name: '报送佐证材料' }).click();
    await unit.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  };
  await handsIn('株公〔2027〕9号');
  // His session ends while he writes: signed in again, he sends what he wrote with one click.
  await chooses(unit, '反馈进展');
  await unit.fill('textarea[name=text]', '系统已对接，正在核对存量备案。');
  await post.town.ledger.db
    .updateTable('sessions')
    .set({ ended_at: await post.town.now() })
    .execute();
  await unit.getByRole('button', { name: '反馈进展' }).click();
  await fillsIn(unit, 'wangli');
  expect(await unit.locator('main').innerText()).toContain('系统已对接，正在核对存量备案。');
  await unit.locator('main form button').first().click();
  await unit.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  const office = await sitsDown(COORDINATOR.name, coordinating);
  await chooses(office, '退办');
  await office.fill('textarea[name=reason]', '缺少印章备案系统截图。');
  // Meanwhile the unit says something: the office is told, what it typed stays, and it decides again.
  await chooses(unit, '反馈进展');
  await unit.fill('textarea[name=text]', '截图正在补充。');
  await unit.getByRole('button', { name: '反馈进展' }).click();
  await unit.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  await office.getByRole('button', { name: '退办' }).click();
  await office.getByText('截图正在补充。').waitFor();
  expect(await office.inputValue('textarea[name=reason]')).toBe('缺少印章备案系统截图。');
  await office.getByRole('button', { name: '退办' }).click();
  await office.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  await handsIn('株公〔2027〕10号');
  await chooses(office, '审核通过');
  await office.getByRole('button', { name: '审核通过' }).click();
  await office.getByRole('status').filter({ hasText: '已记录' }).waitFor();
  expect(await office.locator('main').innerText()).toContain('已办结');
});

told('the bulletin is downloaded and opens; the auditor reads it too', async () => {
  const today = await post.town.today();
  const month =
    addDays(today, -31).slice(0, 7) < today.slice(0, 7) ? addDays(today, -31).slice(0, 7) : today.slice(0, 7);
  for (const person of [
    await sitsDown(COORDINATOR.name, coordinating),
    await sitsDown('审计员', [{ role: 'auditor', unit: null }]),
  ]) {
    await person.goto(`${base}/plans/${plan}/bulletin?month=${month}`);
    const [download] = await Promise.all([
      person.waitForEvent('download'),
      person.locator('button[value=docx]').click(),
    ]);
    const zip = await JSZip.loadAsync(readFileSync(await download.path()));
    expect(await zip.file('word/document.xml')?.async('text')).toContain('通报');
  }
});

told('the auditor verifies the whole record', async () => {
  const auditor = await sitsDown('审计员', [{ role: 'auditor', unit: null }]);
  await auditor.goto(`${base}/record`);
  await auditor.getByRole('button', { name: '开始核验' }).click();
  await auditor.waitForURL('**/record/verifications/*');
  await until(async () => {
    await auditor.reload();
    return !(await auditor.getByRole('status').innerText()).includes('进行中');
  });
  expect(await auditor.getByRole('status').innerText()).toMatch(/^全部一致/);
});
