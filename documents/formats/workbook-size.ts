/**
 * What a workbook claims to be, reckoned from its XML before it is opened: exceljs walks every cell of a merged range or
 * of a named one, and a few bytes can name seventeen thousand million.
 */
import { type Doubt, doubt } from '../diagnostics';

/** More than any list of tasks; exceljs keeps every cell in memory. */
const MOST_CELLS = 500_000;
/** Excel's own limits. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** @returns why the workbook is not opened, or null */
export function oversize(parts: ReadonlyMap<string, Buffer>): Doubt | null {
  let cells = 0;
  for (const [name, part] of parts) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue;
    // XML names are ASCII, so a byte is a character here, whatever the texts are.
    const xml = part.toString('latin1');
    cells += count(xml, '<c');
    for (const [, ref = ''] of xml.matchAll(/<mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)["']/g)) cells += area(ref);
    if (beyond(xml, /<row\s[^>]*?\br\s*=\s*["'](\d+)["']/g, LAST_ROW)) return damaged();
    if (beyond(xml, /<col\s[^>]*?\bmax\s*=\s*["'](\d+)["']/g, LAST_COLUMN)) return damaged();
    // Each may span all columns, so more of them than columns do not belong to a sheet either.
    if (count(xml, '<col') > LAST_COLUMN / 16) return damaged();
  }
  return cells > MOST_CELLS ? doubt('too-large', `工作簿有${cells}个单元格，最多读取${MOST_CELLS}个`) : null;
}

/** Whether the names that the workbook defines span more cells than it could have: they say nothing that is read. */
export function namesOversize(workbook: Buffer): boolean {
  const names = workbook.toString('latin1').matchAll(/<definedName\b[^>]*>([^<]*)</g);
  let cells = 0;
  for (const [, text = ''] of names) {
    for (const [ref] of text.matchAll(/\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+/g))
      cells += area(ref.replaceAll('$', ''));
  }
  return cells > MOST_CELLS;
}

/** An element's name ends where something else than a letter follows. */
function count(xml: string, opening: string): number {
  let n = 0;
  for (let at = xml.indexOf(opening); at >= 0; at = xml.indexOf(opening, at + opening.length)) {
    const next = xml.charCodeAt(at + opening.length);
    if (next <= 0x20 || next === 0x3e || next === 0x2f) n += 1;
  }
  return n;
}

function beyond(xml: string, numbers: RegExp, most: number): boolean {
  for (const [, number] of xml.matchAll(numbers)) if (Number(number) > most) return true;
  return false;
}

/** Cells of a range, A1:B3. */
function area(ref: string): number {
  const corners = /^([A-Z]{1,7})(\d{1,9}):([A-Z]{1,7})(\d{1,9})$/.exec(ref);
  if (!corners) return 0;
  const [, left = '', top = '', right = '', bottom = ''] = corners;
  const columns = Math.abs(columnOf(right) - columnOf(left)) + 1;
  return columns * (Math.abs(Number(bottom) - Number(top)) + 1);
}

const columnOf = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);

function damaged(): Doubt {
  return doubt('damaged-file', `工作簿写有超出Excel范围的行或列（最多${LAST_ROW}行、${LAST_COLUMN}列）`);
}
