/** R35: whether the obligation that a notice stems from still stands; if not, the notice is recalled before it leaves. */
import { assertNever } from './assert-never';
import type { Obligation } from './notices';
import { owedReport } from './rules/reports';
import { currentSlip, type Task } from './task';

/** Total; an obligation stands only while the task runs, except the launching notice and plain information. */
export function stands(task: Task, obligation: Obligation): boolean {
  const open = task.status === 'open';
  switch (obligation.kind) {
    case 'information':
      return task.status !== 'cancelled';
    case 'acknowledge':
      return (open || task.status === 'suspended') && task.acknowledgements[obligation.unit]?.acknowledgedOn === null;
    case 'due':
      return open && !task.review && task.dueOn === obligation.dueOn;
    case 'handIn':
      return open && !task.review && task.dueOn === obligation.dueOn;
    case 'declare':
      return open && task.declaration?.state === 'undecided' && task.declaration.askOn === obligation.askOn;
    case 'planReport':
      return false;
    case 'report':
      return open && !task.review && owedReport(task)?.quarter === obligation.quarter;
    case 'contribution':
      return open && task.contributions.some((c) => c.id === obligation.id && c.doneOn === null);
    case 'review':
      return open && task.review?.version === obligation.version;
    case 'extension':
      return open && task.extension?.requestedOn === obligation.requestedOn;
    case 'slip': {
      const slip = currentSlip(task);
      return open && !task.review && slip?.number === obligation.number && !slip.ended;
    }
    default:
      return assertNever(obligation);
  }
}
