/** The board that lists read: the light of any day, pages, counts, who is silent, what waits, and whose eyes see what. */
import { addDays } from '../../domain/days';
import { lightOf } from '../../domain/light';
import { DEFAULT_POLICY } from '../../domain/policy';
import type { Sight } from '../../domain/rights';
import type { Task } from '../../domain/task';
import { fillBoard } from '../../ledger/board';
import { turnBoard } from '../../ledger/board-day';
import { loadCalendar } from '../../ledger/calendars';
import { countDue, lightsByCategory, lightsByLead, lightsByPlan } from '../../ledger/lists/counts';
import { silentUnits } from '../../ledger/lists/silent-units';
import { type TaskPageRequest, taskPage } from '../../ledger/lists/tasks';
import { waitingFor } from '../../ledger/lists/waiting';
import { listTasks } from '../../ledger/tasks';
import { Asker, COORDINATOR, LEAD, launchPlan, OFFICE, PLAN, TASK, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
const OTHER_OFFICE = 'zhuhai:市商务局';
const MINE: Sight = { offices: [OFFICE], units: [] };
const IDS = PLAN.tasks.map(({ id }) => id);

beforeAll(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
  for (const id of IDS) await Asker.on(ledger, id).issue();
});
afterAll(() => ledger.drop());

const page = (request: Partial<TaskPageRequest>, sight: Sight = MINE) =>
  taskPage(ledger.db, sight, { order: 'id', size: 100, ...request });
const ids = async (request: Partial<TaskPageRequest>, sight: Sight = MINE) =>
  (await page(request, sight)).rows.map(({ id }) => id);

test('D13: the light that a list shows is that of the day, whichever day it is', async () => {
  const { db } = ledger;
  const calendar = await loadCalendar(db);
  const states = await db.selectFrom('streams').select('state').where('kind', '=', 'task').orderBy('id').execute();
  const tasks = states.map(({ state }) => state as Task);
  for (let on = '2020-03-13'; on < '2021-03-01'; on = addDays(on, 9)) {
    await turnBoard(db, on);
    const expected = tasks.map((task) => [task.id, lightOf(task, calendar, DEFAULT_POLICY, on)]);
    expect((await page({})).rows.map(({ id, light }) => [id, light])).toEqual(expected);
    expect((await listTasks(db, {}, on)).map(({ id, light }) => [id, light])).toEqual(expected);
    const red = tasks.filter((task) => lightOf(task, calendar, DEFAULT_POLICY, on).colour === 'red');
    expect(await ids({ colour: 'red' })).toEqual(red.map(({ id }) => id));
  }
  // It goes on: a clock that was set back sees the board as it is, and other days by reckoning.
  await turnBoard(db, '2020-03-13');
  expect(await ids({ colour: 'red' })).not.toEqual([]);
  expect(await listTasks(db, { light: 'red' }, '2020-03-13')).toEqual([]);
});

test('pages go forth and back in every order, and a place from elsewhere is passed over', async () => {
  for (const order of ['id', 'due', 'urgency'] as const) {
    const all = await ids({ order });
    expect([...all].sort()).toEqual([...IDS].sort());
    const seen: string[] = [];
    const pages: string[][] = [];
    let at = await page({ order, size: 10 });
    expect(at).toMatchObject({ before: null, total: IDS.length });
    for (;;) {
      pages.push(at.rows.map(({ id }) => id));
      seen.push(...at.rows.map(({ id }) => id));
      if (at.after === null) break;
      at = await page({ order, size: 10, after: at.after });
    }
    expect(seen).toEqual(all);
    for (const earlier of pages.slice(0, -1).reverse()) {
      at = await page({ order, size: 10, before: at.before ?? '' });
      expect(at.rows.map(({ id }) => id)).toEqual(earlier);
    }
    expect(at.before).toBeNull();
  }
  const { after } = await page({ order: 'id', size: 10 });
  for (const odd of [after ?? '', '', 'x', '%00', Buffer.from('["due","2020-99-99","x"]').toString('base64url')])
    expect(await ids({ order: 'due', size: 10, after: odd })).toEqual(await ids({ order: 'due', size: 10 }));
});

test('filters are joined, and a text is a text', async () => {
  const title = PLAN.tasks[0]?.title ?? '';
  expect(await ids({ text: title })).toContain(TASK);
  expect(await ids({ text: '1-01' })).toEqual([TASK]);
  expect(await page({ text: '1-01' })).toMatchObject({ total: 1, before: null, after: null });
  expect(await page({ text: '没有这样的任务' })).toEqual({ rows: [], total: 0, before: null, after: null });
  const all = await page({ text: 'zhuzhou', order: 'due', size: 10 });
  expect(all).toMatchObject({ total: IDS.length, before: null });
  const behind = await page({ text: 'zhuzhou', order: 'due', size: 10, after: all.after ?? '' });
  expect([...all.rows, ...behind.rows].map(({ id }) => id)).toEqual((await ids({ order: 'due' })).slice(0, 20));
  for (const sign of ['%', '_', '\\', "'; DROP TABLE board; --"]) expect(await ids({ text: sign })).toEqual([]);
  expect(await ids({ unit: LEAD, dueTo: '2020-06-30' })).toContain(TASK);
  expect(await ids({ unit: LEAD, dueFrom: '2020-07-01' })).not.toContain(TASK);
  expect(await ids({ lead: 'zhuzhou:市公安局' })).not.toContain(TASK);
  expect(await ids({ status: 'completed' })).toEqual([]);
  expect(await ids({ plan: 'zhuhai-2020' })).toEqual([]);
});

