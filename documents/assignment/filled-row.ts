/** What stands in the rows of a workbook that was filled in: a text or a day for every field, or why a cell cannot be read. */
import type ExcelJS from 'exceljs';
import { valueText } from '../formats/cell-text';
import type { Field } from './columns';
import type { FoundColumn, FoundTable } from './find-table';
import { cellText } from './row-texts';

/** One cell of a row, in the words of the person who filled it in. */
export interface FilledCell {
  /** The column's name, for messages. */
  header: string;
  text: string;
}

export interface FilledRow {
  /** The row of the sheet. */
  line: number;
  /** What stands under 编号. */
  id: string;
  /** By field; a role may have several columns. A field whose column was deleted is absent: it stays as it was. */
  cells: Partial<Record<Field, FilledCell[]>>;
  /** 说明. */
  note: string;
}

/** Something that cannot be read back, with the cell it stands in. */
export interface CellProblem {
  line: number;
  /** Null where the row as a whole is meant. */
  header: string | null;
  /** Without a full stop. */
  says: string;
}

/** Rows in which anything stands, from the one under the column names. */
export function filledRows({ sheet, headerRow, columns }: FoundTable): { rows: FilledRow[]; problems: CellProblem[] } {
  const rows: FilledRow[] = [];
  const problems: CellProblem[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, line) => {
    if (line <= headerRow) return;
    const read = columns.map((column) => ({ column, ...readCell(row.getCell(column.at)) }));
    if (read.every(({ text, problem }) => text === '' && problem === null)) return;
    for (const { column, problem } of read) {
      const matters = !['content', 'doubts', 'words'].includes(column.key);
      if (problem !== null && matters) problems.push({ line, header: column.header, says: problem });
    }
    const filled: FilledRow = { line, id: '', cells: {}, note: '' };
    for (const { column, text } of read) put(filled, column, text);
    rows.push(filled);
  });
  return { rows, problems };
}

function put(row: FilledRow, { key, header }: FoundColumn, text: string): void {
  switch (key) {
    case 'id':
      row.id = text.normalize('NFKC');
      return;
    case 'note':
      row.note = text;
      return;
    case 'content':
    case 'doubts':
    case 'words':
      return;
    default:
      row.cells[key] = [...(row.cells[key] ?? []), { header, text }];
  }
}

/** A cell merged with those below it holds for all of them; merged with those beside it, only for the first column. */
function readCell(cell: ExcelJS.Cell): { text: string; problem: string | null } {
  const place = cell.isMerged ? cell.master : cell;
  if (Number(place.col) !== Number(cell.col)) return { text: '', problem: null };
  const { value } = place;
  const result = isFormula(value) ? value.result : value;
  if (isFormula(value) && (result === undefined || result === null))
    return { text: '', problem: '是没有结果的公式，请先让Excel算出来再保存，或直接填写' };
  if (isError(result)) return { text: '', problem: `显示为${result.error}` };
  if (result instanceof Date && Number.isNaN(result.getTime())) return { text: '', problem: '不是有效日期' };
  // A day a breath before midnight is what remains of a fraction.
  const rounded = result instanceof Date ? new Date(result.getTime() + 500) : result;
  return { text: decoded(cellText(valueText(rounded ?? null, place.numFmt ?? ''))), problem: null };
}

function isFormula(value: ExcelJS.CellValue): value is ExcelJS.CellFormulaValue | ExcelJS.CellSharedFormulaValue {
  return typeof value === 'object' && value !== null && ('formula' in value || 'sharedFormula' in value);
}

function isError(value: unknown): value is ExcelJS.CellErrorValue {
  return typeof value === 'object' && value !== null && 'error' in value;
}

/** As Excel reads _x000D_ in the XML of a sheet; see `writeText`. */
export function decoded(text: string): string {
  const characters = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return cellText(characters);
}
