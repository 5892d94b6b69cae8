/** `duban user` and `duban token` on a ledger of their own: links and tokens are printed once, passwords never asked for. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenUser } from '../../accounts/api-tokens';
import { ownerOfLink } from '../../accounts/first-link';
import { firstUser } from '../../client/first-user';
import type { Plan } from '../../domain/plan';
import { findUser } from '../../ledger/accounts/users';
import { storeDraft } from '../../ledger/plans';
import zhuzhou2020 from '../../seeds/plans/zhuzhou-2020.json';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';
import { newHome } from '../support/run';
import { LEAD, OFFICE } from '../workflows/town';
import { dubanJson } from './duban';

jest.setTimeout(120_000);

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await seededLedger();
});
afterAll(() => ledger?.drop());

const run = async (...args: string[]) => {
  const { code, json } = await dubanJson({ DATABASE_URL: ledger.url }, ...args);
  return { code, json: JSON.parse(JSON.stringify(json)) };
};
const now = () => new Date().toISOString();

test('users and tokens on the command line', async () => {
  const added = await run('user', 'add', 'wangli', '--name', '王莉', '--as', `unit@${LEAD}`, '--as', 'auditor');
  expect([added.code, added.json.capacities]).toEqual([
    0,
    [
      { role: 'unit', unit: LEAD },
      { role: 'auditor', unit: null },
    ],
  ]);
  const secret = /\/first\/([\w-]{43})$/.exec(added.json.link.url)?.[1] ?? '';
  expect(await ownerOfLink(ledger.db, secret, now())).toMatchObject({ login: 'wangli' });
  // Another link ends the first one.
  expect((await run('user', 'link', 'wangli', '--reset-factor')).code).toBe(0);
  await expect(ownerOfLink(ledger.db, secret, now())).rejects.toMatchObject({ code: 'link-used' });

  const made = await run('token', 'create', 'wangli', '--name', '报表', '--scope', 'read,move');
  expect(await tokenUser(ledger.db, made.json.token, now(), null)).toMatchObject({ scope: ['read', 'move'] });
  const listed = await run('token', 'list');
  expect(JSON.stringify(listed.json)).not.toContain(made.json.token);
  expect((await run('token', 'revoke', made.json.id)).code).toBe(0);
  expect(await tokenUser(ledger.db, made.json.token, now(), null)).toBeNull();

  expect((await run('user', 'disable', 'wangli')).code).toBe(0);
  expect((await findUser(ledger.db, 'wangli'))?.disabledAt).not.toBeNull();
  const list = await run('user', 'list');
  expect(list.json).toMatchObject([{ login: 'wangli', hasPassword: false }]);
  expect(JSON.stringify(list.json)).not.toMatch(/password":"|secret/);

  for (const [wrong, code] of [
    [['user', 'add', 'wangli', '--name', 'x', '--as', `unit@${LEAD}`], 'login-taken'],
    [['user', 'add', 'Böse', '--name', 'x', '--as', 'auditor'], 'bad-login'],
    [['user', 'add', 'li', '--name', 'x', '--as', 'unit@nowhere:局'], 'unknown-unit'],
    [['user', 'add', 'li', '--name', 'x', '--as', 'king'], 'bad-capacity'],
    [['user', 'link', 'nobody'], 'unknown-login'],
    [['token', 'revoke', '000000'], 'no-such-token'],
    [['user', 'list', '--actor', 'nobody'], 'unknown-person'],
  ] as const) {
    expect((await run(...wrong)).json.error).toMatchObject({ code });
  }
});

test('a link leads to the port that the console of this home has, and not to that of another one', async () => {
  const home = newHome('links');
  await writeFile(join(home, 'console.json'), '{"port":8057}');
  const env = { DATABASE_URL: ledger.url, DUBAN_HOME: home };
  const url = async (more: Record<string, string>) =>
    JSON.stringify((await dubanJson({ ...env, ...more }, 'user', 'link', 'wangli')).json);
  expect(await url({})).toContain('http://127.0.0.1:8057/first/');
  expect(await url({ DUBAN_PORT: '8061' })).toContain('http://127.0.0.1:8061/first/');
  expect(await url({ DUBAN_BASE_URL: 'https://duban.example' })).toContain('https://duban.example/first/');
});

test('the first start makes one coordinator with a link, a new one until it was used, and nobody where there are users', async () => {
  const empty = await seededLedger();
  try {
    // Whose office, nobody knows before a plan is there.
    expect(await firstUser(empty.db, now())).toBeNull();
    await storeDraft(empty.db, zhuzhou2020 as Plan);
    const first = await firstUser(empty.db, now());
    expect(first?.login).toBe('coordinator');
    const { capacities = [] } = (await findUser(empty.db, 'coordinator')) ?? {};
    expect(capacities).toEqual([{ role: 'coordinator', unit: OFFICE }]);
    const again = await firstUser(empty.db, now());
    const path = (link?: string) => link?.slice('/first/'.length) ?? '';
    await expect(ownerOfLink(empty.db, path(first?.link.path), now())).rejects.toMatchObject({ code: 'link-used' });
    expect(await ownerOfLink(empty.db, path(again?.link.path), now())).toMatchObject({ login: 'coordinator' });
    expect(await firstUser(ledger.db, now())).toBeNull();
  } finally {
    await empty.drop();
  }
});
