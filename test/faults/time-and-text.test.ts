/** Moves that came in time and were processed late, clocks that go back, and texts that no database takes (D5, D8). */
import { workingDay } from '../../domain/calendar';
import { addDays, dayOf, instantOf } from '../../domain/days';
import type { Move, MoveName } from '../../domain/intents';
import { MOVES } from '../../domain/moves';
import { showPlan, storeDraft } from '../../ledger/plans';
import { CO, COORDINATOR, LEAD, oneTaskPlan, SUPERVISOR, unitActor } from '../workflows/town';
import { eventsOf, insist, issuedTask, startTask, storyOf } from './plans';
import { Stack } from './stack';
import { until } from './until';
import { expectWhole } from './whole';

jest.setTimeout(180_000);

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.open();
});
afterAll(() => stack?.close());

const lead = unitActor(LEAD);
const now = () => new Date().toISOString();
const link = { kind: 'link', value: 'https://example.gov.cn/1', name: null, bytes: null } as const;

describe('due yesterday, handed in twenty minutes before midnight, processed today (D5, R3)', () => {
  afterEach(() => stack.killWorkers());

  /** The midnight that is past, and an instant shortly before it that is not yet a day ago. */
  async function lastMidnight() {
    const minutesLeft = () => (Date.parse(instantOf(addDays(dayOf(now()), 1), '00:00')) - Date.now()) / 60_000;
    await until('no midnight in the middle of the test', () => minutesLeft() > 3);
    const midnight = Date.parse(instantOf(dayOf(now()), '00:00'));
    const before = Math.min(20, minutesLeft() / 2);
    return { dueOn: addDays(dayOf(now()), -1), inTime: new Date(midnight - before * 60_000).toISOString() };
  }

  async function dueYesterday() {
    const { dueOn, inTime } = await lastMidnight();
    const at = instantOf(workingDay(stack.calendar, dueOn, -2), '08:00');
    const handIn = (task: string) => [
      () => insist(stack.desk, task, add, { actor: lead, moveId: `add-${task}`, receivedAt: inTime }),
      () => insist(stack.desk, task, submit, { actor: lead, moveId: `submit-${task}`, receivedAt: inTime }),
    ];
    return { rule: { type: 'fixed', dueOn } as const, at, handIn };
  }
  const add: Move = { move: 'addEvidence', unit: LEAD, items: [link] };
  const submit: Move = { move: 'submitEvidence', unit: LEAD };
  const late = async (task: string) => {
    const state = await stack.desk.task(task);
    return { breaches: state?.breaches.filter(({ lifted }) => !lifted), late: state?.versions[0]?.late };
  };

  test('no worker until then, and the move is there first: not late', async () => {
    const { rule, at, handIn } = await dueYesterday();
    const task = await startTask(stack, rule, { at });
    const [adding, submitting] = handIn(task);
    const added = adding?.();
    await stack.startWorker();
    expect(await added).toMatchObject({ outcome: 'recorded' });
    expect(await submitting?.()).toMatchObject({ outcome: 'recorded' });
    expect(await late(task)).toEqual({ breaches: [], late: false });
    await expectWhole(stack);
  });

  test('the alarm was there first: the breach is lifted, and its slip does not go on', async () => {
    const { rule, at, handIn } = await dueYesterday();
    await stack.startWorker();
    const task = await issuedTask(stack, rule, { at });
    // Whatever the hour: any step settles what is due before it.
    await insist(stack.desk, task, { move: 'urge', text: '请尽快' }, { actor: COORDINATOR, moveId: `urge-${task}` });
    expect((await late(task)).breaches).toHaveLength(1);
    for (const move of handIn(task)) expect(await move()).toMatchObject({ outcome: 'recorded' });
    expect(await late(task)).toEqual({ breaches: [], late: false });
    expect((await storyOf(stack.ledger.db, task)).join()).toContain('breachLifted');
    await expectWhole(stack);
  });

  test('the same a second after midnight is late', async () => {
    const { rule, at } = await dueYesterday();
    await stack.startWorker();
    const task = await issuedTask(stack, rule, { at });
    const receivedAt = instantOf(addDays(rule.dueOn, 1), '00:00').replace(':00.000Z', ':01.000Z');
    for (const [name, move] of Object.entries({ add, submit })) {
      const answer = await insist(stack.desk, task, move, { actor: lead, moveId: `${name}-${task}`, receivedAt });
      expect(answer).toMatchObject({ outcome: 'recorded' });
    }
    const { breaches, late: isLate } = await late(task);
    expect([breaches?.length, isLate]).toEqual([1, true]);
    await expectWhole(stack);
  });
});

