/** The life of accounts at the door: a first link, a password, a second factor, and everybody who tries without. */
import { makeFirstLink } from '../../accounts/first-link';
import type { Capacity } from '../../domain/rights';
import { addUser, changeUser } from '../../ledger/accounts/users';
import { LEAD, OFFICE } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { codeAt, DoorBrowser, type Shown } from './door';

jest.setTimeout(60_000);

let here: BareConsole;
let clock = '2026-03-02T01:00:00.000Z';
const PASSWORD = '每月初五清晨都去江边看水位';
/** Where who is not signed in is sent. */
const OUT = '/sign-in?next=%2F';
const COORDINATOR: Capacity = { role: 'coordinator', unit: OFFICE };
const UNIT: Capacity = { role: 'unit', unit: LEAD };

/** In an address; a lone surrogate has no place in one. */
function asQuery(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function pass(seconds: number): void {
  clock = new Date(Date.parse(clock) + seconds * 1_000).toISOString();
  here.at(clock);
}

async function person(login: string, capacity: Capacity): Promise<string> {
  const { db } = here.ledger;
  await addUser(db, {
    login,
    name: `人${login}`,
    capacities: [capacity],
    language: 'zh-CN',
    createdAt: clock,
    createdBy: 't',
  });
  return (await makeFirstLink(db, login, { by: 't', now: clock })).path;
}

/** With a password, set by the link. */
async function withPassword(login: string, capacity: Capacity): Promise<DoorBrowser> {
  const path = await person(login, capacity);
  const browser = new DoorBrowser(here.app);
  await browser.send(await browser.get(path), path, { password: PASSWORD, again: PASSWORD });
  return browser;
}

/** Everything that the console logs. */
const logged: string[] = [];

beforeAll(async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  here = await openBareConsole(clock, { logLevel: 'trace' });
});
afterAll(async () => {
  await here?.close();
  jest.restoreAllMocks();
});

