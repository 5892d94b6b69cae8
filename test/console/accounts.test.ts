/** One's own account, and those that one manages: what may be changed, by whom, and what ends with it. */

import { tokenUser } from '../../accounts/api-tokens';
import { hashPassword } from '../../accounts/password-hash';
import { digestOf } from '../../accounts/random-token';
import { deviceText } from '../../console/accounts/device-text';
import type { Capacity } from '../../domain/rights';
import { setPassword } from '../../ledger/accounts/credentials';
import { addUser, findUser } from '../../ledger/accounts/users';
import { LEAD, OFFICE } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { codeAt, DoorBrowser, hiddenIn, type Shown } from './door';
import { type Browser, signedInAs } from './people';

jest.setTimeout(60_000);

const PASSWORD = '每月初五清晨都去江边看水位';
const OTHER_PASSWORD = 'nine herons stand below the weir';
const NOW = '2026-03-02T01:00:00.000Z';
let here: BareConsole;
let coordinator: Browser;
let kept: string;

async function person(login: string, capacity: Capacity): Promise<void> {
  const { db } = here.ledger;
  await addUser(db, { login, name: login, capacities: [capacity], language: 'zh-CN', createdAt: NOW, createdBy: 't' });
  await setPassword(db, login, kept);
}

async function inBrowser(login: string): Promise<DoorBrowser> {
  const browser = new DoorBrowser(here.app, { 'user-agent': `browser of ${login}` });
  await browser.signIn(login, PASSWORD);
  return browser;
}

async function send(browser: DoorBrowser, page: string, action: string, typed: Record<string, string>): Promise<Shown> {
  return browser.send(await browser.get(page), action, typed);
}

beforeAll(async () => {
  here = await openBareConsole(NOW);
  kept = await hashPassword(PASSWORD);
  await person('wangli', { role: 'unit', unit: LEAD });
  coordinator = await signedInAs({ app: here.app, db: here.ledger.db, now: NOW }, '岳素问', [
    { role: 'coordinator', unit: OFFICE },
  ]);
});
afterAll(() => here?.close());

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
    'Edge · Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile MicroMessenger/8.0', '微信 WeChat · iOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox · Linux'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15', 'Safari · macOS'],
  ['curl/8.5.0', 'curl/8.5.0'],
  [null, '—'],
])('%s is called %s', (said, called) => {
  expect(deviceText(said)).toBe(called);
});

test('a password is changed by who knows it, and signs every other device out', async () => {
  const [browser, other] = [await inBrowser('wangli'), await inBrowser('wangli')];
  const change = (current: string, password: string, again = password) =>
    send(browser, '/account', '/account/password', { current, password, again });
  for (const [current, password, again, said] of [
    ['not his password', OTHER_PASSWORD, OTHER_PASSWORD, '当前密码不正确'],
    [PASSWORD, 'wangli123456', 'wangli123456', '容易被猜到'],
    [PASSWORD, OTHER_PASSWORD, PASSWORD, '两次输入的密码不一致'],
  ] as const) {
    const refused = await change(current, password, again);
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining(said)]);
  }
  expect((await other.get('/')).location).toBe('/owed');
  expect((await change(PASSWORD, OTHER_PASSWORD)).body).toContain('密码已更改');
  expect((await other.get('/')).location).toBe('/sign-in?next=%2F');
  expect((await browser.get('/')).location).toBe('/owed');
  await setPassword(here.ledger.db, 'wangli', kept);
});

test('one sees where one is signed in, and ends one of them, or all but this', async () => {
  const [browser, second, third] = [await inBrowser('wangli'), await inBrowser('wangli'), await inBrowser('wangli')];
  const page = await browser.get('/account');
  expect(page.body.match(/browser of wangli/g)?.length).toBeGreaterThanOrEqual(3);
  expect(page.body).not.toContain(browser.jar.get('duban'));
  await browser.send(page, '/account/sessions/end', { session: digestOf(second.jar.get('duban') ?? '') });
  expect([(await second.get('/')).location, (await third.get('/')).location]).toEqual(['/sign-in?next=%2F', '/owed']);
  // Nobody ends another's.
  const { rows } = await here.ledger.asOwner(`SELECT digest FROM sessions WHERE login = '${coordinator.login}'`);
  await send(browser, '/account', '/account/sessions/end', { session: String(rows[0]?.digest) });
  expect((await coordinator.get('/')).location).toBe('/cockpit');
  const csrf = hiddenIn((await browser.get('/account')).body, '/account/language').csrf ?? '';
  await browser.post('/account/sessions/end', { csrf });
  expect((await third.get('/')).location).toBe('/sign-in?next=%2F');
  expect((await browser.get('/')).location).toBe('/owed');
});

