/** Who is written to, and what is bound, on real PostgreSQL and over real SMTP (D18, D19, D22, R9, R34, R35). */
import { isWorkingDay } from '../../domain/calendar';
import { addDays, type Day, instantOf } from '../../domain/days';
import type { NoticeDraft } from '../../domain/notices';
import { DEFAULT_POLICY } from '../../domain/policy';
import { isRefusal } from '../../domain/refusals';
import { type Correspondent, type Group, gather, ROUTINE_ROUNDS, type Slot } from '../../domain/rounds';
import { stands } from '../../domain/stands';
import { stepTask } from '../../domain/step';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import { showLetter } from '../../ledger/letters/list';
import { alarmsBefore, waitingGroups, writeLetters } from '../../ledger/letters/rounds';
import { editUnit } from '../../ledger/units';
import { COORDINATOR, LEAD, OFFICE, planTask, TASK, unitActor } from './asker';
import { MailRoom } from './mail-room';

const POLICE = 'zhuzhou:市公安局';
const SOLO = 'zhuzhou-2020/1-02'; // led by LEAD, no co-unit
const TASKS = ['zhuzhou-2020/1-01', 'zhuzhou-2020/1-02', 'zhuzhou-2020/1-03', 'zhuzhou-2020/1-04'];

let room: MailRoom;
beforeEach(async () => {
  room = await MailRoom.open();
});
afterEach(() => room.close());

