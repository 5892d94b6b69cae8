/** The ledger and the workflows: each rebuilds the other, and what is older writes nothing (D9, D12, D24). */
import { join } from 'node:path';
import { workingDay } from '../../domain/calendar';
import { dayOf } from '../../domain/days';
import { backup } from '../../ledger/backup/backup';
import { restore } from '../../ledger/backup/restore';
import { type Db, openDatabase } from '../../ledger/database';
import { storeDraft } from '../../ledger/plans';
import { stateQuery, taskWorkflowId } from '../../workflows/messages';
import { dubanJson } from '../cli/duban';
import { CO, COORDINATOR, LEAD, unitActor } from '../workflows/town';
import { eventsOf, insist, issuedTask, likeTasks, SIGNED_BY, sendAndLeave } from './plans';
import { Stack } from './stack';
import { until } from './until';
import { expectWhole } from './whole';

jest.setTimeout(240_000);

let stack: Stack;
beforeEach(async () => {
  stack = await Stack.open();
}, 120_000);
afterEach(() => stack?.close(), 60_000);

const lead = unitActor(LEAD);
const co = unitActor(CO);
const acknowledge = (unit: string) => ({ move: 'acknowledge', unit }) as const;
const today = () => dayOf(new Date().toISOString());
const fixed = () => ({ type: 'fixed', dueOn: workingDay(stack.calendar, today(), 60) }) as const;
/** Launched long enough ago that reminders were due since. */
const longAgo = () => ({ at: `${workingDay(stack.calendar, today(), -6)}T01:00:00.000Z` });

/** Everything that a process could have written. */
async function written(db: Db) {
  return {
    events: await db.selectFrom('events').selectAll().orderBy('stream').orderBy('seq').execute(),
    streams: await db.selectFrom('streams').selectAll().orderBy('id').execute(),
    intents: await db.selectFrom('intents').selectAll().orderBy('stream').orderBy('intent').execute(),
    notices: await db.selectFrom('notices').selectAll().orderBy('id').execute(),
    counters: await db.selectFrom('counters').selectAll().orderBy('series').execute(),
  };
}

test('an old cluster that comes back after a relaunch writes nothing, with a step under way or without (D9)', async () => {
  await stack.startWorker();
  const plan = likeTasks(3, fixed());
  const [moved = '', asked = '', still = ''] = plan.tasks.map(({ id }) => id);
  await storeDraft(stack.ledger.db, plan);
  await stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
  await until('three tasks', async () => (await written(stack.ledger.db)).events.length === 3);
  const gate = stack.gate('writing');
  await gate.close(1);
  // Its alarms are due: they ring behind its issue, and stand before the gate like the move.
  const ringing = await issuedTask(stack, fixed(), longAgo());
  await sendAndLeave(stack, moved, LEAD, 'under-way');
  await gate.reached(2);
  await stack.killTemporal();
  await stack.killWorkers();
  await gate.open();
  expect((await written(stack.ledger.db)).events).toHaveLength(4);

  const next = await stack.emptyTemporal();
  const worker = await stack.startWorker({ places: next.places });
  expect(await next.desk.relaunch()).toEqual({ relaunched: 4 });
  const repeated = await insist(next.desk, moved, acknowledge(LEAD), { actor: lead, moveId: 'under-way' });
  expect(repeated).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
  await insist(next.desk, asked, acknowledge(CO), { actor: co, moveId: 'on-the-new' });
  await expectWhole(stack, { desk: next.desk });
  await worker.kill();

  const before = await written(stack.ledger.db);
  await stack.startServers();
  await stack.startWorker();
  // Refused by the old process, or, once that has ended, by the ledger.
  const refused = { outcome: 'refused', refusal: { refused: expect.stringMatching(/^(superseded|no-process)$/) } };
  for (const task of [asked, still, ringing]) {
    const answer = await insist(stack.desk, task, acknowledge(CO), { actor: co, moveId: `old-${task}` });
    expect(answer).toMatchObject(refused);
    const late = await insist(stack.desk, task, acknowledge(CO), { actor: co, moveId: `late-${task}` });
    expect(late).toMatchObject(refused);
  }
  // The step under way is found done by the other; the next one is not.
  expect(await insist(stack.desk, moved, acknowledge(LEAD), { actor: lead, moveId: 'under-way' })).toEqual(repeated);
  expect(await insist(stack.desk, moved, acknowledge(CO), { actor: co, moveId: 'old-moved' })).toMatchObject(refused);
  for (const task of [moved, asked, still, ringing]) {
    await stack.desk.temporal.workflow.getHandle(taskWorkflowId(task)).result();
  }
  expect(await written(stack.ledger.db)).toEqual(before);

  await stack.startWorker({ places: next.places });
  await insist(next.desk, still, acknowledge(LEAD), { actor: lead, moveId: 'goes-on' });
  await expectWhole(stack, { desk: next.desk });
});