test('the language is a form on every page', async () => {
  const browser = await inBrowser('wangli');
  const page = await browser.get('/account');
  expect((await browser.send(page, '/account/language', { language: 'en', back: '//evil.example' })).location).toBe(
    '/',
  );
  expect((await browser.get('/account')).body).toContain('<html lang="en">');
  await send(browser, '/account', '/account/language', { language: 'zh-CN', back: '/account' });
});

test('a unit may set up a second factor, is asked for it from then on, and may drop it again', async () => {
  const browser = await inBrowser('wangli');
  const page = await browser.get('/account/factor');
  const secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';
  const code = codeAt(secret, NOW);
  const set = (typed: Record<string, string>) => browser.send(page, '/account/factor', typed);
  expect((await set({ code, current: 'wrong' })).status).toBe(422);
  expect((await set({ code, current: PASSWORD, sealed: 'k1.made up' })).status).toBe(422);
  const kept = await set({ code, current: PASSWORD });
  expect([kept.status, kept.location]).toEqual([303, '/account/codes']);
  expect((await browser.get('/account/codes')).body).toContain('备用码');
  // Shown once.
  expect((await browser.get('/account/codes')).location).toBe('/account');
  expect((await inBrowser('wangli')).jar.has('duban')).toBe(false);
  expect((await send(browser, '/account', '/account/factor/remove', { current: PASSWORD })).body).toContain('已停用');
  expect((await inBrowser('wangli')).jar.has('duban')).toBe(true);
  // A coordinator may not.
  expect((await coordinator.post('/account/factor/remove', { current: '' })).body).toContain('必须使用动态验证码');
});

test('a token is shown once, kept as a digest, within bounds, and revoked by its owner alone', async () => {
  const browser = await inBrowser('wangli');
  const sent = await send(browser, '/account', '/account/tokens', { name: '报表<b>', scope: 'read', days: '30' });
  expect([sent.status, sent.location]).toEqual([303, '/account']);
  const made = await browser.get('/account');
  const token = /<code class="token">(duban_[\w-]{43})</.exec(made.body)?.[1] ?? '';
  expect(await tokenUser(here.ledger.db, token, NOW, null)).toMatchObject({
    user: { login: 'wangli' },
    scope: ['read'],
  });
  const asked = (bearer: string) =>
    here.app.inject({ url: '/api/v1/plans', headers: { authorization: `Bearer ${bearer}` } });
  expect((await asked(token)).statusCode).toBe(200);
  expect((await asked(`${token}x`)).statusCode).toBe(401);
  const later = await browser.get('/account');
  expect(later.body).toContain('报表&lt;b>');
  expect(later.body).not.toContain(token);
  const { rows } = await here.ledger.asOwner('SELECT * FROM api_tokens');
  expect(rows).toHaveLength(1);
  expect(sent.cookies.join()).not.toContain(token);
  expect(JSON.stringify(rows)).not.toContain(token);
  for (const wrong of [
    { name: '', scope: 'read', days: '30' },
    { name: 'x', scope: 'manageUsers', days: '30' },
    { name: 'x', scope: '', days: '30' },
    { name: 'x', scope: 'read', days: '367' },
    { name: 'x', scope: 'read', days: 'NaN' },
  ]) {
    expect((await send(browser, '/account', '/account/tokens', wrong)).status).toBe(422);
  }
  const id = String(rows[0]?.id);
  expect((await coordinator.post('/account/tokens/revoke', { id })).status).toBe(422);
  expect(await tokenUser(here.ledger.db, token, NOW, null)).not.toBeNull();
  await send(browser, '/account', '/account/tokens/revoke', { id });
  expect(await tokenUser(here.ledger.db, token, NOW, null)).toBeNull();
  expect((await asked(token)).statusCode).toBe(401);
  expect(await tokenUser(here.ledger.db, `${token}x`, NOW, null)).toBeNull();
});

test('a token, and another second factor, ask for the password of who signed in more than ten minutes ago', async () => {
  const browser = await inBrowser('wangli');
  const wanted = { name: '夜间', scope: 'read', days: '30' };
  const hasField = async (path: string) => (await browser.get(path)).body.includes('id="current-for-token"');
  expect(await hasField('/account')).toBe(false);
  here.at('2026-03-02T01:11:00.000Z');
  try {
    expect(await hasField('/account')).toBe(true);
    expect((await browser.get('/account/factor')).body).toContain('name="current"');
    const make = (current: string) => send(browser, '/account', '/account/tokens', { ...wanted, current });
    for (const wrong of ['', 'not his password']) {
      const refused = await make(wrong);
      expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('当前密码不正确')]);
      expect(refused.body).toMatch(/<details open.*value="夜间"/s);
    }
    const page = await browser.get('/account/factor');
    const secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';
    const code = codeAt(secret, '2026-03-02T01:11:00.000Z');
    expect((await browser.send(page, '/account/factor', { code, current: '' })).status).toBe(422);
    expect((await make(PASSWORD)).status).toBe(303);
    // Who has no password, because a provider vouches for him, signs in anew.
    await here.ledger.asOwner(`UPDATE users SET password = NULL WHERE login = 'wangli'`);
    const anew = await make('');
    expect([anew.status, anew.body]).toEqual([422, expect.stringContaining('重新登录')]);
  } finally {
    here.at(NOW);
    await setPassword(here.ledger.db, 'wangli', kept);
  }
});

