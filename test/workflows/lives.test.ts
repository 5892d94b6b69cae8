/** One life of each kind, told in order, through the real workflow, ledger and desk on a clock that skips. */
import { workingDay } from '../../domain/calendar';
import { addDays, type Day, weekdayOf } from '../../domain/days';
import type { Actor } from '../../domain/events';
import { planStateQuery, planWorkflowId, taskWorkflowId } from '../../workflows/messages';
import {
  CO,
  COORDINATOR,
  LEAD,
  type Life,
  OTHER,
  type SkippingTown,
  SUPERVISOR,
  skippingTown,
  unitActor,
} from './town';

jest.setTimeout(120_000);

let town: SkippingTown;
beforeAll(async () => {
  town = await skippingTown();
});
afterAll(() => town?.close());

const lead = unitActor(LEAD);
const LADDER = ['breachRecorded', 'slipIssued', 'urged'] as const;

const W = (day: Day, n: number) => workingDay(town.calendar, day, n);

/** The morning of the next working day. */
async function morning(): Promise<Day> {
  const day = W(await town.today(), 1);
  await town.until(day);
  return day;
}

async function handIn(life: Life, actor: Actor = lead, unit = LEAD): Promise<void> {
  const items = [{ kind: 'link', value: 'https://example.gov.cn/1', name: null, bytes: null } as const];
  await life.does(actor, { move: 'addEvidence', unit, items });
  await life.does(actor, { move: 'submitEvidence', unit });
}

async function statusOfProcess(life: Life): Promise<string> {
  const { status } = await town.desk.temporal.workflow.getHandle(taskWorkflowId(life.id)).describe();
  return status.name;
}

test('a fixed date: acknowledged, reminded, handed in and accepted in time, and its process ends', async () => {
  const launchedOn = await morning();
  const dueOn = W(launchedOn, 24);
  const life = await town.issue({ type: 'fixed', dueOn });
  await life.does(lead, { move: 'acknowledge', unit: LEAD });
  await life.does(unitActor(CO), { move: 'acknowledge', unit: CO });

  await town.until(W(dueOn, -2));
  expect((await life.story('reminded')).filter((line) => line.includes('reminder'))).toEqual(
    [20, 10, 5, 3].map((rung) => `${W(dueOn, -rung)} reminded reminder ${rung}`),
  );
  await handIn(life);
  await town.until(dueOn);
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });

  expect(await life.task()).toMatchObject({ status: 'completed', completedOn: dueOn, breaches: [], alarms: [] });
  await expect(statusOfProcess(life)).resolves.toBe('COMPLETED');
});

test('silence: blue, orange, red, then an urging every week', async () => {
  const dueOn = W(await morning(), 3);
  const life = await town.issue({ type: 'fixed', dueOn });
  const blue = W(dueOn, 1);
  const orange = W(W(blue, 5), 1);
  const red = W(W(orange, 5), 1);
  const weekly = firstOfWeekAfter(W(red, 5));
  const second = firstOfWeekAfter(weekly);
  await town.until(second);
  expect(await life.story(...LADDER)).toEqual([
    `${addDays(dueOn, 1)} breachRecorded`,
    `${blue} slipIssued blue`,
    `${orange} slipIssued orange`,
    `${red} slipIssued red`,
    `${weekly} urged`,
    `${second} urged`,
  ]);
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '株优办〔2027〕1号' });
});

/** R21: the first working day of the first Monday-to-Sunday week that begins after the day and has one. */
function firstOfWeekAfter(day: Day): Day {
  const monday = addDays(day, 8 - weekdayOf(day));
  return W(addDays(monday, -1), 1);
}

describe('two tracks', () => {
  test.each([
    ['ready', true, 'readyOn'],
    ['not-ready', false, 'notReadyOn'],
  ] as const)('declared %s', async (state, ready, track) => {
    const launchedOn = await morning();
    const dates = { readyOn: W(launchedOn, 40), notReadyOn: W(launchedOn, 80) };
    const life = await town.issue({ type: 'two-track', ...dates });
    await life.does(lead, { move: 'declare', unit: LEAD, ready, reason: '正在完善系统' });
    const task = await life.task();
    expect(task.declaration?.state).toBe(state);
    expect(task.dueOn).toBe(dates[track]);
    await expect(life.mayNot(unitActor(CO), { move: 'declare', unit: CO, ready: true })).resolves.toBe('not-a-lead');
    await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  });

  test('silence is asked, chased, then taken for ready', async () => {
    const launchedOn = await morning();
    const readyOn = W(launchedOn, 40);
    const life = await town.issue({ type: 'two-track', readyOn, notReadyOn: W(launchedOn, 80) });
    const deemedOn = W(W(readyOn, -20), 5);
    await town.until(deemedOn);
    expect((await life.task()).dueOn).toBeNull();
    await town.until(addDays(deemedOn, 1));
    expect(await life.task()).toMatchObject({ dueOn: readyOn, declaration: { state: 'deemed' } });
    await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  });
});

