/** What events do to the due date and to what hangs on it (R15, R29, R32). */
import type { Day } from '../days';
import type { EventOf } from '../events';
import type { Task } from '../task';
import { ended, FRESH_LADDER, withSlipLimits } from './slips';

/** A first date, or one that the lead itself declared: a slip by hand goes on, and the ladder will start at it (R23). */
export function moveDate(task: Task, { dueOn, coveredOn }: { dueOn: Day; coveredOn: Day }): Task {
  return { ...task, dueOn, coveredOn, grace: null, extension: null };
}

/**
 * A new due date: a fresh ladder, no grace, no pending request; slips already issued stay on record. Only a listing by
 * hand goes on, because it ends by completion or a supervisor's act alone (R23).
 */
export function redate(task: Task, to: { dueOn: Day; coveredOn: Day }): Task {
  const { slips } = task.ladder;
  const listed = slips.filter((s) => s.colour === 'red' && s.beforeDue && !s.ended && !s.void);
  const closed = slips.filter((s) => !listed.includes(s)).map((s) => (s.colour === 'red' ? s : ended(s)));
  return {
    ...moveDate(task, to),
    ladder: { ...FRESH_LADDER, slips: listed, startColour: listed.length > 0 ? 'red' : null },
    pastSlips: [...task.pastSlips, ...closed],
  };
}

/** The declaration as it was said; without one the task stays as it is. */
export function withDeclaration(task: Task, said: 'ready' | 'not-ready' | 'deemed', measures: string | null): Task {
  if (!task.declaration) return task;
  // The first track stays void: only the measures were asked for (R15).
  const state = task.declaration.state === 'void' && said === 'not-ready' ? 'void' : said;
  return { ...task, declaration: { ...task.declaration, state, measures } };
}

/** A lead declared whether it is ready, which may move the due date (R15). */
export function declared(task: Task, event: EventOf<'declared'>): Task {
  const dated = event.dueOn === task.dueOn ? task : moveDate(task, event);
  const state = event.ready ? 'ready' : 'not-ready';
  return withDeclaration({ ...dated, originalDueOn: event.originalDueOn }, state, event.measures);
}

/** The clock runs again: every date that stood still is the one that was decided (R29). */
export function resumed(task: Task, event: EventOf<'resumed'>): Task {
  const { on, dueOn, readyOn, notReadyOn, declaration, graceLimitOn, handedOn, contributions } = event;
  const acknowledgements = Object.fromEntries(
    Object.entries(task.acknowledgements).map(([unit, a]) => [
      unit,
      handedOn[unit] === undefined ? a : { ...a, handedOn: handedOn[unit] },
    ]),
  );
  const { ladder } = withSlipLimits(task, event.slipLimits);
  return {
    ...task,
    status: 'open',
    suspendedOn: null,
    dueOn,
    readyOn,
    notReadyOn,
    declaration,
    coveredOn: on,
    acknowledgements,
    grace: task.grace && graceLimitOn && dueOn ? { dueOn, limitOn: graceLimitOn } : task.grace,
    contributions: task.contributions.map((c) => ({ ...c, dueOn: contributions[c.id] ?? c.dueOn, coveredOn: on })),
    ladder: {
      ...ladder,
      startOn: event.ladderStartOn ?? ladder.startOn,
      lastWeeklyOn: ladder.lastWeeklyOn && on,
    },
    weeklies: Object.fromEntries(Object.keys(task.weeklies).map((key) => [key, on])),
    reports: { ...task.reports, coveredOn: on },
  };
}

/** Limits that count working days, by the new calendar (R6); due dates stay. */
export function calendarChanged(task: Task, event: EventOf<'calendarChanged'>): Task {
  const { graceLimitOn, declaration, reportDueOn, reviewDueOn, decideBy } = event;
  const { grace, reports, review, extension } = task;
  return {
    ...withSlipLimits(task, event.slipLimits),
    grace: grace && graceLimitOn ? { ...grace, limitOn: graceLimitOn } : grace,
    declaration: declaration ?? task.declaration,
    reports: reports.asked && reportDueOn ? { ...reports, asked: { ...reports.asked, dueOn: reportDueOn } } : reports,
    review: review && reviewDueOn ? { ...review, dueOn: reviewDueOn } : review,
    extension: extension && decideBy ? { ...extension, decideBy } : extension,
  };
}
