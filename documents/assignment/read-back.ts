/**
 * What a filled-in workbook asks of the draft as it is now: corrections for what its user changed, nothing for what he
 * left, and the tasks that somebody else changed meanwhile.
 */

import { correct, isCorrectionProblem, type TaskEdit } from '../../domain/drafts/corrections';
import type { Plan, PlanTask } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { FIELDS } from './columns';
import type { CellProblem, FilledRow } from './filled-row';
import type { FilledWorkbook } from './open';
import { holdsChanges, type RowContext, rowEdit } from './row-edit';
import { type RowTexts, rowTexts } from './row-texts';

export interface ReadBack {
  /** Corrections that change something, in the order of the rows; only to be made if there are no problems and no conflicts. */
  edits: TaskEdit[];
  /** 说明 of the rows that change something. */
  notes: { task: string; text: string }[];
  problems: CellProblem[];
  /** How words were read as dates, to be told. */
  told: CellProblem[];
  /** Tasks that this workbook changes and somebody else changed since it was written, by part and number. */
  conflicts: string[];
  /** Tasks that were corrected since and that this workbook leaves as it was written: they stay as they are now. */
  left: string[];
  /** Tasks that have no row any more: they stay as they are. */
  absent: string[];
}

/** A correction of the draft, as far as it matters here. */
export interface PastCorrection {
  by: string;
  /** The workbook that it was read from. */
  workbook?: string;
  changes?: readonly { task: string | null }[];
}

export interface Draft {
  plan: Plan;
  revision: number;
  corrections: readonly PastCorrection[];
}

/** @param reader who reads it back: his own earlier readings of the same workbook are not somebody else's changes */
export function readBack(
  filled: FilledWorkbook,
  { plan, revision, corrections }: Draft,
  reader: string,
  context: Omit<RowContext, 'plan' | 'issuedOn'>,
): ReadBack {
  const back: ReadBack = {
    edits: [],
    notes: [],
    problems: [...filled.problems],
    told: [],
    conflicts: [],
    left: [],
    absent: [],
  };
  // Each correction makes one revision; the first revision may have some that were made again at the import.
  const since = corrections.slice(corrections.length - Math.max(0, revision - filled.revision));
  const { rows, problems } = byTask(filled.rows, plan);
  back.problems.push(...problems);
  const states = plan.tasks.flatMap((task): State[] => {
    const number = numberOf(task.id);
    const row = rows.get(number);
    if (!row) {
      back.absent.push(number);
      return [];
    }
    const now = rowTexts(task, plan);
    const asWritten = filled.asWritten.get(number) ?? now;
    const as = same(asWritten, now)
      ? 'written'
      : onlyOwn(since, number, reader, filled.workbook)
        ? 'read before'
        : 'others have it';
    return [{ task, number, row, now, asWritten, as }];
  });
  const goesOn = states.every(
    ({ as, row, asWritten, now }) => as !== 'read before' || holdsChanges(row, asWritten, now),
  );
  for (const { task, number, row, now, asWritten, as } of states) {
    const own = as === 'written' || (as === 'read before' && goesOn);
    const read = rowEdit(row, own ? now : asWritten, task, { ...context, plan, issuedOn: plan.issuedOn });
    back.problems.push(...read.problems);
    // A plan of this one task: what its correction changes does not depend on the others.
    if (isCorrectionProblem(correct({ ...plan, tasks: [task] }, [read.edit]))) {
      if (!own && read.untouched) back.left.push(number);
      continue;
    }
    back.told.push(...read.told);
    if (!own) back.conflicts.push(number);
    back.edits.push(read.edit);
    if (row.note !== '') back.notes.push({ task: number, text: row.note });
  }
  back.problems.sort((a, b) => a.line - b.line);
  return back;
}

/** A task with its row, as it was written and as it is now. */
interface State {
  task: PlanTask;
  number: string;
  row: FilledRow;
  now: RowTexts;
  asWritten: RowTexts;
  as: 'written' | 'read before' | 'others have it';
}

/** Rows by task, and those that belong to none. */
function byTask(rows: readonly FilledRow[], plan: Plan): { rows: Map<string, FilledRow>; problems: CellProblem[] } {
  const numbers = new Set(plan.tasks.map(({ id }) => numberOf(id)));
  const found = new Map<string, FilledRow>();
  const problems: CellProblem[] = [];
  for (const row of rows) {
    const number = row.id.startsWith(`${plan.id}/`) ? row.id.slice(plan.id.length + 1) : row.id;
    const before = found.get(number);
    const says =
      number === ''
        ? '没有编号：不能在这里增加任务，请删去这一行'
        : !numbers.has(number)
          ? `“${number.slice(0, 20)}”不是本方案的任务编号`
          : before
            ? `${number}已在第${before.line}行，请删去其中一行`
            : null;
    if (says === null) found.set(number, row);
    else problems.push({ line: row.line, header: number === '' ? null : '编号', says });
  }
  return { rows: found, problems };
}

/** Whether whatever changed a task since was this workbook, read back by the same person before. */
function onlyOwn(since: readonly PastCorrection[], number: string, reader: string, workbook: string): boolean {
  const touching = since.filter(({ changes }) => changes === undefined || changes.some(({ task }) => task === number));
  return touching.length > 0 && touching.every((past) => past.by === reader && past.workbook === workbook);
}

function same(some: RowTexts, others: RowTexts): boolean {
  return FIELDS.every((field) => some[field] === others[field]);
}
