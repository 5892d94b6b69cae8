/** Dates that moved or stand still in a bulletin's period: extensions, re-datings, suspensions; and what falls due next. */
import { type Day, quarterOf } from '../days';
import type { UnitId } from '../plan';
import { reportDays } from '../rules/reports';
import type { Task } from '../task';
import type { BulletinPeriod } from './period';
import { type BulletinSource, counts, refOf, type Step, stepsUntil, type TaskRef, tasksAt } from './source';

export interface DateChange extends TaskRef {
  /**
   * granted: by a supervisor, as a separate act (R27). redated: by a supervisor, with a basis document (R28). resumed:
   * moved by the working days of a suspension (R29). lapsed: withdrawn by a hand-in, or gone with its lead (R30).
   */
  outcome: 'pending' | 'approved' | 'refused' | 'lapsed' | 'granted' | 'redated' | 'resumed';
  /** Who asked; null where nobody did. */
  unit: UnitId | null;
  requestedOn: Day | null;
  decidedOn: Day | null;
  /** The date in force before, and the one asked for or given. */
  from: Day | null;
  to: Day;
  /** In the asker's or decider's words; of a resumption, its working days as a number. */
  reason: string;
}

/** Every request and decision of the period, and every request that is undecided at its end, by task. */
export function dateChanges(source: BulletinSource, { from, on }: BulletinPeriod): DateChange[] {
  return source.tasks.flatMap(({ events }) => {
    const steps = stepsUntil(events, on);
    const task = steps.at(-1)?.after;
    if (!task || !counts(task)) return [];
    return steps.flatMap((step) => changeOf(task, step, from)).concat(pendingOf(task));
  });
}

function changeOf(task: Task, { event, before }: Step, from: Day): DateChange[] {
  if (!before || !('on' in event) || event.on < from) return [];
  const asked = before.extension;
  const ref = { ...refOf(task), from: before.dueOn };
  const ofRequest = asked && { unit: asked.unit, requestedOn: asked.requestedOn, to: asked.to, reason: asked.reason };
  const unasked = { unit: null, requestedOn: null };
  switch (event.type) {
    case 'extensionApproved':
      return ofRequest ? [{ ...ref, ...ofRequest, outcome: 'approved', decidedOn: event.on, to: event.dueOn }] : [];
    case 'extensionRefused':
      return ofRequest ? [{ ...ref, ...ofRequest, outcome: 'refused', decidedOn: event.on, reason: event.reason }] : [];
    case 'extensionLapsed':
      // Ended in the asker's favour: the new date has its own row.
      if (!ofRequest || event.because === 'granted' || event.because === 'redated') return [];
      return [{ ...ref, ...ofRequest, outcome: 'lapsed', decidedOn: event.on }];
    case 'extensionGranted':
      return [{ ...ref, ...unasked, outcome: 'granted', decidedOn: event.on, to: event.dueOn, reason: event.reason }];
    case 'redated': {
      const reason = `${event.reason}（${event.basis}）`;
      return [{ ...ref, ...unasked, outcome: 'redated', decidedOn: event.on, to: event.dueOn, reason }];
    }
    case 'resumed': {
      const { dueOn: to, on, workingDays } = event;
      if (to === null || to === before.dueOn) return [];
      return [{ ...ref, ...unasked, outcome: 'resumed', decidedOn: on, to, reason: String(workingDays) }];
    }
    default:
      return [];
  }
}

function pendingOf(task: Task): DateChange[] {
  const { extension: asked, dueOn } = task;
  if (!asked) return [];
  const { unit, requestedOn, to, reason } = asked;
  return [{ ...refOf(task), from: dueOn, outcome: 'pending', unit, requestedOn, decidedOn: null, to, reason }];
}

/** 中止: since when and why, and what it did to the count of tasks. */
export interface SuspendedRow extends TaskRef {
  since: Day;
  reason: string;
}

export function suspendedRows(source: BulletinSource, { on }: BulletinPeriod): SuspendedRow[] {
  return source.tasks.flatMap(({ events }) => {
    const steps = stepsUntil(events, on);
    const task = steps.at(-1)?.after;
    if (task?.status !== 'suspended') return [];
    const event = steps.findLast((step) => step.event.type === 'suspended')?.event;
    return event?.type === 'suspended' ? [{ ...refOf(task), since: event.on, reason: event.reason }] : [];
  });
}

/** 撤销 in the period: outside every count, and said so (R31). */
export interface CancelledRow extends TaskRef {
  on: Day;
  reason: string;
  document: string;
}

export function cancelledRows(source: BulletinSource, { from, on }: BulletinPeriod): CancelledRow[] {
  return source.tasks.flatMap(({ events }) => {
    const steps = stepsUntil(events, on);
    const task = steps.at(-1)?.after;
    const event = steps.findLast((step) => step.event.type === 'cancelled')?.event;
    if (!task || event?.type !== 'cancelled' || event.on < from) return [];
    return [{ ...refOf(task), on: event.on, reason: event.reason, document: event.document }];
  });
}

/** What comes next: a task's date, or the day by which a two-track task is declared ready or not (R15). */
export interface NextRow extends TaskRef {
  what: 'due' | 'declare';
  on: Day;
}

/** Between the day shown and the end of the next period, by day. */
export function nextRows(source: BulletinSource, { on, nextTo }: BulletinPeriod): NextRow[] {
  return tasksAt(source, on)
    .filter(({ status, review }) => status === 'open' && !review)
    .flatMap((task): NextRow[] => {
      const { dueOn, declaration } = task;
      if (dueOn) return [{ ...refOf(task), what: 'due', on: dueOn }];
      return declaration?.state === 'undecided' ? [{ ...refOf(task), what: 'declare', on: declaration.askOn }] : [];
    })
    .filter((row) => row.on > on && row.on <= nextTo)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** P of the next quarterly report, where it falls before the end of the next period (R18). */
export function nextReportOn({ calendar, policy }: BulletinSource, { on, nextTo }: BulletinPeriod): Day | null {
  const { dueOn } = reportDays({ calendar, policy }, quarterOf(nextTo));
  return dueOn > on && dueOn <= nextTo ? dueOn : null;
}
