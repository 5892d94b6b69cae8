/** One writer, one turn (D1 to D9), on a real server with a real ledger. */

import { workingDay } from '../../domain/calendar';
import { dayOf } from '../../domain/days';
import { SYSTEM, type TaskEvent } from '../../domain/events';
import { fold } from '../../domain/fold';
import type { PlanTask } from '../../domain/plan';
import { verifyLedger } from '../../ledger/audit/audit';
import { eventsAfter } from '../../ledger/head';
import { createRecord } from '../../ledger/record';
import type { Temporal } from '../../tools/temporal-server';
import type { RunningWorker } from '../../worker/run-worker';
import { type ReformTaskInput, SEARCH_ATTRIBUTES, stateQuery, taskWorkflowId } from '../../workflows/messages';
import { devServer } from '../support/temporal';
import { CO, COORDINATOR, LEAD, type Town, townOn, unitActor } from './town';

jest.setTimeout(120_000);

let server: Temporal;
let town: Town;
let worker: RunningWorker | null = null;
beforeAll(async () => {
  server = await devServer({ searchAttributes: SEARCH_ATTRIBUTES });
  town = await townOn(server);
});
afterAll(async () => {
  await town?.close();
  await server?.stop();
});
beforeEach(async () => {
  worker ??= await town.startWorker();
});

const lead = unitActor(LEAD);
const acknowledge = (unit: string) => ({ move: 'acknowledge', unit }) as const;
const link = { kind: 'link', value: 'https://example.gov.cn/1', name: null, bytes: null } as const;

async function stopWorker(): Promise<void> {
  await worker?.stop();
  worker = null;
}

/** A task whose process is started by hand, with or without a worker. */
async function started(more: Partial<ReformTaskInput> = {}): Promise<PlanTask['id']> {
  const dueOn = workingDay(town.calendar, dayOf(await town.now()), 60);
  return (await town.start({ type: 'fixed', dueOn }, more)).id;
}

const eventsOf = async (task: string) => (await eventsAfter(town.ledger.db, `task/${task}`, 0, 10_000)) as TaskEvent[];
const handleOf = (task: string) => town.desk.temporal.workflow.getHandle(taskWorkflowId(task));
const historyOf = async (task: string) => (await handleOf(task).fetchHistory()).events?.length ?? 0;

test('four people decide one review: one succeeds, three are told (D1)', async () => {
  const task = await started();
  await town.desk.move(task, { move: 'addEvidence', unit: LEAD, items: [link] }, { actor: lead });
  await town.desk.move(task, { move: 'submitEvidence', unit: LEAD }, { actor: lead });
  const decisions = [
    { move: 'acceptEvidence', version: 1 },
    { move: 'returnEvidence', version: 1, reason: '缺少数据' },
    { move: 'acceptEvidence', version: 1 },
    { move: 'returnEvidence', version: 1, reason: '缺少盖章' },
  ] as const;
  const answers = await Promise.all(decisions.map((move) => town.desk.move(task, move, { actor: COORDINATOR })));
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['recorded', 'refused', 'refused', 'refused']);
  const decided = (await eventsOf(task)).filter(
    ({ type }) => type === 'evidenceAccepted' || type === 'evidenceReturned',
  );
  expect(decided).toHaveLength(1);
});

test('moves that came before the first worker wait behind the issue (D6)', async () => {
  await stopWorker();
  const task = await started();
  const early = [
    town.desk.move(task, acknowledge(LEAD), { actor: lead }),
    town.desk.move(task, acknowledge(CO), { actor: unitActor(CO) }),
    town.desk.move(task, acknowledge(CO), { actor: lead }),
  ];
  // They are at the server before anybody asks for work.
  await expect(Promise.race([...early, soon()])).resolves.toBe('soon');
  worker = await town.startWorker();
  const answers = await Promise.all(early);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'refused']);
  const [first, ...others] = (await eventsOf(task)).map(({ type }) => type);
  expect([first, others]).toEqual(['issued', ['acknowledged', 'acknowledged']]);
});

