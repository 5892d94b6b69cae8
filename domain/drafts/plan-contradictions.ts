/** What a plan cannot say at once, though each of its fields could: for plans and corrections that somebody wrote by hand. */
import type { DeadlineRule, Plan, PlanTask } from '../plan';

/** The first contradiction, as a sentence for the log; null where there is none. */
export function contradictionIn({ tasks }: Plan): string | null {
  const seen = new Set<string>();
  for (const task of tasks) {
    if (seen.has(task.id)) return `the task ${task.id} stands in it twice`;
    seen.add(task.id);
    const said = inParties(task) ?? inDates(task.deadline);
    if (said !== null) return `${task.id}: ${said}`;
  }
  return null;
}

function inParties({ parties }: PlanTask): string | null {
  const seen = new Set<string>();
  for (const { unit } of parties) {
    if (seen.has(unit)) return `the unit ${unit} is a party twice`;
    seen.add(unit);
  }
  return null;
}

/** Dates belong to the kind of deadline: a fixed one has no two tracks, and what continues has no date (R5). */
function inDates({ type, dueOn, readyOn, notReadyOn }: DeadlineRule): string | null {
  if (dueOn !== null && type !== 'fixed') return `a deadline of type ${type} has no dueOn`;
  if ((readyOn ?? notReadyOn) !== null && type !== 'two-track') return `a deadline of type ${type} has no two dates`;
  if (readyOn !== null && notReadyOn !== null && notReadyOn < readyOn) return 'notReadyOn is before readyOn';
  return null;
}
