/** Text and drawn lines of PDF pages as paragraphs and tables: cells are where the lines of a table enclose them. */
import { type Block, MOST_COLUMNS, type Row } from '../blocks';
import { headingOf } from '../grammar/headings';
import { textBlocks } from './text';

export interface PdfText {
  text: string;
  /** Left end of the base line, from the page's lower left. */
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export interface PdfPage extends Box {
  texts: PdfText[];
  rules: Box[];
}

/** Lines thinner than this are rules; ends closer than this meet. */
const NEAR = 3;

/** Lines are counted over all pages, as they stand on them. */
export function pdfBlocks(pages: PdfPage[]): Block[] {
  const counter = { line: 0 };
  const blocks: Block[] = [];
  const lines: { text: string; line: number }[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push(...asText(lines.splice(0)));
  };
  for (const page of pages) {
    const grids = gridsOf(page);
    let rest = page.texts;
    for (const grid of grids) {
      const above = rest.filter((text) => text.y > grid.top);
      lines.push(...linesOf(above, page, counter));
      const inside = rest.filter((text) => text.y <= grid.top && text.y >= grid.bottom);
      rest = rest.filter((text) => text.y < grid.bottom);
      flush();
      const rows = rowsOf(grid, inside, counter);
      if (rows.length > 0) blocks.push({ kind: 'table', line: rows[0]?.line ?? counter.line, rows, name: null });
    }
    lines.push(...linesOf(rest, page, counter));
  }
  flush();
  return blocks;
}

/** Text between tables: paragraphs, and tables without drawn lines. Page numbers are none. */
function asText(lines: { text: string; line: number }[]): Block[] {
  const kept = lines.filter(({ text }) => !/^[—–\-\s]*\d{1,4}[—–\-\s]*$|^第\s*\d+\s*页/.test(text));
  const blocks = textBlocks(kept.map(({ text }) => text).join('\n'));
  const lineOf = (n: number) => kept[n - 1]?.line ?? n;
  for (const block of blocks) {
    block.line = lineOf(block.line);
    if (block.kind === 'table') for (const row of block.rows) row.line = lineOf(row.line);
  }
  return blocks;
}

/** Lines of the page from top to bottom, those of one paragraph joined: the one before reached the right margin. */
function linesOf(texts: PdfText[], page: PdfPage, counter: { line: number }): { text: string; line: number }[] {
  const printed = byLine(texts).map((parts) => ({
    text: spaced(parts),
    left: Math.min(...parts.map((part) => part.x)),
    right: Math.max(...parts.map((part) => part.x + part.width)),
    size: Math.max(...parts.map((part) => part.height)),
  }));
  const margin = Math.max(page.left, ...printed.map((line) => line.right));
  const edge = Math.min(page.right, ...printed.map((line) => line.left));
  const joined: { text: string; line: number; right: number }[] = [];
  for (const line of printed) {
    counter.line += 1;
    const last = joined.at(-1);
    const goesOn =
      last &&
      last.right > margin - 1.5 * line.size &&
      line.left < edge + 1.2 * line.size &&
      headingOf(line.text) === null;
    if (goesOn && !/\s{2,}/.test(line.text)) {
      last.text += line.text;
      last.right = line.right;
    } else joined.push({ text: line.text, line: counter.line, right: line.right });
  }
  return joined;
}

/** Texts on one base line, left to right; lines from top to bottom. */
function byLine(texts: PdfText[]): PdfText[][] {
  const lines: PdfText[][] = [];
  for (const text of [...texts].sort((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line && first && Math.abs(first.y - text.y) < 0.5 * Math.max(text.height, first.height, 4)) line.push(text);
    else lines.push([text]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** Parts of a line; a gap wider than a letter is a gap. */
function spaced(parts: PdfText[]): string {
  let text = '';
  let end = Number.NaN;
  for (const part of parts) {
    if (part.x - end > 1.2 * part.height) text += '  ';
    text += part.text;
    end = part.x + part.width;
  }
  return text.trim();
}

interface Grid extends Box {
  /** Ends of columns and rows: `xs` from the left, `ys` from the top. */
  xs: number[];
  ys: number[];
  rules: Box[];
}

/** Tables of a page from top to bottom: rules that touch each other. */
function gridsOf(page: PdfPage): Grid[] {
  const edges = page.rules.flatMap(edgesOf);
  const groups: Box[][] = [];
  for (const edge of edges) {
    const touching = groups.filter((group) => group.some((other) => meets(edge, other)));
    const merged = [edge, ...touching.flat()];
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups
    .map((rules): Grid => {
      const xs = positions(rules.filter((r) => r.right - r.left < NEAR).map((r) => r.left));
      const ys = positions(rules.filter((r) => r.top - r.bottom < NEAR).map((r) => r.bottom)).reverse();
      return { xs, ys, rules, left: xs[0] ?? 0, right: xs.at(-1) ?? 0, top: ys[0] ?? 0, bottom: ys.at(-1) ?? 0 };
    })
    .filter(({ xs, ys }) => xs.length >= 3 && xs.length <= MOST_COLUMNS && ys.length >= 2)
    .sort((a, b) => b.top - a.top);
}

/** The lines of a box: itself if it is thin, else its four sides. A box as large as a page is its background. */
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

const meets = (a: Box, b: Box): boolean =>
  a.left <= b.right + NEAR && b.left <= a.right + NEAR && a.bottom <= b.top + NEAR && b.bottom <= a.top + NEAR;

/** Positions that differ by more than the thickness of a line. */
function positions(values: number[]): number[] {
  const kept: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (value - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) kept.push(value);
  return kept;
}

/** Rows of a grid. A side without a rule is no side: the cell goes on to the right or from above. */
function rowsOf(grid: Grid, texts: PdfText[], counter: { line: number }): Row[] {
  const { xs, ys } = grid;
  const horizontal = (y: number, x: number) =>
    grid.rules.some((r) => r.top - r.bottom < NEAR && Math.abs(r.bottom - y) <= NEAR && r.left <= x && x <= r.right);
  const vertical = (x: number, y: number) =>
    grid.rules.some((r) => r.right - r.left < NEAR && Math.abs(r.left - x) <= NEAR && r.bottom <= y && y <= r.top);
  const owner = new Map<string, string>();
  const content = new Map<string, PdfText[]>();
  const key = (r: number, c: number) => `${r},${c}`;
  for (let r = 0; r + 1 < ys.length; r++) {
    for (let c = 0; c + 1 < xs.length; c++) {
      const [x, y] = [middle(xs, c), middle(ys, r)];
      const open = { above: r > 0 && !horizontal(ys[r] ?? 0, x), left: c > 0 && !vertical(xs[c] ?? 0, y) };
      const from = open.left ? owner.get(key(r, c - 1)) : open.above ? owner.get(key(r - 1, c)) : undefined;
      owner.set(key(r, c), from ?? key(r, c));
    }
  }
  for (const text of texts.flatMap((whole) => cutAtRules(whole, xs, vertical))) {
    const c = xs.findIndex(
      (x, i) => text.x + text.width / 2 >= x && text.x + text.width / 2 < (xs[i + 1] ?? Number.NEGATIVE_INFINITY),
    );
    const r = ys.findIndex(
      (y, i) => text.y + text.height / 3 <= y && text.y + text.height / 3 > (ys[i + 1] ?? Number.POSITIVE_INFINITY),
    );
    const at = owner.get(key(r, c));
    if (at !== undefined) content.set(at, [...(content.get(at) ?? []), text]);
  }
  return Array.from({ length: ys.length - 1 }, (_, r): Row => {
    counter.line += 1;
    const cells = Array.from({ length: xs.length - 1 }, (_, c) => {
      const at = owner.get(key(r, c)) ?? key(r, c);
      const [row = 0, column = 0] = at.split(',').map(Number);
      if (column < c) return null;
      let span = 1;
      while (owner.get(key(r, c + span)) === at) span += 1;
      return {
        text: cellText(content.get(at) ?? [], (xs[c + span] ?? 0) - (xs[c] ?? 0), xs[c] ?? 0),
        span,
        fromAbove: row < r,
      };
    });
    return { line: counter.line, cells };
  });
}

/** pdf.js joins texts that touch, also over the side of a cell; they are cut there, by the width of their letters. */
function cutAtRules(text: PdfText, xs: number[], vertical: (x: number, y: number) => boolean): PdfText[] {
  const end = text.x + text.width;
  const x = xs.find((at) => at > text.x + NEAR && at < end - NEAR && vertical(at, text.y + text.height / 3));
  if (x === undefined) return [text];
  const letters = [...text.text];
  const widths = letters.map((c) => (c.charCodeAt(0) < 0x2e80 ? 1 : 2));
  const whole = widths.reduce((sum, n) => sum + n, 0);
  let before = 0;
  let n = 0;
  while (n < letters.length && text.x + (text.width * (before + (widths[n] ?? 0) / 2)) / whole < x)
    before += widths[n++] ?? 0;
  const cut = text.x + (text.width * before) / whole;
  const left = { ...text, text: letters.slice(0, n).join(''), width: cut - text.x };
  const right = { ...text, text: letters.slice(n).join(''), x: Math.max(cut, x), width: end - cut };
  return left.text === '' || right.text === '' ? [text] : [left, ...cutAtRules(right, xs, vertical)];
}

const middle = (ends: number[], i: number): number => ((ends[i] ?? 0) + (ends[i + 1] ?? 0)) / 2;

/** Lines of a cell; where one reaches the cell's right side, the next goes on with it. */
function cellText(texts: PdfText[], width: number, left: number): string {
  let text = '';
  let full = false;
  for (const parts of byLine(texts)) {
    const last = parts.at(-1);
    const words = parts
      .map((part) => part.text)
      .join('')
      .trim();
    text += text === '' ? words : full && headingOf(words) === null ? words : `\n${words}`;
    full = last !== undefined && left + width - (last.x + last.width) < 2 * last.height;
  }
  return text;
}
