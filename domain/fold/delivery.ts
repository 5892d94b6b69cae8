/** What a letter that did not arrive, or arrived after all, does to the task (R33). */
import type { EventOf } from '../events';
import type { Task } from '../task';
import { withSlipLimits } from './slips';

/** A letter reached the unit after all: what waited for it counts from now. */
export function delivered(task: Task, event: EventOf<'delivered'>): Task {
  const { [event.unit]: _, ...unreached } = task.unreached;
  const known = task.acknowledgements[event.unit];
  const restarted =
    known && event.issueHandedOn ? { ...known, handedOn: event.issueHandedOn, clock: known.clock + 1 } : known;
  const acknowledgements = restarted ? { ...task.acknowledgements, [event.unit]: restarted } : task.acknowledgements;
  // A rung that had reached no lead counts as issued on the day it is handed over (R33).
  const slips = task.ladder.slips.map((s) => ({
    ...s,
    issuedOn: event.slipLimits[s.number] === undefined ? s.issuedOn : event.on,
    failedUnits: s.failedUnits.filter((u) => u !== event.unit),
  }));
  return {
    ...withSlipLimits({ ...task, ladder: { ...task.ladder, slips } }, event.slipLimits),
    unreached,
    acknowledgements,
  };
}

/** A letter did not reach the unit: what asks it stands still. */
export function deliveryFailed(task: Task, event: EventOf<'deliveryFailed'>): Task {
  const known = task.acknowledgements[event.unit];
  const acknowledgements =
    known && event.issueNotice
      ? { ...task.acknowledgements, [event.unit]: { ...known, handedOn: null } }
      : task.acknowledgements;
  const slips = task.ladder.slips.map((s) => ({
    ...s,
    failedUnits: event.slips.includes(s.number) ? [...s.failedUnits, event.unit] : s.failedUnits,
    limitOn: event.held.includes(s.number) ? null : s.limitOn,
    void: s.void || event.voided.includes(s.number),
  }));
  return {
    ...task,
    acknowledgements,
    unreached: { ...task.unreached, [event.unit]: event.on },
    ladder: { ...task.ladder, slips },
  };
}
