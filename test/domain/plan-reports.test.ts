/** R18 for the plan as a whole: one obligation per plan, owed by each addressee. */
import { dueAt } from '../../domain/agenda';
import { instantOf } from '../../domain/days';
import type { Context } from '../../domain/decider';
import { type Actor, SYSTEM } from '../../domain/events';
import type { NoticeDraft } from '../../domain/notices';
import type { PlanEvent, PlanIntent, PlanReports } from '../../domain/plan-reports';
import { foldPlan, planReportsOwed, standsPlan, stepPlan } from '../../domain/plan-reports-decide';
import { isRefusal, type Refusal } from '../../domain/refusals';
import { CONTEXT, COORDINATOR, LEAD, OFFICE, OTHER, SECOND_LEAD, SUPERVISOR, unit } from '../support/lives';

class PlanLife {
  readonly events: PlanEvent[] = [];
  readonly notices: (NoticeDraft & { on: string })[] = [];
  context: Context = CONTEXT;
  plan: PlanReports | null = null;
  private n = 0;

  constructor(on: string) {
    const addressees = [LEAD, SECOND_LEAD];
    this.step(
      { type: 'issue', plan: 'p', title: '方案', office: OFFICE, addressees },
      instantOf(on, '08:00'),
      COORDINATOR,
    );
  }

  get state(): PlanReports {
    if (!this.plan) throw new Error('not issued');
    return this.plan;
  }

  until(day: string): this {
    const end = instantOf(day, '23:59');
    for (let next = this.state.alarms[0]; next && dueAt(next) <= end; next = this.state.alarms[0])
      this.step({ type: 'ring' }, dueAt(next));
    return this;
  }

  report(day: string, by: string, actor: Actor = unit(by), text = '总体进展'): Refusal | null {
    this.until(day);
    return this.step({ type: 'report', unit: by, text }, instantOf(day, '23:59'), actor);
  }

  step(
    intent: PlanIntent extends infer I ? (I extends PlanIntent ? Omit<I, 'id' | 'at' | 'actor'> : never) : never,
    at: string,
    actor: Actor = SYSTEM,
  ): Refusal | null {
    const done = stepPlan(this.plan, { ...intent, id: `i${++this.n}`, at, actor } as PlanIntent, this.context);
    if (isRefusal(done)) return done;
    this.plan = done.state;
    this.events.push(...done.events);
    this.notices.push(...done.notices.map((n) => ({ ...n, on: at })));
    return null;
  }

  told(by: string): (string | null)[] {
    return this.notices.filter((n) => n.to.unit === by).map((n) => n.rung);
  }
}

test('R18: every addressee is asked on A and reminded until its own report has come', () => {
  const life = new PlanLife('2020-03-13').until('2020-06-01');
  expect(life.state.asked).toEqual({ quarter: '2020Q2', askedOn: '2020-06-01', dueOn: '2020-06-24' });
  expect(life.report('2020-06-10', LEAD)).toBeNull();
  life.until('2020-06-30');
  expect([life.told(LEAD), life.told(SECOND_LEAD)]).toEqual([['ask'], ['ask', '-3', '1']]);
  expect(planReportsOwed(life.state)).toEqual([SECOND_LEAD]);
});

test('R18: one given since the 1st settles the quarter, one of the month before does not', () => {
  const life = new PlanLife('2026-01-05');
  life.report('2026-02-28', LEAD);
  life.report('2026-03-01', SECOND_LEAD);
  life.until('2026-03-31');
  expect([life.told(LEAD), life.told(SECOND_LEAD)]).toEqual([['ask', '-3', '1'], []]);
});

test('R35: a notice stands until its unit has reported or the next quarter is asked', () => {
  const life = new PlanLife('2020-03-13').until('2020-06-01');
  const obligation = { kind: 'planReport', quarter: '2020Q2', unit: LEAD } as const;
  expect(standsPlan(life.state, obligation)).toBe(true);
  expect(standsPlan(life.state, { ...obligation, unit: OTHER })).toBe(false);
  life.report('2020-06-02', LEAD);
  expect(standsPlan(life.state, obligation)).toBe(false);
  expect(standsPlan(life.until('2020-09-01').state, { ...obligation, unit: SECOND_LEAD })).toBe(false);
});

test('R18: only an addressee, in its own name, in words', () => {
  const life = new PlanLife('2020-03-13');
  expect(life.report('2020-06-02', OTHER)?.refused).toBe('not-a-party');
  expect(life.report('2020-06-02', LEAD, unit(SECOND_LEAD))?.refused).toBe('not-your-unit');
  expect(life.report('2020-06-02', LEAD, SUPERVISOR)?.refused).toBe('not-your-role');
  expect(life.report('2020-06-02', LEAD, { ...COORDINATOR, unit: OTHER })?.refused).toBe('not-your-unit');
  expect(life.report('2020-06-02', LEAD, COORDINATOR)).toBeNull();
  expect(life.report('2020-06-02', LEAD, unit(LEAD), ' ')?.refused).toBe('text-needed');
  expect(life.report('2020-06-02', LEAD, unit(LEAD), '\u0000')?.refused).toBe('text-unstorable');
});

test('R18: it ends with the last task of the plan, at the next asking', () => {
  const life = new PlanLife('2020-03-13').until('2020-06-30');
  life.context = { ...CONTEXT, openTasks: 0 };
  life.until('2020-12-31');
  expect(life.events.at(-1)).toMatchObject({ type: 'planClosed', on: '2020-09-01' });
  expect(life.state.alarms).toEqual([]);
  expect(life.report('2020-12-31', LEAD)?.refused).toBe('wrong-status');
});

test('R12 R18: after downtime only the latest reminder is sent', () => {
  const life = new PlanLife('2020-03-13').until('2020-06-02');
  life.step({ type: 'ring' }, instantOf('2020-06-29', '06:00'));
  expect(life.told(LEAD)).toEqual(['ask', '1']);
});

test('R18: folding the events from scratch gives the state; strange intents are refused, not thrown', () => {
  const life = new PlanLife('2020-03-13');
  life.report('2020-06-02', LEAD);
  life.until('2021-12-31');
  expect(life.events.reduce<PlanReports | null>(foldPlan, null)).toEqual(life.state);
  expect(life.events.map((e) => e.seq)).toEqual(life.events.map((_, i) => i + 1));
  expect(life.step({ type: 'ring' }, 'soon')?.refused).toBe('bad-date');
  expect(
    life.step({ type: 'issue', plan: 'p', title: '', office: OFFICE, addressees: [] }, instantOf('2022-01-01', '08:00'))
      ?.refused,
  ).toBe('already-launched');
  const at = instantOf('2022-01-01', '08:00');
  expect(stepPlan(null, { type: 'ring', id: 'r', at, actor: SYSTEM }, CONTEXT)).toMatchObject({
    refused: 'not-launched',
  });
});
