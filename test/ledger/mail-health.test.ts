/** When letters do not leave: one list of problems a day, clocks that visibly stand still, and who says so aloud (R33). */
import fastify from 'fastify';
import type { Desk } from '../../client';
import { metrics } from '../../console/metrics';
import { instantOf } from '../../domain/days';
import { mailHealth } from '../../ledger/mail-health';
import { listTasks, standstills } from '../../ledger/tasks';
import { COORDINATOR, LEAD, OFFICE, TASK } from './asker';
import { MailRoom } from './mail-room';

const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
});
afterEach(() => room.close());

const health = (day: string, time: string) => mailHealth(room.ledger.db, instantOf(day, time));

test('a server that takes nothing for a whole working day: said aloud, clocks stand still, and go on afterwards', async () => {
  const [task] = await room.issue(SOLO);
  room.server.manner = () => 'later';
  await room.at('2020-03-13', '09:00').round();
  await room.at('2020-03-13', '14:30').round();
  // A morning is a passing trouble.
  expect(await health('2020-03-13', '17:59')).toMatchObject({
    stuckSince: instantOf('2020-03-13', '09:00'),
    stuckOn: null,
    answer: expect.stringContaining('451 greylisted'),
    lastHandedAt: null,
    standingStill: 0,
  });
  await room.at('2020-03-13', '18:00').round('urgent');
  for (const { intent } of room.fed.splice(0)) await task?.ask(intent);
  expect(await health('2020-03-13', '18:00')).toMatchObject({ stuckOn: '2020-03-13', standingStill: 1 });
  const { db } = room.ledger;
  expect(await standstills(db)).toEqual({ [LEAD]: 1 });
  expect(await listTasks(db, {}, '2020-03-13')).toMatchObject([{ unreached: { [LEAD]: '2020-03-13' } }]);

  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  for (const { intent } of room.fed.splice(0)) await task?.ask(intent);
  expect(await health('2020-03-16', '18:00')).toMatchObject({ stuckSince: null, stuckOn: null, standingStill: 0 });
  expect(await listTasks(db, {}, '2020-03-16')).toMatchObject([{ unreached: {} }]);
});

test('a server that refuses everybody for good is as loud; one refused address is not', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'never';
  await room.at('2020-03-13', '09:00').round();
  expect(await health('2020-03-16', '18:00')).toMatchObject({ stuckSince: null, stuckOn: null });
  await room.issue(TASK);
  await room.at('2020-03-16', '09:00').round();
  expect(await health('2020-03-16', '18:00')).toMatchObject({
    stuckSince: instantOf('2020-03-13', '09:00'),
    stuckOn: '2020-03-13',
    answer: expect.stringContaining('550'),
  });
});

test('the coordinator gets one list of a day, in his routine letter, however many letters failed and how often', async () => {
  const coordinator = await room.mailOf(OFFICE);
  await room.issue(TASK);
  room.server.manner = (to) => (to === coordinator ? 'take' : 'never');
  await room.at('2020-03-13', '09:00').round();
  await room.at('2020-03-13', '09:05').round('urgent');
  await room.at('2020-03-13', '14:30').round();
  await room.at('2020-03-13', '18:00').round('urgent');
  const lists = async (on: string) => {
    const letters = await room.letters({ unit: OFFICE, on });
    const mails = await Promise.all(
      room.server.seen.flatMap(({ to }, place) => (to === coordinator ? [room.server.read(place)] : [])),
    );
    const texts = mails.map(({ text = '' }) => text).filter((text) => text.includes('信件送达问题'));
    return { letters: letters.length, last: texts.at(-1) ?? '', count: texts.length };
  };
  const first = await lists('2020-03-13');
  expect(first).toMatchObject({ letters: 1, count: 1 });
  expect(first.last).toContain('信件送达问题（6）');
  expect(first.last.match(/被拒收/g)).toHaveLength(6);
  // The next day's failures are the next day's list, and that is one too.
  await room.at('2020-03-16', '09:00').round();
  await room.at('2020-03-16', '14:30').round();
  expect(await lists('2020-03-16')).toMatchObject({ letters: 1, count: 2 });
});

test('information whose letter did not leave is recalled with its task, and the cancellation is told (R35)', async () => {
  const [task] = await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  const supervisor = { name: '殷望舒', role: 'supervisor', unit: OFFICE } as const;
  await task?.move('instruct', '2020-03-13', supervisor, { move: 'instruct', text: '请抓紧办理' });
  room.server.manner = () => 'later';
  await room.at('2020-03-13', '14:30').round('urgent');
  await task?.move(
    'cancel',
    '2020-03-13',
    COORDINATOR,
    { move: 'cancel', reason: '已由上级统筹', document: '株办函〔2020〕1号' },
    '15:00',
  );
  // The instruction's letter is given up: nobody is to hurry for what is cancelled.
  await room.at('2020-03-16', '09:00').round();
  expect((await room.waiting()).filter((line) => line.endsWith('instruction'))).toEqual([]);
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '14:30').round();
  const last = await room.server.read(room.server.seen.length - 1);
  expect(last.text).toContain('撤销');
  expect(last.text).not.toContain('请抓紧办理');
});

test('metrics say the same, to this machine and to whoever knows the token', async () => {
  const desk = { db: room.ledger.db } as Desk;
  const open = fastify();
  metrics(open, desk, 'a-token-of-some-length');
  const closed = fastify();
  metrics(closed, desk, null);
  await room.issue(SOLO);
  room.server.manner = () => 'later';
  await room.at('2020-03-13', '09:00').round();
  const mine = await open.inject({ url: '/metrics' });
  expect(mine.statusCode).toBe(200);
  expect(mine.body).toContain('duban_letters_waiting 1\n');
  expect(mine.body).toContain('duban_letters_stuck_for_a_working_day 1\n');
  expect(mine.body).toContain(`since_timestamp_seconds ${Date.parse(instantOf('2020-03-13', '09:00')) / 1_000}\n`);
  const remoteAddress = '10.1.2.3';
  const authorization = 'Bearer a-token-of-some-length';
  const asked = async (app: typeof open, options: { remoteAddress?: string; headers?: Record<string, string> }) =>
    (await app.inject({ url: '/metrics', ...options })).statusCode;
  expect(await asked(open, { remoteAddress, headers: { authorization } })).toBe(200);
  expect(await asked(open, { remoteAddress })).toBe(403);
  expect(await asked(open, { remoteAddress, headers: { authorization: `${authorization}x` } })).toBe(403);
  for (const name of ['x-forwarded-for', 'x-real-ip', 'via'])
    expect(await asked(open, { headers: { [name]: remoteAddress } })).toBe(403);
  expect(await asked(closed, { remoteAddress, headers: { authorization } })).toBe(403);
  await Promise.all([open.close(), closed.close()]);
});