function soon(): Promise<'soon'> {
  return new Promise((settle) => setTimeout(() => settle('soon'), 1_000));
}

test('the same move twice happens once, before and after continue-as-new (D4, D16)', async () => {
  const task = await started({ eventsPerRun: 60 });
  const { runId } = await handleOf(task).describe();
  const first = await town.desk.move(task, acknowledge(LEAD), { actor: lead, moveId: 'first' });
  expect(first).toMatchObject({ outcome: 'recorded', events: [{ seq: 2, type: 'acknowledged' }] });
  await expect(town.desk.move(task, acknowledge(LEAD), { actor: lead, moveId: 'first' })).resolves.toEqual(first);

  const reports = Array.from({ length: 20 }, (_, i) =>
    town.desk.move(task, { move: 'report', unit: LEAD, text: `第${i}次` }, { actor: lead, moveId: `report-${i}` }),
  );
  const answers = await Promise.all(reports);
  expect(answers.every(({ outcome }) => outcome === 'recorded')).toBe(true);
  expect((await handleOf(task).describe()).runId).not.toBe(runId);

  await expect(town.desk.move(task, acknowledge(LEAD), { actor: lead, moveId: 'first' })).resolves.toEqual(first);
  const repeated = { move: 'report', unit: LEAD, text: '第7次' } as const;
  await expect(town.desk.move(task, repeated, { actor: lead, moveId: 'report-7' })).resolves.toEqual(answers[7]);
  const events = await eventsOf(task);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(new Set(events.map(({ intent }) => intent)).size).toBe(22);
  // What an operator sees lives on in the next run.
  expect(await handleOf(task).describe()).toMatchObject({ memo: { title: '压缩办税时间' } });
});

test('a refusal and a query are answered while another turn waits for the database, and leave no trace', async () => {
  const task = await started();
  await town.desk.move(task, acknowledge(LEAD), { actor: lead });
  const lock = await town.ledger.pool.connect();
  await lock.query('BEGIN');
  await lock.query('SELECT 1 FROM streams WHERE id = $1 FOR UPDATE', [`task/${task}`]);
  const waiting = town.desk.move(task, acknowledge(CO), { actor: unitActor(CO) });
  await expect(Promise.race([waiting, soon()])).resolves.toBe('soon');

  const length = await historyOf(task);
  const refused = await town.desk.move(task, acknowledge('zhuzhou:市教育局'), { actor: lead });
  expect(refused).toMatchObject({ outcome: 'refused', refusal: { refused: 'not-a-party' } });
  expect(await historyOf(task)).toBe(length);
  await expect(handleOf(task).query(stateQuery)).resolves.toMatchObject({ state: { seq: 2 }, trouble: null });

  await lock.query('ROLLBACK');
  lock.release();
  await expect(waiting).resolves.toMatchObject({ outcome: 'recorded' });
});

test.each([
  ['U+0000', { reason: 'a\u0000b' }, {}, 'text-unstorable'],
  ['too long', { reason: '长'.repeat(40_000) }, {}, 'text-too-long'],
  ['from the future', {}, { receivedAt: new Date(Date.now() + 3_600_000).toISOString() }, 'in-the-future'],
  ['a day old', {}, { receivedAt: new Date(Date.now() - 25 * 3_600_000).toISOString() }, 'too-old'],
] as const)('a move that is %s never reaches the database (D5, D8)', async (_, field, when, code) => {
  const task = await started();
  const move = { move: 'cancel', reason: '政策调整', document: '1号', ...field } as const;
  const answer = await town.desk.move(task, move, { actor: COORDINATOR, ...when });
  expect(answer).toMatchObject({ outcome: 'refused', refusal: { refused: code } });
});

