/**
 * Plays a plan from its launch to a day against the rules alone: what the alarms, the units' acts and the mail rounds
 * of that time cause. Every step is `stepTask` or `stepPlan`, every letter `gather`: no rule stands here a second time.
 */
import { dueAt } from './agenda';
import { isWorkingDay, type WorkCalendar } from './calendar';
import { addDays, type Day, instantOf } from './days';
import type { Context, Step, StreamState } from './decider';
import { type Actor, SYSTEM, type TaskEvent } from './events';
import type { Intent } from './intents';
import type { Addressee, NoticeDraft, Obligation } from './notices';
import type { Plan, TaskId, UnitId } from './plan';
import type { PlanEvent, PlanIntent, PlanReports } from './plan-reports';
import { standsPlan, stepPlan } from './plan-reports-decide';
import type { Policy } from './policy';
import { isRefusal, type Refusal } from './refusals';
import type { Act, Behaviour } from './rehearsal-acts';
import { type Correspondent, gather, ROUTINE_ROUNDS, type Round, receiverOf, type Slot, slotAt } from './rounds';
import { stands } from './stands';
import { stepTask } from './step';
import type { Task } from './task';
import type { Unit } from './unit';

/** Hours of a rehearsed day (rules.md, Rehearsal). The urgent round is the first one after the acts. */
export const LAUNCH_TIME = '08:00';
export const ACT_TIME = '10:00';
export const URGENT_TIME = '10:05';
/** Everything of a day has rung then, its expiries too (R4). */
const RING_TIME = '05:00';

export interface Script {
  plan: Plan;
  units: readonly Unit[];
  calendar: WorkCalendar;
  policy: Policy;
  /** Launched on this day. */
  from: Day;
  /** The last day played. */
  to: Day;
  signedBy: string;
  behaviour: Behaviour;
}

export interface PlayedLetter {
  on: Day;
  round: Round;
  to: Addressee;
  notices: NoticeDraft[];
}

export interface Played {
  letters: PlayedLetter[];
  /** In the order in which they happened, with the day. */
  taskEvents: { on: Day; task: TaskId; event: TaskEvent }[];
  planEvents: { on: Day; event: PlanEvent }[];
  /** As they stand at the end. */
  tasks: Task[];
  /** Who reports on the plan as a whole. */
  addressees: UnitId[];
}

/** A notice that waits for its round. */
interface Queued extends Correspondent {
  stream: string;
  urgent: boolean;
  madeAt: string;
  notice: NoticeDraft;
}

/**
 * Plays the script. Mail never fails in it.
 * @throws Error when the behaviour makes a move that the rules refuse: a mistake of its author
 */
export function play(script: Script): Played {
  return new Stage(script).play();
}

class Stage {
  private readonly tasks = new Map<TaskId, Task>();
  private own: PlanReports | null = null;
  private waiting: Queued[] = [];
  private readonly ordinals = new Map<string, Context['ordinals']>();
  private readonly directory: Context['directory'];
  private readonly units: Map<string, Unit>;
  private readonly played: Pick<Played, 'letters' | 'taskEvents' | 'planEvents'> = {
    letters: [],
    taskEvents: [],
    planEvents: [],
  };
  private acts = 0;

  constructor(private readonly script: Script) {
    this.units = new Map(script.units.map((unit) => [unit.id, unit]));
    this.directory = Object.fromEntries(script.units.map(({ id, members }) => [id, { members }]));
  }

  play(): Played {
    const { from, to, calendar } = this.script;
    for (let on = from; on <= to; on = addDays(on, 1)) {
      if (on === from) this.launch();
      else this.ring(on);
      if (!isWorkingDay(calendar, on)) continue;
      const lettered: Correspondent[] = [];
      const [morning, afternoon] = ROUTINE_ROUNDS;
      this.round(slotAt(calendar, instantOf(on, morning), 'routine'), lettered);
      this.act(on);
      this.round(slotAt(calendar, instantOf(on, URGENT_TIME), 'urgent'), lettered);
      this.round(slotAt(calendar, instantOf(on, afternoon), 'routine'), lettered);
    }
    return { ...this.played, tasks: [...this.tasks.values()], addressees: this.own?.addressees ?? [] };
  }

  private launch(): void {
    const { plan, from, signedBy } = this.script;
    const { id, office, title } = plan;
    const launcher: Actor = { name: signedBy, role: 'supervisor', unit: office };
    const common = { at: instantOf(from, LAUNCH_TIME), actor: launcher, type: 'issue' } as const;
    for (const task of plan.tasks) {
      this.stepTask(task.id, { ...common, id: `issue:${task.id}`, task, office, signedBy }, from);
    }
    const addressees = plan.reporting?.addressees;
    if (addressees) this.stepPlan({ ...common, id: `issue:${id}`, plan: id, title, office, addressees }, from);
  }