describe('a coordinator', () => {
  test('adds somebody, who sets his password by the link that is shown once', async () => {
    const sent = await coordinator.post('/users', { login: 'li.si', name: '李四', role: 'unit', unit: '市税务局' });
    expect([sent.status, sent.location]).toEqual([303, '/users']);
    const page = await coordinator.follow(sent);
    const path = /<code class="token">http:\/\/[^/]+(\/first\/[\w-]{43})</.exec(page.body)?.[1] ?? '';
    expect((await new DoorBrowser(here.app).get(path)).body).toContain('李四（账号 li.si）');
    expect((await coordinator.get('/users')).body).not.toContain('/first/');
    expect(await findUser(here.ledger.db, 'li.si')).toMatchObject({ capacities: [{ role: 'unit', unit: LEAD }] });
  });

  test.each([
    ['a login with capitals', { login: 'Li', name: 'x', role: 'unit', unit: LEAD }, '账号由2至64个'],
    ['a login with a script', { login: '<script>', name: 'x', role: 'unit', unit: LEAD }, '账号由2至64个'],
    ['a taken login', { login: 'wangli', name: 'x', role: 'unit', unit: LEAD }, '已经有了'],
    ['no name', { login: 'nn', name: ' ', role: 'unit', unit: LEAD }, '姓名不能为空'],
    [
      'a unit that is none',
      { login: 'nn', name: 'x', role: 'unit', unit: '<b>无此局' },
      '单位目录中没有“&lt;b>无此局”',
    ],
    ['an auditor, who reads every city', { login: 'nn', name: 'x', role: 'auditor', unit: '' }, '只能管理本单位范围内'],
    [
      'an officer of another office',
      { login: 'nn', name: 'x', role: 'supervisor', unit: LEAD },
      '只能管理本单位范围内',
    ],
  ])('adds nobody with %s', async (_what, typed, said) => {
    const refused = await coordinator.post('/users', typed);
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining(said)]);
    expect(refused.body).not.toContain('<script>');
    expect(await findUser(here.ledger.db, 'nn')).toBeNull();
  });

  test('disables somebody, who is out at once; and lets him in again', async () => {
    const browser = await inBrowser('wangli');
    expect((await coordinator.post('/users/wangli/disable')).body).toContain('已完成');
    expect((await browser.get('/')).location).toBe('/sign-in?next=%2F');
    expect((await inBrowser('wangli')).jar.has('duban')).toBe(false);
    await coordinator.post('/users/wangli/enable');
    expect((await inBrowser('wangli')).jar.has('duban')).toBe(true);
  });

  test('changes somebody’s capacities, who signs in anew with them', async () => {
    const browser = await inBrowser('wangli');
    const last = await coordinator.post('/users/wangli/capacities', { take: `unit ${LEAD}` });
    expect(last.body).toContain('至少要有一项职责');
    await coordinator.post('/users/wangli/capacities', { role: 'supervisor', unit: '' });
    expect((await browser.get('/')).location).toBe('/sign-in?next=%2F');
    expect((await findUser(here.ledger.db, 'wangli'))?.capacities).toEqual([
      { role: 'unit', unit: LEAD },
      { role: 'supervisor', unit: OFFICE },
    ]);
  });

  test('makes a new link by a form that a reload does not send again', async () => {
    const links = async () => (await here.ledger.asOwner(`SELECT * FROM first_links WHERE login = 'li.si'`)).rows;
    const before = await links();
    const sent = await coordinator.post('/users/li.si/link');
    expect([sent.status, sent.location]).toEqual([303, '/users/li.si']);
    const made = await links();
    expect(made).not.toEqual(before);
    expect((await coordinator.get('/users')).body).not.toContain('/first/');
    expect((await coordinator.follow(sent)).body).toContain('/first/');
    expect((await coordinator.follow(sent)).body).not.toContain('/first/');
    expect(await links()).toEqual(made);
  });

  test('is told when another changed the same user meanwhile, and overwrites nothing', async () => {
    const path = '/users/li.si';
    const at = { app: here.app, db: here.ledger.db, now: NOW };
    const second = await signedInAs(at, '程协调', [{ role: 'coordinator', unit: OFFICE }]);
    const forms = await Promise.all([coordinator, second].map((who) => who.get(path)));
    const seen = forms.map(({ body }) => hiddenIn(body, `${path}/capacities`).seen ?? '');
    expect(seen[0]).toBe(JSON.stringify([['unit', LEAD]]));
    const given = (n: number, unit: string) => ({ seen: seen[n] ?? '', role: 'unit', unit });
    expect((await coordinator.post(`${path}/capacities`, given(0, '市市场监管局'))).status).toBe(200);
    const late = await second.post(`${path}/capacities`, given(1, '市公安局'));
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('刚刚被他人更改')]);
    expect(late.body).toContain('市市场监管局');
    expect((await second.post(`${path}/capacities`, { seen: seen[1] ?? '', take: `unit ${LEAD}` })).status).toBe(409);
    const units = async () => (await findUser(here.ledger.db, 'li.si'))?.capacities.map(({ unit }) => unit);
    expect(await units()).toEqual([LEAD, 'zhuzhou:市市场监管局']);
    // Of two at one moment, too, none is lost without a word.
    const [a, b] = await Promise.all([
      coordinator.post(`${path}/capacities`, { role: 'unit', unit: '市公安局' }),
      second.post(`${path}/capacities`, { role: 'unit', unit: '市自然资源和规划局' }),
    ]);
    expect((await units())?.length).toBe(2 + [a, b].filter(({ status }) => status === 200).length);
    await coordinator.post(`/users/${second.login}/disable`);
  });

  test('gives an office its first supervisor, and has no hand in him from then on', async () => {
    for (const deed of ['link', 'reset-factor', 'disable']) {
      expect((await coordinator.post(`/users/wangli/${deed}`)).status).toBe(404);
    }
    const second = { login: 'second', name: '又一位', role: 'supervisor', unit: '' };
    expect((await coordinator.post('/users', second)).body).toContain('只能管理本单位范围内');
    expect(await findUser(here.ledger.db, 'second')).toBeNull();
    // He knows who it is all the same.
    const { body } = await coordinator.get('/users');
    expect(body).toMatch(/<td>wangli<\/td>/);
    expect(body).toContain('此处只供查看');
    expect(body).not.toContain('href="/users/wangli"');
  });

  test('gives himself no rights', async () => {
    const path = `/users/${coordinator.login}/capacities`;
    const refused = await coordinator.post(path, { role: 'supervisor', unit: '' });
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('不能更改自己的职责')]);
  });

  test.each(['link', 'reset-factor'])('gets round his own password by no %s', async (deed) => {
    const refused = await coordinator.post(`/users/${coordinator.login}/${deed}`);
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('在“账号”页')]);
    expect(refused.body).not.toContain('/first/');
    expect((await coordinator.get('/')).location).toBe('/cockpit');
  });

  test('does not go as the last one', async () => {
    const refused = await coordinator.post(`/users/${coordinator.login}/disable`);
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('最后一个可用的协调员')]);
    expect((await coordinator.get('/')).location).toBe('/cockpit');
  });
});

