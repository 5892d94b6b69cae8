/** Excel workbooks as blocks: a table per visible sheet, with merged cells, dates as days, formulas as their values. */
import ExcelJS from 'exceljs';
import { type Block, cell, MOST_COLUMNS, type Row } from '../blocks';
import { type Doubt, doubt, quoted } from '../diagnostics';
import type { FormatReading } from '../read-plan';
import { valueText } from './cell-text';
import { openWorkbook } from './workbook';

export async function readXlsx(bytes: Uint8Array): Promise<FormatReading> {
  const opened = await openWorkbook(bytes);
  if ('refused' in opened) return opened;
  const { workbook } = opened;
  const doubts: Doubt[] = [];
  const blocks = workbook.worksheets.flatMap((sheet): Block[] => {
    if (sheet.state !== 'visible') {
      doubts.push(doubt('hidden-sheet', `工作表${quoted(sheet.name)}是隐藏的，未读取`));
      return [];
    }
    const rows = rowsOf(sheet, doubts);
    return rows.length > 0 ? [{ kind: 'table', line: rows[0]?.line ?? 1, rows, name: sheet.name }] : [];
  });
  return { blocks, doubts };
}

function rowsOf(sheet: ExcelJS.Worksheet, doubts: Doubt[]): Row[] {
  const rows: Row[] = [];
  const missing: string[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, line) => {
    const cells: Row['cells'] = [];
    row.eachCell({ includeEmpty: false }, (place, column) => {
      if (column > MOST_COLUMNS) return;
      const master = place.isMerged ? place.master : place;
      if (lacksValue(master) && master === place) missing.push(place.address);
      if (Number(master.col) < column) cells[column - 1] = null;
      else cells[column - 1] = cell(textOf(master), 1, Number(master.row) < line);
    });
    // exceljs has holes for merged places; a span is what follows of its own master.
    const placed = Array.from(cells, (place) => place ?? null);
    widen(placed, row);
    if (placed.some((place) => place !== null && place.text !== '')) rows.push({ line, cells: placed });
  });
  if (missing.length > 0) {
    const says = `工作表${quoted(sheet.name)}的${missing.slice(0, 5).join('、')}${missing.length > 5 ? `等${missing.length}个单元格` : ''}是公式，没有保存计算结果`;
    doubts.push(doubt('formula-without-value', says));
  }
  return rows;
}

function widen(cells: Row['cells'], row: ExcelJS.Row): void {
  cells.forEach((place, i) => {
    if (!place) return;
    const master = row.getCell(i + 1).master;
    let span = 1;
    while (
      cells[i + span] === null &&
      i + span < cells.length &&
      row.getCell(i + span + 1).isMerged &&
      row.getCell(i + span + 1).master === master
    )
      span += 1;
    place.span = span;
  });
}

const lacksValue = (place: ExcelJS.Cell): boolean =>
  place.type === ExcelJS.ValueType.Formula && (place.result === undefined || place.result === null);

/** What a person sees in the cell: a day for a date, the value of a formula, rich text without its looks. */
function textOf(place: ExcelJS.Cell): string {
  return valueText(place.value, place.numFmt ?? '').trim();
}