test('Temporal lost: the ledger starts every task again, with the same state, alarms and sequence (D9, D24)', async () => {
  await stack.startWorker();
  const plan = likeTasks(5, fixed());
  await storeDraft(stack.ledger.db, { ...plan, reporting: { addressees: [LEAD, CO], text: '每季度报送' } });
  await stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
  const ringing = await issuedTask(stack, fixed(), longAgo());
  const [first = '', second = ''] = plan.tasks.map(({ id }) => id);
  await insist(stack.desk, first, acknowledge(LEAD), { actor: lead, moveId: 'before' });
  await insist(stack.desk, second, { move: 'suspend', reason: '等待文件' }, { actor: COORDINATOR, moveId: 'suspend' });
  await expectWhole(stack);
  const tasks = [...plan.tasks.map(({ id }) => id), ringing];
  const states = await Promise.all(tasks.map((id) => stack.desk.task(id)));

  await stack.killWorkers();
  await stack.loseTemporal();
  await stack.startWorker();
  const settings = {
    DUBAN_HOME: stack.home,
    DATABASE_URL: stack.places.databaseUrl,
    TEMPORAL_ADDRESS: stack.temporalAddress,
  };
  const relaunched = await dubanJson(settings, 'doctor', '--relaunch');
  expect(relaunched.json).toMatchObject({ relaunched: 7, differences: [] });
  await expectWhole(stack);
  for (const [index, id] of tasks.entries()) {
    const { epoch, state } = await stack.desk.temporal.workflow.getHandle(taskWorkflowId(id)).query(stateQuery);
    const known = states[index];
    expect(epoch).toBe(2);
    expect(state).toEqual({ ...known, seq: (known?.seq ?? 0) + 1, at: state?.at });
  }
  // A move from before is known, and a new one is taken.
  const repeated = await insist(stack.desk, first, acknowledge(LEAD), { actor: lead, moveId: 'before' });
  expect(repeated).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
  await insist(stack.desk, second, { move: 'resume' }, { actor: COORDINATOR, moveId: 'resume' });
  await expectWhole(stack);
});

test('a ledger from before half of the launch and every move: its workflows give it back event by event (D12)', async () => {
  const worker = await stack.startWorker();
  const plan = likeTasks(6, fixed());
  await storeDraft(stack.ledger.db, plan);
  const gate = stack.gate('writing');
  await gate.close(3);
  const launching = stack.desk.launch({ plan: plan.id, signedBy: SIGNED_BY, actor: COORDINATOR });
  await gate.reached(3);
  const file = join(stack.home, 'older.tar.gz');
  await backup(stack.ledger.db, join(stack.home, 'evidence'), file);
  await gate.open();
  await launching;
  for (const { id } of plan.tasks) {
    await insist(stack.desk, id, acknowledge(LEAD), { actor: lead, moveId: `ack-${id}` });
    await insist(stack.desk, id, { move: 'instruct', text: '请抓紧' }, { actor: COORDINATOR, moveId: `no-${id}` });
  }
  await expectWhole(stack);
  await worker.kill();

  const url = await stack.emptyDatabase('restored');
  const evidence = join(stack.home, 'restored-evidence');
  await restore(file, { url, evidence, now: new Date().toISOString() });
  const places = { ...stack.places, databaseUrl: url };
  const older = openDatabase(url);
  try {
    await stack.startWorker({ places });
    const settings = {
      DUBAN_HOME: stack.home,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: stack.temporalAddress,
      DUBAN_EVIDENCE: evidence,
    };
    const found = await dubanJson(settings, 'doctor');
    expect([found.code, found.json.differences?.length]).toEqual([1, 6]);
    const repaired = await dubanJson(settings, 'doctor', '--repair');
    expect(repaired.json).toMatchObject({ differences: [] });
    const desk = await stack.openDesk(places);
    await expectWhole(stack, { db: older.db, desk });
    for (const { id } of plan.tasks) {
      expect(await eventsOf(older.db, id)).toEqual(await eventsOf(stack.ledger.db, id));
      // A move from before the loss is known again.
      const again = await insist(desk, id, acknowledge(LEAD), { actor: lead, moveId: `ack-${id}` });
      expect(again).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
    }
  } finally {
    await older.close();
  }
});
