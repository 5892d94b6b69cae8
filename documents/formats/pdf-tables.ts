/**
 * Tables that run over pages: the repeated column names are dropped, a row that was broken by the page's end is put
 * together again, and what a merged cell covers on the next page is known.
 */
import { type Cell, cell, type Row, type Table } from '../blocks';
import type { PrintedCell, PrintedRow } from './pdf-cells';
import { type Bounds, goesOn, type PrintedLine, textOf } from './pdf-lines';

export interface PrintedTable {
  xs: number[];
  rows: PrintedRow[];
  /** The page ends in the middle of its last row. */
  openBelow: boolean;
}

/** Columns of two pages are the same if their widths differ by no more than this, in points. */
const SAME = 4;

export function sameColumns(a: PrintedTable, b: PrintedTable): boolean {
  const widths = ({ xs }: PrintedTable) => xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
  const others = widths(b);
  return a.xs.length === b.xs.length && widths(a).every((width, i) => Math.abs(width - (others[i] ?? 0)) <= SAME);
}

/** Appends what the next page shows of the table. */
export function goOn(table: PrintedTable, next: PrintedTable): void {
  shift(next, (table.xs[0] ?? 0) - (next.xs[0] ?? 0));
  const rows = next.rows.slice(repeatedRows(table.rows, next.rows));
  const last = table.rows.at(-1);
  const [first] = rows;
  if (last && first) {
    const number = numberColumn([...table.rows, ...rows]);
    if (isRestOf(last, first, number, table)) {
      cellsOf(first).forEach((below) => {
        const above = cellAt(last, below);
        if (above) take(above.lines, below.lines, rows);
      });
      rows.shift();
    } else linkMerged(table, last, first, rows);
  }
  table.rows.push(...rows);
  table.openBelow = next.openBelow;
}

/** Moves everything sideways: pages of a book have different margins left and right. */
function shift(table: PrintedTable, by: number): void {
  if (Math.abs(by) < 0.1) return;
  table.xs = table.xs.map((x) => x + by);
  for (const lines of new Set(table.rows.flatMap((row) => cellsOf(row).map((place) => place.lines))))
    for (const line of lines) {
      line.left += by;
      line.right += by;
    }
}

const cellsOf = (row: PrintedRow): PrintedCell[] => row.cells.filter((place) => place !== null);
const wordsOf = (place: PrintedCell | null | undefined): string => place?.lines.map((line) => line.text).join('') ?? '';
const wordsOfRow = (row: PrintedRow): string => row.cells.map(wordsOf).join('\t');
const isHeading = (row: PrintedRow): boolean => cellsOf(row).length === 1;
const cellAt = (row: PrintedRow, like: PrintedCell): PrintedCell | null => {
  const place = row.cells[like.column];
  return place && place.span === like.span ? place : null;
};

/** How many rows at the top of a page repeat the first rows of the table. */
function repeatedRows(above: PrintedRow[], below: PrintedRow[]): number {
  let n = 0;
  for (; n < below.length && n < above.length; n++) {
    const [a, b] = [above[n], below[n]];
    if (!a || !b || wordsOfRow(a) !== wordsOfRow(b) || wordsOfRow(b).trim() === '') break;
  }
  return n;
}

const NUMBER = /^[（(]?\d{1,4}[）).、]?$/;

/** The column that holds little but numbers, or -1. */
function numberColumn(rows: PrintedRow[]): number {
  const body = rows.filter((row) => !isHeading(row));
  const width = Math.max(0, ...body.map((row) => row.cells.length));
  for (let c = 0; c < Math.min(width, 3); c++) {
    const name = wordsOf(body[0]?.cells[c]);
    const words = body.map((row) => wordsOf(row.cells[c])).filter((text) => text !== '' && text !== name);
    const numbers = words.filter((text) => NUMBER.test(text)).length;
    if (numbers > 0 && numbers >= 0.6 * words.length) return c;
  }
  return -1;
}

