/** The figures at the head of a bulletin, and those of each month that a quarterly summary compares. */
import { dayOf } from '../days';
import { type Light, lightOf } from '../light';
import { leadsOf, type Task } from '../task';
import type { DateChange } from './dates';
import { isOverdue, isUndelivered } from './overdue';
import type { BulletinPeriod } from './period';
import { type BulletinSource, counts, stepsUntil, tasksAt } from './source';

export interface Summary {
  /** Without cancelled ones, like every count here (R31). */
  total: number;
  cancelled: number;
  leadUnits: number;
  /** By colour and reason, in the order of the table of lights. */
  lights: (Light & { count: number })[];
  open: number;
  suspended: number;
  completed: number;
  completedInPeriod: number;
  /** Whose date in force lies in the period: done in time, done late, handed in and waiting, or not handed in. */
  due: { total: number; inTime: number; late: number; waiting: number; open: number };
  evidenceWaiting: number;
  /** Overdue and not completed; `undelivered` of them reached no lead and count against nobody (R33). */
  overdue: number;
  undelivered: number;
  /** Recorded in the period and neither lifted nor annulled since; `undelivered` beside them. */
  breaches: { counted: number; undelivered: number };
  slips: { blue: number; orange: number; red: number };
  extensions: { given: number; refused: number; pending: number };
}

export function summaryOf(source: BulletinSource, period: BulletinPeriod, changes: readonly DateChange[]): Summary {
  const { on } = period;
  const all = tasksAt(source, on);
  const tasks = all.filter(counts);
  const late = tasks.filter((task) => isOverdue(task, on));
  const undelivered = late.filter(isUndelivered).length;
  const having = (status: Task['status']) => tasks.filter((task) => task.status === status);
  const changed = (...outcomes: DateChange['outcome'][]) =>
    changes.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    total: tasks.length,
    cancelled: all.length - tasks.length,
    leadUnits: new Set(tasks.flatMap(leadsOf)).size,
    lights: lightCounts(source, tasks, on),
    open: having('open').length,
    suspended: having('suspended').length,
    completed: having('completed').length,
    completedInPeriod: having('completed').filter(({ completedOn }) => completedOn && completedOn >= period.from)
      .length,
    due: dueInPeriod(tasks, period),
    evidenceWaiting: tasks.filter(({ status, review }) => status === 'open' && review).length,
    overdue: late.length - undelivered,
    undelivered,
    breaches: breachesIn(source, period),
    slips: slipsIn(tasks, period),
    extensions: {
      given: changed('approved', 'granted'),
      refused: changed('refused'),
      pending: changed('pending'),
    },
  };
}

/** The order of the table of lights, worst first as people read it. */
const COLOURS = ['red', 'yellow', 'blue', 'green', 'grey', 'none'] as const;

function lightCounts({ calendar, policy }: BulletinSource, tasks: readonly Task[], on: string): Summary['lights'] {
  const counted = new Map<string, Light & { count: number }>();
  for (const task of tasks) {
    const light = lightOf(task, calendar, policy, on);
    const key = `${light.colour} ${light.reason}`;
    counted.set(key, { ...light, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return COLOURS.flatMap((colour) =>
    [...counted.values()].filter((light) => light.colour === colour).sort((a, b) => b.count - a.count),
  );
}

function dueInPeriod(tasks: readonly Task[], { from, to }: BulletinPeriod): Summary['due'] {
  const due = tasks.filter(({ dueOn, status }) => dueOn && dueOn >= from && dueOn <= to && status !== 'suspended');
  const done = due.filter(({ status }) => status === 'completed');
  const inTime = done.filter(
    ({ dueOn, breaches }) => !breaches.some((b) => b.dueOn === dueOn && !b.lifted && !b.annulled),
  );
  const waiting = due.filter(({ status, review }) => status === 'open' && review);
  const open = due.length - done.length - waiting.length;
  return {
    // Of a period that runs, also what will fall due until its end.
    total: due.length,
    inTime: inTime.length,
    late: done.length - inTime.length,
    waiting: waiting.length,
    open,
  };
}

/**
 * By the day of the record, not the day that it is dated: one that is recorded when an extension is refused after D, or
 * after downtime, is dated back (R3, R27), maybe into a month whose bulletin could not know it.
 */
function breachesIn(source: BulletinSource, { from, on }: BulletinPeriod): Summary['breaches'] {
  const breaches = source.tasks
    .flatMap(({ events }) => {
      const steps = stepsUntil(events, on);
      const task = steps.at(-1)?.after;
      if (!task || !counts(task)) return [];
      // Each record added one breach, in this order.
      const recordedOn = steps.flatMap(({ event }) => (event.type === 'breachRecorded' ? [dayOf(event.at)] : []));
      return task.breaches.filter((_, i) => (recordedOn[i] ?? '') >= from);
    })
    .filter((b) => !b.lifted && !b.annulled);
  const undelivered = breaches.filter((b) => b.undelivered).length;
  return { counted: breaches.length - undelivered, undelivered };
}

/** Issued in the period by their own day; void ones never, one that no lead has in hand when it has one (R33). */
function slipsIn(tasks: readonly Task[], { from, on }: BulletinPeriod): Summary['slips'] {
  const slips = { blue: 0, orange: 0, red: 0 };
  for (const task of tasks)
    for (const slip of [...task.pastSlips, ...task.ladder.slips])
      if (!slip.void && slip.limitOn !== null && slip.issuedOn >= from && slip.issuedOn <= on) slips[slip.colour] += 1;
  return slips;
}
