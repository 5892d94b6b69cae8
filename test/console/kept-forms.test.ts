/** A session that ends while somebody writes: nothing typed is lost, nothing is sent by itself, nobody else sees it. */
import { hashPassword } from '../../accounts/password-hash';
import { setPassword } from '../../ledger/accounts/credentials';
import { addUser } from '../../ledger/accounts/users';
import { LEAD, OTHER } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { DoorBrowser, hiddenIn, type Shown } from './door';

jest.setTimeout(60_000);

const PASSWORD = '每月初五清晨都去江边看水位';
const PATH = '/account/language';
let here: BareConsole;
let clock = '2026-03-02T01:00:00.000Z';

function pass(minutes: number): void {
  clock = new Date(Date.parse(clock) + minutes * 60_000).toISOString();
  here.at(clock);
}

/** A form of the house; what stands behind it is of no matter here. */
const FORM = '/imports';

async function signedIn(login: string): Promise<{ browser: DoorBrowser; csrf: string }> {
  const browser = new DoorBrowser(here.app);
  await browser.signIn(login, PASSWORD);
  return { browser, csrf: hiddenIn((await browser.get('/account')).body, PATH).csrf ?? '' };
}

beforeAll(async () => {
  here = await openBareConsole(clock);
  const { db } = here.ledger;
  for (const [login, unit] of [
    ['wangli', LEAD],
    ['zhang', OTHER],
  ] as const) {
    const capacities = [{ role: 'unit' as const, unit }];
    await addUser(db, { login, name: login, capacities, language: 'zh-CN', createdAt: clock, createdBy: 't' });
    await setPassword(db, login, await hashPassword(PASSWORD));
  }
});
afterAll(() => here?.close());

const TEXT = '已完成六成，"系统"<b>未就绪</b>\r\n第二行';

/** Signs in on the page that stands in for the answer. */
function back(browser: DoorBrowser, page: Shown, login: string): Promise<Shown> {
  return browser.send(page, '/sign-in', { login, password: PASSWORD });
}

test('a form of an earlier session is kept for who signed in again in another window, and for nobody else', async () => {
  const { browser, csrf } = await signedIn('wangli');
  await browser.post('/sign-out', { csrf });
  await browser.signIn('wangli', PASSWORD);
  const stale = await browser.post(FORM, { csrf, text: TEXT });
  expect([stale.status, stale.location]).toEqual([303, expect.stringMatching(/^\/kept\/[\w-]{43}$/)]);
  expect((await browser.get(stale.location ?? '')).body).toContain('已完成六成，&quot;系统&quot;&lt;b>未就绪&lt;/b>');
  const other = await signedIn('zhang');
  const foreign = await other.browser.post(FORM, { csrf, text: TEXT });
  expect([foreign.status, foreign.body]).toEqual([403, expect.stringContaining('页面已失效')]);
  for (const forged of ['', 'x'.repeat(43)])
    expect((await browser.post(FORM, { csrf: forged, text: TEXT })).status).toBe(403);
});

test('what is kept of a move says which, on which task, and what its fields are called', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const place = '/plans/zhuzhou-2027/tasks/1-07';
  const entered = await back(browser, await browser.post(`${place}/moves/urge`, { csrf, text: TEXT }), 'wangli');
  const { body } = await browser.get(entered.location ?? '');
  expect(body).toMatch(/>1-07<\/a> 催办.*内容<\/dt>/s);
  expect(body.split(`href="${place}"`)).toHaveLength(3);
});

