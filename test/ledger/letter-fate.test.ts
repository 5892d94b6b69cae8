/** What becomes of letters when servers refuse, die or are away, and what the tasks hear of it (D20, D21, D23, R33). */
import { HELD_MS } from '../../activities/letters-in-hand';
import { PACE_PATIENCE_MS } from '../../activities/send-letters';
import { instantOf } from '../../domain/days';
import { loadCalendar } from '../../ledger/calendars';
import { selectLocked } from '../../ledger/head';
import { closeLetters } from '../../ledger/letters/closing';
import { LEASE_MS, leaseLetters } from '../../ledger/letters/fate';
import { oweFatesAgain } from '../../ledger/letters/feedback';
import { showLetter } from '../../ledger/letters/list';
import { editUnit } from '../../ledger/units';
import { ATTEMPT_MS } from '../../mail/smtp';
import { LEAD, OFFICE, TASK, unitActor } from './asker';
import { MailRoom } from './mail-room';

const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit
const POLICE = 'zhuzhou:市公安局';

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
});
afterEach(() => room.close());

const ids = (letters: { id: string; state: string }[]) =>
  letters.map(({ id, state }) => `${id.slice(0, 13)} ${state}`).sort();

test('not now: tried again within twenty minutes, and then it is there', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'later';
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ handed: 0, left: 1, retryInSeconds: 60 });
  room.server.manner = () => 'take';
  const slot = await room.at('2020-03-13', '09:19').slot();
  expect(await room.activities.sendLetters(slot)).toMatchObject({ handed: 1, left: 0, retryInSeconds: null });
  expect(await room.letters()).toMatchObject([{ state: 'handed', attempts: 2 }]);
  expect(room.fed).toEqual([]);
});

test('surely not accepted within twenty minutes: superseded, and its notices are in the next slot', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'full';
  await room.at('2020-03-13', '09:00').round();
  const slot = await room.slot();
  expect(await room.at('2020-03-13', '09:20').activities.sendLetters(slot)).toMatchObject({ handed: 0, left: 0 });
  room.server.manner = () => 'take';
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({
    letters: 1,
    handed: 1,
    closed: { superseded: 1 },
  });
  const letters = await room.letters();
  expect(ids(letters)).toEqual(['20200313-0900 superseded', '20200313-1430 handed']);
  const [first, second] = await Promise.all(letters.map(({ id }) => showLetter(room.ledger.db, id)));
  expect(first?.messageId).not.toBe(second?.messageId);
  expect(first?.notices).toEqual(second?.notices);
  // Handed over on the day that was assumed: no news.
  await room.at('2020-03-13', '18:01').round('urgent');
  expect(room.fed).toEqual([]);
});

test('a notice that lost its point while it was bound is not sent anew (R35)', async () => {
  const [task] = await room.issue(SOLO);
  room.server.manner = () => 'full';
  await room.at('2020-03-13', '09:00').round();
  await task?.move('ack', '2020-03-13', unitActor(LEAD), { move: 'acknowledge', unit: LEAD }, '09:05');
  room.server.manner = () => 'take';
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ letters: 0, closed: { superseded: 1 } });
  expect(await room.waiting()).toEqual([]);
});

test('a server that dies between DATA and its answer gets the same bytes first in the next slot, and nothing else', async () => {
  const [, other] = await room.issue(SOLO, 'zhuzhou-2020/1-04');
  room.server.manner = (to) => (to.startsWith('liaison.shichang') ? 'die' : 'take');
  // 公安局 stands at the same server: it may be cut off with the dying one, and is then unsure or tried again.
  await room.at('2020-03-13', '09:00').round();
  const slot = await room.slot();
  await room.activities.sendLetters(slot);
  expect(await room.letters({ unit: LEAD })).toMatchObject([{ state: 'unsure' }]);
  await other?.move(
    'more',
    '2020-03-13',
    { name: '某', role: 'supervisor', unit: OFFICE },
    { move: 'instruct', text: '抓紧。' },
    '13:00',
  );
  const before = room.server.seen.length;
  room.server.manner = () => 'take';
  await room.at('2020-03-13', '14:30').round();
  const [letter, ...others] = await room.letters({ unit: LEAD });
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ state: 'handed', round: '09:00', attempts: 2 });
  const copies = room.server.seen.filter(({ to }) => to.startsWith('liaison.shichang'));
  expect(copies).toHaveLength(2);
  expect(copies[0]?.bytes.equals(copies[1]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(room.server.seen[before]?.to).toBe(copies[0]?.to);
  expect((await room.server.read(before)).messageId).toBe(`<${letter?.id}@zhuzhou.example>`);
});

