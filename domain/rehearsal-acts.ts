/**
 * What people do on a rehearsed working day. The rehearsal's own behaviour is that of rules.md: who is not silent does
 * everything on its last day; the coordinator accepts on the next. The demonstration has others beside it.
 */
import { effective, type WorkCalendar, workingDay } from './calendar';
import type { Day } from './days';
import type { Actor } from './events';
import type { MoveName, MoveOf } from './intents';
import type { TaskId, UnitId } from './plan';
import type { PlanReports } from './plan-reports';
import { planReportsOwed } from './plan-reports-decide';
import { owedReport } from './rules/reports';
import { leadsOf, type Task, type TaskParty } from './task';
import type { Unit } from './unit';

/** Moves that can be rehearsed: none that ends or hands on a task, because then it matters which letters were sent. */
export type RehearsedMove = MoveOf<Exclude<MoveName, 'cancel' | 'reassign' | 'addParty'>>;

export type Act =
  | { on: 'task'; task: TaskId; actor: Actor; move: RehearsedMove }
  | { on: 'plan'; actor: Actor; unit: UnitId; text: string };

/** What a behaviour sees: the morning of a working day, its letters delivered. */
export interface Scene {
  on: Day;
  calendar: WorkCalendar;
  tasks: readonly Task[];
  /** The plan's own obligation (R18), where it has one. */
  plan: PlanReports | null;
}

/** Everybody's acts of one working day, in order. */
export type Behaviour = (scene: Scene) => Act[];

/** Who never acts. */
export type IsSilent = (unit: UnitId) => boolean;

const REPORT = '按计划推进。';

/** Units never heard of; a silent collective is silent in all its members (R10). */
export function silence(silent: readonly UnitId[], units: readonly Unit[]): IsSilent {
  const all = new Set([
    ...silent,
    ...units.filter(({ id }) => silent.includes(id)).flatMap((unit) => unit.members ?? []),
  ]);
  return (unit) => all.has(unit);
}

/** The behaviour of rules.md, Rehearsal. */
export function everythingInTime(isSilent: IsSilent): Behaviour {
  return (scene) => [...scene.tasks.flatMap((task) => taskActs(task, scene, isSilent)), ...planActs(scene, isSilent)];
}

/** One task's acts of the day, those of its coordinator included. */
function taskActs(task: Task, scene: Scene, isSilent: IsSilent): Act[] {
  if (task.status !== 'open') return [];
  const lead = actingLead(task, isSilent);
  return [
    ...acknowledgements(task, scene, isSilent),
    ...(lead ? leadActs(task, lead, scene) : []),
    ...review(task, scene),
  ];
}

/** Reports on the plan as a whole, on P. */
export function planActs({ plan, on }: Scene, isSilent: IsSilent): Act[] {
  if (!plan?.asked || plan.status !== 'open' || on < plan.asked.dueOn) return [];
  return planReportsOwed(plan)
    .filter((unit) => !isSilent(unit))
    .map((unit) => ({ on: 'plan', actor: ofUnit(unit), unit, text: REPORT }));
}

/** The lead that acts for the task: one hand-in or report by any lead is enough (R7, R18). */
export function actingLead(task: Task, isSilent: IsSilent): UnitId | null {
  const speaks = ({ unit, answerers }: TaskParty) => !isSilent(unit) && !answerers.every(isSilent);
  return task.parties.find((party) => party.role === 'lead' && speaks(party))?.unit ?? null;
}

export function acknowledgements(task: Task, { on }: Scene, isSilent: IsSilent): Act[] {
  return Object.entries(task.acknowledgements)
    .filter(
      ([unit, { handedOn, acknowledgedOn }]) =>
        acknowledgedOn === null && handedOn && handedOn <= on && !isSilent(unit),
    )
    .map(([unit]) => act(task, ofUnit(unit), { move: 'acknowledge', unit }));
}

/** The lead's report on P, its declaration on Q, its hand-in on eff(D). */
export function leadActs(task: Task, lead: UnitId, scene: Scene): Act[] {
  const { on, calendar } = scene;
  const { declaration, dueOn, review: underReview } = task;
  const owed = owedReport(task);
  return [
    ...(owed && !underReview && owed.dueOn <= on ? [report(task, lead)] : []),
    ...(declaration?.state === 'undecided' && declaration.askOn <= on
      ? [act(task, ofUnit(lead), { move: 'declare', unit: lead, ready: true })]
      : []),
    ...(dueOn && !underReview && effective(calendar, dueOn) <= on ? handIn(task, lead) : []),
  ];
}

export function report(task: Task, lead: UnitId): Act {
  return act(task, ofUnit(lead), { move: 'report', unit: lead, text: REPORT });
}

/** A document number as evidence, handed in at once. */
export function handIn(task: Task, lead: UnitId): Act[] {
  const items = [{ kind: 'number' as const, value: '办结情况报告', name: null, bytes: null }];
  const actor = ofUnit(lead);
  return [
    act(task, actor, { move: 'addEvidence', unit: lead, items }),
    act(task, actor, { move: 'submitEvidence', unit: lead }),
  ];
}

/** Accepted on the next working day; where the office leads the task itself, by its head (R25). */
export function review(task: Task, { on, calendar }: Scene): Act[] {
  if (!task.review || on < workingDay(calendar, task.review.submittedOn, 1)) return [];
  return [act(task, reviewerOf(task), { move: 'acceptEvidence', version: task.review.version })];
}

export function reviewerOf(task: Task): Actor {
  const isOwn = leadsOf(task).includes(task.office);
  return { name: '协调员', role: isOwn ? 'office-head' : 'coordinator', unit: task.office };
}

export function ofUnit(unit: UnitId): Actor {
  return { name: '联络员', role: 'unit', unit };
}

export function act(task: Task, actor: Actor, move: RehearsedMove): Act {
  return { on: 'task', task: task.id, actor, move };
}
