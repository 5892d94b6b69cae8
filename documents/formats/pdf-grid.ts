/** Tables drawn on a page of a PDF: lines that touch each other make a grid, whose sides are those of cells. */
import { MOST_COLUMNS } from '../blocks';
import type { Box } from './pdf-lines';

/** Lines thinner than this are rules; ends closer than this meet. In points. */
const NEAR = 3;
/** Lines that a browser draws beside each other where cells keep a distance. */
const WIDEST_SIDE = 8;
/** A page with more lines than this is a drawing. */
const MOST_LINES = 3000;

interface Line {
  /** Where it stands: x of an upright line, y of a level one. */
  at: number;
  from: number;
  to: number;
}

export interface Grid extends Box {
  /** Sides of columns and rows: `xs` from the left, `ys` from the top. */
  xs: number[];
  ys: number[];
  /** Whether a side is drawn between two rows at x, or between two columns at y. Sides are indexes into `ys` and `xs`. */
  level: (side: number, x: number) => boolean;
  upright: (side: number, y: number) => boolean;
  /** The last row has no side below: the page ends in it. */
  openBelow: boolean;
}

/** The tables of a page from top to bottom. */
export function gridsOf(boxes: Box[]): Grid[] {
  const edges = boxes.flatMap(edgesOf);
  const uprights = merged(edges.filter(isUpright).map((b) => ({ at: b.left, from: b.bottom, to: b.top })));
  const levels = merged(edges.filter((b) => !isUpright(b)).map((b) => ({ at: b.bottom, from: b.left, to: b.right })));
  if (uprights.length + levels.length > MOST_LINES) return [];
  return groups(uprights, levels)
    .map(([up, flat]) => gridOf(up, flat))
    .filter(({ xs, ys }) => xs.length >= 3 && xs.length <= MOST_COLUMNS && ys.length >= 2)
    .sort((a, b) => b.top - a.top);
}

const isUpright = (box: Box): boolean => box.right - box.left < box.top - box.bottom;

/** The lines of a box: itself if it is thin, else its four sides. */
function edgesOf(box: Box): Box[] {
  const { left, right, bottom, top } = box;
  if (right - left < NEAR || top - bottom < NEAR) return right - left > 5 || top - bottom > 5 ? [box] : [];
  return [
    { left, right, bottom: top, top },
    { left, right, bottom, top: bottom },
    { left, right: left, bottom, top },
    { left: right, right, bottom, top },
  ];
}

/** Lines on one place that meet are one line. */
function merged(lines: Line[]): Line[] {
  const found: Line[] = [];
  for (const line of [...lines].sort((a, b) => Math.round(a.at) - Math.round(b.at) || a.from - b.from)) {
    const last = found.at(-1);
    if (last && Math.round(last.at) === Math.round(line.at) && line.from <= last.to + NEAR)
      last.to = Math.max(last.to, line.to);
    else found.push({ ...line });
  }
  return found;
}

/** Lines that touch belong together: an upright and a level one that cross, or two beside each other. */
function groups(uprights: Line[], levels: Line[]): [Line[], Line[]][] {
  const all = [...uprights, ...levels];
  const parent = all.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] ?? at;
    parent[i] = at;
    return at;
  };
  const unite = (a: number, b: number) => {
    parent[root(a)] = root(b);
  };
  const within = (at: number, line: Line) => at >= line.from - NEAR && at <= line.to + NEAR;
  uprights.forEach((up, u) => {
    levels.forEach((flat, f) => {
      if (within(up.at, flat) && within(flat.at, up)) unite(u, uprights.length + f);
    });
  });
  for (const [lines, offset] of [
    [uprights, 0],
    [levels, uprights.length],
  ] as const) {
    for (let i = 1; i < lines.length; i++) {
      for (let j = i - 1; j >= 0; j--) {
        const [a, b] = [lines[i], lines[j]];
        if (!a || !b || a.at - b.at > NEAR) break;
        if (a.from <= b.to + NEAR && b.from <= a.to + NEAR) unite(offset + i, offset + j);
      }
    }
  }
  const byRoot = new Map<number, [Line[], Line[]]>();
  all.forEach((line, i) => {
    const group = byRoot.get(root(i)) ?? [[], []];
    group[i < uprights.length ? 0 : 1].push(line);
    byRoot.set(root(i), group);
  });
  return [...byRoot.values()];
}

function gridOf(uprights: Line[], levels: Line[]): Grid {
  const columns = withOuterSides(sidesOf(uprights), levels);
  const rows = withOuterSides(sidesOf(levels), uprights).reverse();
  const xs = columns.map(({ at }) => at);
  const ys = rows.map(({ at }) => at);
  const drawn = (lines: Line[] | undefined, at: number) =>
    lines?.some((line) => line.from - NEAR <= at && at <= line.to + NEAR) ?? false;
  return {
    xs,
    ys,
    level: (side, x) => drawn(rows[side]?.lines, x),
    upright: (side, y) => drawn(columns[side]?.lines, y),
    openBelow: rows.at(-1)?.lines.length === 0,
    left: xs[0] ?? 0,
    right: xs.at(-1) ?? 0,
    top: ys[0] ?? 0,
    bottom: ys.at(-1) ?? 0,
  };
}

interface Side {
  at: number;
  lines: Line[];
}

/** Where the lines across reach beyond the outermost side, another one is meant: a row broken by the page's end, a table without a frame. */
function withOuterSides(sides: Side[], across: Line[]): Side[] {
  const [first, last] = [sides[0], sides.at(-1)];
  if (!first || !last) return sides;
  const from = across.reduce((least, line) => Math.min(least, line.from), first.at);
  const to = across.reduce((most, line) => Math.max(most, line.to), last.at);
  const before = from < first.at - WIDEST_SIDE ? [{ at: from, lines: [] }] : [];
  const behind = to > last.at + WIDEST_SIDE ? [{ at: to, lines: [] }] : [];
  return [...before, ...sides, ...behind];
}

/** Places where lines stand; lines closer than a letter's width are the two sides of one border. */
function sidesOf(lines: Line[]): Side[] {
  const found: { from: number; to: number; lines: Line[] }[] = [];
  for (const line of [...lines].sort((a, b) => a.at - b.at)) {
    const last = found.at(-1);
    if (last && line.at - last.to <= NEAR && line.at - last.from <= WIDEST_SIDE) {
      last.to = line.at;
      last.lines.push(line);
    } else found.push({ from: line.at, to: line.at, lines: [line] });
  }
  return found.map(({ from, to, lines: its }) => ({ at: (from + to) / 2, lines: its }));
}
