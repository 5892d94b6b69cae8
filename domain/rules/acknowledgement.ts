/** Acknowledgement 签收 by every party (R10, R13). */
import { workingDay } from '../calendar';
import type { EventDraft } from '../events';
import type { UnitId } from '../plan';
import { refuse } from '../refusals';
import type { Task } from '../task';
import { alarm, weekly } from './alarm';
import type { AgendaRule, MoveRule } from './turn';

/** Reminders on the working days after H that the policy names, then weekly; per answering unit. */
export const acknowledgementAgenda: AgendaRule = (task, context) =>
  Object.entries(task.acknowledgements).flatMap(([unit, a]) => {
    const { handedOn, acknowledgedOn, clock } = a;
    if (handedOn === null || acknowledgedOn !== null) return [];
    const key = `${unit}:${clock}`;
    const { remindOn } = context.policy.acknowledgement;
    const days = remindOn.map((n) =>
      alarm(context, 'acknowledgement', key, n, workingDay(context.calendar, handedOn, n), { about: unit }),
    );
    const lastOn = days.at(-1)?.on ?? handedOn;
    return [...days, weekly(context, task, 'acknowledgement', key, unit, lastOn)];
  });

/** The acknowledgement that any other act of the unit implies (R13), if it has not signed yet. */
export function impliedAcknowledgement(task: Task, unit: UnitId, on: string): EventDraft[] {
  const known = task.acknowledgements[unit];
  return known && known.acknowledgedOn === null
    ? [{ type: 'acknowledged', unit, on, handler: null, byPhone: false }]
    : [];
}

export const acknowledge: MoveRule<'acknowledge'> = (task, move, turn) => {
  const { unit, handler } = move;
  const known = task.acknowledgements[unit];
  if (!known) return refuse('not-a-party', { unit });
  if (known.acknowledgedOn !== null) return refuse('already-acknowledged', { unit });
  // 代签收 is the coordinator's word; a unit that signs has signed, however it says so.
  const byPhone = turn.actor.role !== 'unit';
  return [{ type: 'acknowledged', unit, on: turn.on, handler: handler ?? null, byPhone }];
};