test('a form after its session is answered by the sign-in, then shown to be sent again with one click', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const fields = { csrf, moveId: 'm-1', seen: '7', text: TEXT, reason: '' };
  const stopped = await browser.post(FORM, fields, { referer: 'http://localhost:80/owed?a=1', host: 'localhost:80' });
  expect(stopped.status).toBe(401);
  expect(stopped.body).toMatch(/登录已过期.*您填写的内容已保留/s);
  expect(stopped.body).not.toContain('第二行');
  const entered = await back(browser, stopped, 'wangli');
  expect(entered.location).toMatch(/^\/kept\/[\w-]{43}$/);
  const page = await browser.get(entered.location ?? '');
  expect(page.body).toContain('已完成六成，&quot;系统&quot;&lt;b>未就绪&lt;/b>');
  const again = hiddenIn(page.body, FORM);
  expect(again).toMatchObject({ moveId: 'm-1', seen: '7', text: TEXT, reason: '' });
  // With the token of the new session, in the place of the old one.
  expect(again.csrf).not.toBe(csrf);
  expect(page.body.match(/<button type="submit">/g)).toHaveLength(1);
  // A reload shows it still, and the database has it sealed only.
  expect((await browser.get(entered.location ?? '')).status).toBe(200);
  const { rows } = await here.ledger.asOwner('SELECT * FROM kept_forms');
  expect(JSON.stringify(rows)).not.toMatch(/六成|第二行/);
});

test('nobody else sees it, also at the same browser', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const stopped = await browser.post(FORM, { csrf, text: TEXT });
  const entered = await back(browser, stopped, 'zhang');
  const page = await browser.get(entered.location ?? '');
  expect([page.status, page.body]).toEqual([404, expect.stringContaining('没有可恢复的内容')]);
  expect(page.body).not.toContain('六成');
});

test('what no page of ours made is not kept: another site’s form, or one with a made-up token', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  for (const [fields, headers] of [
    [{ text: TEXT }, {}],
    [{ text: TEXT, csrf: 'x'.repeat(32) }, {}],
    [{ text: TEXT, csrf }, { 'sec-fetch-site': 'cross-site' }],
  ] as [Record<string, string>, Record<string, string>][]) {
    const stopped = await browser.post(FORM, fields, headers);
    expect([stopped.status, /未能保留/.test(stopped.body)]).toEqual([401, true]);
  }
});

test('passwords are kept nowhere', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const stopped = await browser.post('/account/password', { csrf, current: PASSWORD, password: 'x', again: 'x' });
  expect([stopped.status, stopped.body]).toEqual([401, expect.stringContaining('未能保留')]);
  expect((await browser.post('/sign-out', { csrf })).body).not.toContain('未能保留');
});

test('of a form with files the fields are kept, and it says which files to choose again', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const { type, body } = multipart(
    { csrf, text: TEXT },
    { name: 'files', file: '证明.pdf', bytes: Buffer.alloc(50_000) },
  );
  const stopped = await browser.ask('POST', FORM, body, { 'content-type': type });
  expect([stopped.status, stopped.body]).toEqual([401, expect.stringMatching(/内容已保留.*文件需要重新选择/s)]);
  const entered = await back(browser, stopped, 'wangli');
  const page = await browser.get(entered.location ?? '');
  expect(page.body).toMatch(/enctype="multipart\/form-data".*<input id="file-files" type="file" name="files"/s);
  expect(hiddenIn(page.body, FORM).text).toBe(TEXT);
});

test('it is kept for half a day', async () => {
  const { browser, csrf } = await signedIn('wangli');
  pass(61);
  const stopped = await browser.post(FORM, { csrf, text: TEXT });
  pass(12 * 60 + 1);
  const entered = await back(browser, await fresh(browser, stopped), 'wangli');
  expect((await browser.get(entered.location ?? '')).status).toBe(404);
});

/** The same page opened anew, with what it carried. */
async function fresh(browser: DoorBrowser, page: Shown): Promise<Shown> {
  const { kept = '' } = hiddenIn(page.body, '/sign-in');
  return browser.get(`/sign-in?kept=${kept}`);
}

function multipart(
  fields: Record<string, string>,
  { name, file, bytes }: { name: string; file: string; bytes: Buffer },
) {
  const boundary = '----a-boundary-of-this-test';
  const head = (said: string) => `--${boundary}\r\nContent-Disposition: form-data; ${said}\r\n\r\n`;
  const chunks: Buffer[] = Object.entries(fields).map(([field, value]) =>
    Buffer.from(`${head(`name="${field}"`)}${value}\r\n`),
  );
  chunks.push(Buffer.from(head(`name="${name}"; filename="${file}"`)), bytes, Buffer.from(`\r\n--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}
