/** A worker that dies, freezes, comes back, or is not alone: nothing is lost and nothing happens twice (D1 to D7). */
import { workingDay } from '../../domain/calendar';
import { dayOf } from '../../domain/days';
import { storeDraft } from '../../ledger/plans';
import { stateQuery, taskWorkflowId } from '../../workflows/messages';
import { CO, COORDINATOR, LEAD, SUPERVISOR, unitActor } from '../workflows/town';
import { eventsOf, insist, issuedTask, likeTasks, SIGNED_BY, storyOf } from './plans';
import { Stack } from './stack';
import { until } from './until';
import { expectWhole } from './whole';

jest.setTimeout(180_000);

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.open();
});
afterEach(() => stack.killWorkers());
afterAll(() => stack?.close());

const lead = unitActor(LEAD);
const co = unitActor(CO);
const acknowledge = (unit: string) => ({ move: 'acknowledge', unit }) as const;
const fixed = () => {
  const dueOn = workingDay(stack.calendar, dayOf(new Date().toISOString()), 60);
  return { type: 'fixed', dueOn } as const;
};
const story = (task: string) => storyOf(stack.ledger.db, task);

test('killed after the commit and before its answer: the step is found done, and the move behind it follows (D2, D3)', async () => {
  const worker = await stack.startWorker();
  const task = await issuedTask(stack, fixed());
  const gate = stack.gate('committing');
  await gate.close();
  const first = insist(stack.desk, task, acknowledge(LEAD), { actor: lead, moveId: 'first' });
  await gate.reached();
  worker.freeze();
  await gate.open();
  await until('the commit', async () => (await eventsOf(stack.ledger.db, task)).length === 2);
  await worker.kill();

  const second = insist(stack.desk, task, acknowledge(CO), { actor: co, moveId: 'second' });
  await stack.startWorker();
  expect(await first).toMatchObject({ outcome: 'recorded', events: [{ seq: 2, type: 'acknowledged' }] });
  expect(await second).toMatchObject({ outcome: 'recorded', events: [{ seq: 3, type: 'acknowledged' }] });
  expect(await story(task)).toEqual([`1 issued issue:${task}`, '2 acknowledged first', '3 acknowledged second']);
  await expectWhole(stack);
});

test('frozen inside its transaction: the database lets go of the task, and another worker goes on (D7)', async () => {
  const cable = await stack.cable();
  const frozen = await stack.startWorker({ places: cable.places });
  const task = await issuedTask(stack, fixed());
  const gate = stack.gate('writing');
  await gate.close();
  const moved = insist(stack.desk, task, acknowledge(LEAD), { actor: lead, moveId: 'moved' });
  await gate.reached();
  frozen.freeze();
  // Otherwise the server waits a minute for the answer to what this worker had asked.
  cable.pull();
  await gate.open();
  await until('a transaction that nobody continues', async () => {
    const { rowCount } = await stack.owner.pool.query(
      `SELECT FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
    );
    return rowCount === 1;
  });

  await stack.startWorker();
  expect(await moved).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
  frozen.thaw();
  const after = insist(stack.desk, task, acknowledge(CO), { actor: co, moveId: 'after' });
  expect(await after).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
  expect(await story(task)).toEqual([`1 issued issue:${task}`, '2 acknowledged moved', '3 acknowledged after']);
  await expectWhole(stack);
  expect(frozen.isAlive()).toBe(true);
});

test('the same move before and after continue-as-new, each time with another worker, happens once (D4, D16)', async () => {
  const worker = await stack.startWorker();
  const task = await issuedTask(stack, fixed(), { eventsPerRun: 40 });
  const handle = stack.desk.temporal.workflow.getHandle(taskWorkflowId(task));
  const { runId } = await handle.describe();
  const again = () => insist(stack.desk, task, acknowledge(LEAD), { actor: lead, moveId: 'the-same' });
  const first = await again();
  expect(await again()).toEqual(first);
  for (let i = 1; (await handle.describe()).runId === runId; i += 1) {
    const report = { move: 'report', unit: LEAD, text: `第${i}次` } as const;
    await insist(stack.desk, task, report, { actor: lead, moveId: `report-${i}` });
  }
  await worker.kill();
  await stack.startWorker();
  expect(await again()).toEqual(first);
  expect((await story(task)).filter((line) => line.endsWith('the-same'))).toEqual(['2 acknowledged the-same']);
  await expectWhole(stack);
});

test('a move that is repeated long after has left the memory of its process gets the answer of the ledger (D4)', async () => {
  await stack.startWorker();
  const rule = fixed();
  const task = await issuedTask(stack, rule, { eventsPerRun: 200 });
  const to = workingDay(stack.calendar, rule.dueOn, 20);
  const request = { move: 'requestExtension', unit: LEAD, to, reason: '系统延期', progress: '七成' } as const;
  const again = () => insist(stack.desk, task, request, { actor: lead, moveId: 'long-ago' });
  const first = await again();
  const text = '进展'.repeat(2_500);
  // Ten at a time: ninety of these at once would wait for each other, and none of them is what is tried here.
  for (let ten = 0; ten < 90; ten += 10) {
    const reports = Array.from({ length: 10 }, (_, i) =>
      insist(stack.desk, task, { move: 'report', unit: LEAD, text }, { actor: lead, moveId: `long-${ten + i}` }),
    );
    await Promise.all(reports);
  }
  const { log } = await stack.desk.temporal.workflow.getHandle(taskWorkflowId(task)).query(stateQuery);
  expect(log?.from).toBeGreaterThan(10);
  expect(await again()).toEqual(first);
  await expectWhole(stack);
});

test('two workers at once, of which one is killed: forty tasks, three moves on each, every one once', async () => {
  const [killed] = await Promise.all([stack.startWorker(), stack.startWorker()]);
  const plan = likeTasks(40, fixed());
  await storeDraft(stack.ledger.db, plan);
  await stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
  const moves = plan.tasks.flatMap(({ id }) => [
    insist(stack.desk, id, { move: 'instruct', text: '请抓紧' }, { actor: SUPERVISOR, moveId: `instruct-${id}` }),
    insist(stack.desk, id, acknowledge(CO), { actor: co, moveId: `co-${id}` }),
    insist(stack.desk, id, { move: 'report', unit: LEAD, text: '正在办理' }, { actor: lead, moveId: `report-${id}` }),
  ]);
  await Promise.any(moves);
  await killed.kill();
  const answers = await Promise.all(moves);
  expect(answers.filter(({ outcome }) => outcome !== 'recorded')).toEqual([]);
  // Issued, instructed, acknowledged by one and implicitly by the other, reported.
  for (const { id } of plan.tasks) expect(await eventsOf(stack.ledger.db, id)).toHaveLength(5);
  await expectWhole(stack);
});
