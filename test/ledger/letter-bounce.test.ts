/** A letter that was handed over and comes back: believed only of our own letter to that address, once, and told (R33). */
import { instantOf } from '../../domain/days';
import { loadCalendar } from '../../ledger/calendars';
import { bounceLetter } from '../../ledger/letters/bounce';
import { leaseLetters, settleAttempt } from '../../ledger/letters/fate';
import { LEAD, unitActor } from './asker';
import { MailRoom } from './mail-room';

const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
});
afterEach(() => room.close());

const report = (messageId: string, recipient: string) => ({ messageId, recipient, said: '5.1.1 no such user' });

test('a letter that came back failed: the task hears it, the coordinator too, and its notices go again', async () => {
  const [task] = await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  const [letter] = await room.letters();
  const { db } = room.ledger;
  const messageId = `${letter?.id}@zhuzhou.example`;
  const address = letter?.address ?? '';
  const later = instantOf('2020-03-13', '11:00');

  // Anybody can write a report: about no letter of ours, or about another's letter.
  expect(await bounceLetter(db, report('made-up@zhuzhou.example', address), later)).toEqual({ outcome: 'unknown' });
  expect(await bounceLetter(db, report(messageId, 'liaison.gongan@zhuzhou.example'), later)).toMatchObject({
    outcome: 'other-recipient',
  });
  expect(await room.letters()).toMatchObject([{ state: 'handed' }]);

  const bounce = report(messageId, address.toUpperCase());
  const both = await Promise.all([bounceLetter(db, bounce, later), bounceLetter(db, bounce, later)]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['already', 'failed']);
  expect(await room.letters()).toMatchObject([
    { state: 'failed', handedAt: instantOf('2020-03-13', '09:00'), answer: expect.stringMatching(/^250/) },
  ]);
  await room.at('2020-03-13', '11:05').activities.feedBack();
  expect(room.fates(SOLO)).toEqual([`failed ${LEAD} 2020-03-13 issue`]);
  const told = await db.selectFrom('notices').select('text').where('kind', '=', 'deliveryProblem').execute();
  expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/被退回：5\.1\.1 no such user/)]);

  // The next one arrives: the task that was told of the failure is told of that too.
  await room.at('2020-03-16', '09:00').round();
  expect(room.fates(SOLO)).toEqual([`failed ${LEAD} 2020-03-13 issue`, `handed ${LEAD} 2020-03-16 issue`]);
  for (const { intent } of room.fed) await task?.ask(intent);
  expect(task?.events.slice(1)).toMatchObject([
    { type: 'deliveryFailed', issueNotice: true },
    { type: 'delivered', issueHandedOn: '2020-03-16' },
  ]);
});

test('a hand-over that was told already is taken back, and the next one is told again', async () => {
  const [task] = await room.issue(SOLO);
  room.server.manner = () => 'die';
  await room.at('2020-03-13', '09:00').round();
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  const [letter] = await room.letters({ unit: LEAD });
  expect(room.fates(SOLO).at(-1)).toBe(`handed ${LEAD} 2020-03-16 issue`);
  const { db } = room.ledger;
  const messageId = `${letter?.id}@zhuzhou.example`;
  const bounce = report(messageId, letter?.address ?? '');
  expect(await bounceLetter(db, bounce, instantOf('2020-03-16', '10:00'))).toMatchObject({ outcome: 'failed' });
  await room.at('2020-03-17', '09:00').round();
  expect(room.fates(SOLO).slice(-2)).toEqual([`failed ${LEAD} 2020-03-16 issue`, `handed ${LEAD} 2020-03-17 issue`]);
  for (const { intent } of room.fed) await task?.ask(intent);
  await task?.move('ack', '2020-03-17', unitActor(LEAD), { move: 'acknowledge', unit: LEAD });
  expect(task?.events.at(-1)).toMatchObject({ type: 'acknowledged' });
});

test('a letter that came back before its hand-over was recorded stays failed, and its notices wait', async () => {
  await room.issue(SOLO);
  const { db } = room.ledger;
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.activities.writeLetters(slot);
  const [letter] = await leaseLetters(db, slot, instantOf('2020-03-13', '09:00'), {}, 1);
  if (!letter) throw new Error('no letter');
  const bounce = report(`${letter.id}@zhuzhou.example`, letter.address);
  const now = instantOf('2020-03-13', '09:01');
  expect(await bounceLetter(db, bounce, now)).toMatchObject({ outcome: 'failed' });
  const handing = { outcome: 'handed', answer: '250 ok' } as const;
  await settleAttempt(db, { slot, letter, handing, now, calendar: await loadCalendar(db) });
  expect(await room.letters()).toMatchObject([{ state: 'failed' }]);
  expect(await room.waiting()).toContain(`${LEAD} liaison issue`);
});

test('a filter that names the address it refuses a letter for gives no key away', async () => {
  await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  const [letter] = await room.letters();
  const said = '5.7.1 spam: http://duban.example/a/eyJ0IjoiMSJ9.c2lnbmF0dXJlLWtleQ listed';
  const bounce = { ...report(`${letter?.id}@zhuzhou.example`, letter?.address ?? ''), said };
  await bounceLetter(room.ledger.db, bounce, instantOf('2020-03-13', '11:00'));
  const told = await room.ledger.db
    .selectFrom('notices')
    .select('text')
    .where('kind', '=', 'deliveryProblem')
    .execute();
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('http://duban.example/a/… listed')]);
});
