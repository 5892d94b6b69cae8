/** The overdue tasks of a bulletin: how late, on which rung, and whether we ever reached a lead (R20, R33). */
import { workingDaysBetween } from '../calendar';
import type { Day } from '../days';
import { type Light, lightOf } from '../light';
import type { SlipColour } from '../policy';
import { standingBreach } from '../rules/ladder';
import { lastDayOf, noLeadReached, type Task } from '../task';
import type { Excuse } from './marks';
import { type BulletinSource, counts, refOf, type TaskRef, tasksAt } from './source';

export interface OverdueRow extends TaskRef {
  light: Light;
  /** Working days since E until the day shown, or until late evidence was handed in; at least one. */
  workingDaysLate: number;
  /** Late evidence is in and awaits review. */
  handedIn: boolean;
  rung: { colour: SlipColour; number: string; issuedOn: Day; limitOn: Day | null } | null;
  /** Why its breach does not count; null where it does. */
  excuse: Excuse | null;
}

/** E has passed and the task is not done: no evidence, or evidence that came too late and waits. */
export function isOverdue(task: Task, on: Day): boolean {
  const lastDay = lastDayOf(task);
  if (task.status !== 'open' || task.extension || lastDay === null || on <= lastDay) return false;
  return !task.review || isLateHandIn(task);
}

/** 未送达: no lead was reached when the date passed, or is now while the breach is not yet recorded. */
export function isUndelivered(task: Task): boolean {
  return standingBreach(task)?.undelivered ?? noLeadReached(task);
}

/** Longest overdue first. */
export function overdueRows(source: BulletinSource, on: Day): OverdueRow[] {
  return tasksAt(source, on)
    .filter((task) => counts(task) && isOverdue(task, on))
    .map((task) => rowOf(task, source, on))
    .sort((a, b) => b.workingDaysLate - a.workingDaysLate);
}

function rowOf(task: Task, { calendar, policy }: BulletinSource, on: Day): OverdueRow {
  const handedIn = task.review !== null;
  const lastDay = lastDayOf(task) ?? on;
  const until = handedIn ? (handedInOn(task) ?? on) : on;
  const slip = task.ladder.slips.findLast((s) => !s.void) ?? null;
  return {
    ...refOf(task),
    light: lightOf(task, calendar, policy, on),
    // A date that passed on a Friday is one day late on the Sunday after, as letters say it.
    workingDaysLate: Math.max(1, workingDaysBetween(calendar, lastDay, until)),
    handedIn,
    rung: slip && { colour: slip.colour, number: slip.number, issuedOn: slip.issuedOn, limitOn: slip.limitOn },
    excuse: standingBreach(task)?.annulled ? 'annulled' : isUndelivered(task) ? 'undelivered' : null,
  };
}

/**
 * When the evidence that waits was first handed in: a newer version of it is no later one, and what was returned or
 * accepted before handed in nothing (R26, R32).
 */
function handedInOn({ versions }: Task): Day | undefined {
  const decided = versions.findLastIndex(({ outcome }) => outcome === 'returned' || outcome === 'accepted');
  return versions.slice(decided + 1).find(({ late }) => late)?.receivedOn;
}

function isLateHandIn({ review, versions }: Task): boolean {
  return versions.some(({ version, late }) => late && version === review?.version);
}
