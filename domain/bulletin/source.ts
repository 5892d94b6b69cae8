/** What a bulletin is written from: a plan and what happened to it until the day that is shown, and nothing later. */
import type { WorkCalendar } from '../calendar';
import { addDays, type Day, instantOf } from '../days';
import type { TaskEvent } from '../events';
import { fold } from '../fold';
import type { Plan, TaskId, UnitId } from '../plan';
import type { PlanEvent, PlanReports } from '../plan-reports';
import { foldPlan } from '../plan-reports-decide';
import type { Policy } from '../policy';
import { leadsOf, type Task } from '../task';

export interface BulletinSource {
  plan: Plan;
  launchOn: Day;
  calendar: WorkCalendar;
  policy: Policy;
  /** Every task of the plan that was launched, with all of its events in order, however late they are read. */
  tasks: readonly { id: TaskId; events: readonly TaskEvent[] }[];
  /** The plan's own stream (R18); empty where it has none. */
  planEvents: readonly PlanEvent[];
  /** 指标对标; left out where no task is linked to an indicator. */
  figures?: readonly BulletinFigure[];
}

/** A figure that stands in accepted evidence, beside the best value that the reference library states. */
export interface BulletinFigure {
  task: TaskId;
  indicator: string;
  subIndicator: string;
  /** Who handed it in. */
  unit: UnitId;
  /** As handed in, with its measure: `1天`. */
  value: string;
  /** As the library states it; null where it states none. */
  best: string | null;
  /** Cities that the library names; which of them holds which value it does not state. */
  bestCities: readonly string[];
}

/** An event with the task before and after it. */
export interface Step {
  event: TaskEvent;
  /** Null before the launch. */
  before: Task | null;
  after: Task;
}

/** Everything that happened to a task until 24:00 of a day, in order. */
export function stepsUntil(events: readonly TaskEvent[], on: Day): Step[] {
  const end = endOf(on);
  const steps = stepsOf(events);
  const later = steps.findIndex(({ event }) => event.at >= end);
  return later < 0 ? steps : steps.slice(0, later);
}

/** A bulletin looks at each life from many days and sides: it is told once, for as long as its events are kept. */
const TOLD = new WeakMap<readonly TaskEvent[], Step[]>();

function stepsOf(events: readonly TaskEvent[]): Step[] {
  const told = TOLD.get(events);
  if (told?.length === events.length) return told;
  const steps: Step[] = [];
  let before: Task | null = null;
  for (const event of events) {
    const after: Task = fold(before, event);
    steps.push({ event, before, after });
    before = after;
  }
  TOLD.set(events, steps);
  return steps;
}

/** The tasks as they stood at 24:00 of a day, in the plan's order; those launched later are absent (R36). */
export function tasksAt({ tasks }: BulletinSource, on: Day): Task[] {
  return tasks.flatMap(({ events }) => stepsUntil(events, on).at(-1)?.after ?? []);
}

/** The plan's own reports as they stood at 24:00 of a day. */
export function planReportsAt({ planEvents }: BulletinSource, on: Day): PlanReports | null {
  const end = endOf(on);
  let plan: PlanReports | null = null;
  for (const event of planEvents) {
    if (event.at >= end) break;
    plan = foldPlan(plan, event);
  }
  return plan;
}

/** Whether no letter has reached a lead party since a day, a collective's every member included (R10, R33). */
export function isUnreachedSince(task: Task, lead: UnitId, day: Day): boolean {
  const answerers = task.parties.find(({ role, unit }) => role === 'lead' && unit === lead)?.answerers ?? [lead];
  return answerers.every((unit) => (task.unreached[unit] ?? LATER) <= day);
}

/** Behind every day. */
const LATER: Day = '9999-12-31';

/** What every list of a bulletin says of a task. */
export interface TaskRef {
  task: TaskId;
  title: string;
  leads: UnitId[];
  /** In force; null where there is none yet. */
  dueOn: Day | null;
  /** As the document set it (R27: it stays on every page and document). */
  originalDueOn: Day | null;
}

export function refOf(task: Task): TaskRef {
  const { id, title, dueOn, originalDueOn } = task;
  return { task: id, title, leads: leadsOf(task), dueOn, originalDueOn };
}

/** Outside all denominators (R31). */
export function counts(task: Task): boolean {
  return task.status !== 'cancelled';
}

function endOf(on: Day): string {
  return instantOf(addDays(on, 1), '00:00');
}
