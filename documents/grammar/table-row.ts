/** One row of a table as a task: cells by the kind of their column, and rows that only go on with the one above. */
import type { Cell, Row } from '../blocks';
import { doubt, quoted } from '../diagnostics';
import { numberOf } from '../number-words';
import { type ColumnKind, columnYear } from './columns';
import { headingOf, headline } from './headings';
import { labelledParts } from './labels';
import { type Assignment, nothingAssigned, type RawTask } from './raw-task';

export interface Columns {
  names: string[];
  /** To know a repetition on the next page. */
  written: string;
  kinds: (ColumnKind | null)[];
}

interface Place {
  part: number;
  category: string | null;
  /** The task above in the same part. */
  previous: RawTask | null;
}

const ASSIGNED: (keyof Assignment)[] = ['lead', 'responsible', 'co', 'support', 'district', 'deadline', 'schedule'];

/** The row as a task; null if it goes on with the task above, which then has its text. */
export function rawTask(row: Row, columns: Columns, place: Place): RawTask | null {
  const byKind = new Map<ColumnKind, Cell[]>();
  columns.kinds.forEach((kind, i) => {
    const place = row.cells[i];
    if (kind !== null && place) byKind.set(kind, [...(byKind.get(kind) ?? []), place]);
  });
  const cells = (kind: ColumnKind): Cell[] => byKind.get(kind) ?? [];
  const text = (kind: ColumnKind): string => join(cells(kind).map((c) => c.text));
  const own = (kind: ColumnKind): string =>
    join(
      cells(kind)
        .filter((c) => !c.fromAbove)
        .map((c) => c.text),
    );
  const { previous } = place;
  const continued = previous !== null && own('no') === '' && own('title') === '' && columns.kinds.includes('no');
  const assignsAnew = ASSIGNED.some((kind) => own(kind) !== '' && own(kind) !== previous?.assignment[kind]);
  if (continued && !assignsAnew) {
    previous.content = join([previous.content, own('content')]);
    previous.measures = join([previous.measures, own('measures')]);
    if (previous.remark === '') previous.remark = own('remark');
    return null;
  }
  const { no, category, title, content, measures } = wordsOf(text, continued);
  const task: RawTask = {
    line: row.line,
    part: place.part,
    category:
      category !== ''
        ? category
        : columns.kinds.includes('category')
          ? (previous?.category ?? place.category)
          : place.category,
    printedNo: no,
    title,
    content,
    measures,
    assignment: nothingAssigned(),
    slashDivides: columns.names.some((name, i) => columns.kinds[i] === 'responsible' && /[/／]/.test(name)),
    yearStated:
      columns.names
        .map((name, i) => (columns.kinds[i] === 'deadline' ? columnYear(name) : null))
        .find((y) => y !== null) ?? null,
    remark: text('remark'),
    dateInText: false,
    doubts: row.realigned ? [doubt('cells-realigned', `${quoted(title)}这一行的单元格已按内容重新归入各列`)] : [],
  };
  for (const kind of ASSIGNED) task.assignment[kind] = sameAsAbove(text(kind), kind, previous, task);
  spreadLabels(task);
  return task;
}

/** Number and texts of a row. A continued row with its own units is a task named by its own text under the merged one. */
function wordsOf(text: (kind: ColumnKind) => string, continued: boolean) {
  // 1.制定方案 in a table that has no column of numbers.
  const mark = text('no') === '' ? headingOf(text('title').split('\n')[0] ?? '') : null;
  const numbered = mark !== null && mark.level >= 3;
  const no = continued ? null : (numberOf(text('no')) ?? (numbered ? mark.no : null));
  const content = text('content');
  const measures = text('measures');
  const own = content !== '' ? content : measures;
  const title =
    continued && own !== '' ? headline(own) : text('title') === '' ? headline(own) : titleOf(text('title'), numbered);
  const whole = content !== '' ? content : text('title') === title ? '' : text('title');
  return { no, category: categoryOf(text('category')), title, content: whole, measures };
}

/** One line: a cell's line breaks are the printer's. A long text is named by its first sentence. */
function titleOf(cell: string, numbered: boolean): string {
  const words = numbered
    ? cell.replace(/^\s*(?:[（(]\s*\d{1,3}\s*[）)]|\d{1,3}\s*[、．.)）]|[①-⑳])\s*[、.]?\s*/, '')
    : cell;
  const flat = words.replace(/\s*\n\s*/g, '').trim();
  return flat.length <= 120 && !/。./.test(flat) ? flat.replace(/。$/, '') : headline(words);
}

function categoryOf(cell: string): string {
  const flat = cell.replace(/\s*\n\s*/g, '').trim();
  return (headingOf(flat)?.text ?? flat).slice(0, 200);
}

/** 同上 and ditto marks, which only the row above explains. */
function sameAsAbove(text: string, kind: keyof Assignment, previous: RawTask | null, task: RawTask): string {
  if (!/^(?:同上|〃|″|""|”)$/.test(text.trim())) return text;
  const above = previous?.assignment[kind] ?? '';
  if (above !== '') task.doubts.push(doubt('same-as-above', `${quoted(text)}已读作上一格的${quoted(above)}`));
  return above;
}

/** A cell that is a small form of its own: 牵头单位：市发改委 / 配合单位：市财政局 / 完成时限：6月底. */
function spreadLabels(task: RawTask): void {
  const labelled = labelledParts(task.assignment.responsible);
  if (!labelled) return;
  task.assignment.responsible = labelled.before;
  for (const { kind, text } of labelled.parts) {
    const place = ASSIGNED.find((known) => known === kind);
    if (place) task.assignment[place] = join([task.assignment[place], text]);
  }
}

const join = (texts: string[]): string =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