/** Whether the first row of a page is the rest of the last one of the page before. */
function isRestOf(last: PrintedRow, first: PrintedRow, number: number, table: PrintedTable): boolean {
  if (isHeading(last) || isHeading(first) || cellsOf(first).some((place) => cellAt(last, place) === null)) return false;
  const names = wordsOfRow(first);
  if (table.rows.some((row) => wordsOfRow(row) === names)) return false;
  const [above, below] = [last.cells[number], first.cells[number]];
  const [no, nextNo] = [wordsOf(above), wordsOf(below)];
  if (no !== '' && NUMBER.test(nextNo)) return false;
  // One number for both: printed in the middle of the whole row, it stands on either page.
  if ((no === '') !== (nextNo === '') && NUMBER.test(no + nextNo) && above?.fromAbove === false) return true;
  if (table.openBelow && cellsOf(first).some((place) => wordsOf(place) === '')) return true;
  const bounds = boundsOf(table);
  return cellsOf(first).some((place) => {
    const end = last.cells[place.column]?.lines.at(-1);
    const [begin] = place.lines;
    if (!end || !begin || /[。；;！？!?]$/.test(end.text)) return false;
    return goesOn(end, begin, bounds(place.column, place.span));
  });
}

/** Adds the lines of the next page to a cell; all places of a merged cell see them. */
function take(above: PrintedLine[], below: PrintedLine[], rows: PrintedRow[]): void {
  above.push(...below);
  for (const row of rows)
    for (const place of cellsOf(row))
      if (place.lines === below) {
        place.lines = above;
        place.fromAbove = true;
      }
}

/** An empty cell at the top of a page under a cell that covers several rows belongs to that. */
function linkMerged(table: PrintedTable, last: PrintedRow, first: PrintedRow, rows: PrintedRow[]): void {
  for (const place of cellsOf(first)) {
    const above = cellAt(last, place);
    const merges = table.rows.some((row) => row.cells[place.column]?.fromAbove === true);
    if (above && merges && place.lines.length === 0 && above.lines.length > 0) take(above.lines, place.lines, rows);
  }
}

type BoundsOf = (column: number, span: number) => Bounds;

/** Where the lines of a column stand: the same distance from both of its sides, whatever single line reaches over them. */
function boundsOf({ xs, rows }: PrintedTable): BoundsOf {
  const inner = new Map<string, Set<PrintedLine[]>>();
  for (const row of rows)
    for (const { lines, column, span } of cellsOf(row)) {
      const key = `${column},${span}`;
      inner.set(key, (inner.get(key) ?? new Set()).add(lines));
    }
  const known = new Map<string, Bounds>();
  return (column, span) => {
    const key = `${column},${span}`;
    const bounds =
      known.get(key) ?? within(xs[column] ?? 0, xs[column + span] ?? 0, [...(inner.get(key) ?? [])].flat());
    known.set(key, bounds);
    return bounds;
  };
}

function within(left: number, right: number, lines: PrintedLine[]): Bounds {
  if (lines.length === 0) return { left, right };
  const first = lines.reduce((least, line) => Math.min(least, line.left), Number.POSITIVE_INFINITY);
  const ends = lines.map((line) => line.right).sort((a, b) => a - b);
  const usual = ends[Math.floor(0.9 * (ends.length - 1))] ?? right;
  return { left: first, right: Math.min(right, Math.max(usual, right - Math.max(0, first - left))) };
}

/** The table with its texts. */
export function tableBlock(table: PrintedTable): Table | null {
  const bounds = boundsOf(table);
  const texts = new Map<PrintedLine[], string>();
  const text = ({ lines, column, span }: PrintedCell): string => {
    const known = texts.get(lines) ?? textOf(lines, bounds(column, span));
    texts.set(lines, known);
    return known;
  };
  const rows = table.rows.map(
    (row): Row => ({
      line: row.line,
      cells: row.cells.map((place): Cell | null => place && cell(text(place), place.span, place.fromAbove)),
    }),
  );
  const [first] = rows;
  return first ? { kind: 'table', line: first.line, rows, name: null } : null;
}
