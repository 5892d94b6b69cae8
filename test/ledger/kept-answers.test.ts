/** Kept counts: reckoned once while nothing changes, and never told to anybody who could know better. */
import { sql } from 'kysely';
import { addDays } from '../../domain/days';
import type { Sight } from '../../domain/rights';
import { fillBoard } from '../../ledger/board';
import { turnBoard } from '../../ledger/board-day';
import { LedgerUnavailable } from '../../ledger/errors';
import { lightsByPlan } from '../../ledger/lists/counts';
import { KeptAnswers, type Scope } from '../../ledger/lists/kept-answers';
import { SeenBoards } from '../../ledger/lists/seen-board';
import { Asker, LEAD, launchPlan, OFFICE, PLAN, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
const TODAY = '2020-03-16';
const MINE: Sight = { offices: [OFFICE], units: [] };
const OTHERS: Sight = { offices: ['zhuhai:市商务局'], units: [] };
const IDS = PLAN.tasks.map(({ id }) => id);
const tasks: Asker[] = [];

beforeAll(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
  for (const id of IDS.slice(0, 6)) {
    const task = Asker.on(ledger, id);
    await task.issue();
    tasks.push(task);
  }
});
afterAll(() => ledger.drop());

/** A question that says how often it was reckoned. */
function counted(kept = new KeptAnswers()) {
  let times = 0;
  // On one connection, as a page asks.
  const ask = (scope: Scope) =>
    ledger.db.connection().execute(async (one) => {
      const answers = await kept.at(one, scope);
      return answers.ask('lights', async () => {
        times += 1;
        return lightsByPlan(one, scope.sight, scope.plan);
      });
    });
  return { ask, times: () => times };
}

const mine: Scope = { sight: MINE, on: TODAY };

/** Somebody signs the next task that nobody has signed yet. */
async function somebodySigns(): Promise<void> {
  const task = tasks.find(({ seq }) => seq === 1);
  const party = PLAN.tasks.find(({ id }) => id === task?.task)?.parties[0]?.unit ?? LEAD;
  await task?.move(`ack-${task.task}`, TODAY, unitActor(party), { move: 'acknowledge', unit: party });
}

test('an answer is kept until somebody acts, and shared by who ask at once', async () => {
  const { ask, times } = counted();
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => ask(mine)));
  expect(times()).toBe(1);
  for (const other of others) expect(other).toEqual(first);
  await ask(mine);
  expect(times()).toBe(1);
  await somebodySigns();
  await Promise.all([ask(mine), ask(mine), ask(mine)]);
  expect(times()).toBe(2);
  // Of another plan, another day and another office something else is asked.
  await ask({ ...mine, plan: PLAN.id });
  await ask({ ...mine, on: addDays(TODAY, 1) });
  expect(await ask({ ...mine, sight: OTHERS })).toEqual([]);
  expect(times()).toBe(5);
});

test('what changes elsewhere leaves an answer, and changes that one', async () => {
  const { ask, times } = counted();
  const elsewhere = [
    { ...mine, plan: 'zhuhai-2020' },
    { ...mine, sight: OTHERS },
  ];
  for (const scope of [mine, ...elsewhere]) await ask(scope);
  await somebodySigns();
  for (const scope of elsewhere) await ask(scope);
  expect(times()).toBe(3);
  await ask({ ...mine });
  expect(times()).toBe(4);
});

test('a step that began before the count and ended behind it is not missed', async () => {
  const { ask, times } = counted();
  const change = sql`UPDATE streams SET epoch = epoch WHERE id = ${`task/${IDS[0]}`}`;
  const holds = await ledger.pool.connect();
  try {
    await holds.query('BEGIN');
    await holds.query(change.compile(ledger.db).sql, [`task/${IDS[0]}`]);
    await ask(mine);
    // Another one begins later and is over at once: what is newest says nothing of what is still to come.
    await somebodySigns();
    await ask(mine);
    await ask(mine);
    expect(times()).toBe(2);
    await holds.query('COMMIT');
  } finally {
    holds.release();
  }
  await ask(mine);
  expect(times()).toBe(3);
});

test('a turn to a new day and a board made again are changes too', async () => {
  const { db } = ledger;
  const { ask, times } = counted();
  await ask(mine);
  await turnBoard(db, TODAY);
  await ask(mine);
  expect(times()).toBe(1);
  // A step that was recorded with an earlier day leaves a light that the next reader turns.
  await db.updateTable('board').set({ light_until: TODAY }).where('stream', '=', `task/${IDS[1]}`).execute();
  await ask(mine);
  expect(times()).toBe(2);
  expect(await db.selectFrom('board').select('stream').where('light_until', '<=', TODAY).execute()).toEqual([]);
  await db.updateTable('board').set({ seq: 0 }).where('stream', '=', `task/${IDS[1]}`).execute();
  await fillBoard(db);
  await ask(mine);
  expect(times()).toBe(3);
});

test("a unit's own tasks are counted each time, and a failure is not kept", async () => {
  const { ask, times } = counted();
  const unit: Scope = { sight: { offices: [], units: [LEAD] }, on: TODAY };
  await ask(unit);
  await ask(unit);
  expect(times()).toBe(2);
  const kept = new KeptAnswers();
  const answers = await kept.at(ledger.db, mine);
  const fails = () => answers.ask('x', () => Promise.reject(new LedgerUnavailable('57014', 'too slow')));
  await expect(fails()).rejects.toThrow('too slow');
  expect(await kept.at(ledger.db, mine)).toBe(answers);
  await expect(answers.ask('x', async () => 'well')).resolves.toBe('well');
});

test('who signs sees it in every count of the next page', async () => {
  const boards = new SeenBoards();
  const scope = { ...mine, on: addDays(TODAY, 30), plan: PLAN.id };
  const board = (of: Scope = scope) => boards.at(ledger.db, of);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const silent = async () =>
    sum((await (await board()).silentUnits(100)).units.map(({ owes }) => owes.acknowledge ?? 0));
  const before = await silent();
  await somebodySigns();
  expect(await silent()).toBe(before - 1);
  const open = async (text?: string) => {
    const filters = { status: 'open' as const, ...(text !== undefined && { text }) };
    const { total, rows } = await (await board()).tasks(filters, { order: 'id', size: 100 });
    expect(rows).toHaveLength(total);
    return total;
  };
  expect(await open()).toBe(6);
  expect(await open('1-01')).toBe(1);
  await Asker.on(ledger, IDS[6]).issue();
  expect(await open()).toBe(7);
  for (const each of [scope, mine]) {
    const lights = await (await board(each)).lightsByPlan();
    expect(sum(lights.map(({ count }) => count))).toBe(7);
  }
});
