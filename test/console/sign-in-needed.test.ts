/** The door of the console: nobody without a session, no form without its token, no session longer than it lasts. */
import type { FastifyInstance } from 'fastify';
import { endSession } from '../../ledger/accounts/sessions';
import { LEAD, OFFICE } from '../workflows/town';
import { type BareConsole, openBareConsole } from './bare-console';
import { formOf } from './form-of';
import { type Browser, signedInAs } from './people';

const NOW = '2026-03-02T01:00:00.000Z';

let house: BareConsole;
let coordinator: Browser;
const asStranger = (app: FastifyInstance, method: 'GET' | 'POST', url: string) => app.inject({ method, url });

beforeAll(async () => {
  house = await openBareConsole(NOW);
  const at = { app: house.app, db: house.ledger.db, now: NOW };
  coordinator = await signedInAs(at, '岳素问', [{ role: 'coordinator', unit: OFFICE }]);
});
afterAll(() => house?.close());

test('who is not signed in is sent to the sign-in, and comes back to where he wanted to go', async () => {
  const page = await asStranger(house.app, 'GET', '/?a=1&b=/x');
  expect([page.statusCode, page.headers.location]).toEqual([303, '/sign-in?next=%2F%3Fa%3D1%26b%3D%2Fx']);
});

test('each begins at his own page', async () => {
  const at = { app: house.app, db: house.ledger.db, now: NOW };
  const unit = await signedInAs(at, '王莉', [{ role: 'unit', unit: LEAD }]);
  const auditor = await signedInAs(at, '审计员', [{ role: 'auditor', unit: null }]);
  expect([
    (await coordinator.get('/')).location,
    (await unit.get('/')).location,
    (await auditor.get('/')).location,
  ]).toEqual(['/cockpit', '/owed', '/record']);
});

test('a form without the token of its session does nothing', async () => {
  for (const token of ['', 'x'.repeat(32)]) {
    expect((await coordinator.post('/sign-out', {}, token)).status).toBe(403);
  }
  expect((await coordinator.get('/')).location).toBe('/cockpit');
});

test('a form of another site does nothing, whatever it knows', async () => {
  const { csrf } = await house.ledger.db
    .selectFrom('sessions')
    .select('csrf')
    .where('login', '=', coordinator.login)
    .executeTakeFirstOrThrow();
  const answer = await house.app.inject({
    method: 'POST',
    url: '/sign-out',
    headers: { cookie: `duban=${coordinator.cookie}`, 'sec-fetch-site': 'cross-site' },
    payload: { csrf },
  });
  expect(answer.statusCode).toBe(403);
});

test('a session ends by itself, by its user and by a disabled account', async () => {
  const { db } = house.ledger;
  const old = new Date(Date.parse(NOW) - 13 * 3_600_000).toISOString();
  const late = await signedInAs({ app: house.app, db, now: old }, '昨天', [{ role: 'unit', unit: LEAD }]);
  expect((await late.get('/')).location).toBe('/sign-in?next=%2F');
  const gone = await signedInAs({ app: house.app, db, now: NOW }, '离任', [{ role: 'unit', unit: LEAD }]);
  expect((await gone.get('/')).location).toBe('/owed');
  await db.updateTable('users').set({ disabled_at: NOW }).where('login', '=', gone.login).execute();
  expect((await gone.get('/')).location).toBe('/sign-in?next=%2F');
  expect((await coordinator.post('/sign-out')).location).toBe('/sign-in');
  expect((await coordinator.get('/')).location).toBe('/sign-in?next=%2F');
  const { digest } = await db.selectFrom('sessions').select('digest').executeTakeFirstOrThrow();
  await endSession(db, digest, NOW);
});

test('files of strangers are read so many times a minute, and then not at all', async () => {
  const { type, body } = formOf({ csrf: 'x' }, [{ field: 'files', name: 'a.pdf', bytes: Buffer.from('%PDF-1.7') }]);
  const send = (remoteAddress: string, url: string) =>
    house.app.inject({ method: 'POST', url, remoteAddress, headers: { 'content-type': type }, payload: body });
  const statuses: number[] = [];
  for (let n = 0; n < 22; n += 1) {
    statuses.push((await send('203.0.113.40', '/plans/p/tasks/1-01/moves/addEvidence')).statusCode);
  }
  expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
  expect((await send('203.0.113.41', '/imports')).statusCode).toBe(401);
  // By a link that counts for nothing, too.
  const byLink: number[] = [];
  for (let n = 0; n < 32; n += 1) byLink.push((await send('203.0.113.42', `/a/${'x'.repeat(80)}/evidence`)).statusCode);
  expect([byLink[0], byLink.at(-1)]).toEqual([404, 429]);
});
