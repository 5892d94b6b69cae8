/** What events do to the parties and their signatures (R10, R30). */
import type { Day } from '../days';
import type { EventOf } from '../events';
import type { UnitId } from '../plan';
import { type Acknowledgement, answerersOf, type Contribution, type Task, type TaskParty } from '../task';

/**
 * An acknowledgement that is asked for.
 * @param handedOn the day on which the unit had it; null while it has not
 * @param clock how often it was asked for before
 */
export function freshAcknowledgement(handedOn: Day | null, clock: number): Acknowledgement {
  return { handedOn, clock: clock + 1, acknowledgedOn: null, handler: null, byPhone: false };
}

/** One unit in the place of another: it signs anew, and inherits what was asked (R30). */
export function reassigned(task: Task, event: EventOf<'reassigned'>): Task {
  const kept = task.parties.filter(
    (p) => p.unit !== event.to.unit && !(p.unit === event.from && p.role === event.to.role),
  );
  const left = task.parties
    .filter((p) => p.unit === event.from && p.role === event.to.role)
    .flatMap((p) => p.answerers);
  const joined = withParty({ ...task, parties: kept }, event.to, event.handedOn, true);
  const answerers = new Set(answerersOf(joined));
  const formerUnits = [...new Set([...task.formerUnits, ...left])].filter((u) => !answerers.has(u));
  const acknowledgements = Object.fromEntries(
    Object.entries(joined.acknowledgements).filter(([u]) => answerers.has(u)),
  );
  const contributions = task.contributions.map((c) => (c.doneOn === null ? inherited(c, left, event.to) : c));
  return { ...joined, acknowledgements, formerUnits, contributions };
}

/** What was asked of a unit, or by it, passes to the one that takes its place. */
function inherited(asked: Contribution, left: UnitId[], to: TaskParty): Contribution {
  const heir = to.answerers[0] ?? to.unit;
  if (to.role === 'lead') return left.includes(asked.lead) ? { ...asked, lead: heir } : asked;
  return left.includes(asked.unit) ? { ...asked, unit: heir } : asked;
}

/** `anew`: a unit that has signed in another role signs again (R30); else it need not (R10). */
export function withParty(task: Task, party: TaskParty, handedOn: Day, anew: boolean): Task {
  const acknowledgements = { ...task.acknowledgements };
  for (const unit of party.answerers) {
    const known = acknowledgements[unit];
    if (!known || anew) acknowledgements[unit] = freshAcknowledgement(handedOn, known?.clock ?? 0);
  }
  return { ...task, parties: [...task.parties, party], acknowledgements };
}
