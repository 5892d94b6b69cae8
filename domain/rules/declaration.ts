/** The two-track declaration (R15) and the dating of conditional tasks (R16). */
import { effective, workingDay, workingDaysBetween } from '../calendar';
import { addDays, type Day } from '../days';
import type { Context } from '../decider';
import type { EventDraft } from '../events';
import { refuse } from '../refusals';
import type { Declaration, Task } from '../task';
import { alarm, reminded } from './alarm';
import type { AgendaRule, MoveRule, RingRule } from './turn';

/**
 * Q and the day after which silence counts as ready, reckoned once, at launch. When launch leaves too little time
 * the first track is void and only the measures are asked.
 */
export function declarationAtLaunch(context: Context, readyOn: Day, launchedOn: Day): Declaration {
  const { calendar, policy } = context;
  const { leadTimeWorkingDays, minToAsk, deemedOn, minAfterDeemed } = policy.declaration;
  const regular = workingDay(calendar, effective(calendar, readyOn), -leadTimeWorkingDays);
  const late = workingDaysBetween(calendar, launchedOn, regular) < minToAsk;
  const askOn = late ? workingDay(calendar, launchedOn, minToAsk) : regular;
  const deemed = workingDay(calendar, askOn, deemedOn);
  const tooLate = late && workingDaysBetween(calendar, deemed, readyOn) < minAfterDeemed;
  return { askOn, deemedOn: deemed, state: tooLate ? 'void' : 'undecided', measures: null };
}

export const declarationAgenda: AgendaRule = (task, context) => {
  const { declaration } = task;
  if (declaration?.state !== 'undecided') return [];
  const { askOn, deemedOn } = declaration;
  // Not by Q: a confirmed year may move it, and what was said is not said again (R6).
  const key = task.readyOn ?? askOn;
  const { remindOn, chaseOn } = context.policy.declaration;
  const on = (n: number) => (n === 0 ? askOn : workingDay(context.calendar, askOn, n));
  const reminders = remindOn.map((n) => alarm(context, 'declaration', key, n, on(n)));
  return [
    ...reminders.filter((a) => a.on > task.coveredOn),
    alarm(context, 'declaration', key, 'chase', on(chaseOn)),
    alarm(context, 'declaration', key, 'deemed', addDays(deemedOn, 1), { time: '00:00' }),
  ];
};

export const ringDeclaration: RingRule = (task, a, turn, missed) => {
  if (a.rung !== 'deemed' || !task.readyOn) return [reminded(a, turn, missed)];
  // After downtime its own notice leaves on the day of recovery, and covers the rungs up to then (R12).
  const coveredOn = turn.on > a.on ? turn.on : a.on;
  return [{ type: 'deemedReady', alarm: a.id, on: a.on, dueOn: task.readyOn, coveredOn }];
};

/** Handing in evidence declares ready, while nothing was declared. */
export function impliedDeclaration(task: Task, unit: string, on: Day): EventDraft[] {
  const { declaration, readyOn } = task;
  if (declaration?.state !== 'undecided' || !readyOn) return [];
  return [
    { type: 'declared', unit, on, ready: true, measures: null, dueOn: readyOn, coveredOn: on, originalDueOn: readyOn },
  ];
}

export const declare: MoveRule<'declare'> = (task, move, turn) => {
  const { declaration, readyOn, notReadyOn, dueOn } = task;
  if (!declaration || !readyOn || !notReadyOn) return refuse('not-two-track');
  const { unit, ready } = move;
  const measures = move.reason ?? null;
  if (!ready && !measures?.trim()) return refuse('measures-needed');
  const { on } = turn;
  const base = { type: 'declared', unit, on, ready, measures } as const;
  const { state } = declaration;
  if (isChangeable(task, declaration, on)) {
    const to = ready ? readyOn : notReadyOn;
    return [...lapsed(task, to, on), { ...base, dueOn: to, coveredOn: on, originalDueOn: to }];
  }
  if (state === 'ready' || state === 'deemed' || !dueOn) return refuse('declaration-closed');
  // Not ready, or too late for the first track: the measures may be written anew, and readiness shortens the date
  // only while the first track's day is still ahead and nothing else has moved the date since.
  const shortens = ready && state === 'not-ready' && dueOn === notReadyOn && readyOn >= on;
  const to = shortens ? readyOn : dueOn;
  const originalDueOn = shortens ? readyOn : (task.originalDueOn ?? to);
  return [...lapsed(task, to, on), { ...base, dueOn: to, coveredOn: shortens ? on : task.coveredOn, originalDueOn }];
};

/**
 * Until 24:00 of Q the last declaration stands, as long as nobody else has moved the date that it gave. One received
 * before the silence counted is in time, even if we recorded it later (D5).
 */
function isChangeable(task: Task, declaration: Declaration, on: Day): boolean {
  const { dueOn, readyOn, notReadyOn } = task;
  const { state, askOn, deemedOn } = declaration;
  if (state === 'undecided') return true;
  if (state === 'deemed') return on <= deemedOn && dueOn === readyOn;
  return on <= askOn && ((state === 'ready' && dueOn === readyOn) || (state === 'not-ready' && dueOn === notReadyOn));
}

/** A request to move a date that is no longer in force. */
function lapsed(task: Task, to: Day, on: Day): EventDraft[] {
  return task.extension && to !== task.dueOn ? [{ type: 'extensionLapsed', on, because: 'redated' }] : [];
}

export const openCondition: MoveRule<'openCondition'> = (_task, move, turn) => {
  const earliest = workingDay(turn.context.calendar, turn.on, turn.context.policy.openAtLeast);
  if (move.dueOn < earliest) return refuse('date-too-soon', { day: move.dueOn, earliest });
  return [{ type: 'conditionOpened', on: turn.on, reason: move.reason, dueOn: move.dueOn, coveredOn: turn.on }];
};