test('who is no coordinator manages nobody, and one of another office knows nothing of these', async () => {
  const at = { app: here.app, db: here.ledger.db, now: NOW };
  const unit = await signedInAs(at, '单位', [{ role: 'unit', unit: LEAD }]);
  const auditor = await signedInAs(at, '审计', [{ role: 'auditor', unit: null }]);
  const supervisor = await signedInAs(at, '督查', [{ role: 'supervisor', unit: OFFICE }]);
  for (const browser of [unit, auditor, supervisor]) {
    expect((await browser.get('/users')).status).toBe(403);
    expect((await browser.get('/users/wangli')).status).toBe(403);
    expect((await browser.post('/users/wangli/disable')).status).toBe(403);
    expect((await browser.post('/users', { login: 'mine', name: 'x', role: 'unit', unit: LEAD })).status).toBe(403);
  }
  const { rows } = await here.ledger.asOwner(`INSERT INTO units (id, city, name, body)
    SELECT 'elsewhere:市督办', 'elsewhere', '市督办', jsonb_set(jsonb_set(body, '{id}', '"elsewhere:市督办"'), '{city}', '"elsewhere"')
    FROM units WHERE id = '${OFFICE}' RETURNING id`);
  const far = await signedInAs(at, '外地', [{ role: 'coordinator', unit: String(rows[0]?.id) }]);
  expect((await far.get('/users')).body).not.toContain('wangli');
  for (const path of ['/users/wangli', '/users/nobody']) expect((await far.get(path)).status).toBe(404);
  expect((await far.post('/users/wangli/link')).status).toBe(404);
  expect((await far.post('/users', { login: 'mine', name: 'x', role: 'unit', unit: LEAD })).status).toBe(422);
  expect((await findUser(here.ledger.db, 'wangli'))?.disabledAt).toBeNull();
  expect(await findUser(here.ledger.db, 'mine')).toBeNull();
});