test('a clock set an hour back: event time stands still, and every alarm is done once (D5)', async () => {
  const worker = await stack.startWorker();
  // Launched six working days ago: the reminders of the acknowledgement were due since.
  const at = instantOf(workingDay(stack.calendar, dayOf(now()), -6), '08:00');
  const dueOn = workingDay(stack.calendar, dayOf(now()), 60);
  const task = await issuedTask(stack, { type: 'fixed', dueOn }, { at });
  await until('the missed reminders', async () => (await eventsOf(stack.ledger.db, task)).length > 1);
  const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();
  for (const [index, unit] of [LEAD, CO].entries()) {
    const move = { move: 'report', unit, text: '正在办理' } as const;
    const options = { actor: unitActor(unit), moveId: `back-${index}`, receivedAt: anHourAgo() };
    expect(await insist(stack.desk, task, move, options)).toMatchObject({ outcome: 'recorded' });
  }
  const events = await eventsOf(stack.ledger.db, task);
  const times = events.map((event) => event.at);
  expect(times).toEqual([...times].sort());
  const alarms = events.flatMap((event) => ('alarm' in event && event.alarm ? [event.alarm] : []));
  expect(alarms.length).toBeGreaterThan(0);
  expect(new Set(alarms).size).toBe(alarms.length);
  await worker.kill();
  await stack.startWorker();
  await expectWhole(stack);
  await stack.killWorkers();
});

describe('U+0000, a lone surrogate and other control characters in every place where text can stand (D8)', () => {
  const BAD = { 'U+0000': 'a\u0000b', 'a lone surrogate': 'a\ud800b', 'an escape': 'a\u001bb' };

  /** A move with every text, day and id of its row in the table filled. */
  function filled(name: MoveName): Record<string, unknown> {
    const { texts, days, fields } = MOVES[name];
    const values: Record<string, unknown> = { move: name };
    for (const field of [...Object.keys(texts), ...days]) values[field] = '文';
    for (const [field, shape] of Object.entries(fields)) {
      values[field] = shape === 'id' || shape === 'id?' ? LEAD : shape === 'items' ? [link] : null;
    }
    return values;
  }

  /** The same with one text in it replaced, for each of its texts, however deep, names of fields included. */
  function* spoilt(value: unknown, text: string): Generator<[path: string, unknown]> {
    if (typeof value === 'string') yield ['', text];
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      for (const [path, bad] of spoilt(inner, text)) {
        const copy: unknown = Array.isArray(value)
          ? Object.assign([...value], { [name]: bad })
          : { ...value, [name]: bad };
        yield [`${name}.${path}`, copy];
      }
    }
    if (!Array.isArray(value)) yield ['a new name', { ...value, [text]: 'x' }];
  }

  let task = '';
  beforeAll(() => stack.startWorker());
  beforeEach(async () => {
    task = await issuedTask(stack, { type: 'ongoing' });
  });
  afterEach(async () => {
    const alive = await stack.desk.move(task, { move: 'acknowledge', unit: LEAD }, { actor: lead });
    expect(alive).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
    await expectWhole(stack);
  });

  test.each(Object.entries(BAD))('%s: every field of every move is refused at once', async (_, text) => {
    const answers: string[] = [];
    for (const name of Object.keys(MOVES) as MoveName[]) {
      for (const [path, move] of spoilt(filled(name), text)) {
        // Whatever a program may send.
        const answer = await stack.desk.move(task, move as Move, { actor: SUPERVISOR });
        const code = answer.outcome === 'refused' ? answer.refusal.refused : 'recorded';
        if (code !== 'text-unstorable') answers.push(`${name} ${path} ${code}`);
      }
    }
    expect(answers).toEqual([]);
  });

  test.each(Object.entries(BAD))('%s in names of actors, ids of moves, tasks and plans', async (_, text) => {
    const move = { move: 'acknowledge', unit: LEAD } as const;
    const codeOf = async (asked: Promise<{ outcome: string; refusal?: { refused: string } }>) => {
      const answer = await asked;
      return answer.refusal?.refused ?? answer.outcome;
    };
    const { desk } = stack;
    expect(await codeOf(desk.move(task, move, { actor: { ...lead, name: text } }))).toBe('text-unstorable');
    expect(await codeOf(desk.move(task, move, { actor: { ...lead, unit: text } }))).toBe('text-unstorable');
    expect(await codeOf(desk.move(task, move, { actor: lead, receivedAt: text }))).toBe('text-unstorable');
    expect(await codeOf(desk.move(task, move, { actor: lead, moveId: text }))).toBe('text-unstorable');
    expect(await codeOf(desk.move(`${text}/1-01`, move, { actor: lead }))).toBe('text-unstorable');
    const report = { unit: LEAD, text: '进展顺利' };
    expect(await codeOf(desk.reportOnPlan(text, report, { actor: lead }))).toBe('text-unstorable');
  });

  test('nobody launches with an id or a name that cannot be stored', async () => {
    const plan = oneTaskPlan({ type: 'ongoing' });
    await storeDraft(stack.ledger.db, plan);
    const launch = { plan: plan.id, signedBy: '殷望舒', actor: COORDINATOR };
    for (const text of Object.values(BAD)) {
      const spoiltLaunches = [
        { ...launch, plan: text },
        { ...launch, signedBy: text },
        { ...launch, actor: { ...COORDINATOR, name: text } },
        { ...launch, actor: { ...COORDINATOR, unit: text } },
      ];
      for (const asked of spoiltLaunches) {
        await expect(stack.desk.launch(asked)).rejects.toMatchObject({ code: 'not-storable' });
      }
    }
    expect((await showPlan(stack.ledger.db, plan.id)).status).toBe('draft');
  });
});
