/** How cells of the workbook look, and how a text is put into one so that Excel and WPS take it as text. */
import type ExcelJS from 'exceljs';

/** Excel's own limit; a longer text makes a file that it offers to repair. */
const MOST_IN_CELL = 32_000;

const fill = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;
export const HEAD_FILL = fill('FFD9E1F2');
/** Where people write. */
export const OPEN_FILL = fill('FFFFFBE6');
/** What is only shown. */
export const SHOWN_FILL = fill('FFF5F5F5');
/** What is still missing. */
export const MISSING_FILL = { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFFCE4D6' } } as const;

const THIN = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;

const FONT = { name: '宋体', size: 10 } as const;
/** Points that a line of this font takes, and the most that Excel makes a row high. */
const LINE_POINTS = 13.5;
const MOST_POINTS = 400;

export function frame(cell: ExcelJS.Cell, font: Partial<ExcelJS.Font> = {}): void {
  cell.font = { ...FONT, ...font };
  cell.border = { top: THIN, bottom: THIN, left: THIN, right: THIN };
  cell.alignment = { vertical: 'top', wrapText: true };
}

/** A text of the plan: never a formula, whatever it begins with, also after somebody edits the cell. */
export function writeText(cell: ExcelJS.Cell, text: string): void {
  cell.numFmt = '@';
  if (text === '') return;
  const fits = text.length <= MOST_IN_CELL ? text : `${text.slice(0, MOST_IN_CELL)}……（下略）`;
  // _x0041_ in a sheet's XML is an escaped A.
  cell.value = fits.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/**
 * The height at which nothing in a row is cut off: programs leave rows as high as the file says.
 * @param cells texts with the width of their columns
 */
export function heightFor(cells: readonly { text: string; width: number }[]): number {
  const lines = cells.map(({ text, width }) =>
    text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0),
  );
  return Math.min(MOST_POINTS, Math.max(1, ...lines) * LINE_POINTS + 4);
}

/** In the unit of column widths, a digit: Chinese characters are two. */
function widthOf(line: string): number {
  return [...line].reduce((n, c) => n + (c.charCodeAt(0) < 0x2000 ? 1.1 : 2), 0);
}