describe('a unit', () => {
  test('sets its password by the one-time link, is in, and the link counts no more', async () => {
    const path = await person('wangli', UNIT);
    const browser = new DoorBrowser(here.app);
    const page = await browser.get(path);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('人wangli（账号 wangli）')]);
    for (const [password, again, said] of [
      ['太短', '太短', '至少12个字符'],
      ['wangli123456', 'wangli123456', '容易被猜到'],
      [PASSWORD, `${PASSWORD}！`, '两次输入的密码不一致'],
    ] as const) {
      const refused = await browser.send(page, path, { password, again });
      expect([refused.status, refused.body]).toEqual([422, expect.stringContaining(said)]);
      expect(refused.body).not.toContain(password);
    }
    const done = await browser.send(page, path, { password: PASSWORD, again: PASSWORD });
    expect([done.status, done.location]).toEqual([303, '/']);
    expect((await browser.get('/')).location).toBe('/owed');
    expect((await new DoorBrowser(here.app).get(path)).status).toBe(410);
    expect((await browser.send(page, path, { password: PASSWORD, again: PASSWORD })).status).toBe(410);
  });

  test('comes in by its password in any capitals, and goes where it wanted', async () => {
    const browser = new DoorBrowser(here.app);
    const done = await browser.signIn(' WangLi ', PASSWORD, undefined, '/plans/a?b=1');
    expect([done.status, done.location]).toEqual([303, '/plans/a?b=1']);
    expect(done.cookies.join()).toMatch(/duban=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/);
    expect((await browser.get('/sign-in?next=/owed')).location).toBe('/owed');
  });

  test('never goes to another site', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
    ]) {
      const done = await new DoorBrowser(here.app).signIn('wangli', PASSWORD, undefined, next);
      expect([next, done.location]).toEqual([next, '/']);
    }
  });

  test('gets a new session id at each sign-in; the browser’s old session ends', async () => {
    const browser = new DoorBrowser(here.app);
    await browser.signIn('wangli', PASSWORD);
    const old = browser.jar.get('duban') ?? '';
    // The sign-in page sends who is in away: the form of another tab is still open.
    const stranger = new DoorBrowser(here.app);
    const page = await stranger.get('/sign-in');
    stranger.jar.set('duban', old);
    await stranger.send(page, '/sign-in', { login: 'wangli', password: PASSWORD });
    expect(stranger.jar.get('duban')).not.toBe(old);
    expect((await browser.get('/')).location).toBe(OUT);
  });

  test('a link that is too old, and one of a disabled user, are the same as none', async () => {
    const old = await person('old', UNIT);
    const gone = await person('gone', UNIT);
    await changeUser(here.ledger.db, 'gone', { disabledAt: clock });
    const answers = [];
    pass(72 * 3_600 + 1);
    for (const path of [old, gone, `/first/${'x'.repeat(43)}`, '/first/%00%27%22%3Cb%3E']) {
      const { status, body } = await new DoorBrowser(here.app).get(path);
      answers.push(`${status} ${body}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('此链接已失效');
  });
});

describe('who is not let in', () => {
  test('hears the same, whether the login is wrong, the password, or the account is disabled', async () => {
    await withPassword('retired', UNIT);
    await changeUser(here.ledger.db, 'retired', { disabledAt: clock });
    await person('fresh', UNIT);
    const answers = [];
    for (const login of ['wangli', 'nobody', 'retired', 'fresh']) {
      const browser: DoorBrowser = new DoorBrowser(here.app, { 'x-forwarded-for': `198.51.100.${answers.length}` });
      const page = await browser.get('/sign-in');
      const { status, body }: Shown = await browser.send(page, '/sign-in', { login, password: 'not this one at all' });
      answers.push(`${status} ${body.replaceAll(login, 'LOGIN').replace(/name="csrf" value="\w+"/, '')}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^422 .*账号或密码不正确/s);
  });

  test('waits after five wrong ones from one address, while others come in', async () => {
    const attacker = new DoorBrowser(here.app, { 'x-forwarded-for': '203.0.113.7' });
    const tried = async (password: string) => (await attacker.signIn('wangli', password)).status;
    for (let n = 0; n < 5; n += 1) expect(await tried('wrong wrong wrong')).toBe(422);
    expect(await tried(PASSWORD)).toBe(429);
    const blocked = await attacker.signIn('wangli', PASSWORD);
    expect(blocked.body).toContain('请在1分钟后再试');
    // Nobody learns from the wait whether somebody has the login.
    const guesser = new DoorBrowser(here.app, { 'x-forwarded-for': '203.0.113.8' });
    for (let n = 0; n < 5; n += 1) await guesser.signIn('nobody', 'wrong wrong wrong');
    expect((await guesser.signIn('nobody', 'wrong')).body).toContain('请在1分钟后再试');
    expect((await new DoorBrowser(here.app).signIn('wangli', PASSWORD)).status).toBe(303);
    pass(61);
    expect(await tried('wrong again and again')).toBe(422);
    pass(61);
    // The sixth doubled it.
    expect(await tried(PASSWORD)).toBe(429);
    pass(60);
    expect(await tried(PASSWORD)).toBe(303);
  });

  test('many at one moment are as many attempts', async () => {
    const browser = new DoorBrowser(here.app, { 'x-forwarded-for': '203.0.113.9' });
    const page = await browser.get('/sign-in');
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        browser.send(page, '/sign-in', { login: 'wangli', password: `guess ${n} guess` }),
      ),
    );
    expect(all.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  test('sends no form that another page, or another browser, made', async () => {
    const page = await new DoorBrowser(here.app).get('/sign-in');
    const other = new DoorBrowser(here.app);
    await other.get('/sign-in');
    expect((await other.send(page, '/sign-in', { login: 'wangli', password: PASSWORD })).status).toBe(403);
    const own = await other.get('/sign-in');
    const crossed = await other.post(
      '/sign-in',
      { csrf: /name="csrf" value="(\w+)"/.exec(own.body)?.[1] ?? '', login: 'wangli', password: PASSWORD },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(crossed.status).toBe(403);
    expect(other.jar.has('duban')).toBe(false);
  });

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a quote', `' OR '1'='1`],
    ['an attribute', '"><img src=x onerror=alert(1)>'],
    ['a null character', 'wang\u0000li'],
    ['half a surrogate', '\ud800'],
    ['a newline', 'wangli\r\nSet-Cookie: a=b'],
    ['a book', '长'.repeat(5_000)],
  ])('%s in every field is text, and breaks nothing', async (_what, hostile) => {
    const browser = new DoorBrowser(here.app, {
      'x-forwarded-for': '203.0.113.20',
      'user-agent': hostile.slice(0, 5).replace(/[^ -~]/g, ''),
    });
    const page = await browser.get(`/sign-in?next=${asQuery(hostile)}&kept=${asQuery(hostile)}`);
    const { csrf = '' } = { csrf: /name="csrf" value="(\w+)"/.exec(page.body)?.[1] };
    const fields = { csrf, login: hostile, password: hostile, next: hostile, kept: hostile };
    for (const answer of [
      page,
      await browser.post('/sign-in', fields),
      await browser.post('/sign-in/code', { ...fields, code: hostile }),
      await browser.post('/sign-in/set-up', { ...fields, code: hostile }),
      await browser.post(`/first/${'x'.repeat(43)}`, { ...fields, again: hostile }),
      await browser.get(`/kept/${asQuery(hostile).slice(0, 1_000)}`),
    ]) {
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).not.toMatch(/<script>alert|<img|<\/script>/);
      expect(answer.location ?? '/').toMatch(/^\/(?![/\\])/);
    }
  });
});