test('no second letter goes to whom one of unknown fate went, until its fate is known (D21)', async () => {
  const [task] = await room.issue(SOLO);
  room.server.manner = () => 'die';
  await room.at('2020-03-13', '09:00').round();
  await task?.move(
    'urge',
    '2020-03-13',
    { name: '某', role: 'supervisor', unit: OFFICE },
    { move: 'instruct', text: '抓紧。' },
    '10:00',
  );
  const urgent = await room.at('2020-03-13', '10:05').round('urgent');
  expect(urgent).toMatchObject({ letters: 1 }); // the head's
  expect((await room.letters({ unit: LEAD })).map(({ to, round }) => `${to.office} ${round}`)).toEqual([
    'head urgent',
    'liaison 09:00',
  ]);
});

test('unsure over the day: reported at 18:00, and its late arrival too, with the day it arrived', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'die';
  await room.at('2020-03-13', '09:00').round();
  await room.at('2020-03-13', '14:30').round();
  expect(room.fed).toEqual([]);
  expect(await room.at('2020-03-13', '18:00').round('urgent')).toMatchObject({ closed: { reported: 1 } });
  expect(room.fates()).toEqual([`failed ${LEAD} 2020-03-13 issue`]);
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  expect(room.fates().at(-1)).toBe(`handed ${LEAD} 2020-03-16 issue`);
  expect(new Set(room.fed.map(({ intent }) => intent.id)).size).toBe(2);
});

test('never answered: given up after the next working day, and written anew on the one after', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'die';
  for (const day of ['2020-03-13', '2020-03-16']) {
    await room.at(day, '09:00').round();
    await room.at(day, '14:30').round();
  }
  room.server.manner = () => 'take';
  expect(await room.at('2020-03-17', '08:30').round('urgent')).toMatchObject({ closed: { failed: 1 } });
  await room.at('2020-03-18', '09:00').round();
  expect(ids(await room.letters({ unit: LEAD }))).toEqual(['20200313-0900 failed', '20200318-0900 handed']);
});

test('refused for good: the task hears of it, the coordinator once, and it goes again on the next working day', async () => {
  const [task] = await room.issue(SOLO, TASK);
  const address = await room.mailOf(LEAD);
  room.server.manner = (to) => (to === address ? 'never' : 'take');
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ failed: 1, left: 0 });
  expect(room.fates(SOLO)).toEqual([`failed ${LEAD} 2020-03-13 issue`]);
  expect(room.fates(TASK)).toEqual([`failed ${LEAD} 2020-03-13 issue`]);
  expect(await room.waiting()).toContain(`${OFFICE} liaison deliveryProblem`);
  // Not again on the same day, whatever the round.
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ letters: 1 });
  const [told] = await room.letters({ unit: OFFICE });
  const mail = await room.server.read(room.server.seen.findIndex(({ to }) => to === told?.address));
  expect(mail.text).toContain('拒收');
  expect(mail.text).toContain('550');
  expect(task?.seq).toBe(1);
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  expect(room.fates(SOLO).at(-1)).toBe(`handed ${LEAD} 2020-03-16 issue`);
  expect(ids(await room.letters({ unit: LEAD }))).toEqual(['20200313-0900 failed', '20200316-0900 handed']);
});

test('a refusal to a head is told to the coordinator, and costs the unit’s clock nothing', async () => {
  const [task] = await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  await task?.ring('2020-03-20');
  room.server.manner = (to) => (to.startsWith('head.') ? 'never' : 'take');
  await room.at('2020-03-20', '09:00').round();
  expect(await room.waiting()).toEqual(expect.arrayContaining([`${OFFICE} liaison deliveryProblem`]));
  expect(room.fed).toEqual([]);
});