test('a condition: no date until a coordinator opens it, and then a whole ladder', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'conditional', condition: '国家系统上线后' });
  await expect(life.mayNot(lead, { move: 'openCondition', dueOn: W(launchedOn, 12), reason: '已上线' })).resolves.toBe(
    'not-your-role',
  );
  await expect(
    life.mayNot(COORDINATOR, { move: 'openCondition', dueOn: W(launchedOn, 9), reason: '已上线' }),
  ).resolves.toBe('date-too-soon');
  const dueOn = W(launchedOn, 12);
  await life.does(COORDINATOR, { move: 'openCondition', dueOn, reason: '已上线' });
  await town.until(W(dueOn, 1));
  expect(await life.story(...LADDER)).toEqual([
    `${addDays(dueOn, 1)} breachRecorded`,
    `${W(dueOn, 1)} slipIssued blue`,
  ]);
  await handIn(life);
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  expect(await life.task()).toMatchObject({ status: 'completed', breaches: [{ dueOn }] });
});

test('an ongoing task: asked every quarter, never overdue, closed by accepted evidence', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'ongoing' });
  const until = addDays(launchedOn, 200);
  await town.until(until);
  const askings = askingDays().filter((day) => launchedOn < day && day <= until);
  expect(await life.story('reportAsked')).toEqual(askings.map((day) => `${day} reportAsked`));
  expect(await life.story(...LADDER)).toEqual([]);
  await life.does(lead, { move: 'report', unit: LEAD, text: '持续推进', percent: 50 });
  await handIn(life);
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  expect((await life.task()).status).toBe('completed');
});

test('reports on the plan as a whole: asked of its addressees, until its last task is closed', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'ongoing' }, { reporting: { addressees: [LEAD, CO], text: '每季度报送' } });
  const askedOn = askingDays().find((day) => launchedOn < day) ?? '';
  await town.until(askedOn);
  const state = () =>
    planProcess(life)
      .query(planStateQuery)
      .then((view) => view.state);
  expect(await state()).toMatchObject({ asked: { askedOn }, addressees: [LEAD, CO] });
  const report = { unit: LEAD, text: '总体进展顺利' };
  const answer = await town.desk.reportOnPlan(life.plan, report, { actor: lead });
  expect(answer).toMatchObject({ outcome: 'recorded', events: [{ type: 'planReported' }] });
  await expect(town.desk.reportOnPlan(life.plan, report, { actor: unitActor(CO) })).resolves.toMatchObject({
    refusal: { refused: 'not-your-unit' },
  });
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  await town.until(askingDays().find((day) => askedOn < day) ?? '');
  expect((await planProcess(life).describe()).status.name).toBe('COMPLETED');
});

function planProcess(life: Life) {
  return town.desk.temporal.workflow.getHandle(planWorkflowId(life.plan));
}

/** R18: the first working day of each quarter's last month, over the calendar's years. */
function askingDays(): Day[] {
  const months = Object.keys(town.calendar.years).flatMap((year) =>
    ['03', '06', '09', '12'].map((m) => `${year}-${m}-01`),
  );
  return months.sort().map((first) => W(addDays(first, -1), 1));
}

describe('an extension', () => {
  const request = (to: Day) =>
    ({ move: 'requestExtension', unit: LEAD, to, reason: '系统延期', progress: '七成' }) as const;

  test('approved: the new date has its own rungs', async () => {
    const launchedOn = await morning();
    const [dueOn, to] = [W(launchedOn, 4), W(launchedOn, 12)];
    const life = await town.issue({ type: 'fixed', dueOn });
    await life.does(lead, request(to));
    await life.does(COORDINATOR, { move: 'approveExtension' });
    expect(await life.task()).toMatchObject({ dueOn: to, originalDueOn: dueOn, extensionsApproved: 1 });
    await town.until(W(dueOn, 2));
    expect(await life.story(...LADDER)).toEqual([]);
    await expect(life.mayNot(lead, request(W(to, 5)))).resolves.toBe('quota-used');
    await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  });

  test('undecided past the date: no slip; refused then: the breach keeps its day', async () => {
    const launchedOn = await morning();
    const dueOn = W(launchedOn, 2);
    const life = await town.issue({ type: 'fixed', dueOn });
    await town.until(dueOn, '23:00');
    await life.does(lead, request(W(dueOn, 20)));
    const decidedOn = W(dueOn, 3);
    await town.until(decidedOn);
    expect(await life.story(...LADDER)).toEqual([]);
    await life.does(COORDINATOR, { move: 'refuseExtension', reason: '理由不充分' });
    await town.until(W(decidedOn, 1));
    expect((await life.task()).breaches).toMatchObject([{ dueOn, breachedOn: addDays(dueOn, 1) }]);
    expect(await life.story('slipIssued')).toEqual([`${W(decidedOn, 1)} slipIssued blue`]);
    await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  });
});

