/** Extensions 延期 (R27) and re-dating by a supervisor (R28). */
import { workingDay } from '../calendar';
import { addDays } from '../days';
import type { EventDraft } from '../events';
import { refuse } from '../refusals';
import { lastDayOf } from '../task';
import { alarm, weekly } from './alarm';
import { breachOn, standingBreach } from './ladder';
import type { AgendaRule, MoveRule } from './turn';

/** The coordinator owes a decision: he is reminded, his leader is, then both weekly. */
export const extensionAgenda: AgendaRule = (task, context) => {
  if (!task.extension) return [];
  const { requestedOn } = task.extension;
  const { coordinatorOn, leaderOn } = context.policy.extension;
  const key = requestedOn;
  const leader = alarm(context, 'extension', key, leaderOn, workingDay(context.calendar, requestedOn, leaderOn));
  return [
    alarm(context, 'extension', key, coordinatorOn, workingDay(context.calendar, requestedOn, coordinatorOn)),
    leader,
    weekly(context, task, 'extension', key, key, leader.on),
  ];
};

export const requestExtension: MoveRule<'requestExtension'> = (task, move, turn) => {
  const { dueOn } = task;
  if (!dueOn) return refuse('no-date');
  if (turn.on > dueOn) return refuse('due-date-passed', { dueOn });
  if (task.extensionsApproved >= turn.context.policy.extension.quota) return refuse('quota-used');
  if (move.to <= dueOn) return refuse('date-not-later', { day: move.to, than: dueOn });
  const { unit, to, reason, progress } = move;
  const decideBy = workingDay(turn.context.calendar, turn.on, turn.context.policy.extension.decideWithin);
  const breach = standingBreach(task);
  return [
    { type: 'extensionRequested', request: { unit, to, reason, progress, requestedOn: turn.on, decideBy } },
    // Asked in time though we recorded it later: nobody is late by our outage (D5).
    ...(breach ? [{ type: 'breachLifted', dueOn: breach.dueOn, receivedOn: turn.on } as const] : []),
  ];
};

export const approveExtension: MoveRule<'approveExtension'> = (task, move, turn) => {
  const { extension, dueOn } = task;
  if (!extension || !dueOn) return refuse('no-extension');
  const to = move.to ?? extension.to;
  const after = turn.on > dueOn ? turn.on : dueOn;
  if (to > extension.to) return refuse('date-too-late', { day: to, latest: extension.to });
  if (to <= after) return refuse('date-not-later', { day: to, than: after });
  return [{ type: 'extensionApproved', on: turn.on, dueOn: to, coveredOn: turn.on }];
};

/** Refused after D: the breach is dated as if nothing had been asked, and blue follows the decision. */
export const refuseExtension: MoveRule<'refuseExtension'> = (task, move, turn) => {
  const { on } = turn;
  const lastDay = lastDayOf(task);
  const base = { type: 'extensionRefused', on, reason: move.reason } as const;
  if (!lastDay || on <= lastDay) return [{ ...base, ladderStartOn: null }];
  const breach: EventDraft[] = standingBreach(task) ? [] : [breachOn(task, addDays(lastDay, 1))];
  return [{ ...base, ladderStartOn: workingDay(turn.context.calendar, on, 1) }, ...breach];
};

export const grantExtension: MoveRule<'grantExtension'> = (task, move, turn) => {
  const { dueOn } = task;
  if (!dueOn) return refuse('no-date');
  const after = turn.on > dueOn ? turn.on : dueOn;
  if (move.to <= after) return refuse('date-not-later', { day: move.to, than: after });
  const lapsed: EventDraft[] = task.extension ? [{ type: 'extensionLapsed', on: turn.on, because: 'granted' }] : [];
  return [
    ...lapsed,
    { type: 'extensionGranted', on: turn.on, reason: move.reason, dueOn: move.to, coveredOn: turn.on },
  ];
};

export const redate: MoveRule<'redate'> = (task, move, turn) => {
  const { dueOn, reason, basis } = move;
  const earliest = workingDay(turn.context.calendar, turn.on, turn.context.policy.redateAtLeast);
  if (dueOn < earliest) return refuse('date-too-soon', { day: dueOn, earliest });
  const lapsed: EventDraft[] = task.extension ? [{ type: 'extensionLapsed', on: turn.on, because: 'redated' }] : [];
  return [...lapsed, { type: 'redated', on: turn.on, reason, basis, dueOn, coveredOn: turn.on }];
};

export const reopen: MoveRule<'reopen'> = (_task, move, turn) => {
  const earliest = workingDay(turn.context.calendar, turn.on, turn.context.policy.redateAtLeast);
  if (move.dueOn < earliest) return refuse('date-too-soon', { day: move.dueOn, earliest });
  return [{ type: 'reopened', on: turn.on, reason: move.reason, dueOn: move.dueOn, coveredOn: turn.on }];
};