test('nobody to write to: no letter, one warning a day, the notices wait, and the task hears both (R33)', async () => {
  await room.issue(TASK, 'zhuzhou-2020/1-04');
  await room.withoutMail(POLICE, 'liaison');
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({ undeliverable: 1 });
  expect(room.fates(TASK)).toEqual([`failed ${POLICE} 2020-03-13 issue`]);
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ undeliverable: 0, letters: 1 });
  expect(await room.letters({ unit: POLICE })).toMatchObject([{ state: 'failed', address: null, attempts: 0 }]);
  expect((await room.waiting()).filter((row) => row.startsWith(POLICE))).toHaveLength(2);
  // The next day once more, and no second report of the same notices.
  expect(await room.at('2020-03-16', '09:00').round()).toMatchObject({ undeliverable: 1 });
  expect(room.fates(TASK)).toHaveLength(1);
  await editUnit(room.ledger.db, POLICE, (unit) => ({
    ...unit,
    liaison: { name: '新人', mail: 'new@zhuzhou.example' },
  }));
  await room.at('2020-03-16', '14:30').round();
  expect(room.fates(TASK).at(-1)).toBe(`handed ${POLICE} 2020-03-16 issue`);
});

test('a server that is away all day: every unit is reported once at 18:00, and has its letter when it is back', async () => {
  await room.issue(TASK);
  room.server.manner = () => 'shut';
  expect(await room.at('2020-03-13', '09:00').round()).toMatchObject({
    letters: 6,
    handed: 0,
    left: 6,
    retryInSeconds: 60,
  });
  await room.at('2020-03-13', '14:30').round();
  await room.at('2020-03-13', '17:55').round('urgent');
  expect(room.fed).toEqual([]);
  const { closed } = await room.at('2020-03-13', '18:00').round('urgent');
  expect(closed).toMatchObject({ reported: 6 });
  expect(room.fates()).toHaveLength(6);
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  expect(room.fates().filter((fate) => fate.startsWith('handed'))).toHaveLength(6);
  expect((await room.letters({ failed: true })).every(({ state }) => state === 'superseded')).toBe(true);
});

test('what could not be fed back is owed, and the next round says it again under the same id (D23)', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'never';
  room.deskOpen = false;
  await room.at('2020-03-13', '09:00').round();
  const owed = await room.activities.undeliveredFeedback();
  expect(owed).toMatchObject([
    { task: SOLO, over: false, intent: { outcome: 'failed', unit: LEAD, on: '2020-03-13' } },
  ]);
  expect(await room.activities.undeliveredFeedback()).toEqual(owed);
  room.deskOpen = true;
  expect(await room.activities.feedBack()).toEqual({ fed: 1, owed: 0 });
  expect(room.fed).toEqual([{ task: SOLO, intent: owed[0]?.intent }]);
  expect(await room.activities.feedBack()).toEqual({ fed: 0, owed: 0 });
});

test('the task takes the fates: the clock of acknowledgement stands, and starts again when the letter arrives', async () => {
  const [task] = await room.issue(SOLO);
  room.server.manner = () => 'never';
  await room.at('2020-03-13', '09:00').round();
  room.server.manner = () => 'take';
  await room.at('2020-03-16', '09:00').round();
  for (const { intent } of room.fed) await task?.ask(intent);
  expect(task?.events.slice(1)).toMatchObject([
    { type: 'deliveryFailed', unit: LEAD, on: '2020-03-13', issueNotice: true },
    { type: 'delivered', unit: LEAD, on: '2020-03-16', issueHandedOn: '2020-03-16' },
  ]);
});

test('D20: two senders never have one letter; one whose sender died is sent when the lease is over', async () => {
  expect(HELD_MS + PACE_PATIENCE_MS + ATTEMPT_MS).toBeLessThan(LEASE_MS);
  await room.issue(SOLO);
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.activities.writeLetters(slot);
  const { db } = room.ledger;
  const now = instantOf('2020-03-13', '09:00');
  const both = await Promise.all([leaseLetters(db, slot, now, {}, 1), leaseLetters(db, slot, now, {}, 1)]);
  expect(both.flat()).toHaveLength(1);
  expect(await room.activities.sendLetters(slot)).toMatchObject({ handed: 0, left: 1, retryInSeconds: 60 });
  expect(await room.at('2020-03-13', '09:03').activities.sendLetters(slot)).toMatchObject({ handed: 1, left: 0 });
  expect(room.server.seen).toHaveLength(1);
});

test('a sender that died and was never replaced: its letter is of unknown fate, never written anew (D21)', async () => {
  await room.issue(SOLO);
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.activities.writeLetters(slot);
  await leaseLetters(room.ledger.db, slot, instantOf('2020-03-13', '09:00'), {}, 1);
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ letters: 0, handed: 1 });
  expect(ids(await room.letters())).toEqual(['20200313-0900 handed']);
});

