/** The one model that every format is read into: paragraphs and tables, each with the line it stands on. */

export interface Paragraph {
  kind: 'paragraph';
  text: string;
  line: number;
}

export interface Cell {
  /** Paragraphs are lines. */
  text: string;
  /** Covered by a cell that began in a row above (合并单元格). */
  fromAbove: boolean;
  /** Columns it covers. */
  span: number;
}

export interface Row {
  line: number;
  /** By column; null where a cell to the left covers the place, or nothing stands there. */
  cells: (Cell | null)[];
  /** The text had more or fewer cells than the table has columns, and they were placed by what they say. */
  realigned?: boolean;
}

export interface Table {
  kind: 'table';
  line: number;
  rows: Row[];
  /** The sheet's name, where there are sheets. */
  name: string | null;
}

export type Block = Paragraph | Table;

export const paragraph = (text: string, line: number): Paragraph => ({ kind: 'paragraph', text, line });
export const cell = (text: string, span = 1, fromAbove = false): Cell => ({ text, span, fromAbove });

/** A cell of a grid with merges: `rows` and `columns` it covers, 1 where it is not merged. */
export interface SpannedCell {
  text: string;
  rows: number;
  columns: number;
}

/** Wider than any list of tasks; a page that claims more is not one, and must not cost memory (a million columns). */
export const MOST_COLUMNS = 100;

/** Lays cells with row and column spans out on a grid, as HTML tables do; a text stands in every row it covers. */
export function layOut(lines: { line: number; cells: SpannedCell[] }[]): Row[] {
  const pending = new Map<number, { cell: Cell; left: number }>();
  return lines.map(({ line, cells }) => {
    const placed: (Cell | null)[] = [];
    let column = 0;
    const fromAbove = () => {
      for (let above = pending.get(column); above; above = pending.get(column)) {
        placed[column] = { ...above.cell, fromAbove: true };
        for (let i = 1; i < above.cell.span; i++) placed[column + i] = null;
        above.left -= 1;
        if (above.left <= 0) pending.delete(column);
        column += above.cell.span;
      }
    };
    for (const spanned of cells) {
      fromAbove();
      if (column >= MOST_COLUMNS) break;
      const span = Math.max(1, Math.min(spanned.columns, MOST_COLUMNS - column));
      const own = cell(spanned.text, span);
      placed[column] = own;
      for (let i = 1; i < span; i++) placed[column + i] = null;
      if (spanned.rows > 1) pending.set(column, { cell: own, left: spanned.rows - 1 });
      column += span;
    }
    fromAbove();
    const last = Math.max(column - 1, ...pending.keys());
    for (column += 0; column <= last; column++) fromAbove();
    return { line, cells: Array.from(placed, (place) => place ?? null) };
  });
}
