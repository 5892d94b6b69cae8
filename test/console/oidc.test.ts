/** Signing in by an identity provider, which runs beside this test: who is let in, as what, and who is not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeToken } from '../../accounts/api-tokens';
import { identityProvider } from '../../accounts/oidc';
import { userOfIdentity } from '../../accounts/oidc-user';
import { findUser } from '../../ledger/accounts/users';
import { loadKeys } from '../../links/keys';
import { newHome } from '../support/run';
import { LEAD, OFFICE } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { DoorBrowser, type Shown } from './door';

jest.setTimeout(60_000);

const REDIRECT = 'http://127.0.0.1:8050/sign-in/oidc/callback';
const PEOPLE = {
  a1: { name: '王莉', preferred_username: 'WangLi', groups: ['staff', 'somebody'], department: LEAD },
  a2: { name: '岳素问', preferred_username: 'yue', groups: ['cn=督办室,ou=市直'] },
  a3: { name: '访客', preferred_username: 'guest', groups: ['others'] },
  a4: { name: '王莉<b>', preferred_username: 'wangli', groups: ['audit'] },
  a5: { name: '奇怪', preferred_username: '../<script>', groups: ['audit'] },
  a6: { name: '外地', preferred_username: 'far', groups: ['staff'], department: 'nowhere:市税务局' },
};

let child: ChildProcess;
let here: BareConsole;

beforeAll(async () => {
  child = spawn(process.execPath, [join(__dirname, '../accounts/oidc-provider-child.mjs'), JSON.stringify(PEOPLE)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const by = identityProvider({
    issuer: said.toString().trim(),
    clientId: 'duban',
    clientSecret: 'a secret of this test',
    scope: 'openid profile',
    loginClaim: 'preferred_username',
    rolesClaim: 'groups',
    roles: [
      { value: 'cn=督办室,ou=市直', role: 'coordinator', unit: OFFICE },
      { value: 'staff', role: 'unit', unit: '{department}' },
      { value: 'audit', role: 'auditor', unit: null },
    ],
  });
  // Tokens of the provider are judged by the real time.
  here = await openBareConsole(new Date().toISOString(), {
    accounts: {
      keys: await loadKeys(null, newHome('oidc'), 'account-keys'),
      factorRule: 'required',
      provider: { label: '统一认证', redirectUri: REDIRECT, by, tokenDays: 30 },
    },
  });
});
afterAll(async () => {
  await here?.close();
  child?.stdin?.end();
  if (child && child.exitCode === null) await once(child, 'exit');
});

/** At the provider: its forms are filled until it sends the browser back. */
async function atProvider(address: string, person: string): Promise<string> {
  const jar = new Map<string, string>();
  let request: { url: string; body?: URLSearchParams } = { url: address };
  for (let steps = 0; steps < 12; steps += 1) {
    const answer = await fetch(request.url, {
      method: request.body ? 'POST' : 'GET',
      body: request.body,
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      const next = new URL(location, request.url).href;
      if (next.startsWith(REDIRECT)) return next.slice('http://127.0.0.1:8050'.length);
      request = { url: next };
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '';
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    request = {
      url: new URL(action, request.url).href,
      body: new URLSearchParams({ prompt, ...(prompt === 'login' && { login: person, password: 'any' }) }),
    };
  }
  throw new Error('the provider does not come to an end');
}

async function signIn(person: string, browser = new DoorBrowser(here.app)): Promise<Shown> {
  const out = await browser.get('/sign-in/oidc?next=%2Fowed%3Fa%3D1');
  return browser.get(await atProvider(out.location ?? '', person));
}

test('the button leads to the provider, which is told nothing but the flow', async () => {
  const browser = new DoorBrowser(here.app);
  expect((await browser.get('/sign-in?next=%2Fowed')).body).toMatch(
    /href="\/sign-in\/oidc\?next=%2Fowed".*用统一认证登录/s,
  );
  const out = await browser.get('/sign-in/oidc');
  const { searchParams } = new URL(out.location ?? '');
  expect([...searchParams.keys()].sort()).toEqual(
    [
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ].sort(),
  );
  expect(out.cookies.join()).not.toContain(searchParams.get('state'));
});

test('a member of the staff is in, for the unit of his department, and where he wanted to go', async () => {
  const browser = new DoorBrowser(here.app);
  const done = await signIn('a1', browser);
  expect([done.status, done.location]).toEqual([303, '/owed?a=1']);
  expect(await findUser(here.ledger.db, 'wangli')).toMatchObject({
    name: '王莉',
    capacities: [{ role: 'unit', unit: LEAD }],
  });
  expect((await browser.get('/')).location).toBe('/owed');
  // The second time he is the same user.
  expect((await signIn('a1')).status).toBe(303);
});

test('a coordinator still owes a second factor: the provider says of none', async () => {
  expect((await signIn('a2')).location).toMatch(/^\/sign-in\/set-up/);
});

test.each([
  ['whose groups mean nothing here', 'a3', '没有给出可用的职责'],
  ['whose unit is not in the directory', 'a6', '没有给出可用的职责'],
  ['whose login somebody else has', 'a4', '账号“wangli”已经有了'],
])('somebody %s is not let in', async (_what, person, said) => {
  const browser = new DoorBrowser(here.app);
  const done = await signIn(person, browser);
  expect([done.status, done.body]).toEqual([422, expect.stringContaining(said)]);
  expect(browser.jar.has('duban')).toBe(false);
});

test('a login that is none gets another, and is text', async () => {
  expect((await signIn('a5')).status).toBe(303);
  const { rows } = await here.ledger.asOwner("SELECT login FROM users WHERE name = '奇怪'");
  expect(rows).toEqual([{ login: expect.stringMatching(/^oidc-[0-9a-f]{12}$/) }]);
});

test('tokens end with the groups, and rest while the provider has not vouched for their user for too long', async () => {
  const { db } = here.ledger;
  const now = () => new Date().toISOString();
  const make = async (scope: string[]) =>
    (await makeToken(db, { login: 'wangli' }, { name: scope.join(), scope, days: 300, now: now() })).token;
  const asks = async (token: string) =>
    (await here.app.inject({ url: '/api/v1/plans', headers: { authorization: `Bearer ${token}` } })).statusCode;
  const [read, move] = [await make(['read']), await make(['read', 'move'])];
  const vouched = (days: number) =>
    here.ledger.asOwner(`UPDATE users SET vouched_at = now() - interval '${days} days' WHERE login = 'wangli'`);
  await vouched(29);
  expect(await asks(read)).toBe(200);
  await vouched(31);
  expect([await asks(read), await asks(move)]).toEqual([401, 401]);
  await signIn('a1');
  expect([await asks(read), await asks(move)]).toEqual([200, 200]);
  // Whom the provider has never heard of has tokens of his own.
  const subject = (await here.ledger.asOwner(`SELECT identity FROM users WHERE login = 'wangli'`)).rows[0]?.identity;
  await here.ledger.asOwner(`UPDATE users SET identity = NULL, vouched_at = NULL WHERE login = 'wangli'`);
  expect(await asks(read)).toBe(200);

  const identity = { subject: String(subject), login: 'wangli', name: '王莉', hasTwoFactors: false };
  await here.ledger.asOwner(`UPDATE users SET identity = '${subject}', vouched_at = now() WHERE login = 'wangli'`);
  // From a unit to an auditor: what only reads still fits.
  await userOfIdentity(db, { ...identity, capacities: [{ role: 'auditor', unit: null }] }, now());
  expect([await asks(read), await asks(move)]).toEqual([200, 401]);
  await expect(userOfIdentity(db, { ...identity, capacities: [] }, now())).rejects.toMatchObject({
    code: 'oidc-unknown',
  });
  expect(await asks(read)).toBe(401);
  // The groups are back; the tokens are not.
  await userOfIdentity(db, { ...identity, capacities: [{ role: 'unit', unit: LEAD }] }, now());
  expect(await asks(read)).toBe(401);
});

test('who was disabled here stays out, whatever the provider says', async () => {
  await here.ledger.asOwner("UPDATE users SET disabled_at = now() WHERE login = 'wangli'");
  expect((await signIn('a1')).status).toBe(422);
});

test('an answer that is not to this browser’s question is none', async () => {
  const [mine, other] = [new DoorBrowser(here.app), new DoorBrowser(here.app)];
  const back = await atProvider((await mine.get('/sign-in/oidc')).location ?? '', 'a2');
  await other.get('/sign-in/oidc');
  const refused = await other.get(back);
  expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('统一认证没有完成')]);
  for (const query of ['', '?code=x', '?code=x&state=y', '?error=access_denied', '?state=%00&code=%27']) {
    const none = await new DoorBrowser(here.app).get(`/sign-in/oidc/callback${query}`);
    expect([none.status, none.body]).toEqual([422, expect.stringContaining('统一认证没有完成')]);
  }
  // And an answer counts once.
  expect((await mine.get(back)).status).toBe(303);
  expect((await mine.get(back)).status).toBe(422);
});
