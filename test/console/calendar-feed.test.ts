/** A unit's calendar over HTTP: what it shows, when it has not changed, whose address counts. */
import fastify, { type FastifyInstance } from 'fastify';
import ICAL from 'ical.js';
import { calendarFeed } from '../../console/calendar-feed';
import { currentFeed, renewFeed } from '../../ledger/calendar-feeds';
import { editUnit } from '../../ledger/units';
import { sealCalendar } from '../../links/calendar-link';
import { parseLinkKeys } from '../../links/keys';
import { sealToken } from '../../links/token';
import { Asker, COORDINATOR, LEAD, launchPlan, TASK, unitActor } from '../ledger/asker';
import { seededLedger, type TestLedger } from '../ledger/test-ledger';

const KEYS = parseLinkKeys(`k1:${'a'.repeat(43)}`);
const BY = { by: '岳素问', at: '2020-03-13T01:00:00.000Z' };
const CO = 'zhuzhou:市公安局';
let ledger: TestLedger;
let app: FastifyInstance;
let task: Asker;
let now = '2020-03-16T01:00:00.000Z';

beforeAll(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
  task = Asker.on(ledger, TASK);
  await task.issue();
  app = fastify({ routerOptions: { maxParamLength: 2_000 } });
  calendarFeed(app, {
    desk: ledger,
    keys: KEYS,
    now: () => now,
    mailFrom: { name: '督办', address: 'duban@zhuzhou.example' },
  });
});
afterAll(async () => {
  await app?.close();
  await ledger?.drop();
});

const address = async (unit: string, keys = KEYS) =>
  `/calendar/${sealCalendar(keys, { unit, serial: await currentFeed(ledger.db, unit, BY) })}.ics`;
const get = (url: string, tag?: string) =>
  app.inject({ method: 'GET', url, headers: tag === undefined ? {} : { 'if-none-match': tag } });
const shown = (body: string) =>
  new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent').map((entry) => {
    const { uid, sequence, startDate } = new ICAL.Event(entry);
    return { uid, sequence, on: startDate.toString(), status: entry.getFirstPropertyValue('status') };
  });
const due = async (unit: string) =>
  shown((await get(await address(unit))).body).find(({ uid }) => uid === 'zhuzhou-2020.1-01.due@zhuzhou.example');

test('a program that asks again is told that nothing changed, until something did', async () => {
  const url = await address(LEAD);
  const first = await get(url);
  expect(first.headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, max-age=900',
  });
  expect(shown(first.body).map(({ on, status }) => `${on} ${status}`)).toEqual([
    // The quarter's report, asked in June; the due date.
    '2020-06-24 CONFIRMED',
    '2020-06-30 CONFIRMED',
  ]);
  const tag = String(first.headers.etag);
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const again = await get(url, known);
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
  }
  // Another day is no change.
  now = '2020-03-17T01:00:00.000Z';
  expect((await get(url, tag)).statusCode).toBe(304);
  await task.move('ack', '2020-03-17', unitActor(LEAD), { move: 'acknowledge', unit: LEAD });
  expect((await get(url, tag)).statusCode).toBe(200);
});

test('a task that is handed on goes from one calendar into the other; cancelled, it goes from all', async () => {
  const before = await due(LEAD);
  const move = (id: string, day: string, asked: Parameters<Asker['move']>[3]) => task.move(id, day, COORDINATOR, asked);
  await move('on', '2020-03-18', { move: 'reassign', from: LEAD, to: CO, role: 'lead', reason: '职责调整' });
  now = '2020-03-18T04:00:00.000Z';
  expect(await due(LEAD)).toMatchObject({ uid: before?.uid, status: 'CANCELLED' });
  expect(await due(CO)).toMatchObject({ uid: before?.uid, status: 'CONFIRMED', on: '2020-06-30' });
  await move('off', '2020-03-19', { move: 'cancel', reason: '调整', document: '市发〔2020〕9号' });
  now = '2020-03-19T04:00:00.000Z';
  const after = await due(CO);
  expect(after?.status).toBe('CANCELLED');
  expect(Number(after?.sequence)).toBeGreaterThan(Number(before?.sequence));
  now = '2020-09-30T04:00:00.000Z';
  expect(await due(CO)).toBeUndefined();
});

test('the coordination office sees what it has to decide, and a unit without tasks an empty calendar', async () => {
  now = '2020-03-20T04:00:00.000Z';
  const other = Asker.on(ledger, 'zhuzhou-2020/1-02');
  await other.issue();
  const ask = { move: 'requestExtension', unit: LEAD, to: '2020-09-30', reason: '接口', progress: '一半' } as const;
  await other.move('ask', '2020-03-20', unitActor(LEAD), ask);
  const office = shown((await get(await address(COORDINATOR.unit ?? ''))).body);
  expect(office.map(({ uid, on }) => [uid, on])).toEqual([
    ['zhuzhou-2020.1-02.extensionDecision@zhuzhou.example', '2020-03-25'],
  ]);
  expect(shown((await get(await address('zhuzhou:市司法局'))).body)).toEqual([]);
});

test('a unit that reads English gets it in English', async () => {
  await editUnit(ledger.db, LEAD, (unit) => ({ ...unit, language: 'en' }));
  expect((await get(await address(LEAD))).body).toMatch(/SUMMARY:Due: 1-02 /);
});

test('revoked, an address is gone, and a new one counts', async () => {
  const old = await address(LEAD);
  const serial = await renewFeed(ledger.db, LEAD, BY);
  const gone = await get(old);
  expect([gone.statusCode, gone.headers['cache-control']]).toEqual([410, 'no-store']);
  expect((await get(`/calendar/${sealCalendar(KEYS, { unit: LEAD, serial })}.ics`)).statusCode).toBe(200);
  expect((await get(`/calendar/${sealCalendar(KEYS, { unit: LEAD, serial: serial + 1 })}.ics`)).statusCode).toBe(410);
});

test('two who ask for the address at once get the same one; two who revoke it make it new twice', async () => {
  const unit = 'zhuzhou:市财政局';
  expect(await Promise.all([1, 2, 3].map(() => currentFeed(ledger.db, unit, BY)))).toEqual([1, 1, 1]);
  expect((await Promise.all([1, 2].map(() => renewFeed(ledger.db, unit, BY)))).sort()).toEqual([2, 3]);
});

const FOREIGN = parseLinkKeys(`k1:${'b'.repeat(43)}`);
test.each([
  ['tampered', (url: string) => url.replace(/.{6}(?=\.ics$)/, 'AAAAAA')],
  ['truncated', (url: string) => url.replace(/.{8}(?=\.ics$)/, '')],
  ['without its ending', (url: string) => url.replace('.ics', '')],
  ['of another purpose', () => `/calendar/${sealToken(KEYS, 'answer', '["zhuzhou:市公安局",1]')}.ics`],
  ['of another key', () => `/calendar/${sealCalendar(FOREIGN, { unit: CO, serial: 1 })}.ics`],
  ['that says nothing', () => `/calendar/${sealToken(KEYS, 'calendar', 'null')}.ics`],
])('an address %s is no calendar', async (_, change) => {
  const answer = await get(change(await address(CO)));
  expect([answer.statusCode, answer.body.includes('BEGIN')]).toEqual([404, false]);
});