  private ring(on: Day): void {
    const at = instantOf(on, RING_TIME);
    const isDue = ({ alarms: [next] }: Task | PlanReports) => next !== undefined && dueAt(next) <= at;
    const intent = { id: `ring:${on}`, at, actor: SYSTEM, type: 'ring' } as const;
    if (this.own && isDue(this.own)) this.stepPlan(intent, on);
    for (const task of this.tasks.values()) if (isDue(task)) this.stepTask(task.id, intent, on);
  }

  private act(on: Day): void {
    const { behaviour, calendar } = this.script;
    const acts = behaviour({ on, calendar, tasks: [...this.tasks.values()], plan: this.own });
    for (const act of acts) this.take(act, on);
  }

  private take(act: Act, on: Day): void {
    const { actor } = act;
    const common = { id: `act:${++this.acts}`, at: instantOf(on, ACT_TIME), actor };
    if (act.on === 'plan') this.stepPlan({ ...common, type: 'report', unit: act.unit, text: act.text }, on);
    else this.stepTask(act.task, { ...common, type: 'move', move: act.move }, on);
  }

  private stepTask(id: TaskId, intent: Intent, on: Day): void {
    const step = taken(id, stepTask(this.tasks.get(id) ?? null, intent, this.context(on)));
    this.tasks.set(id, step.state);
    this.count(on, step.numbered);
    this.played.taskEvents.push(...step.events.map((event) => ({ on, task: id, event })));
    this.tell(`task/${id}`, step, (obligation) => stands(step.state, obligation));
  }

  private stepPlan(intent: PlanIntent, on: Day): void {
    const step = taken(this.script.plan.id, stepPlan(this.own, intent, this.context(on)));
    this.own = step.state;
    this.played.planEvents.push(...step.events.map((event) => ({ on, event })));
    this.tell(`plan/${this.script.plan.id}`, step, (obligation) => standsPlan(step.state, obligation));
  }

  private context(on: Day): Context {
    const { calendar, policy } = this.script;
    const ordinals = this.ordinals.get(on.slice(0, 4)) ?? { slip: 1, urging: 1 };
    const open = [...this.tasks.values()].filter(({ status }) => status !== 'completed' && status !== 'cancelled');
    return { calendar, policy, directory: this.directory, ordinals, openTasks: open.length };
  }

  private count(on: Day, numbered: Context['ordinals']): void {
    const { slip, urging } = this.ordinals.get(on.slice(0, 4)) ?? { slip: 1, urging: 1 };
    this.ordinals.set(on.slice(0, 4), { slip: slip + numbered.slip, urging: urging + numbered.urging });
  }

  /** R35: what the step made pointless is recalled, then its own notices wait. */
  private tell(
    stream: string,
    { state, notices }: Step<StreamState, unknown, NoticeDraft>,
    isOwed: (obligation: Obligation) => boolean,
  ): void {
    const stillOwed = this.waiting.filter((n) => n.stream !== stream || isOwed(n.notice.obligation));
    const fresh = notices.filter(({ obligation }) => isOwed(obligation));
    this.waiting = [
      ...stillOwed,
      ...fresh.map((notice) => {
        const { to, office, urgent } = notice;
        return { stream, to, office, urgent, madeAt: state.at, notice };
      }),
    ];
  }

  private round(slot: Slot | null, lettered: Correspondent[]): void {
    if (!slot || this.waiting.length === 0) return;
    const meant = this.waiting.map((n) => ({ ...n, queued: n, to: receiverOf(n, this.units.get(n.to.unit), slot.on) }));
    const groups = gather(meant, { lettered: [...lettered] }, slot);
    const sent = new Set(groups.flatMap(({ notices }) => notices.map(({ queued }) => queued)));
    this.waiting = this.waiting.filter((n) => !sent.has(n));
    for (const { to, office, notices } of groups) {
      if (slot.round !== 'urgent') lettered.push({ to, office });
      const { on, round } = slot;
      this.played.letters.push({ on, round, to, notices: notices.map(({ notice }) => notice) });
    }
  }
}

function taken<S extends object>(stream: string, step: S | Refusal): S {
  if (isRefusal(step)) throw new Error(`${stream} refused a rehearsed act: ${step.refused}`);
  return step;
}