test('a notice is not freed by what its task was before the step that is just being written (R35)', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'full';
  await room.at('2020-03-13', '09:00').round();
  const { db } = room.ledger;
  const id = `task/${SOLO}`;
  let signed: () => void = () => undefined;
  const isSigned = new Promise<void>((settle) => {
    signed = settle;
  });
  // As a step does: the head is locked, the state is written, and what is bound is not recalled.
  const step = db.transaction().execute(async (transaction) => {
    const head = await selectLocked(transaction, id);
    const state = JSON.stringify(head?.state).replaceAll('"acknowledgedOn":null', '"acknowledgedOn":"2020-03-13"');
    await transaction.updateTable('streams').set({ state }).where('id', '=', id).execute();
    signed();
    await new Promise((settle) => setTimeout(settle, 500));
  });
  await isSigned;
  await closeLetters(db, instantOf('2020-03-13', '09:30'), await loadCalendar(db));
  await step;
  expect(await room.waiting()).toEqual([]);
});

test('a round that owes a task a fate does not wait for the step that waits for its notices (D3)', async () => {
  await room.issue(TASK);
  await room.withoutMail(LEAD, 'liaison');
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.ledger.db.transaction().execute(async (transaction) => {
    await selectLocked(transaction, `task/${TASK}`);
    await expect(room.activities.writeLetters(slot)).resolves.toMatchObject({ letters: 5, undeliverable: 1 });
  });
});

test('what failed on the eve of a long holiday is reported after it (R33)', async () => {
  const [task] = await room.issue(SOLO);
  await room.at('2020-03-13', '09:00').round();
  room.server.manner = () => 'full';
  const supervisor = { name: '某', role: 'supervisor', unit: OFFICE } as const;
  await task?.move('urge', '2020-09-30', supervisor, { move: 'instruct', text: '抓紧。' }, '08:00');
  await room.at('2020-09-30', '14:30').round();
  // Nobody worked that evening. From 1 to 8 October there are no rounds.
  await room.at('2020-10-09', '08:30').round('urgent');
  expect(room.fates()).toContainEqual(expect.stringContaining(`failed ${LEAD} 2020-09-30`));
});

test('two offices of a unit that cannot be reached on one day are two things to tell', async () => {
  const [task] = await room.issue(SOLO);
  const supervisor = { name: '某', role: 'supervisor', unit: OFFICE } as const;
  await task?.move('urge', '2020-03-13', supervisor, { move: 'instruct', text: '抓紧。' }, '08:31');
  room.server.manner = () => 'never';
  await room.at('2020-03-13', '08:35').round('urgent');
  const told = (await room.waiting()).filter((row) => row.endsWith('deliveryProblem'));
  expect(told).toHaveLength(2);
});

test('a round by hand before its slot does not repeat a letter of unknown fate every minute', async () => {
  await room.issue(SOLO);
  room.server.manner = () => 'die';
  room.at('2020-03-13', '08:05');
  const slot = { on: '2020-03-13', round: '09:00', at: instantOf('2020-03-13', '09:00') } as const;
  await room.activities.writeLetters(slot);
  expect(await room.activities.sendLetters(slot)).toMatchObject({ unsure: 1, left: 0, retryInSeconds: null });
  await room.at('2020-03-13', '08:06').activities.sendLetters(slot);
  expect(await room.letters()).toMatchObject([{ state: 'unsure', attempts: 1 }]);
  room.server.manner = () => 'take';
  await room.at('2020-03-13', '14:30').round();
  expect(await room.letters()).toMatchObject([{ state: 'handed', attempts: 2 }]);
});

test('a fate that was passed on to a process that ended before it took it is owed again (D23)', async () => {
  const [taken] = await room.issue(SOLO, TASK);
  room.server.manner = () => 'never';
  await room.at('2020-03-13', '09:00').round();
  for (const { task, intent } of room.fed) if (task === SOLO) await taken?.ask(intent);
  const owed = async () => (await room.activities.undeliveredFeedback()).map(({ task }) => task);
  expect(await owed()).toEqual([]);
  await oweFatesAgain(room.ledger.db, 'another-plan');
  expect(await owed()).toEqual([]);
  await oweFatesAgain(room.ledger.db);
  expect(new Set(await owed())).toEqual(new Set([TASK]));
});
