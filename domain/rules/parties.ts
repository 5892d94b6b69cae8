/** Who is in the task: reassignment (R30), a named unit for an open-ended phrase (R10). */
import { workingDay, workingDaysBetween } from '../calendar';
import { addDays } from '../days';
import type { Context } from '../decider';
import type { EventDraft } from '../events';
import type { Role, UnitId } from '../plan';
import { type Refusal, refuse } from '../refusals';
import { assumedHandOver } from '../rounds';
import { lastDayOf, leadsOf, type Task, type TaskParty } from '../task';
import { breachOn, standingBreach } from './ladder';
import type { MoveRule, Turn } from './turn';

/** A party with the units that answer for it: a collective's members, or the unit itself (R10). */
export function partyOf(context: Context, unit: UnitId, role: Role): TaskParty {
  const members = Object.hasOwn(context.directory, unit) ? (context.directory[unit]?.members ?? null) : null;
  return { unit, role, answerers: members ?? [unit] };
}

/** A sole lead that is late or has little time left goes only with a new date (R30). */
function checkSoleLead(task: Task, from: UnitId, dueOn: string | undefined, turn: Turn): Refusal | null {
  const lastDay = lastDayOf(task);
  const { calendar, policy } = turn.context;
  if (!lastDay || !task.dueOn || leadsOf(task).some((u) => u !== from)) return null;
  const days = policy.redateAtLeast;
  // While suspended the clock stands: judged is the day on which it stopped (R29).
  const on = task.suspendedOn ?? turn.on;
  const short = on > lastDay || workingDaysBetween(calendar, on, task.dueOn) < days;
  const earliest = workingDay(calendar, turn.on, days);
  return short && dueOn === undefined ? refuse('new-date-needed', { days: String(days), earliest }) : null;
}

export const reassign: MoveRule<'reassign'> = (task, move, turn) => {
  const { from, to, role, reason, dueOn } = move;
  const { on, context } = turn;
  if (!task.parties.some((p) => p.unit === from && p.role === role))
    return refuse(role === 'lead' ? 'not-a-lead' : 'not-a-party', { unit: from });
  if (!Object.hasOwn(context.directory, to)) return refuse('unknown-unit', { unit: to });
  if (task.parties.some((p) => p.unit === to && p.role === role)) return refuse('already-a-party', { unit: to });
  // A co-unit that was the only lead cannot simply step down: somebody must lead.
  if (role !== 'lead' && leadsOf(task).length === 1 && leadsOf(task)[0] === to) return refuse('sole-lead');
  const earliest = workingDay(context.calendar, on, context.policy.redateAtLeast);
  // With anybody else a new date is a re-dating, which is a supervisor's (R28).
  if (dueOn !== undefined && role !== 'lead') return refuse('new-date-not-needed');
  if (dueOn !== undefined && task.dueOn === null) return refuse('no-date');
  if (dueOn !== undefined && dueOn < earliest) return refuse('date-too-soon', { day: dueOn, earliest });
  if (dueOn !== undefined && task.status === 'suspended') return refuse('wrong-status', { status: '中止' });
  const refusal = role === 'lead' ? checkSoleLead(task, from, dueOn, turn) : null;
  if (refusal) return refusal;
  const lapsed = lapsedRequest(task, { from, to, role, dated: dueOn !== undefined }, turn);
  const dated: EventDraft[] =
    dueOn === undefined ? [] : [{ type: 'redated', on, reason, basis: '调整责任单位', dueOn, coveredOn: on }];
  const handedOn = assumedHandOver(context.calendar, turn.at);
  return [...lapsed, { type: 'reassigned', on, from, to: partyOf(context, to, role), reason, handedOn }, ...dated];
};

/**
 * The request of a lead that goes lapses, and any other with a new date. When it had held back a breach, that is
 * recorded against the leads who were in office (R7), before they change; blue follows as after a refusal (R27).
 */
function lapsedRequest(
  task: Task,
  change: { from: UnitId; to: UnitId; role: Role; dated: boolean },
  turn: Turn,
): EventDraft[] {
  const { extension } = task;
  const lastDay = lastDayOf(task);
  if (!extension || !lastDay) return [];
  const { from, to, role, dated } = change;
  const asker = task.parties.find((p) => p.role === 'lead' && p.answerers.includes(extension.unit))?.unit;
  const leaves = role === 'lead' ? asker === from : asker === to;
  if (!leaves && !dated) return [];
  const { on } = turn;
  if (on <= lastDay) return [{ type: 'extensionLapsed', on, because: 'reassigned' }];
  const ladderStartOn = workingDay(turn.context.calendar, on, 1);
  const breach = standingBreach(task) ? [] : [breachOn(task, addDays(lastDay, 1))];
  return [{ type: 'extensionLapsed', on, because: 'reassigned', ladderStartOn }, ...breach];
}

export const addParty: MoveRule<'addParty'> = (task, move, turn) => {
  const { unit, role } = move;
  if (!Object.hasOwn(turn.context.directory, unit)) return refuse('unknown-unit', { unit });
  if (task.parties.some((p) => p.unit === unit)) return refuse('already-a-party', { unit });
  const handedOn = assumedHandOver(turn.context.calendar, turn.at);
  return [{ type: 'partyAdded', on: turn.on, party: partyOf(turn.context, unit, role), handedOn }];
};
