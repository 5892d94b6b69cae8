/**
 * Corrections kept as a file and made again on the same document, read anew: each only where the document still says
 * what it said then. Whatever reads otherwise now is told, never overwritten.
 */

import type { Plan, PlanId, PlanTask, UnitId } from '../plan';
import { sameValue } from '../same-value';
import { numberOf } from '../task-ids';
import { type Change, isCorrectionProblem, policyOrNone, taskOf } from './corrections';

/** One correction, with the title of each of its tasks as it was when it was made. */
export interface SavedCorrection {
  at: string;
  by: string;
  note: string;
  titles: Record<string, string>;
  changes: Change[];
}

/** What is written to a file; a later version gets another number. */
export interface CorrectionFile {
  format: 'duban-corrections';
  version: 1;
  plan: PlanId;
  city: string;
  document: NonNullable<Plan['origin']> | null;
  /** Each unit that the corrections name, with its name and aliases, so that a document can be checked without a directory. */
  units: Record<UnitId, string[]>;
  corrections: SavedCorrection[];
}

/** A correction of one task, or of the plan's head, that was not made again. */
export interface StaleCorrection {
  task: string | null;
  /** The task's title when it was corrected. */
  title: string | null;
  /**
   * gone: no such task. renamed: another title stands there. otherwise: a field says neither what it said nor what it
   * should. ambiguous: the document was changed and several of its tasks bear the title.
   */
  reason: 'gone' | 'renamed' | 'otherwise' | 'ambiguous';
  /** The field that reads otherwise. */
  field: Change['field'] | null;
  /** The task that bears the title now, where rows moved. */
  movedTo: string | null;
}

export interface Reapplied {
  plan: Plan;
  /** What was made again, correction by correction; those of which nothing was left are not here. */
  made: SavedCorrection[];
  stale: StaleCorrection[];
}

/**
 * Makes saved corrections again, in order. The changes of one task in one correction belong together: all or none.
 * @param document whether it is the very document that was corrected: in a changed one a number may be another row's,
 * and only a title that no other task bears tells
 */
export function reapply(
  plan: Plan,
  saved: readonly SavedCorrection[],
  document: 'same' | 'changed' = 'same',
): Reapplied {
  let corrected = plan;
  const [made, stale]: [SavedCorrection[], StaleCorrection[]] = [[], []];
  for (const correction of saved) {
    const again: Change[] = [];
    for (const task of new Set(correction.changes.map((change) => change.task))) {
      const changes = correction.changes.filter((change) => change.task === task);
      const title = task !== null && Object.hasOwn(correction.titles, task) ? (correction.titles[task] ?? null) : null;
      const reason =
        staleness(corrected, task, title, changes) ??
        (document === 'changed' ? doubled(corrected, task, changes) : null);
      if (reason) {
        stale.push({ task, title, ...reason, movedTo: movedTo(corrected, task, title) });
        continue;
      }
      const open = changes.filter((change) => !sameValue(fieldNow(corrected, change), change.after));
      corrected = withChanges(corrected, task, open);
      again.push(...open);
    }
    if (again.length > 0) made.push({ ...correction, changes: again });
  }
  return { plan: corrected, made, stale };
}

/**
 * The corrections of a stored draft as a file keeps them.
 * @param plan as it is after them: titles are followed back from it
 */
export function savedCorrections(
  plan: Plan,
  corrections: readonly Omit<SavedCorrection, 'titles'>[],
): SavedCorrection[] {
  const titles = new Map(plan.tasks.map((task) => [numberOf(task.id), task.title]));
  const saved: SavedCorrection[] = [];
  for (const { at, by, note, changes } of corrections.toReversed()) {
    for (const change of changes)
      if (change.task !== null && change.field === 'title') titles.set(change.task, change.before);
    const numbers = new Set(changes.flatMap(({ task }) => task ?? []));
    const own = [...numbers].map((number) => [number, titles.get(number) ?? '']);
    saved.push({ at, by, note, titles: Object.fromEntries(own), changes });
  }
  return saved.toReversed();
}

function staleness(
  plan: Plan,
  number: string | null,
  title: string | null,
  changes: readonly Change[],
): Pick<StaleCorrection, 'reason' | 'field'> | null {
  if (number !== null) {
    const task = taskOf(plan, number);
    if (isCorrectionProblem(task)) return { reason: 'gone', field: null };
    const titles = [title, ...changes.flatMap((change) => (change.field === 'title' ? [change.after] : []))];
    if (!titles.includes(task.title)) return { reason: 'renamed', field: null };
  }
  const otherwise = changes.find((change) => {
    const now = fieldNow(plan, change);
    return !sameValue(now, change.before) && !sameValue(now, change.after);
  });
  return otherwise ? { reason: 'otherwise', field: otherwise.field } : null;
}

/** Among rows of one title nobody knows which one was meant, once rows may have moved. */
function doubled(
  plan: Plan,
  number: string | null,
  changes: readonly Change[],
): Pick<StaleCorrection, 'reason' | 'field'> | null {
  const task = number === null ? null : taskOf(plan, number);
  if (task === null || isCorrectionProblem(task)) return null;
  const isDone = changes.every((change) => sameValue(fieldNow(plan, change), change.after));
  const bearers = plan.tasks.filter(({ title }) => title === task.title).length;
  return bearers > 1 && !isDone ? { reason: 'ambiguous', field: null } : null;
}

function movedTo(plan: Plan, number: string | null, title: string | null): string | null {
  const [only, other] = plan.tasks.filter((task) => task.title === title && numberOf(task.id) !== number);
  return only && !other ? numberOf(only.id) : null;
}

function fieldNow(plan: Plan, change: Change): unknown {
  if (change.task === null) return plan[change.field] ?? null;
  const task = taskOf(plan, change.task);
  return isCorrectionProblem(task) ? null : (task[change.field] ?? null);
}

function withChanges(plan: Plan, number: string | null, changes: readonly Change[]): Plan {
  const values = Object.fromEntries(changes.map(({ field, after }) => [field, after]));
  if (number === null) return policyOrNone({ ...plan, ...values });
  return {
    ...plan,
    tasks: plan.tasks.map((task) => (numberOf(task.id) === number ? confirmedOrNot({ ...task, ...values }) : task)),
  };
}

/** A confirmation that was taken back is not there; in a change it is null. */
function confirmedOrNot({ noDateConfirmed, ...task }: PlanTask): PlanTask {
  return noDateConfirmed === true ? { ...task, noDateConfirmed } : task;
}
