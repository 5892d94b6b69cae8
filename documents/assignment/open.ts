/** Opens a workbook that was written for assignment and filled in: where it comes from, and what stands in it now. */
import type ExcelJS from 'exceljs';
import { accept } from '../accept';
import { valueText } from '../formats/cell-text';
import { openWorkbook } from '../formats/workbook';
import { FIELDS, ORIGIN_MARK, ORIGIN_SHEET } from './columns';
import { type CellProblem, decoded, type FilledRow, filledRows } from './filled-row';
import { findTable } from './find-table';
import type { RowTexts } from './row-texts';

/** A workbook as it came back. */
export interface FilledWorkbook {
  /** The plan and revision that it was written from, and what names this very workbook. */
  plan: string;
  revision: number;
  workbook: string;
  /** What stood in each row when it was written, by part and number. */
  asWritten: Map<string, RowTexts>;
  rows: FilledRow[];
  problems: CellProblem[];
}

/** Why a file as a whole is not read back: a sentence, and what to do. */
export interface WorkbookRefusal {
  code: string;
  says: string;
}

/** @param fileName its ending says what the bytes should be */
export async function openAssignment(
  bytes: Uint8Array,
  fileName: string,
): Promise<FilledWorkbook | { refused: WorkbookRefusal }> {
  const accepted = accept(bytes, fileName);
  if ('refused' in accepted) return accepted;
  if (accepted.format !== 'xlsx') return refuse('wrong-extension', '要读回的是.xlsx工作簿');
  const opened = await openWorkbook(bytes);
  if ('refused' in opened) return opened;
  const { workbook } = opened;
  const origin = originOf(workbook);
  if (!origin) return refuse('not-an-assignment', '这不是plan assign --xlsx写出的工作簿，或其中隐藏的来源表已丢失');
  const table = findTable(workbook);
  if ('missing' in table) return refuse('no-task-table', '找不到任务表：表头应有“编号”和各填写栏');
  if ('several' in table) return refuse('several-task-tables', `有几张任务表：${table.several.join('、')}，请只留一张`);
  if ('twice' in table) return refuse('column-twice', `“${table.twice}”栏有两个，请删去或改名一个`);
  return { ...origin, ...filledRows(table) };
}

function refuse(code: string, says: string): { refused: WorkbookRefusal } {
  return { refused: { code, says } };
}

function originOf(workbook: ExcelJS.Workbook): Omit<FilledWorkbook, 'rows' | 'problems'> | null {
  const sheet = workbook.getWorksheet(ORIGIN_SHEET);
  if (!sheet) return null;
  const texts = (number: number, count: number) =>
    Array.from({ length: count }, (_, i) => decoded(valueText(sheet.getRow(number).getCell(i + 1).value, '')));
  const [mark, plan = '', revision = '', id = ''] = texts(1, 4);
  const fields = texts(2, FIELDS.length + 1).slice(1);
  const isOurs = mark === ORIGIN_MARK && /^[1-9]\d{0,8}$/.test(revision) && fields.join() === FIELDS.join();
  if (!isOurs) return null;
  const asWritten = new Map<string, RowTexts>();
  for (let number = 3; number <= sheet.rowCount; number++) {
    const [task = '', ...values] = texts(number, FIELDS.length + 1);
    // Every field was written in the order of FIELDS, which stands above them.
    asWritten.set(task, Object.fromEntries(FIELDS.map((field, i) => [field, values[i] ?? ''])) as RowTexts);
  }
  return { plan, revision: Number(revision), workbook: id, asWritten };
}
