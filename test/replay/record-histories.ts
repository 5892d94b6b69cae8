/**
 * Records a history of each kind of life, to be replayed for ever (test/replay/replay.test.ts). Not a test of its own:
 * `npm run record-histories` runs it after a change of running workflow code has got its name and reason; what was
 * recorded before stays, under its old name.
 */
import { mkdirSync } from 'node:fs';
import { workingDay } from '../../domain/calendar';
import { addDays, type Day } from '../../domain/days';
import type { Actor } from '../../domain/events';
import type { Move } from '../../domain/intents';
import { launchWorkflowId, planWorkflowId, taskWorkflowId } from '../../workflows/messages';
import {
  CO,
  COORDINATOR,
  LEAD,
  type Life,
  type SkippingTown,
  SUPERVISOR,
  skippingTown,
  unitActor,
} from '../workflows/town';
import { FOLDER, writeHistory } from './history-file';

jest.setTimeout(300_000);

/** The generation of the code that was recorded; raised with a change that replays of older histories must survive. */
const GENERATION = '1';

let town: SkippingTown;
beforeAll(async () => {
  town = await skippingTown();
});
afterAll(() => town?.close());

const lead = unitActor(LEAD);
const W = (day: Day, n: number) => workingDay(town.calendar, day, n);
const link = { kind: 'link', value: 'https://example.gov.cn/1', name: null, bytes: null } as const;
const cancel: Move = { move: 'cancel', reason: '政策调整', document: '1号' };

async function morning(): Promise<Day> {
  const day = W(await town.today(), 1);
  await town.until(day);
  return day;
}

async function all(life: Life, ...moves: [Actor, Move][]): Promise<void> {
  for (const [actor, move] of moves) await life.does(actor, move);
}

async function keep(name: string, workflowId: string, runId?: string): Promise<void> {
  const history = await town.desk.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
  mkdirSync(FOLDER, { recursive: true });
  writeHistory(`${GENERATION}-${name}.json`, { workflowId, history });
}

test('in time', async () => {
  const dueOn = W(await morning(), 12);
  const life = await town.issue({ type: 'fixed', dueOn });
  await all(life, [lead, { move: 'acknowledge', unit: LEAD }], [unitActor(CO), { move: 'acknowledge', unit: CO }]);
  await town.until(W(dueOn, -1));
  await all(
    life,
    [lead, { move: 'addEvidence', unit: LEAD, items: [link] }],
    [lead, { move: 'submitEvidence', unit: LEAD }],
  );
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  await keep('in-time', taskWorkflowId(life.id));
  await keep('launch', launchWorkflowId(life.plan));
});

test('silent until the second urging', async () => {
  const dueOn = W(await morning(), 3);
  const life = await town.issue({ type: 'fixed', dueOn });
  await town.until(W(dueOn, 30));
  await life.does(COORDINATOR, cancel);
  await keep('silent', taskWorkflowId(life.id));
});

test('two tracks, deemed ready', async () => {
  const launchedOn = await morning();
  const readyOn = W(launchedOn, 40);
  const life = await town.issue({ type: 'two-track', readyOn, notReadyOn: W(launchedOn, 80) });
  await town.until(W(readyOn, -10));
  await life.does(COORDINATOR, cancel);
  await keep('two-track', taskWorkflowId(life.id));
});

test('conditional, opened, extended, returned, suspended, resumed', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'conditional', condition: '国家系统上线后' });
  const dueOn = W(launchedOn, 12);
  await life.does(COORDINATOR, { move: 'openCondition', dueOn, reason: '已上线' });
  await life.does(lead, { move: 'requestExtension', unit: LEAD, to: W(dueOn, 5), reason: '延期', progress: '七成' });
  await life.does(COORDINATOR, { move: 'approveExtension' });
  await life.does(COORDINATOR, { move: 'suspend', reason: '等待上级文件' });
  await town.until(W(launchedOn, 4));
  await life.does(COORDINATOR, { move: 'resume' });
  await all(
    life,
    [lead, { move: 'addEvidence', unit: LEAD, items: [link] }],
    [lead, { move: 'submitEvidence', unit: LEAD }],
  );
  await life.does(COORDINATOR, { move: 'returnEvidence', version: 1, reason: '缺少数据' });
  await life.mayNot(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  await town.until(W(launchedOn, 8));
  await life.does(COORDINATOR, cancel);
  await keep('much-happens', taskWorkflowId(life.id));
});

test('closed, opened again from the ledger, late', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 5) });
  await all(
    life,
    [lead, { move: 'addEvidence', unit: LEAD, items: [link] }],
    [lead, { move: 'submitEvidence', unit: LEAD }],
  );
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  await life.does(SUPERVISOR, { move: 'reopen', dueOn: W(launchedOn, 6), reason: '回头看发现不实' });
  await town.until(W(launchedOn, 8));
  await life.does(COORDINATOR, cancel);
  await keep('reopened', taskWorkflowId(life.id));
});

test('the run before and after continue-as-new', async () => {
  const launchedOn = await morning();
  const life = await town.start({ type: 'ongoing' }, { eventsPerRun: 40 });
  const { runId } = await town.desk.temporal.workflow.getHandle(taskWorkflowId(life.id)).describe();
  for (const text of ['一', '二', '三', '四']) await life.does(lead, { move: 'report', unit: LEAD, text });
  await town.until(addDays(launchedOn, 30));
  await life.does(COORDINATOR, cancel);
  await keep('run-before', taskWorkflowId(life.id), runId);
  await keep('run-after', taskWorkflowId(life.id));
});

test('reports on a plan', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'ongoing' }, { reporting: { addressees: [LEAD], text: '' } });
  await town.until(addDays(launchedOn, 100));
  await town.desk.reportOnPlan(life.plan, { unit: LEAD, text: '总体顺利' }, { actor: lead });
  await life.does(COORDINATOR, cancel);
  await town.until(addDays(launchedOn, 220));
  await keep('plan-reports', planWorkflowId(life.plan));
});

test('a mail round', async () => {
  const launchedOn = await morning();
  await town.issue({ type: 'fixed', dueOn: W(launchedOn, 30) });
  await town.until(launchedOn, '09:00');
  await town.desk.runRound('routine');
  await keep('mail-round', 'round/routine/by-hand');
});
