/** Quarterly reports that are missing at a quarter's end (R18): of tasks, and of units on the plan as a whole. */
import { addDays, type Day, quarterOf } from '../days';
import type { UnitId } from '../plan';
import { planReportsOwed } from '../plan-reports-decide';
import { stands } from '../stands';
import { leadsOf, type Task } from '../task';
import { endOfQuarter } from './period';
import { type BulletinSource, counts, isUnreachedSince, planReportsAt, refOf, type TaskRef, tasksAt } from './source';

export interface MissingReport {
  quarter: string;
  /** Null: on the plan as a whole. */
  task: TaskRef | null;
  units: UnitId[];
  dueOn: Day;
  /** Units that our letters did not reach, on the day that it was due and since: a delivery failure is never the unit's silence (R33). */
  undelivered: UnitId[];
}

/** What was missing at the end of a quarter that is over. */
export function missingReports(source: BulletinSource, quarter: string): MissingReport[] {
  const on = endOfQuarter(quarter);
  const tasks = tasksAt(source, on);
  return [...tasks.flatMap((task) => ofTask(task, quarter)), ...ofPlan(source, tasks, quarter)];
}

/** The quarters that ended between the launch and a day, that day's own end included. */
export function quartersEnded(launchOn: Day, on: Day): string[] {
  const quarters: string[] = [];
  for (let end = endOfQuarter(quarterOf(launchOn)); end <= on; end = endOfQuarter(quarterOf(addDays(end, 1))))
    quarters.push(quarterOf(end));
  return quarters;
}

function ofTask(task: Task, quarter: string): MissingReport[] {
  if (!counts(task) || !stands(task, { kind: 'report', quarter })) return [];
  const units = leadsOf(task);
  const dueOn = task.reports.asked?.dueOn ?? endOfQuarter(quarter);
  const undelivered = units.filter((unit) => isUnreachedSince(task, unit, dueOn));
  return [{ quarter, task: refOf(task), units, dueOn, undelivered }];
}

function ofPlan(source: BulletinSource, tasks: readonly Task[], quarter: string): MissingReport[] {
  const plan = planReportsAt(source, endOfQuarter(quarter));
  if (plan?.status !== 'open' || plan.asked?.quarter !== quarter) return [];
  const units = planReportsOwed(plan);
  if (units.length === 0) return [];
  const { dueOn } = plan.asked;
  // The plan's own stream hears nothing of letters; the tasks in which the unit stands do.
  const undelivered = units.filter((unit) => tasks.some(({ unreached: { [unit]: since } }) => since && since <= dueOn));
  return [{ quarter, task: null, units, dueOn, undelivered }];
}