test('launch day: one letter to each unit, whatever the number of its tasks, and none twice', async () => {
  await room.issue(...TASKS);
  const written = await room.at('2020-03-13', '09:00').round();
  expect(written).toMatchObject({ letters: 7, undeliverable: 0, handed: 7, left: 0 });
  expect(await room.round()).toMatchObject({ letters: 0, handed: 0 });
  expect(await room.at('2020-03-13', '14:30').round()).toMatchObject({ letters: 0, handed: 0 });
  expect(room.server.seen.map(({ to }) => to).sort()).toEqual(
    [...new Set(room.server.seen.map(({ to }) => to))].sort(),
  );
  const toLead = room.server.seen.findIndex(({ to }) => to === 'liaison.shichang-jianguan@zhuzhou.example');
  const mail = await room.server.read(toLead);
  expect(mail.subject).toBe('【督办】4项待签收，最近时限6月30日');
  expect(mail.text).toContain('1-02 压缩企业设立登记时间');
  expect(mail.text).toContain('牵头｜时限：6月30日（周二），还有74个工作日');
  expect(mail.replyTo?.value).toEqual([{ name: '岳素问', address: 'liaison.yingshang-zhongxin@zhuzhou.example' }]);
  // Hand-over on the assumed day is no news: it costs no task a turn.
  expect(room.fed).toEqual([]);
  const [row] = await room.letters({ unit: LEAD });
  const page = await showLetter(room.ledger.db, row?.id ?? '');
  expect(page).toMatchObject({ state: 'handed', attempts: 1, answer: expect.stringMatching(/^250/) });
  expect(page?.bytes.equals(room.server.seen[toLead]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(page?.notices.map(({ task }) => task)).toEqual(TASKS);
});

test('what is made after the slot waits; 14:30 is for those who had none', async () => {
  await room.issue(TASK);
  await room.at('2020-03-13', '09:00').round();
  await room.issue('zhuzhou-2020/1-05', 'zhuzhou-2020/1-08');
  // The askers issue at 08:00; these two are to come after the slot.
  await room.ledger.db
    .updateTable('notices')
    .set({ made_at: instantOf('2020-03-13', '10:00') })
    .where('letter', 'is', null)
    .execute();
  expect(await room.at('2020-03-13', '10:30').round()).toMatchObject({ letters: 0 });
  // 人社局 had its letter for 1-01; 自然资源局 had none.
  const { letters } = await room.at('2020-03-13', '14:31').round();
  expect(letters).toBe(1);
  expect((await room.letters({ task: 'zhuzhou-2020/1-08' })).map(({ round }) => round)).toEqual(['14:30']);
  expect(await room.waiting()).toEqual(['zhuzhou:市人社局 liaison issue']);
  await room.at('2020-03-16', '09:00').round();
  expect(await room.waiting()).toEqual([]);
  // It was assumed to be handed over on the 13th; really it was on the 16th (R33).
  expect(room.fates('zhuzhou-2020/1-05')).toEqual(['handed zhuzhou:市人社局 2020-03-16 issue']);
});

test('two rounds at once write each letter once', async () => {
  await room.issue(...TASKS);
  const slot = await room.at('2020-03-13', '09:00').slot();
  const both = await Promise.all([room.activities.writeLetters(slot), room.activities.writeLetters(slot)]);
  expect(both.map(({ letters }) => letters).reduce((a, b) => a + b)).toBe(7);
  expect(await room.letters()).toHaveLength(7);
  await Promise.all([room.activities.sendLetters(slot), room.activities.sendLetters(slot)]);
  expect(room.server.seen).toHaveLength(7);
  expect(await room.waiting()).toEqual([]);
});

test('two rounds of different slots at once do not write two routine letters to one addressee', async () => {
  await room.issue(...TASKS);
  const morning = await room.at('2020-03-13', '09:00').slot();
  const afternoon = await room.at('2020-03-13', '14:30').slot();
  await Promise.all([room.activities.writeLetters(morning), room.activities.writeLetters(afternoon)]);
  expect(await room.letters()).toHaveLength(7);
});

test('recall leaves bound notices alone, and takes what waits (D19, R35)', async () => {
  const [task] = await room.issue(TASK);
  const slot = await room.at('2020-03-13', '09:00').slot();
  await room.withoutMail(POLICE, 'liaison');
  await room.activities.writeLetters(slot);
  for (const unit of [LEAD, POLICE]) {
    await task?.move(`ack-${unit}`, '2020-03-13', unitActor(unit), { move: 'acknowledge', unit }, '09:01');
  }
  const notices = await room.ledger.db
    .selectFrom('notices')
    .select(['to_unit', 'recalled_at', 'letter'])
    .where('kind', '=', 'issue')
    .execute();
  expect(notices.find(({ to_unit }) => to_unit === LEAD)).toMatchObject({
    recalled_at: null,
    letter: expect.any(String),
  });
  expect(notices.find(({ to_unit }) => to_unit === POLICE)).toMatchObject({
    recalled_at: instantOf('2020-03-13', '09:01'),
    letter: null,
  });
});

test('D22: the round waits for alarms due before it, and takes what they tell, however late they rang', async () => {
  const [task] = await room.issue(TASK);
  await room.at('2020-03-13', '09:00').round();
  const slot = await room.at('2020-03-19', '09:00').slot();
  expect(await room.activities.awaitAlarms(slot)).toEqual({ waiting: 1 });
  await task?.ring('2020-03-19', '09:07');
  expect(await room.activities.awaitAlarms(slot)).toEqual({ waiting: 0 });
  expect(await alarmsBefore(room.ledger.db, slot)).toBe(0);
  expect(await room.round()).toMatchObject({ letters: 6, handed: 6 });
});

test('urgent: within five minutes, beside the letter of the day, and only what is urgent (R34)', async () => {
  const [task] = await room.issue(TASK);
  await room.at('2020-03-13', '09:00').round();
  await task?.move(
    'instruct',
    '2020-03-16',
    { name: '某', role: 'supervisor', unit: OFFICE },
    { move: 'instruct', text: '抓紧。' },
    '10:02',
  );
  expect(await room.at('2020-03-16', '10:04').round('urgent')).toMatchObject({ letters: 0 });
  const urgent = await room.at('2020-03-16', '10:05').round('urgent');
  expect(urgent).toMatchObject({ letters: 2, handed: 2 });
  expect((await room.letters({ on: '2020-03-16' })).map(({ to, round }) => `${to.office} ${round}`).sort()).toEqual([
    'head urgent',
    'liaison urgent',
  ]);
});

test('the person is found when the letter leaves: the substitute of that day', async () => {
  await room.issue(TASK);
  await editUnit(room.ledger.db, LEAD, (unit) => ({
    ...unit,
    substitutes: [{ from: '2020-03-13', to: '2020-03-13', name: '代某', mail: 'daimou@zhuzhou.example' }],
  }));
  await room.at('2020-03-13', '09:00').round();
  expect(await room.letters({ unit: LEAD })).toMatchObject([{ person: '代某', address: 'daimou@zhuzhou.example' }]);
});

test('a missing head: his notice goes to the coordinator, who is told for whom it was (R9)', async () => {
  const [task] = await room.issue(TASK);
  await room.at('2020-03-13', '09:00').round();
  await room.withoutMail(LEAD, 'head');
  await task?.ring('2020-03-20');
  await room.at('2020-03-20', '09:00').round();
  const [letter] = await room.letters({ unit: OFFICE });
  expect(letter).toMatchObject({ state: 'handed', to: { unit: OFFICE, office: 'liaison' } });
  const mail = await room.server.read(room.server.seen.findIndex(({ to }) => to === letter?.address));
  expect(mail.text).toContain('本应送市市场监管局主要负责人');
  expect((await room.waiting()).filter((row) => row.startsWith(LEAD))).toEqual([]);
  expect(room.fed).toEqual([]);
});

test('what SQL sends is what the same rules send in memory, day by day (rehearsal)', async () => {
  const askers = await room.issue(...TASKS);
  const calendar = await loadCalendar(room.ledger.db);
  const inMemory = new Memory(calendar);
  for (const id of TASKS) inMemory.issue(id);
  const expected: string[] = [];
  for (let day: Day = '2020-03-13'; day <= '2020-03-27'; day = addDays(day, 1)) {
    if (!isWorkingDay(calendar, day)) continue;
    if (day === '2020-03-17') {
      const unit = LEAD;
      for (const asker of askers)
        await asker.move(`ack-${asker.task}`, day, unitActor(unit), { move: 'acknowledge', unit }, '06:00');
      inMemory.acknowledge(unit, day);
    }
    if (day !== '2020-03-13') for (const asker of askers) await asker.ring(day);
    inMemory.ring(day);
    for (const round of ROUTINE_ROUNDS) {
      const slot = await room.at(day, round).slot();
      const groups = inMemory.round(slot);
      expect((await waitingGroups(room.ledger.db, slot)).map(linesOf)).toEqual(groups.map(linesOf));
      expected.push(
        ...groups.map((group) => `${day} ${round} ${group.to.unit} ${group.to.office} ${group.notices.length}`),
      );
      await room.round();
    }
  }
  const sent = await Promise.all(
    (await room.letters()).map(async ({ id, on, round, to }) => {
      const page = await showLetter(room.ledger.db, id);
      return `${on} ${round} ${to.unit} ${to.office} ${page?.notices.length}`;
    }),
  );
  expect(sent.sort()).toEqual(expected.sort());
  expect(expected.length).toBeGreaterThan(20);
});

const linesOf = (group: Group<Correspondent & { notices?: unknown }>) =>
  `${group.to.unit} ${group.to.office} ${group.notices.length}`;

/** The rules without a database: what is told, recalled and gathered. */
class Memory {
  private readonly tasks = new Map<string, Task>();
  private waiting: (NoticeDraft & { madeAt: string; ofTask: string })[] = [];
  private readonly lettered: (Correspondent & { on: Day })[] = [];

  constructor(private readonly calendar: Awaited<ReturnType<typeof loadCalendar>>) {}

  issue(id: string): void {
    const at = instantOf('2020-03-13', '08:00');
    const task = planTask(id);
    this.step(id, { type: 'issue', id: 'issue', at, actor: COORDINATOR, task, office: OFFICE, signedBy: '王某' });
  }

  ring(day: Day): void {
    for (const id of this.tasks.keys())
      this.step(id, { type: 'ring', id: `ring:${day}`, at: instantOf(day, '05:00'), actor: COORDINATOR });
  }

  acknowledge(unit: string, day: Day): void {
    for (const id of this.tasks.keys()) {
      const at = instantOf(day, '06:00');
      this.step(id, { type: 'move', id: 'ack', at, actor: unitActor(unit), move: { move: 'acknowledge', unit } });
    }
  }

  round(slot: Slot): Group<NoticeDraft & { madeAt: string; ofTask: string }>[] {
    const groups = gather(this.waiting, { lettered: this.lettered.filter(({ on }) => on === slot.on) }, slot);
    for (const { to, office, notices } of groups) {
      this.lettered.push({ to, office, on: slot.on });
      this.waiting = this.waiting.filter((notice) => !notices.includes(notice));
    }
    return groups;
  }

  private step(id: string, intent: Parameters<typeof stepTask>[1]): void {
    const directory = Object.fromEntries(planTask(id).parties.map(({ unit }) => [unit, { members: null }]));
    const step = stepTask(this.tasks.get(id) ?? null, intent, {
      calendar: this.calendar,
      policy: DEFAULT_POLICY,
      directory: { ...directory, [OFFICE]: { members: null } },
      ordinals: { slip: 1, urging: 1 },
      openTasks: 0,
    });
    if (isRefusal(step)) return;
    this.tasks.set(id, step.state);
    this.waiting = this.waiting.filter(
      ({ ofTask, obligation }) => ofTask !== id || obligation.kind === 'information' || stands(step.state, obligation),
    );
    this.waiting.push(...step.notices.map((notice) => ({ ...notice, madeAt: step.state.at, ofTask: id })));
  }
}

const BY_MAIL = { channel: 'mail', address: 'x@zz.example', body: null, unusable: null } as const;

test('a letter that cannot be made holds up nobody else, and its notices wait for the next round', async () => {
  await room.issue(TASK);
  const slot = await room.at('2020-03-13', '09:00').slot();
  const options = { slot, calendar: await loadCalendar(room.ledger.db), now: slot.at };
  const written = await writeLetters(room.ledger.db, {
    ...options,
    async compose({ id, unit }) {
      if (unit.id === POLICE) throw new RangeError('a mistake of ours');
      return { messageId: id, bytes: Buffer.from(unit.name), parcels: [BY_MAIL] };
    },
  });
  expect(written).toEqual({ letters: 5, undeliverable: 0, unwritten: [`${POLICE} liaison: a mistake of ours`] });
  expect(await room.waiting()).toEqual([`${POLICE} liaison issue`]);
});

test('more notices for one addressee than a query has parameters are one letter', async () => {
  await room.issue(SOLO);
  await room.ledger.asOwner(`INSERT INTO notices
    SELECT (jsonb_populate_record(n, jsonb_build_object('id', n.id || '+' || i, 'ord', i))).*
    FROM notices n, generate_series(1, 70000) AS i`);
  const slot = await room.at('2020-03-13', '09:00').slot();
  const options = { slot, calendar: await loadCalendar(room.ledger.db), now: slot.at };
  const compose = async () => ({ messageId: 'one', bytes: Buffer.from('one'), parcels: [BY_MAIL] });
  expect(await writeLetters(room.ledger.db, { ...options, compose })).toMatchObject({ letters: 1, unwritten: [] });
  expect(await room.waiting()).toEqual([]);
}, 60_000);