test('evidence returned gives days of grace; returned again after them it is late', async () => {
  const launchedOn = await morning();
  const dueOn = W(launchedOn, 2);
  const life = await town.issue({ type: 'fixed', dueOn });
  await town.until(dueOn);
  await handIn(life);
  await life.does(COORDINATOR, { move: 'returnEvidence', version: 1, reason: '缺少数据' });
  const graceOn = W(dueOn, 5);
  expect((await life.task()).grace).toEqual({ dueOn, limitOn: graceOn });
  await town.until(graceOn);
  expect(await life.story(...LADDER)).toEqual([]);
  await handIn(life);
  await expect(life.mayNot(COORDINATOR, { move: 'acceptEvidence', version: 1 })).resolves.toBe('wrong-version');
  const returnedOn = W(graceOn, 1);
  await town.until(returnedOn);
  await life.does(COORDINATOR, { move: 'returnEvidence', version: 2, reason: '仍缺数据' });
  await town.until(W(returnedOn, 1));
  expect((await life.task()).breaches).toHaveLength(1);
  expect(await life.story('slipIssued')).toEqual([`${W(returnedOn, 1)} slipIssued blue`]);
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
});

test('suspended: the clock stands still, and the date moves by the working days it stood', async () => {
  const launchedOn = await morning();
  const dueOn = W(launchedOn, 8);
  const life = await town.issue({ type: 'fixed', dueOn });
  const suspendedOn = W(launchedOn, 2);
  await town.until(suspendedOn);
  await life.does(COORDINATOR, { move: 'suspend', reason: '等待上级文件' });
  await expect(life.mayNot(lead, { move: 'report', unit: LEAD, text: '进展' })).resolves.toBe('wrong-status');
  const before = await life.story();
  await town.until(W(suspendedOn, 10));
  expect(await life.story()).toEqual(before);
  await life.does(COORDINATOR, { move: 'resume' });
  expect(await life.task()).toMatchObject({ status: 'open', dueOn: W(dueOn, 10) });
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
});

test('reassigned: the old lead is let go, the new one may act', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 20) });
  const reassign = { move: 'reassign', from: LEAD, to: OTHER, role: 'lead', reason: '职能划转' } as const;
  await life.does(COORDINATOR, reassign);
  await expect(life.mayNot(lead, { move: 'submitEvidence', unit: LEAD })).resolves.toBe('not-a-party');
  await handIn(life, unitActor(OTHER), OTHER);
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  expect(await life.task()).toMatchObject({ status: 'completed', formerUnits: [LEAD] });
});

test('cancelled: nothing more happens, and a move on it is refused without a process', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 5) });
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  const before = await life.story();
  await town.until(W(launchedOn, 8));
  expect(await life.story()).toEqual(before);
  await expect(life.mayNot(lead, { move: 'report', unit: LEAD, text: '进展' })).resolves.toBe('wrong-status');
  await expect(statusOfProcess(life)).resolves.toBe('COMPLETED');
});

test('reopened: a completed task runs again from the ledger, with a fresh ladder', async () => {
  const launchedOn = await morning();
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 5) });
  await handIn(life);
  await life.does(COORDINATOR, { move: 'acceptEvidence', version: 1 });
  const { seq } = await life.task();
  const dueOn = W(launchedOn, 6);
  await expect(life.mayNot(COORDINATOR, { move: 'reopen', dueOn, reason: '不实' })).resolves.toBe('not-your-role');
  await expect(statusOfProcess(life)).resolves.toBe('COMPLETED');

  await life.does(SUPERVISOR, { move: 'reopen', dueOn, reason: '回头看发现不实' });
  expect(await life.task()).toMatchObject({ status: 'open', dueOn, reopenings: 1, seq: seq + 1 });
  await expect(statusOfProcess(life)).resolves.toBe('RUNNING');
  await town.until(W(dueOn, 1));
  expect(await life.story('slipIssued')).toEqual([`${W(dueOn, 1)} slipIssued blue`]);
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  await life.does(SUPERVISOR, { move: 'annulBreach', reason: '系统故障误记' });
  expect((await life.task()).breaches).toMatchObject([{ annulled: { reason: '系统故障误记' } }]);
  await expect(statusOfProcess(life)).resolves.toBe('COMPLETED');
});
