/**
 * The facts of a bulletin 通报 (R36): a plan's state at 24:00 of a month's or quarter's last day, from what had happened
 * by then. Pure: written in June or on the first of April, March's are the same.
 */
import { type Day, quarterOf } from '../days';
import { type Light, lightOf } from '../light';
import type { PlanId, UnitId } from '../plan';
import { answerersOf, leadsOf, type Status } from '../task';
import {
  type CancelledRow,
  cancelledRows,
  type DateChange,
  dateChanges,
  type NextRow,
  nextReportOn,
  nextRows,
  type SuspendedRow,
  suspendedRows,
} from './dates';
import { type MissingReport, missingReports } from './missing-reports';
import { type OverdueRow, overdueRows } from './overdue';
import { type BulletinPeriod, endOfQuarter, monthsOf } from './period';
import { type UnitRow, unitRows } from './score';
import { type BulletinFigure, type BulletinSource, counts, refOf, type TaskRef, tasksAt } from './source';
import { type Summary, summaryOf } from './summary';

export interface BulletinFacts {
  plan: {
    id: PlanId;
    title: string;
    number: string | null;
    issuer: string;
    issuedOn: Day;
    office: UnitId;
    launchOn: Day;
  };
  period: BulletinPeriod;
  summary: Summary;
  /** Of a quarter: each of its months, in order, as its own bulletin had it. Of a month: none. */
  months: MonthColumn[];
  units: UnitRow[];
  /** Units that only co-operate: they have no score. */
  coUnits: number;
  overdue: OverdueRow[];
  /** Completed in the period, well before their date. */
  praised: PraisedRow[];
  dateChanges: DateChange[];
  suspended: SuspendedRow[];
  cancelled: CancelledRow[];
  /** At the end of a quarter that is over; null where the period does not end one. */
  missingReports: MissingReport[] | null;
  waiting: WaitingRow[];
  next: NextRow[];
  /** When the next quarterly report is due, if in the next period. */
  nextReportOn: Day | null;
  /** 指标对标; present only where tasks are linked to indicators. */
  figures?: readonly BulletinFigure[];
  /** Every task with its light, in the plan's order, cancelled ones included. */
  tasks: StateRow[];
}

/** One month of a quarterly summary. */
export interface MonthColumn {
  period: BulletinPeriod;
  /** Null before the launch. */
  summary: Summary | null;
  scores: { unit: UnitId; score: number; rank: number }[];
}

export interface PraisedRow extends TaskRef {
  /** The day whose evidence was accepted, and how many working days that was before the date. */
  completedOn: Day;
  workingDaysEarly: number;
}

/** Evidence that awaits review; whose review is late is the office's lateness, and stands in its own bulletin. */
export interface WaitingRow extends TaskRef {
  version: number;
  submittedOn: Day;
  reviewDueOn: Day;
  reviewLate: boolean;
}

export interface StateRow extends TaskRef {
  status: Status;
  light: Light;
  completedOn: Day | null;
}

/**
 * @param source events beyond the day shown change nothing
 * @param period as `monthPeriod` or `quarterPeriod` gives it; it must not end before the launch
 */
export function bulletinOf(source: BulletinSource, period: BulletinPeriod): BulletinFacts {
  const { plan, launchOn, figures } = source;
  const { id, title, number, issuer, issuedOn, office } = plan;
  const changes = dateChanges(source, period);
  const units = unitRows(source, period);
  return {
    plan: { id, title, number, issuer, issuedOn, office, launchOn },
    period,
    summary: summaryOf(source, period, changes),
    months: period.kind === 'quarter' ? monthsOf(period).map((month) => columnOf(source, month)) : [],
    units,
    coUnits: coUnits(source, period, units),
    overdue: overdueRows(source, period.on),
    praised: praisedRows(source, period, units),
    dateChanges: changes,
    suspended: suspendedRows(source, period),
    cancelled: cancelledRows(source, period),
    missingReports: missingAtEnd(source, period),
    waiting: waitingRows(source, period),
    next: nextRows(source, period),
    nextReportOn: nextReportOn(source, period),
    ...(figures && figures.length > 0 ? { figures } : {}),
    tasks: tasksAt(source, period.on).map((task) => ({
      ...refOf(task),
      status: task.status,
      light: lightOf(task, source.calendar, source.policy, period.on),
      completedOn: task.completedOn,
    })),
  };
}

function columnOf(source: BulletinSource, month: BulletinPeriod): MonthColumn {
  if (month.on < source.launchOn) return { period: month, summary: null, scores: [] };
  return {
    period: month,
    summary: summaryOf(source, month, dateChanges(source, month)),
    scores: unitRows(source, month).map(({ unit, score, rank }) => ({ unit, score, rank })),
  };
}

function coUnits(source: BulletinSource, { on }: BulletinPeriod, rows: readonly UnitRow[]): number {
  const leads = new Set(rows.map(({ unit }) => unit));
  const tasks = tasksAt(source, on).filter(counts);
  const answering = new Set(tasks.flatMap(answerersOf));
  for (const task of tasks)
    for (const { unit, answerers } of task.parties)
      if (leads.has(unit)) for (const answerer of answerers) answering.delete(answerer);
  return answering.size;
}

function praisedRows(source: BulletinSource, { from, on }: BulletinPeriod, units: readonly UnitRow[]): PraisedRow[] {
  return tasksAt(source, on)
    .flatMap((task) => {
      const [lead] = leadsOf(task);
      const mark = units
        .find(({ unit }) => unit === lead)
        ?.lines.find((line) => line.kind === 'early' && line.task === task.id);
      if (mark?.kind !== 'early' || mark.on < from) return [];
      return [{ ...refOf(task), completedOn: mark.on, workingDaysEarly: mark.workingDays }];
    })
    .sort((a, b) => b.workingDaysEarly - a.workingDaysEarly);
}

function missingAtEnd(source: BulletinSource, { to, over }: BulletinPeriod): MissingReport[] | null {
  const quarter = quarterOf(to);
  return over && endOfQuarter(quarter) === to ? missingReports(source, quarter) : null;
}

function waitingRows(source: BulletinSource, { on }: BulletinPeriod): WaitingRow[] {
  return tasksAt(source, on).flatMap((task) => {
    const { review, status } = task;
    if (status !== 'open' || !review) return [];
    const { version, submittedOn, dueOn: reviewDueOn } = review;
    return [{ ...refOf(task), version, submittedOn, reviewDueOn, reviewLate: on > reviewDueOn }];
  });
}
