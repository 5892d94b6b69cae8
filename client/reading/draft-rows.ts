/** Tasks that were not launched yet, as rows of the list of tasks. */
import type { PlanTask } from '../../domain/plan';
import type { StoredPlan } from '../../ledger/plans';
import type { TaskFilter, TaskRow } from '../../ledger/tasks';

/** Whether a list with these filters shows tasks that were not launched: only where they were asked for. */
export function asksForDrafts({ plan, status, light }: TaskFilter): boolean {
  const asked = status === 'draft' || (plan !== undefined && status === undefined);
  return asked && (light === undefined || light === 'none');
}

/**
 * The tasks of a plan that nobody launched, also of a launch that goes on.
 * @param begun ids of those that were
 */
export function draftRows(stored: StoredPlan, begun: ReadonlySet<string>, filter: TaskFilter): TaskRow[] {
  const { unit, dueBefore } = filter;
  return stored.plan.tasks
    .filter((task) => !begun.has(task.id))
    .map((task) => draftRow(stored.plan.id, task))
    .filter(
      (row) =>
        (unit === undefined || row.units.includes(unit)) &&
        (dueBefore === undefined || (row.dueOn !== null && row.dueOn < dueBefore)),
    );
}

function draftRow(plan: string, { id, title, category, deadline, parties }: PlanTask): TaskRow {
  return {
    id,
    plan,
    title,
    category,
    type: deadline.type,
    status: 'draft',
    leads: parties.filter(({ role }) => role === 'lead').map(({ unit }) => unit),
    units: parties.map(({ unit }) => unit),
    dueOn: deadline.dueOn,
    originalDueOn: deadline.dueOn,
    completedOn: null,
    nextAlarmOn: null,
    light: { colour: 'none', reason: '未下达' },
    unreached: {},
  };
}
