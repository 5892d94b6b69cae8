/** What a task costs (D17): events in its history, and actions as Temporal Cloud counts them. */
import { workingDay } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import { taskWorkflowId } from '../../workflows/messages';
import { CO, COORDINATOR, LEAD, type SkippingTown, skippingTown, unitActor } from './town';

jest.setTimeout(120_000);

let town: SkippingTown;
beforeAll(async () => {
  town = await skippingTown();
});
afterAll(() => town?.close());

const W = (day: Day, n: number) => workingDay(town.calendar, day, n);
const lead = unitActor(LEAD);

interface Cost {
  events: number;
  actions: number;
  timers: number;
}

/** An action: a start, a timer, an activity, an update, a signal, an upsert. */
const ACTION =
  /^(workflowExecutionStarted|timerStarted|activityTaskScheduled|workflowExecutionUpdateAccepted|workflowExecutionSignaled|upsertWorkflowSearchAttributes)EventAttributes$/;

async function costOf(task: string): Promise<Cost> {
  const { events = [] } = await town.desk.temporal.workflow.getHandle(taskWorkflowId(task)).fetchHistory();
  const kinds = (events ?? []).flatMap((event) => Object.keys(event).filter((key) => key.endsWith('EventAttributes')));
  return {
    events: kinds.length,
    actions: kinds.filter((kind) => ACTION.test(kind)).length,
    timers: kinds.filter((kind) => kind === 'timerStartedEventAttributes').length,
  };
}

test('an alarm costs 11 events, a move 11, or 13 when it moves the next alarm', async () => {
  const launchedOn = W(await town.today(), 1);
  await town.until(launchedOn);
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 60) });
  await life.does(lead, { move: 'acknowledge', unit: LEAD });
  const before = await costOf(life.id);
  await life.does(lead, { move: 'report', unit: LEAD, text: '进展顺利' });
  const afterReport = await costOf(life.id);
  expect(afterReport.events - before.events).toBe(11);
  // D16: the pending timer was kept.
  expect(afterReport.timers).toBe(before.timers);

  const [awaited] = (await life.task()).alarms;
  await life.does(unitActor(CO), { move: 'acknowledge', unit: CO });
  const afterLastSignature = await costOf(life.id);
  const [alarm] = (await life.task()).alarms;
  // The reminder to sign was the next alarm and is no more, unless reports are asked for before it (R18).
  expect(afterLastSignature.events - afterReport.events).toBe(alarm?.id === awaited?.id ? 11 : 13);
  await town.until(alarm?.on ?? '');
  const afterAlarm = await costOf(life.id);
  expect(afterAlarm.events - afterLastSignature.events).toBe(11);
  expect(afterAlarm.actions - afterLastSignature.actions).toBe(2);
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
});

test('a task-year of eight alarms and twelve moves stays under 300 events and 90 actions', async () => {
  const launchedOn = W(await town.today(), 1);
  await town.until(launchedOn);
  const dueOn = W(launchedOn, 40);
  const life = await town.issue({ type: 'fixed', dueOn });
  await life.does(lead, { move: 'acknowledge', unit: LEAD });
  await life.does(unitActor(CO), { move: 'acknowledge', unit: CO });
  for (const text of ['一', '二', '三', '四', '五', '六']) {
    await life.does(lead, { move: 'report', unit: LEAD, text });
    await town.until(W(await town.today(), 5));
  }
  await town.until(dueOn);
  const link = { kind: 'link', value: 'https://example.gov.cn/1', name: null, bytes: null } as const;
  await life.does(lead, { move: 'addEvidence', unit: LEAD, items: [link] });
  await life.does(lead, { move: 'addEvidence', unit: LEAD, items: [link] });
  await life.does(lead, { move: 'submitEvidence', unit: LEAD });
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  const cost = await costOf(life.id);
  expect(cost.events).toBeLessThan(300);
  expect(cost.actions).toBeLessThan(90);
});
