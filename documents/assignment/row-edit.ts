/** What a person changed in one row, as a correction of its task; or the cells that cannot be read. */

import type { TaskEdit } from '../../domain/drafts/corrections';
import type { Party, Plan, PlanTask, Role } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { BETWEEN_UNITS, FIELDS, type Field } from './columns';
import { type DeadlineContext, deadlineIn } from './deadline-in-row';
import type { CellProblem, FilledRow } from './filled-row';
import { type Resolve, unitsNamed } from './names-in-cell';
import { type RowTexts, sharesOf, unitText } from './row-texts';

const ROLES = ['lead', 'co', 'support', 'district'] as const satisfies readonly Role[];
const DEADLINE = ['kind', 'due', 'ready', 'condition'] as const satisfies readonly Field[];
const MOST = { title: 500, category: 200, condition: 2000 };

export interface RowContext extends Omit<DeadlineContext, 'condition'> {
  plan: Plan;
  resolve: Resolve;
}

export interface RowReading {
  edit: TaskEdit;
  /** Nobody wrote in the row. */
  untouched: boolean;
  problems: CellProblem[];
  /** What was done to read a date, to be told; by cell as problems are. */
  told: CellProblem[];
}

/**
 * @param reference what stood in the row, as far as this person knows: what differs from it is his change
 * @param now the task as the draft has it
 */
export function rowEdit(filled: FilledRow, reference: RowTexts, now: PlanTask, context: RowContext): RowReading {
  const row = withLostColumns(filled, reference);
  const texts = textsIn(row, reference);
  const touched = new Set(FIELDS.filter((field) => texts[field] !== reference[field]));
  const edit: TaskEdit = { task: numberOf(now.id) };
  const problems: CellProblem[] = [];
  const told: CellProblem[] = [];
  const at = (field: Field, says: string): CellProblem => {
    const cells = row.cells[field] ?? [];
    const header = (cells.find(({ text }) => text !== '') ?? cells[0])?.header ?? null;
    return { line: row.line, header, says };
  };
  for (const field of ['title', 'category', 'condition'] as const)
    if (touched.has(field) && texts[field].length > MOST[field])
      problems.push(at(field, `有${texts[field].length}字，最多${MOST[field]}字`));
  if (touched.has('title')) {
    if (texts.title === '') problems.push(at('title', '任务名称是空的'));
    else edit.title = texts.title;
  }
  if (touched.has('category')) edit.category = texts.category === '' ? null : texts.category;
  if (ROLES.some((role) => touched.has(role))) {
    const { parties, problems: unread } = partiesIn(row, touched, now, context);
    problems.push(...unread);
    // Another order of the same units in the same roles is no change.
    if (!sameRoles(parties, now.parties)) edit.parties = parties;
  }
  if (DEADLINE.some((field) => touched.has(field))) {
    const read = deadlineIn(texts, { ...context, condition: touched.has('condition') ? '' : texts.condition });
    if ('at' in read) problems.push(at(read.at, read.says));
    else {
      edit.deadline = read.edit;
      told.push(...read.told.map((says) => at('due', says)));
    }
  }
  return { edit, untouched: touched.size === 0, problems, told };
}

/** The row with what stood in those columns of a role that were deleted while others of it stand: it stays as it was. */
function withLostColumns(row: FilledRow, before: RowTexts): FilledRow {
  const cells = { ...row.cells };
  for (const role of ROLES) {
    const own = cells[role];
    const written = sharesOf(before[role], role);
    if (!own || own.length >= written.length) continue;
    const standing = written.map((share) => own.find(({ header }) => header === share.header) ?? share);
    cells[role] = [...standing, ...own.filter((cell) => !standing.includes(cell))];
  }
  return { ...row, cells };
}

/** What stands in a row; where a column was deleted, what stood there. */
function textsIn(row: FilledRow, before: RowTexts): RowTexts {
  const texts = { ...before };
  for (const field of FIELDS) {
    const cells = row.cells[field];
    if (cells) texts[field] = cells.flatMap(({ text }) => (text === '' ? [] : [text])).join(BETWEEN_UNITS);
  }
  return texts;
}

/**
 * Whether somebody wrote in this row wherever the draft changed since the workbook was written: then it is the very
 * file that was read back before, and no copy of it that somebody else fills in.
 */
export function holdsChanges(row: FilledRow, asWritten: RowTexts, now: RowTexts): boolean {
  const texts = textsIn(withLostColumns(row, asWritten), asWritten);
  const groups: (readonly Field[])[] = [['category'], ['title'], ...ROLES.map((role) => [role] as const), DEADLINE];
  return groups
    .filter((group) => group.some((field) => asWritten[field] !== now[field]))
    .every((group) => group.some((field) => texts[field] !== asWritten[field]));
}

/** The parties of every role: as the cells name them where somebody wrote in them, else as they are. */
function partiesIn(
  row: FilledRow,
  touched: ReadonlySet<Field>,
  now: PlanTask,
  { plan, resolve }: RowContext,
): { parties: Party[]; problems: CellProblem[] } {
  const problems: CellProblem[] = [];
  // A unit that stands in the task already may stay, also where the directory does not know it yet.
  const known: Resolve = (name) => {
    const own = now.parties.find(({ unit }) => unitText(unit, plan.city) === name);
    return own ? { unit: own.unit } : resolve(name);
  };
  const parties: Party[] = [];
  const places = new Map<string, string>();
  for (const role of ROLES) {
    if (!touched.has(role)) {
      for (const party of now.parties.filter((p) => p.role === role)) put(party, row.cells[role]?.[0]?.header ?? null);
      continue;
    }
    for (const { header, text } of row.cells[role] ?? []) {
      const { units, says } = unitsNamed(text, known);
      problems.push(...says.map((said) => ({ line: row.line, header, says: said })));
      for (const unit of units) put({ unit, role }, header);
    }
  }
  return { parties, problems };

  function put(party: Party, header: string | null): void {
    const before = parties.find(({ unit }) => unit === party.unit);
    if (!before) {
      places.set(party.unit, header ?? '');
      parties.push(party);
    } else if (before.role !== party.role) {
      const says = `${unitText(party.unit, plan.city)}已在“${places.get(party.unit)}”中，一个单位只能有一种角色`;
      problems.push({ line: row.line, header, says });
    }
  }
}

function sameRoles(some: readonly Party[], others: readonly Party[]): boolean {
  const ofRole = (parties: readonly Party[], role: Role) =>
    parties.flatMap((party) => (party.role === role ? [party.unit] : [])).join();
  return ROLES.every((role) => ofRole(some, role) === ofRole(others, role));
}
