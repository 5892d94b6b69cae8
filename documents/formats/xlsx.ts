/** Excel workbooks as blocks: a table per visible sheet, with merged cells, dates as days, formulas as their values. */
import ExcelJS from 'exceljs';
import { type Block, cell, MOST_COLUMNS, type Row } from '../blocks';
import { type Doubt, doubt, quoted } from '../diagnostics';
import type { FormatReading } from '../read-plan';
import { unpack } from './zip';

/** More than any list of tasks; exceljs keeps every cell in memory. */
const MOST_CELLS = 500_000;

export async function readXlsx(bytes: Uint8Array): Promise<FormatReading> {
  const unpacked = await unpack(bytes, (name) => /\.(?:xml|rels)$/.test(name));
  if ('refused' in unpacked) return unpacked;
  const { parts } = unpacked;
  if (!parts.has('xl/workbook.xml')) {
    const isWord = parts.has('word/document.xml');
    return {
      refused: isWord ? doubt('wrong-extension', '文件其实是 Word 文档') : doubt('damaged-file', '文件里没有工作簿'),
    };
  }
  if ([...parts.values()].some((part) => part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))) {
    return { refused: doubt('damaged-file', '文件里有 XML 实体声明，正常的工作簿没有这种内容') };
  }
  const cells = [...parts]
    .filter(([name]) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .reduce((n, [, part]) => n + count(part, '<c '), 0);
  if (cells > MOST_CELLS) return { refused: doubt('too-large', `工作簿有${cells}个单元格，最多读取${MOST_CELLS}个`) };
  const workbook = new ExcelJS.Workbook();
  try {
    // The types of exceljs were written for an older Buffer.
    await workbook.xlsx.load(bytes.slice().buffer as Parameters<typeof workbook.xlsx.load>[0], {
      ignoreNodes: ['dataValidations', 'conditionalFormatting', 'pageSetup', 'drawing', 'picture'],
    });
  } catch (error) {
    return {
      refused: doubt('damaged-file', `这个工作簿打不开（程序报告${quoted(String(error), 80)}）`),
    };
  }
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

function count(part: Buffer, wanted: string): number {
  let n = 0;
  for (let at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + 1)) n += 1;
  return n;
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

function valueText(value: ExcelJS.CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return shownDate(value, format);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('result' in value) return valueText(value.result ?? null, format);
  if ('text' in value) return typeof value.text === 'string' ? value.text : valueText(value.text, format);
  return '';
}

/** A month shown as a month is a month: 2020年6月 and not its first day (R5). */
function shownDate(value: Date, format: string): string {
  const [year = '', month = '', day = ''] = value.toISOString().slice(0, 10).split('-');
  return /d/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, '')) || format === ''
    ? `${year}-${month}-${day}`
    : `${year}年${Number(month)}月`;
}
