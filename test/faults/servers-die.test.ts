/** PostgreSQL, Temporal or everything dies at the worst moment, and is started again with no other help (D7, D14, D15). */
import { randomUUID } from 'node:crypto';
import { workingDay } from '../../domain/calendar';
import { dayOf } from '../../domain/days';
import { showPlan, storeDraft } from '../../ledger/plans';
import { launchWorkflowId, stateQuery, taskWorkflowId } from '../../workflows/messages';
import { CO, COORDINATOR, LEAD, unitActor } from '../workflows/town';
import { eventsOf, insist, issuedTask, likeTasks, SIGNED_BY, sendAndLeave, storyOf, zhuzhouAhead } from './plans';
import { Stack } from './stack';
import { until } from './until';
import { expectWhole } from './whole';

jest.setTimeout(240_000);

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.open();
});
afterEach(() => stack.killWorkers());
afterAll(() => stack?.close());

const lead = unitActor(LEAD);
const acknowledge = (unit: string) => ({ move: 'acknowledge', unit }) as const;
const fixed = () => {
  const dueOn = workingDay(stack.calendar, dayOf(new Date().toISOString()), 60);
  return { type: 'fixed', dueOn } as const;
};
const handleOf = (task: string) => stack.desk.temporal.workflow.getHandle(taskWorkflowId(task));

test('everything killed with a move accepted and its sender gone: it happens once, and its outcome can be asked for', async () => {
  await stack.startWorker();
  const task = await issuedTask(stack, fixed());
  const gate = stack.gate('writing');
  await gate.close();
  await sendAndLeave(stack, task, LEAD, 'left-alone');
  await gate.reached();
  await stack.killAll();
  expect([stack.isUp('postgres'), stack.isUp('temporal')]).toEqual([false, false]);

  await stack.startServers();
  await gate.open();
  expect(await eventsOf(stack.ledger.db, task)).toHaveLength(1);
  await stack.startWorker();
  await until('the move in the ledger', async () => (await eventsOf(stack.ledger.db, task)).length > 1);
  const asked = await insist(stack.desk, task, acknowledge(LEAD), { actor: lead, moveId: 'left-alone' });
  expect(asked).toMatchObject({ outcome: 'recorded', events: [{ seq: 2, type: 'acknowledged' }] });
  expect(await storyOf(stack.ledger.db, task)).toEqual([`1 issued issue:${task}`, '2 acknowledged left-alone']);
  await expectWhole(stack);
});

test('the database away under a hundred waiting moves: a refusal and a query are answered, then all catches up (D1, D7)', async () => {
  const worker = await stack.startWorker();
  const plan = likeTasks(100, fixed());
  await storeDraft(stack.ledger.db, plan);
  await stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
  await until('a hundred tasks in the ledger', async () => (await recorded(plan.id)) === 100);
  const asked = plan.tasks[0]?.id ?? '';

  await stack.stopPostgres();
  const run = randomUUID();
  await Promise.all(plan.tasks.map(({ id }) => sendAndLeave(stack, id, LEAD, `${run}-${id}`)));
  const refused = await stack.desk.move(asked, acknowledge('zhuzhou:市教育局'), { actor: lead });
  expect(refused).toMatchObject({ outcome: 'refused', refusal: { refused: 'not-a-party' } });
  expect(await handleOf(asked).query(stateQuery)).toMatchObject({ state: { seq: 1, status: 'open' } });
  expect(stack.isUp('postgres')).toBe(false);
  // Who must know the outcome learns that nobody knows it yet, and under which id to ask again (D15).
  const unknown = stack.desk.move(asked, acknowledge(CO), { actor: unitActor(CO), moveId: `${run}-co` });
  await expect(unknown).rejects.toMatchObject({ name: 'UnknownOutcome', moveId: `${run}-co` });

  await stack.startServers();
  await until('every move in the ledger', async () => (await recorded(plan.id)) === 201);
  const again = await insist(stack.desk, asked, acknowledge(CO), { actor: unitActor(CO), moveId: `${run}-co` });
  expect(again).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
  expect(worker.isAlive()).toBe(true);
  await expectWhole(stack);
});

/** How many events the plan's tasks have. */
async function recorded(plan: string): Promise<number> {
  const { count } = await stack.ledger.db
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('stream', 'like', `task/${plan}/%`)
    .executeTakeFirstOrThrow();
  return count;
}

const VICTIMS = {
  worker: () => stack.killWorkers(),
  PostgreSQL: () => stack.killPostgres(),
  'the Temporal server': () => stack.killTemporal(),
  everything: () => stack.killAll(),
};

test.each(Object.keys(VICTIMS) as (keyof typeof VICTIMS)[])(
  'kill -9 of %s in the middle of a launch: 36 tasks in the end, each issued once (D14)',
  async (victim) => {
    let worker = await stack.startWorker();
    const plan = zhuzhouAhead(`launch-${Object.keys(VICTIMS).indexOf(victim)}`);
    await storeDraft(stack.ledger.db, plan);
    const gate = stack.gate('writing');
    await gate.close(12);
    const watched = stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR }).catch(() => null);
    await gate.reached(5);
    await VICTIMS[victim]();
    await stack.startServers();
    await gate.open();
    expect(await recorded(plan.id)).toBeLessThan(36);
    if (worker.isAlive()) expect(['PostgreSQL', 'the Temporal server']).toContain(victim);
    else worker = await stack.startWorker();

    await expectWhole(stack);
    // The ledger says launched a moment before the launch itself has ended, and a launch under way is joined, not repeated.
    await stack.desk.temporal.workflow.getHandle(launchWorkflowId(plan.id)).result();
    expect((await showPlan(stack.ledger.db, plan.id)).status).toBe('launched');
    expect(await recorded(plan.id)).toBe(36);
    const again = await stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
    expect(again).toEqual({ stage: 'done', done: 36, started: 0, total: 36 });
    await watched;
  },
);
