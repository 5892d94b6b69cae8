/** 重新印发: a plan of one year as the draft of another (product: a plan that is issued anew each year). */
import { type Day, sameMonthEnd } from '../days';
import type { DeadlineRule, Plan, PlanId, PlanTask } from '../plan';
import { numberOf } from '../task-ids';

/**
 * The plan with every date moved by whole years; a month's last day stays the month's last day (R5). What the document
 * says in words stays as it is; its number does not, because the new document has none yet.
 * @param toYear the year in which it is issued anew
 * @param doubts of the original: settled where it was launched, open where it is a draft, which keeps them
 * @throws RangeError if `toYear` is no four-digit year
 */
export function reissue(plan: Plan, toYear: number, newId: PlanId, doubts: 'settled' | 'open' = 'settled'): Plan {
  const years = toYear - Number(plan.issuedOn.slice(0, 4));
  return {
    ...plan,
    id: newId,
    number: null,
    issuedOn: sameMonthEnd(plan.issuedOn, years),
    reissuedFrom: { plan: plan.id, years },
    tasks: plan.tasks.map((task) => reissueTask(doubts === 'open' ? task : settled(task), years, newId)),
  };
}

function reissueTask(task: PlanTask, years: number, plan: PlanId): PlanTask {
  return { ...task, id: `${plan}/${numberOf(task.id)}`, deadline: moved(task.deadline, years) };
}

function settled({ doubts: _, ...kept }: PlanTask): PlanTask {
  return kept;
}

function moved(deadline: DeadlineRule, years: number): DeadlineRule {
  const move = (day: Day | null) => day && sameMonthEnd(day, years);
  const { dueOn, readyOn, notReadyOn } = deadline;
  return { ...deadline, dueOn: move(dueOn), readyOn: move(readyOn), notReadyOn: move(notReadyOn) };
}
