/** The rows of a drawn table of a PDF: each cell with the printed lines that its sides enclose. */
import type { Grid } from './pdf-grid';
import { type PdfText, type PrintedLine, printedLines, rightOf } from './pdf-lines';

export interface PrintedCell {
  /** Shared by all places that a merged cell covers. */
  lines: PrintedLine[];
  column: number;
  span: number;
  fromAbove: boolean;
}

export interface PrintedRow {
  line: number;
  /** By column; null where a cell to the left covers the place. */
  cells: (PrintedCell | null)[];
}

/**
 * A side that is not drawn is no side: the cell goes on to the right or from above.
 * @param firstLine the row's number, counted over the document
 */
export function rowsOf(grid: Grid, texts: PdfText[], firstLine: number): PrintedRow[] {
  const { xs, ys } = grid;
  const [width, height] = [xs.length - 1, ys.length - 1];
  // The place, by row and column, where the cell begins that covers this place.
  const owner = new Int32Array(width * height);
  for (let r = 0; r < height; r++) {
    for (let c = 0; c < width; c++) {
      const place = r * width + c;
      const fromLeft = c > 0 && !grid.upright(c, middle(ys, r));
      const fromAbove = r > 0 && !grid.level(r, middle(xs, c));
      owner[place] = owner[fromLeft ? place - 1 : fromAbove ? place - width : place] ?? place;
      if (!fromLeft && !fromAbove) owner[place] = place;
    }
  }
  const content = new Map<number, PdfText[]>();
  for (const text of texts.flatMap((whole) => cutAtSides(whole, grid))) {
    const c = between(xs, (text.x + rightOf(text)) / 2);
    const r = between(
      ys.map((y) => -y),
      -(text.y + text.height / 3),
    );
    const at = c < 0 || r < 0 ? undefined : owner[r * width + c];
    if (at === undefined) continue;
    const inside = content.get(at);
    if (inside) inside.push(text);
    else content.set(at, [text]);
  }
  const lines = new Map([...content].map(([at, inside]) => [at, printedLines(inside, false)]));
  const linesAt = (at: number): PrintedLine[] => {
    const known = lines.get(at) ?? [];
    lines.set(at, known);
    return known;
  };
  return Array.from({ length: height }, (_, r): PrintedRow => {
    const cells = Array.from({ length: width }, (_, c): PrintedCell | null => {
      const at = owner[r * width + c] ?? 0;
      if (at % width < c) return null;
      let span = 1;
      while (c + span < width && owner[r * width + c + span] === at) span += 1;
      return { lines: linesAt(at), column: c, span, fromAbove: Math.floor(at / width) < r };
    });
    return { line: firstLine + r, cells };
  });
}

/** Letters of two cells may touch; they are cut where the side between them is drawn. */
function cutAtSides(text: PdfText, grid: Grid): PdfText[] {
  const y = text.y + text.height / 3;
  const end = rightOf(text);
  const side = grid.xs.findIndex((x, i) => x > text.x + 1 && x < end - 1 && grid.upright(i, y));
  const x = grid.xs[side];
  if (x === undefined) return [text];
  const starts = [text.x, ...text.ends];
  const n = text.letters.findIndex((_, i) => ((starts[i] ?? 0) + (starts[i + 1] ?? 0)) / 2 > x);
  if (n <= 0) return [text];
  const left = { ...text, letters: text.letters.slice(0, n), ends: text.ends.slice(0, n) };
  const right = { ...text, x: starts[n] ?? x, letters: text.letters.slice(n), ends: text.ends.slice(n) };
  return [left, ...cutAtSides(right, grid)];
}

const middle = (ends: number[], i: number): number => ((ends[i] ?? 0) + (ends[i + 1] ?? 0)) / 2;

/** The interval of rising `ends` in which a value lies, or -1. */
const between = (ends: number[], value: number): number =>
  ends.findIndex((end, i) => value >= end && value < (ends[i + 1] ?? Number.NEGATIVE_INFINITY));
