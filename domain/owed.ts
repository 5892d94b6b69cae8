/**
 * What a unit owes on a day, read off the states that the rules left: the same dates that its letters and its calendar
 * speak of, in the order of their urgency.
 */
import { effective, isProvisional, type WorkCalendar, workingDay } from './calendar';
import type { Day } from './days';
import type { PlanId, TaskId, UnitId } from './plan';
import type { PlanReports } from './plan-reports';
import { planReportsOwed } from './plan-reports-decide';
import type { Policy } from './policy';
import { owedReport } from './rules/reports';
import { currentSlip, isLead, lastDayOf, type Task } from './task';

export type OwedKind = 'acknowledge' | 'declare' | 'contribution' | 'handIn' | 'report' | 'planReport';

/** From the most urgent on. */
export const URGENCIES = ['overdue', 'today', 'near', 'later', 'undated'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** One thing that one unit owes. */
export interface Owed {
  kind: OwedKind;
  unit: UnitId;
  plan: PlanId;
  /** Null: the plan as a whole. */
  task: TaskId | null;
  /** The task's title, or the plan's. */
  title: string;
  /** The last day on which it is in time. */
  dueOn: Day | null;
  /** 暂定 (R6). */
  provisional: boolean;
  urgency: Urgency;
  /** The contribution, the slip's number, or the quarter. */
  about: string | null;
  /** What was asked, where somebody put it in words. */
  text: string | null;
}

export interface OwedRules {
  calendar: WorkCalendar;
  policy: Policy;
}

/** What the unit owes on a task. A suspended one asks for its signature only (R29), a closed one for nothing. */
export function owedOn(task: Task, unit: UnitId, rules: OwedRules, on: Day): Owed[] {
  if (task.status !== 'open' && task.status !== 'suspended') return [];
  const one = (kind: OwedKind, dueOn: Day | null, about: string | null = null, text: string | null = null): Owed => ({
    ...{ kind, unit, plan: task.plan, task: task.id, title: task.title, about, text },
    ...rated(dueOn, rules, on),
  });
  const signed = Object.hasOwn(task.acknowledgements, unit) ? task.acknowledgements[unit] : undefined;
  const owed: Owed[] = [];
  if (signed && signed.acknowledgedOn === null) {
    const { withinWorkingDays } = rules.policy.acknowledgement;
    owed.push(one('acknowledge', signed.handedOn && workingDay(rules.calendar, signed.handedOn, withinWorkingDays)));
  }
  if (task.status === 'suspended') return owed;
  for (const { id, unit: of, dueOn, doneOn, text } of task.contributions)
    if (of === unit && doneOn === null) owed.push(one('contribution', dueOn, id, text));
  return isLead(task, unit) ? [...owed, ...leadOwes(task, one)] : owed;
}

type One = (kind: OwedKind, dueOn: Day | null, about?: string | null) => Owed;

/** While evidence is reviewed nothing else is asked (R25). */
function leadOwes(task: Task, one: One): Owed[] {
  const { declaration, review, dueOn, extension } = task;
  if (review) return [];
  const owed: Owed[] = [];
  if (declaration?.state === 'undecided') owed.push(one('declare', declaration.askOn));
  const report = owedReport(task);
  if (report) owed.push(one('report', report.dueOn, report.quarter));
  // An undecided request holds the lateness back (R27), not the work.
  if (dueOn !== null && !extension) owed.push(one('handIn', lastDayOf(task), currentSlip(task)?.number ?? null));
  return owed;
}

/** Whether the unit owes its report on the plan as a whole (R18). */
export function owedOnPlan(plan: PlanReports, unit: UnitId, rules: OwedRules, on: Day): Owed[] {
  const { asked } = plan;
  if (plan.status !== 'open' || !asked || !planReportsOwed(plan).includes(unit)) return [];
  return [
    {
      ...{ kind: 'planReport', unit, plan: plan.id, task: null, title: plan.title, about: asked.quarter, text: null },
      ...rated(asked.dueOn, rules, on),
    },
  ];
}

function rated(dueOn: Day | null, { calendar, policy }: OwedRules, on: Day) {
  return {
    dueOn,
    provisional: dueOn !== null && isProvisional(calendar, dueOn),
    urgency: urgencyOf(dueOn, calendar, policy, on),
  };
}

/** `near` is where the light turns yellow; on a day off before its date the last working day is `today` (R2). */
function urgencyOf(dueOn: Day | null, calendar: WorkCalendar, policy: Policy, on: Day): Urgency {
  if (dueOn === null) return 'undated';
  if (on > dueOn) return 'overdue';
  const last = effective(calendar, dueOn);
  if (on >= last) return 'today';
  return on >= workingDay(calendar, last, -policy.nearWorkingDays) ? 'near' : 'later';
}

/** The most urgent first; of one urgency by day, then by task. */
export function byUrgency(a: Owed, b: Owed): number {
  return (
    URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
    compare(a.dueOn ?? '', b.dueOn ?? '') ||
    compare(a.task ?? a.plan, b.task ?? b.plan)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
