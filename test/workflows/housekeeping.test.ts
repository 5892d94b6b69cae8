/** What goes over everything once: schedules, a changed calendar, a relaunch (D9, D18). */
import { Client, Connection } from '@temporalio/client';
import { importYear } from '../../ledger/calendars';
import { storeDraft } from '../../ledger/plans';
import type { Temporal } from '../../tools/temporal-server';
import { ensureSchedules } from '../../worker/schedules';
import {
  launchWorkflowId,
  progressQuery,
  SEARCH_ATTRIBUTES,
  stateQuery,
  taskWorkflowId,
} from '../../workflows/messages';
import { devServer } from '../support/temporal';
import { CO, COORDINATOR, LEAD, oneTaskPlan, type Town, townOn, unitActor } from './town';

jest.setTimeout(120_000);

let server: Temporal;
let town: Town;
beforeAll(async () => {
  server = await devServer({ searchAttributes: SEARCH_ATTRIBUTES });
  town = await townOn(server);
  await town.startWorker();
});
afterAll(async () => {
  await town?.close();
  await server?.stop();
});

test('schedules are made once, in the zone of the plan, and stay paused where an operator paused them', async () => {
  const connection = await Connection.connect({ address: server.address });
  const temporal = new Client({ connection });
  await ensureSchedules(temporal, 'duban');
  const handle = temporal.schedule.getHandle('round/routine');
  await handle.pause('mail server is moved');
  await ensureSchedules(temporal, 'duban');
  const found: string[] = [];
  while (found.length < 3) {
    found.length = 0;
    for await (const { scheduleId } of temporal.schedule.list()) found.push(scheduleId);
  }
  expect(found.sort()).toEqual(['round/routine', 'round/urgent', 'seal']);
  const { state, spec, policies, info } = await handle.describe();
  expect([state.paused, state.note, spec.timezone]).toEqual([true, 'mail server is moved', 'Asia/Shanghai']);
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 4 * 3_600_000 });
  const hours = info.nextActionTimes.map((time) => time.toISOString().slice(11, 16));
  expect(new Set(hours)).toEqual(new Set(['01:00', '06:30']));
  await connection.close();
});

test('a changed calendar reaches every open task once, and a relaunch takes each over in a new epoch', async () => {
  const dueOn = '2035-06-29';
  const lives = [await town.start({ type: 'fixed', dueOn }), await town.start({ type: 'ongoing' })];
  const acknowledged = lives.map((life) => life.does(unitActor(LEAD), { move: 'acknowledge', unit: LEAD }));
  await Promise.all(acknowledged);
  const told = async (count: number) => {
    for (const life of lives) {
      await life.does(unitActor(LEAD), { move: 'report', unit: LEAD, text: '进展顺利' });
      expect(await life.story('calendarChanged')).toHaveLength(count);
    }
  };
  const { db } = town.ledger;
  const load = async (...off: string[]) =>
    (await importYear(db, '2035', { status: 'confirmed', off, on: [] })).calendar.version;
  const first = await load('2035-01-01');
  await expect(town.desk.tellCalendar(first)).resolves.toEqual({ told: 2, missing: [] });
  await expect(town.desk.tellCalendar(first)).resolves.toMatchObject({ told: 2 });
  await told(1);
  // A calendar has its name from its days, and these days may come back after others.
  await town.desk.tellCalendar(await load('2035-01-02'));
  await told(2);
  await town.desk.tellCalendar(await load('2035-01-01'));
  await told(3);

  await expect(town.desk.relaunch()).resolves.toEqual({ relaunched: 2 });
  for (const life of lives) {
    await life.does(unitActor(CO), { move: 'acknowledge', unit: CO });
    expect(await life.story('relaunched')).toHaveLength(1);
    const handle = town.desk.temporal.workflow.getHandle(taskWorkflowId(life.id));
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ epoch: 2, trouble: null });
  }
});

test('a launch that waits for its day is found again after Temporal was lost (D14, D24)', async () => {
  const plan = oneTaskPlan({ type: 'ongoing' });
  await storeDraft(town.ledger.db, plan);
  const at = new Date(Date.now() + 3_600_000).toISOString();
  await town.desk.launch({ plan: plan.id, signedBy: '殷望舒', actor: COORDINATOR, at });
  const handle = town.desk.temporal.workflow.getHandle(launchWorkflowId(plan.id));
  await handle.terminate('as if its server had been lost');
  await town.desk.relaunch(plan.id);
  await expect(handle.query(progressQuery)).resolves.toMatchObject({ stage: 'waiting' });
  await handle.terminate();
});
