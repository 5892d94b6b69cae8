/** Finds the table of tasks in a workbook that people worked in: the sheet renamed, rows and columns moved, cells merged. */
import type ExcelJS from 'exceljs';
import { valueText } from '../formats/cell-text';
import { COLUMNS, type ColumnKey } from './columns';

/** Above the column names stand a title and what people add to it. */
const HEADER_WITHIN = 30;
/** Wider than the workbook and what people add beside it. */
const MOST_COLUMNS = 100;

/** A column as it stands now. */
export interface FoundColumn {
  key: ColumnKey;
  /** As the sheet writes it, for messages: 第12行“牵头单位”. */
  header: string;
  at: number;
}

export interface FoundTable {
  sheet: ExcelJS.Worksheet;
  headerRow: number;
  columns: FoundColumn[];
}

export type TableSearch = FoundTable | { missing: true } | { several: string[] } | { twice: string };

export function findTable(workbook: ExcelJS.Workbook): TableSearch {
  const found = workbook.worksheets
    .filter((sheet) => sheet.state === 'visible')
    .flatMap((sheet) => tableIn(sheet) ?? []);
  const [table, ...others] = found;
  if (!table) return { missing: true };
  if (others.length > 0) return { several: found.map(({ sheet }) => sheet.name) };
  const twice = table.columns.find(({ header }, i, all) => all.findIndex((other) => other.header === header) < i);
  return twice ? { twice: twice.header } : table;
}

function tableIn(sheet: ExcelJS.Worksheet): FoundTable | null {
  for (let number = 1; number <= Math.min(sheet.rowCount, HEADER_WITHIN); number++) {
    const row = sheet.getRow(number);
    const columns: FoundColumn[] = [];
    for (let at = 1; at <= Math.min(row.cellCount, MOST_COLUMNS); at++) {
      const cell = row.getCell(at);
      if (cell.isMerged && cell.master !== cell) continue;
      const header = plainHeader(valueText(cell.value, ''));
      const key = keyOf(header);
      if (key) columns.push({ key, header, at });
    }
    const keys = new Set(columns.map(({ key }) => key));
    if (keys.has('id') && keys.size >= 2) return { sheet, headerRow: number, columns };
  }
  return null;
}

function plainHeader(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** 配合单位4: people add columns as they need them. */
function keyOf(header: string): ColumnKey | null {
  const exact = COLUMNS.find((column) => column.header === header);
  if (exact) return exact.key;
  const numbered = /^(.+?)\d{1,2}$/.exec(header)?.[1];
  const first = COLUMNS.find((column) => column.header === numbered);
  return first && ['lead', 'co', 'support', 'district'].includes(first.key) ? first.key : null;
}