describe('a coordinator', () => {
  let browser: DoorBrowser;
  let secret: string;
  let recovery: string[];

  test('is not in before he has set up a second factor', async () => {
    const path = await person('yue', COORDINATOR);
    browser = new DoorBrowser(here.app);
    const done = await browser.send(await browser.get(path), path, { password: PASSWORD, again: PASSWORD });
    expect(done.location).toBe('/sign-in/set-up');
    expect((await browser.get('/')).location).toBe(OUT);
    expect((await browser.get('/sign-in/code')).location).toBe('/sign-in');
    const page = await browser.get('/sign-in/set-up');
    secret = /<code class="secret">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';
    expect(secret.replaceAll(' ', '')).toHaveLength(32);
    expect(page.body).toContain('<svg class="qr"');
    expect((await browser.send(page, '/sign-in/set-up', { code: '000000' })).body).toContain('验证码不正确');
    const set = await browser.send(page, '/sign-in/set-up', { code: codeAt(secret, clock) });
    recovery = [...set.body.matchAll(/<code>([2-9a-z-]{19})<\/code>/g)].map(([, code]) => code ?? '');
    expect(recovery).toHaveLength(10);
    expect((await browser.get('/')).location).toBe('/cockpit');
    // The secret is in the database sealed only, and no code in clear.
    const { rows } = await here.ledger.asOwner('SELECT * FROM second_factors NATURAL JOIN recovery_codes');
    expect(JSON.stringify(rows)).not.toContain(secret.replaceAll(' ', ''));
    expect(JSON.stringify(rows)).not.toContain(recovery[0]);
  });

  test('of two half sign-ins only the first sets the second factor up', async () => {
    const path = await person('zhou', COORDINATOR);
    const [first, second] = [new DoorBrowser(here.app), new DoorBrowser(here.app)];
    await first.send(await first.get(path), path, { password: PASSWORD, again: PASSWORD });
    expect((await second.signIn('zhou', PASSWORD)).location).toBe('/sign-in/set-up');
    const setUp = async (who: DoorBrowser) => {
      const page = await who.get('/sign-in/set-up');
      const own = /<code class="secret">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';
      return who.send(page, '/sign-in/set-up', { code: codeAt(own, clock) });
    };
    const both = await Promise.all([setUp(first), setUp(second)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toContain('已在另一处设置');
    const isIn = await Promise.all([first, second].map(async (who) => (await who.get('/')).location === '/cockpit'));
    expect(isIn.filter(Boolean)).toHaveLength(1);
    const { rows } = await here.ledger.asOwner(`SELECT * FROM recovery_codes WHERE login = 'zhou'`);
    expect(rows).toHaveLength(10);
  });

  test('owes a code at each sign-in; one counts once, also of two tabs', async () => {
    pass(60);
    const code = codeAt(secret, clock);
    const [one, two] = [new DoorBrowser(here.app), new DoorBrowser(here.app)];
    for (const tab of [one, two]) expect((await tab.signIn('yue', PASSWORD)).location).toBe('/sign-in/code');
    expect((await one.get('/')).location).toBe(OUT);
    const pages = await Promise.all([one, two].map((tab) => tab.get('/sign-in/code')));
    const answers = await Promise.all(
      [one, two].map((tab, i) =>
        tab.send(pages[i] ?? { status: 0, body: '', location: null, cookies: [] }, '/sign-in/code', { code }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const again = new DoorBrowser(here.app);
    expect((await again.signIn('yue', PASSWORD, code)).status).toBe(422);
    pass(30);
    expect((await again.signIn('yue', PASSWORD, codeAt(secret, clock))).status).toBe(303);
  });

  test('the half of a sign-in ends after ten minutes', async () => {
    const half = new DoorBrowser(here.app);
    await half.signIn('yue', PASSWORD);
    pass(601);
    expect((await half.get('/sign-in/code')).location).toBe('/sign-in');
  });

  test('comes in by a recovery code, once', async () => {
    const [first = ''] = recovery;
    expect((await new DoorBrowser(here.app).signIn('yue', PASSWORD, first.toUpperCase())).status).toBe(303);
    expect((await new DoorBrowser(here.app).signIn('yue', PASSWORD, first)).status).toBe(422);
  });

  test('guessing codes ends after five, whoever asks', async () => {
    const guesser = new DoorBrowser(here.app);
    await guesser.signIn('yue', PASSWORD);
    const page = await guesser.get('/sign-in/code');
    const statuses = [];
    for (let n = 0; n < 6; n += 1) {
      statuses.push((await guesser.send(page, '/sign-in/code', { code: `00000${n}` })).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 429, 429]);
    pass(61);
  });
});

test('a session ends after an hour of nothing, and after twelve hours of work', async () => {
  const idle = await withPassword('idle', UNIT);
  pass(59 * 60);
  expect((await idle.get('/')).location).toBe('/owed');
  pass(61 * 60);
  expect((await idle.get('/')).location).toBe(OUT);
  const busy = await withPassword('busy', UNIT);
  for (let n = 0; n < 14; n += 1) {
    pass(50 * 60);
    expect((await busy.get('/')).location).toBe('/owed');
  }
  pass(21 * 60);
  expect((await busy.get('/')).location).toBe(OUT);
});

test('a script of a page, and a stream of events, are told that nobody is signed in', async () => {
  const browser = new DoorBrowser(here.app);
  expect((await browser.get('/events', { accept: 'text/event-stream' })).body).toBe('event: end\ndata: {}\n\n');
  const part = await here.app.inject({
    url: '/',
    headers: { 'hx-request': 'true', 'hx-current-url': 'http://127.0.0.1/plans/a?b=1' },
  });
  expect([part.statusCode, part.headers['hx-redirect']]).toEqual([401, '/sign-in?next=%2Fplans%2Fa%3Fb%3D1']);
});

test('the door speaks English to who asks for it', async () => {
  const browser = new DoorBrowser(here.app);
  expect((await browser.get('/sign-in?language=en')).body).toMatch(/<html lang="en">.*Sign in/s);
  expect((await browser.get('/sign-in')).body).toContain('<html lang="en">');
  expect((await browser.signIn('nobody', 'x')).body).toContain('The login or the password is wrong.');
});

test('the log has who came in and who did not, and nothing by which one could', () => {
  const all = logged.join('');
  expect(all).toMatch(/"login":"yue".*signed in/);
  expect(all).toMatch(/"code":"wrong-password".*not signed in/);
  expect(all).toMatch(/"code":"too-many-attempts"/);
  expect(all).not.toContain(PASSWORD);
  expect(all).not.toContain('wrong wrong wrong');
  expect(all).not.toContain('nobody');
  expect(all).not.toMatch(/\/first\/[\w-]{43}/);
  expect(all).not.toMatch(/duban=[\w-]{10}/);
});
