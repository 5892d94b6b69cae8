/**
 * One step of a task: `decide(task, intent, context) → events | refusal`, with the state after it and what to tell.
 * First everything that is due before the intent's own instant is settled (R3, R4), then the intent.
 */
import { agendaOf, dueAt, isOvertaken, nextAlarm, ring } from './agenda';
import { assertNever } from './assert-never';
import { dayOf, FIRST_INSTANT, isDay, LAST_INSTANT, normalInstant } from './days';
import type { Context, Step } from './decider';
import type { EventDraft, TaskEvent } from './events';
import { fold } from './fold';
import type { Intent } from './intents';
import { checkMove } from './move-check';
import { moveEvents } from './move-rules';
import type { NoticeDraft } from './notices';
import { noticesOf } from './notices-of';
import { isRefusal, type Refusal, refuse } from './refusals';
import { calendarEvents } from './rules/calendar-change';
import { deliveryEvents } from './rules/delivery';
import { issueEvents } from './rules/issue';
import type { Turn } from './rules/turn';
import type { Alarm, Task } from './task';

export type TaskStep = Step<Task, TaskEvent, NoticeDraft>;

/** More than any real backlog; a rule that never stops ringing must not hang the database. */
const MAX_RINGS = 1000;

/**
 * Decides an intent on a task. Total: never throws for a state that fold made, whatever the intent.
 * @param task null before `issue`
 * @returns the step, empty when there was nothing to do, or why not (R11 to R32 by code)
 */
export function stepTask(task: Task | null, asked: Intent, context: Context): TaskStep | Refusal {
  const at = normalInstant(asked.at);
  if (at === null || at < FIRST_INSTANT || at > LAST_INSTANT) return refuse('bad-date', { day: asked.at.slice(0, 40) });
  const intent = { ...asked, at };
  const run = new Run(task, intent, context);
  if (!task) {
    if (intent.type !== 'issue') return refuse('not-launched');
    run.add(issueEvents(intent, run.turn(intent.at)));
    return run.finish();
  }
  if (intent.type === 'issue') return refuse('already-launched');
  if (intent.type === 'delivery' && !(isDay(intent.on) && intent.on <= LAST_INSTANT))
    return refuse('bad-date', { day: intent.on.slice(0, 40) });
  run.settle(task);
  const refusal = run.act(intent);
  return refusal ?? run.finish();
}

/** The events of one step while they are being decided: each is folded before the next is. */
class Run {
  private readonly events: TaskEvent[] = [];
  private readonly notices: { draft: NoticeDraft; reminds: boolean }[] = [];
  private readonly numbered = { slip: 0, urging: 0 };
  private reckoned: { of: Task; alarms: Alarm[] } | null = null;

  constructor(
    private task: Task | null,
    private readonly intent: Intent,
    private readonly context: Context,
  ) {}

  /** Event time never goes back (D5). */
  turn(at: string): Turn {
    const { ordinals } = this.context;
    const next = { slip: ordinals.slip + this.numbered.slip, urging: ordinals.urging + this.numbered.urging };
    return { context: { ...this.context, ordinals: next }, actor: this.intent.actor, at, on: dayOf(at) };
  }

  add(drafts: EventDraft[]): void {
    for (const draft of drafts) {
      const { task, intent } = this;
      const at = task && task.at > intent.at ? task.at : intent.at;
      const event: TaskEvent = { ...draft, seq: (task?.seq ?? 0) + 1, at, actor: intent.actor, intent: intent.id };
      const after = fold(task, event);
      this.events.push(event);
      const reminds = event.type === 'reminded';
      for (const draft of noticesOf(event, task, after, this.context)) this.notices.push({ draft, reminds });
      if (event.type === 'slipIssued') this.numbered.slip++;
      if (event.type === 'urged') this.numbered.urging++;
      this.task = after;
    }
  }

  /** Rings every alarm due by the intent's instant, in the order of R4. */
  settle(start: Task): void {
    let task = start;
    for (let i = 0; i < MAX_RINGS; i++) {
      const alarms = i === 0 ? task.alarms : this.agenda(task);
      const alarm = nextAlarm({ alarms });
      if (!alarm || dueAt(alarm) > this.intent.at) return;
      const due = alarms.filter((a) => dueAt(a) <= this.intent.at);
      this.add(ring(task, alarm, this.turn(this.intent.at), isOvertaken(alarm, due, this.context.policy)));
      task = this.task ?? task;
    }
  }

  /** Settling ends with the question with which the step does. */
  private agenda(task: Task): Alarm[] {
    if (this.reckoned?.of !== task) this.reckoned = { of: task, alarms: agendaOf(task, this.context) };
    return this.reckoned.alarms;
  }

  /** R12: of the reminders that one step would send to somebody about one thing, only the latest. */
  private toTell(): NoticeDraft[] {
    const key = ({ kind, to, obligation }: NoticeDraft) => JSON.stringify([kind, to.unit, to.office, obligation]);
    const latest = new Map<string, NoticeDraft>();
    for (const { draft, reminds } of this.notices) if (reminds) latest.set(key(draft), draft);
    return this.notices
      .filter(({ draft, reminds }) => !reminds || latest.get(key(draft)) === draft)
      .map(({ draft }) => draft);
  }

  act(intent: Exclude<Intent, { type: 'issue' }>): Refusal | null {
    const { task } = this;
    if (!task) return refuse('not-launched');
    const turn = this.turn(intent.at);
    switch (intent.type) {
      case 'ring':
        return null;
      case 'move': {
        const refusal = checkMove(task, intent.move, intent.actor);
        if (refusal) return refusal;
        const decided = moveEvents(task, intent.move, turn);
        if (isRefusal(decided)) return decided;
        this.add(decided);
        return null;
      }
      case 'delivery':
        this.add(deliveryEvents(task, intent, turn));
        return null;
      case 'calendar':
        this.add(calendarEvents(task, turn));
        return null;
      case 'relaunch':
        this.add([{ type: 'relaunched', epoch: intent.epoch }]);
        return null;
      default:
        return assertNever(intent);
    }
  }

  /** The alarms to come ride on the last event, unless folding has them right already. */
  finish(): TaskStep {
    const { task, events, numbered } = this;
    const notices = this.toTell();
    const last = events.at(-1);
    if (!task || !last) return { events, state: this.stateOrThrow(), notices, numbered };
    const agenda = this.agenda(task);
    if (JSON.stringify(agenda) === JSON.stringify(task.alarms)) return { events, state: task, notices, numbered };
    events[events.length - 1] = { ...last, agenda };
    return { events, state: { ...task, alarms: agenda }, notices, numbered };
  }

  private stateOrThrow(): Task {
    if (!this.task) throw new Error('a step without a task');
    return this.task;
  }
}
