/** Plays lives of tasks against the rules alone: launch, moves, days that pass. Times are Beijing times. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dueAt } from '../../domain/agenda';
import type { CalendarYear, WorkCalendar } from '../../domain/calendar';
import { dayOf, instantOf } from '../../domain/days';
import type { Context } from '../../domain/decider';
import type { Actor, EventOf, TaskEvent } from '../../domain/events';
import type { Intent, Move } from '../../domain/intents';
import { lightOf } from '../../domain/light';
import type { NoticeDraft } from '../../domain/notices';
import type { DeadlineRule, PlanTask } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { isRefusal, type Refusal } from '../../domain/refusals';
import { stepTask, type TaskStep } from '../../domain/step';
import type { Task } from '../../domain/task';

const CALENDARS = join(__dirname, '../../seeds/calendars');

/** The seed calendar: confirmed and provisional years. */
export function seedCalendar(): WorkCalendar {
  const years: Record<string, CalendarYear> = {};
  for (const file of readdirSync(CALENDARS).filter((f) => f.endsWith('.json')))
    years[file.slice(0, 4)] = JSON.parse(readFileSync(join(CALENDARS, file), 'utf8')) as CalendarYear;
  return { version: 'seed', years };
}

export const OFFICE = 'test:督查办';
export const LEAD = 'test:市一局';
export const SECOND_LEAD = 'test:市二局';
export const CO = 'test:市三局';
export const DISTRICTS = 'test:各县市区';
export const OTHER = 'test:市四局';

export const CONTEXT: Context = {
  calendar: seedCalendar(),
  policy: DEFAULT_POLICY,
  directory: {
    [LEAD]: { members: null },
    [SECOND_LEAD]: { members: null },
    [CO]: { members: null },
    [OTHER]: { members: null },
    [DISTRICTS]: { members: ['test:东区', 'test:西县'] },
    [OFFICE]: { members: null },
  },
  ordinals: { slip: 1, urging: 1 },
  openTasks: 1,
};

export const unit = (id: string): Actor => ({ name: '经办人', role: 'unit', unit: id });
export const COORDINATOR: Actor = { name: '协调员', role: 'coordinator', unit: OFFICE };
export const OFFICE_HEAD: Actor = { name: '主任', role: 'office-head', unit: OFFICE };
export const SUPERVISOR: Actor = { name: '督查领导', role: 'supervisor', unit: OFFICE };
const ENGINE: Actor = { name: 'duban', role: 'system', unit: null };

const NO_DATE: DeadlineRule = {
  type: 'none',
  dueOn: null,
  readyOn: null,
  notReadyOn: null,
  condition: null,
  inPrinciple: false,
  text: '',
};
export const fixed = (dueOn: string): DeadlineRule => ({ ...NO_DATE, type: 'fixed', dueOn });
export const twoTrack = (readyOn: string, notReadyOn: string): DeadlineRule => ({
  ...NO_DATE,
  type: 'two-track',
  readyOn,
  notReadyOn,
});
export const conditional: DeadlineRule = { ...NO_DATE, type: 'conditional', condition: '条件具备时' };
export const ongoing: DeadlineRule = { ...NO_DATE, type: 'ongoing' };

export function planTask(deadline: DeadlineRule, over: Partial<PlanTask> = {}): PlanTask {
  return {
    id: 'test-plan/1-01',
    part: 1,
    no: 1,
    category: null,
    title: '测试任务',
    content: '',
    measures: [],
    parties: [
      { unit: LEAD, role: 'lead' },
      { unit: CO, role: 'co' },
    ],
    leadBasis: 'first',
    openEnded: false,
    deadline,
    remark: null,
    line: null,
    ...over,
  };
}

/** What was told on one day, shortly. */
export interface Told {
  on: string;
  to: string;
  kind: string;
  rung: string | null;
  text: string;
}

/** One task's life, told in order. */
export class Life {
  readonly events: TaskEvent[] = [];
  readonly notices: (NoticeDraft & { at: string })[] = [];
  private counter = 0;
  private ordinals = { slip: 1, urging: 1 };

  private constructor(
    private state: Task | null,
    private context: Context,
  ) {}

  static launch(task: PlanTask, day: string, time = '08:00', context: Context = CONTEXT): Life {
    const life = new Life(null, context);
    const at = instantOf(day, time);
    const refusal = life.step({
      id: 'issue',
      at,
      actor: COORDINATOR,
      type: 'issue',
      task,
      office: OFFICE,
      signedBy: '签发人',
    });
    if (refusal) throw new Error(refusal.refused);
    return life;
  }

  get task(): Task {
    if (!this.state) throw new Error('not launched');
    return this.state;
  }

  /** Lets time pass up to an instant, ringing each alarm on its day. */
  until(day: string, time = '23:59'): this {
    const end = instantOf(day, time);
    for (let next = this.task.alarms[0]; next && dueAt(next) <= end; next = this.task.alarms[0])
      this.step({ id: `ring:${next.id}`, at: dueAt(next), actor: ENGINE, type: 'ring' });
    return this;
  }

