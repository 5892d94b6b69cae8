/** Who is in the task: reassignment (R30), a named unit for an open-ended phrase (R10). */
import { workingDay, workingDaysBetween } from '../calendar';
import type { Context } from '../decider';
import type { EventDraft } from '../events';
import type { Role, UnitId } from '../plan';
import { type Refusal, refuse } from '../refusals';
import { assumedHandOver } from '../rounds';
import { lastDayOf, leadsOf, type Task, type TaskParty } from '../task';
import type { MoveRule, Turn } from './turn';

/** A party with the units that answer for it: a collective's members, or the unit itself (R10). */
export function partyOf(context: Context, unit: UnitId, role: Role): TaskParty {
  const members = context.directory[unit]?.members ?? null;
  return { unit, role, answerers: members ?? [unit] };
}

/** A sole lead that is late or has little time left goes only with a new date (R30). */
function checkSoleLead(task: Task, from: UnitId, dueOn: string | undefined, turn: Turn): Refusal | null {
  const lastDay = lastDayOf(task);
  const { calendar, policy } = turn.context;
  if (!lastDay || !task.dueOn || leadsOf(task).some((u) => u !== from)) return null;
  const days = policy.redateAtLeast;
  const short = turn.on > lastDay || workingDaysBetween(calendar, turn.on, task.dueOn) < days;
  const earliest = workingDay(calendar, turn.on, days);
  return short && dueOn === undefined ? refuse('new-date-needed', { days: String(days), earliest }) : null;
}

export const reassign: MoveRule<'reassign'> = (task, move, turn) => {
  const { from, to, role, reason, dueOn } = move;
  const { on, context } = turn;
  if (!task.parties.some((p) => p.unit === from && p.role === role))
    return refuse(role === 'lead' ? 'not-a-lead' : 'not-a-party', { unit: from });
  if (!(to in context.directory)) return refuse('unknown-unit', { unit: to });
  if (task.parties.some((p) => p.unit === to && p.role === role)) return refuse('already-a-party', { unit: to });
  // A co-unit that was the only lead cannot simply step down: somebody must lead.
  if (role !== 'lead' && leadsOf(task).length === 1 && leadsOf(task)[0] === to) return refuse('sole-lead');
  const earliest = workingDay(context.calendar, on, context.policy.redateAtLeast);
  if (dueOn !== undefined && task.dueOn === null) return refuse('no-date');
  if (dueOn !== undefined && dueOn < earliest) return refuse('date-too-soon', { day: dueOn, earliest });
  if (dueOn !== undefined && task.status === 'suspended') return refuse('wrong-status', { status: '中止' });
  const refusal = role === 'lead' ? checkSoleLead(task, from, dueOn, turn) : null;
  if (refusal) return refusal;
  const lapsed: EventDraft[] =
    task.extension?.unit === from ? [{ type: 'extensionLapsed', on, because: 'reassigned' }] : [];
  const dated: EventDraft[] =
    dueOn === undefined ? [] : [{ type: 'redated', on, reason, basis: '调整责任单位', dueOn, coveredOn: on }];
  const handedOn = assumedHandOver(context.calendar, turn.at);
  return [...lapsed, { type: 'reassigned', on, from, to: partyOf(context, to, role), reason, handedOn }, ...dated];
};

export const addParty: MoveRule<'addParty'> = (task, move, turn) => {
  const { unit, role } = move;
  if (!(unit in turn.context.directory)) return refuse('unknown-unit', { unit });
  if (task.parties.some((p) => p.unit === unit)) return refuse('already-a-party', { unit });
  const handedOn = assumedHandOver(turn.context.calendar, turn.at);
  return [{ type: 'partyAdded', on: turn.on, party: partyOf(turn.context, unit, role), handedOn }];
};
