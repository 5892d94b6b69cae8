/** Suspension 中止 stops every clock (R29); cancellation 撤销 ends the task (R31). */
import { workingDay, workingDaysBetween } from '../calendar';
import { addDays, type Day } from '../days';
import type { EventDraft } from '../events';
import { lastDayOf, type Task } from '../task';
import type { MoveRule } from './turn';

export const suspend: MoveRule<'suspend'> = (_task, move, turn) => [
  { type: 'suspended', on: turn.on, reason: move.reason },
];

/** n = working days in [suspended, resumed); what had not passed when the clock stopped moves by n. */
export const resume: MoveRule<'resume'> = (task, _move, turn) => {
  const { calendar } = turn.context;
  const { on } = turn;
  const from = task.suspendedOn ?? on;
  const workingDaysIn = (since: Day, until: Day) =>
    workingDaysBetween(calendar, addDays(since, -1), addDays(until, -1));
  const n = workingDaysIn(from, on);
  // A day off on which the clock stopped counts none: what was ahead is never behind on the day of resumption.
  const shift = (day: Day | null) => {
    if (day === null || day < from) return day;
    const moved = workingDay(calendar, day, n);
    return moved < on ? on : moved;
  };
  const later = (day: Day, by: number): Day => workingDay(calendar, day, by);
  const { declaration, grace } = task;
  return [
    {
      type: 'resumed',
      on,
      workingDays: n,
      dueOn: shift(task.dueOn),
      readyOn: shift(task.readyOn),
      notReadyOn: shift(task.notReadyOn),
      declaration: declaration && {
        ...declaration,
        askOn: shift(declaration.askOn) ?? declaration.askOn,
        deemedOn: shift(declaration.deemedOn) ?? declaration.deemedOn,
      },
      graceLimitOn: grace && shift(grace.limitOn),
      slipLimits: Object.fromEntries(
        openLimits(task, (limit) => later(limit, 1) >= from).map(([number, limit]) => [number, later(limit, n)]),
      ),
      // A unit that joined while the clock stood waited only since then.
      handedOn: Object.fromEntries(
        Object.entries(task.acknowledgements).flatMap(([unit, { handedOn, acknowledgedOn }]) =>
          handedOn === null || acknowledgedOn !== null
            ? []
            : [[unit, later(handedOn, handedOn > from ? workingDaysIn(handedOn, on) : n)]],
        ),
      ),
      contributions: Object.fromEntries(
        task.contributions.filter((c) => c.doneOn === null).map((c) => [c.id, shift(c.dueOn) ?? c.dueOn]),
      ),
      ladderStartOn: shiftedStart(task, shift, (day) => later(day, 1)),
    },
  ];
};

/** Limits of slips in force whose next rung had not fallen due when the clock stopped. */
function openLimits(task: Task, stillRuns: (limitOn: Day) => boolean): [string, Day][] {
  return task.ladder.slips.flatMap((s) =>
    s.limitOn !== null && !s.ended && !s.void && stillRuns(s.limitOn) ? [[s.number, s.limitOn] as [string, Day]] : [],
  );
}

/** E has passed but the first rung had not fallen due: it moves too, instead of falling on the day of resumption. */
function shiftedStart(task: Task, shift: (day: Day | null) => Day | null, next: (day: Day) => Day): Day | null {
  const lastDay = lastDayOf(task);
  if (!lastDay || !task.suspendedOn || lastDay >= task.suspendedOn) return shift(task.ladder.startOn);
  return shift(task.ladder.startOn ?? next(lastDay));
}

export const cancel: MoveRule<'cancel'> = (task, move, turn) => {
  const { on } = turn;
  const lapsed: EventDraft[] = task.extension ? [{ type: 'extensionLapsed', on, because: 'cancelled' }] : [];
  return [...lapsed, { type: 'cancelled', on, reason: move.reason, document: move.document }];
};