  /** No worker until then: everything missed is settled at once. */
  downUntil(day: string, time = '06:00'): this {
    this.step({ id: `ring:down:${day}`, at: instantOf(day, time), actor: ENGINE, type: 'ring' });
    return this;
  }

  /** A move, after time has passed up to it. */
  try(day: string, actor: Actor, move: Move, time = '10:00'): Refusal | null {
    this.until(day, time);
    return this.at(instantOf(day, time), actor, move);
  }

  /** A move received at an instant, whatever has rung since (D5). */
  at(at: string, actor: Actor, move: Move): Refusal | null {
    return this.step({ id: `move:${++this.counter}`, at, actor, type: 'move', move });
  }

  do(day: string, actor: Actor, move: Move, time = '10:00'): this {
    const refusal = this.try(day, actor, move, time);
    if (refusal) throw new Error(`${move.move} refused: ${refusal.refused} ${JSON.stringify(refusal.details)}`);
    return this;
  }

  /** Adds one document number and hands it in. */
  handIn(day: string, by: string = LEAD, time = '10:00'): this {
    const items = [{ kind: 'number' as const, value: '市发〔2020〕1号', name: null, bytes: null }];
    this.do(day, unit(by), { move: 'addEvidence', unit: by, items }, time);
    return this.do(day, unit(by), { move: 'submitEvidence', unit: by }, time);
  }

  accept(day: string): this {
    return this.do(day, COORDINATOR, { move: 'acceptEvidence', version: this.task.review?.version ?? 0 });
  }

  giveBack(day: string): this {
    return this.do(day, COORDINATOR, {
      move: 'returnEvidence',
      version: this.task.review?.version ?? 0,
      reason: '材料不全',
    });
  }

  acknowledgeAll(day: string): this {
    for (const by of Object.keys(this.task.acknowledgements)) this.do(day, unit(by), { move: 'acknowledge', unit: by });
    return this;
  }

  deliver(
    day: string,
    to: string,
    outcome: 'handed' | 'failed',
    notices: { kind: string; slip: string | null }[],
  ): this {
    this.until(day, '09:00');
    const id = `delivery:${++this.counter}`;
    this.step({
      id,
      at: instantOf(day, '09:00'),
      actor: ENGINE,
      type: 'delivery',
      letter: id,
      unit: to,
      outcome,
      on: day,
      notices,
    });
    return this;
  }

  /** Days and names of what rang or happened, for tables of expectations. */
  told(kind: string, to?: string): Told[] {
    return this.notices
      .filter((n) => n.kind === kind && (to === undefined || `${n.to.unit}/${n.to.office}` === to))
      .map((n) => ({ on: n.at, to: `${n.to.unit}/${n.to.office}`, kind: n.kind, rung: n.rung, text: n.text }));
  }

  days(kind: string, to = `${LEAD}/liaison`): string[] {
    return this.told(kind, to).map((n) => n.on);
  }

  /** Colour and reason at noon of a day, after time has passed up to it. */
  lightOn(day: string): string {
    this.until(day, '12:00');
    const { colour, reason } = lightOf(this.task, this.context.calendar, this.context.policy, day);
    return `${colour} ${reason}`;
  }

  /** Another calendar holds from this day on (R6). */
  recount(day: string, calendar: WorkCalendar): this {
    this.until(day, '08:00');
    this.context = { ...this.context, calendar };
    this.step({ id: `calendar:${day}`, at: instantOf(day, '08:00'), actor: ENGINE, type: 'calendar' });
    return this;
  }

  /** Days on which events of a type were recorded. */
  happened(type: TaskEvent['type']): string[] {
    return this.events.filter((e) => e.type === type).map((e) => dayOf(e.at));
  }

  /** What an event of a type says, the last of them first found. */
  last<T extends TaskEvent['type']>(type: T): EventOf<T> {
    const found = this.events.findLast((e) => e.type === type);
    if (!found) throw new Error(`no ${type}`);
    return found as EventOf<T>;
  }

  slips(): [string, string, string | null][] {
    return [...this.task.pastSlips, ...this.task.ladder.slips].map((s) => [s.colour, s.issuedOn, s.limitOn]);
  }

  private step(intent: Intent): Refusal | null {
    const done: TaskStep | Refusal = stepTask(this.state, intent, { ...this.context, ordinals: this.ordinals });
    if (isRefusal(done)) return done;
    this.state = done.state;
    this.events.push(...done.events);
    const day = dayOf(intent.at);
    this.notices.push(...done.notices.map((n) => ({ ...n, at: day })));
    this.ordinals = {
      slip: this.ordinals.slip + done.numbered.slip,
      urging: this.ordinals.urging + done.numbered.urging,
    };
    return null;
  }
}