test('a newer epoch ends the old process silently, and nothing here starts another one beside the new (D9)', async () => {
  const task = await started();
  await town.desk.move(task, acknowledge(LEAD), { actor: lead });
  const at = await town.now();
  const relaunch = { type: 'relaunch', id: 'relaunch:2', at, actor: SYSTEM, epoch: 2 } as const;
  const request = { kind: 'task', stream: task, epoch: 2, expectedSeq: 2, intent: relaunch } as const;
  await expect(createRecord(town.ledger.db)(request)).resolves.toMatchObject({ outcome: 'recorded' });

  const superseded = await town.desk.move(task, acknowledge(CO), { actor: unitActor(CO) });
  expect(superseded).toMatchObject({ outcome: 'refused', refusal: { refused: 'superseded' } });
  await handleOf(task).result();
  const refused = await town.desk.move(task, acknowledge(CO), { actor: unitActor(CO) });
  expect(refused).toMatchObject({ outcome: 'refused', refusal: { refused: 'no-process' } });
  expect((await handleOf(task).describe()).status.name).toBe('COMPLETED');
  expect(await eventsOf(task)).toHaveLength(3);
});

test('a ledger restored from an older backup is filled again from what the task was told (D12)', async () => {
  const task = await started();
  await town.desk.move(task, acknowledge(LEAD), { actor: lead });
  await town.desk.move(task, { move: 'report', unit: LEAD, text: '进展顺利' }, { actor: lead });
  const before = await eventsOf(task);
  const [issued] = before;
  if (!issued) throw new Error('nothing was recorded');
  await loseAllBut(issued, task);
  const answer = await town.desk.move(task, acknowledge(CO), { actor: unitActor(CO) });
  expect(answer).toMatchObject({ outcome: 'recorded', events: [{ seq: 4 }] });
  expect((await eventsOf(task)).slice(0, 3)).toEqual(before);
  await expect(verifyLedger(town.ledger.db)).resolves.toMatchObject({ firstBad: null });
});

/** What an older backup looks like: the first event of a task, and nothing that came after. */
async function loseAllBut(issued: TaskEvent, task: string): Promise<void> {
  const stream = `'task/${task}'`;
  const state = JSON.stringify(fold(null, issued)).replaceAll("'", "''");
  await town.ledger.asOwner(`
    ALTER TABLE events DISABLE TRIGGER USER;
    DELETE FROM notices WHERE stream = ${stream} AND seq > 1;
    DELETE FROM intents WHERE stream = ${stream} AND last_seq > 1;
    DELETE FROM events WHERE stream = ${stream} AND seq > 1;
    UPDATE streams SET head_seq = 1, state = '${state}',
      head_hash = (SELECT hash FROM events WHERE stream = ${stream}) WHERE id = ${stream};
    ALTER TABLE events ENABLE TRIGGER USER;`);
}

test('cancelling the workflow does not end the task (R31)', async () => {
  const task = await started();
  await handleOf(task).cancel();
  const answer = await town.desk.move(task, acknowledge(LEAD), { actor: lead });
  expect(answer.outcome).toBe('recorded');
  expect((await handleOf(task).describe()).status.name).toBe('RUNNING');
});

test('without a worker the outcome is unknown, and the same move may be repeated (D15)', async () => {
  const task = await started();
  await town.desk.move(task, acknowledge(LEAD), { actor: lead });
  await stopWorker();
  const move = town.desk.move(task, acknowledge(CO), { actor: unitActor(CO), moveId: 'repeated' });
  await expect(move).rejects.toMatchObject({ name: 'UnknownOutcome', moveId: 'repeated' });
  worker = await town.startWorker();
  const again = await town.desk.move(task, acknowledge(CO), { actor: unitActor(CO), moveId: 'repeated' });
  expect(again).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
  expect((await eventsOf(task)).filter(({ intent }) => intent === 'repeated')).toHaveLength(1);
});