test('a unit sees its own tasks in lists and counts, an office those of its plans, and nobody else anything', async () => {
  const { db } = ledger;
  const unit: Sight = { offices: [], units: [LEAD] };
  const own = IDS.filter((_, index) => PLAN.tasks[index]?.parties.some((party) => party.unit === LEAD));
  expect(await ids({}, unit)).toEqual(own);
  const counted = (lights: { count: number }[]) => lights.reduce((sum, { count }) => sum + count, 0);
  expect(counted(await lightsByPlan(db, unit))).toBe(own.length);
  expect(counted(await lightsByPlan(db, MINE))).toBe(IDS.length);
  expect(counted(await lightsByPlan(db, { offices: [OTHER_OFFICE], units: [LEAD] }))).toBe(own.length);
  for (const nothing of [
    { offices: [], units: [] },
    { offices: [OTHER_OFFICE], units: ['zhuzhou:市气象站'] },
  ]) {
    expect(await page({ plan: PLAN.id }, nothing)).toEqual({ rows: [], total: 0, before: null, after: null });
    expect(await lightsByPlan(db, nothing)).toEqual([]);
    expect(await lightsByLead(db, nothing)).toEqual([]);
    expect(await lightsByCategory(db, nothing, PLAN.id)).toEqual([]);
    expect(await countDue(db, nothing, {})).toEqual([]);
    expect(await silentUnits(db, nothing, { on: '2020-03-30', limit: 10 })).toEqual({ units: [], total: 0 });
    expect(await waitingFor(db, nothing, { on: '2020-03-30', limit: 10 })).toMatchObject({ reviews: { total: 0 } });
  }
});

test('who was told and does not sign is silent from the fourth working day on; his own act ends it', async () => {
  const { db } = ledger;
  const id = 'zhuzhou-2020/1-02';
  const task = Asker.on(ledger, id);
  await task.issue();
  const unit = PLAN.tasks.find((one) => one.id === id)?.parties[0]?.unit ?? '';
  const silent = (sight: Sight, on: string) => silentUnits(db, sight, { on, limit: 100 });
  // Launched on Friday 13 March: the third working day behind it is Wednesday.
  expect(await silent(MINE, '2020-03-18')).toEqual({ units: [], total: 0 });
  const before = await silent({ offices: [], units: [unit] }, '2020-03-19');
  const [mine] = before.units;
  expect(before).toMatchObject({ total: 1, units: [{ unit, sinceOn: '2020-03-13', silentOn: '2020-03-19' }] });
  expect((await silent(MINE, '2020-03-19')).total).toBeGreaterThan(1);
  expect((await silentUnits(db, MINE, { on: '2020-03-19', limit: 2 })).units).toHaveLength(2);
  await task.move('ack', '2020-03-19', unitActor(unit), { move: 'acknowledge', unit });
  const after = await silent({ offices: [], units: [unit] }, '2020-03-19');
  expect(after.units[0]?.owes.acknowledge ?? 0).toBe((mine?.owes.acknowledge ?? 0) - 1);
});

test('what was handed in waits for the office, until it is decided', async () => {
  const { db } = ledger;
  const task = Asker.on(ledger);
  await task.issue();
  const actor = unitActor(LEAD);
  const items = [{ kind: 'number' as const, value: '株政〔2020〕9号', name: null, bytes: null }];
  await task.move('e', '2020-03-16', actor, { move: 'addEvidence', unit: LEAD, items });
  await task.move('s', '2020-03-16', actor, { move: 'submitEvidence', unit: LEAD });
  const waiting = async (sight: Sight) => (await waitingFor(db, sight, { on: '2020-03-16', limit: 5 })).reviews;
  expect(await waiting(MINE)).toMatchObject({ total: 1, first: [{ task: TASK, leads: [LEAD], dueOn: '2020-03-23' }] });
  expect(await waiting({ offices: [], units: [LEAD] })).toEqual({ total: 0, first: [] });
  expect(await ids({ waiting: 'review' })).toEqual([TASK]);
  await task.move('a', '2020-03-17', COORDINATOR, { move: 'acceptEvidence', version: 1 });
  expect(await waiting(MINE)).toEqual({ total: 0, first: [] });
  expect(await ids({ status: 'completed' })).toEqual([TASK]);
});

test('a board that is lost or behind is made again from the states', async () => {
  const { db } = ledger;
  const rows = () =>
    db.selectFrom('board').select(['stream', 'seq', 'title', 'status', 'units', 'reasons']).orderBy('stream').execute();
  const before = await rows();
  await db.deleteFrom('board').where('plan', '=', PLAN.id).where('due_key', '=', '2020-06-30').execute();
  await db
    .updateTable('board')
    .set({ seq: 0, title: 'old' })
    .where('stream', '=', `task/${IDS.at(-1)}`)
    .execute();
  expect((await fillBoard(db)).made).toBeGreaterThan(1);
  expect(await rows()).toEqual(before);
  expect(await fillBoard(db)).toEqual({ made: 0 });
});
