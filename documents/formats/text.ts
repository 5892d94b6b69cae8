/**
 * Plain text as blocks. Tables survive in text in several ways: a row per line with tabs, bars or wide spaces between
 * the cells, or a cell per line with or without a tab before it, cells broken over lines.
 */
import { type Block, cell, paragraph, type Row } from '../blocks';
import { type ColumnKind, columnKind, isHeaderRow } from '../grammar/columns';
import { speaksOfTime } from '../grammar/deadlines';
import { headingOf, isTitleLine } from '../grammar/headings';
import { looksLikeUnit } from '../grammar/unit-names';
import { alignCells } from './align-cells';

interface Line {
  text: string;
  /** Of the file, from 1. */
  line: number;
}

/** Reads text that is already decoded and repaired. */
export function textBlocks(text: string): Block[] {
  const lines = text.split('\n').map((line, i) => ({ text: line.replace(/[ \u3000]+$/, ''), line: i + 1 }));
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; ) {
    const table = tableAt(lines, i);
    if (table) {
      blocks.push({ kind: 'table', line: lines[i]?.line ?? 0, rows: table.rows, name: null });
      i = table.next;
      continue;
    }
    const line = lines[i];
    if (line && line.text.trim() !== '') blocks.push(paragraph(line.text.trim(), line.line));
    i += 1;
  }
  return blocks;
}

function tableAt(lines: Line[], i: number): { rows: Row[]; next: number } | null {
  for (const cut of [byTabs, byBars, bySpaces]) {
    const names = cut(lines[i]?.text ?? '');
    if (names && isHeaderRow(names)) return rowPerLine(lines, i, cut, names.length);
  }
  const header = headerOverLines(lines, i);
  return header ? cellPerLine(lines, header) : null;
}

type Cut = (text: string) => string[] | null;
const byTabs: Cut = (text) => (text.includes('\t') ? text.split('\t') : null);
const byBars: Cut = (text) =>
  /^\s*\|.*\|\s*$/.test(text)
    ? text
        .trim()
        .slice(1, -1)
        .split('|')
        .map((part) => part.trim())
    : null;
const bySpaces: Cut = (text) => {
  const parts = text.trim().split(/\s{2,}|\u3000+/);
  return parts.length >= 3 ? parts : null;
};

/** Rows until a line that is none; lines between rows are blank. A row may go on below where its last cell is broken. */
function rowPerLine(lines: Line[], from: number, cut: Cut, width: number): { rows: Row[]; next: number } {
  const rows: Row[] = [];
  let i = from;
  for (; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    if (line.text.trim() === '') continue;
    const cells = cut(line.text);
    if (cells?.every((text) => /^:?-{2,}:?$/.test(text.trim()))) continue;
    if (!cells && isHeadingBetween(lines, i, cut))
      rows.push({ line: line.line, cells: [cell(line.text.trim(), width)] });
    else if (!cells && !goesOn(line.text, rows.at(-1), width, cut)) break;
    else if (cells) rows.push({ line: line.line, cells: cells.map((text) => cell(withoutMarkup(text))) });
    else {
      const last = rows.at(-1)?.cells.at(-1);
      if (last) last.text = `${last.text}\n${line.text.trim()}`;
    }
  }
  return { rows, next: i };
}

/** A line without separators that heads the rows below it. */
function isHeadingBetween(lines: Line[], i: number, cut: Cut): boolean {
  const heading = headingOf(lines[i]?.text ?? '');
  if (heading?.level !== 2 || !isTitleLine(heading)) return false;
  const next = lines.slice(i + 1).find((line) => line.text.trim() !== '');
  const cells = next ? cut(next.text) : null;
  return cells !== null && !isHeaderRow(cells);
}

/** A line without any separator: the rest of a broken cell. */
function goesOn(text: string, last: Row | undefined, width: number, cut: Cut): boolean {
  if (!last || headingOf(text) !== null || cut !== byTabs) return false;
  return last.cells.length < width && last.cells.length > 1;
}

/** Lines of `<p>…</p>` in a cell, as pages leave them behind. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?p\b[^>]*>|<br\s*\/?>/gi, '\n')
    .replace(/<\/?(?:span|div|b|strong|em|font|u)\b[^>]*>/gi, '')
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}

interface Header {
  names: string[];
  /** The first line after the names. */
  next: number;
  line: number;
  /** Each cell begins with a tab: then a line without one goes on with the cell above. */
  tabbed: boolean;
}

/** Column names one below the other. */
function headerOverLines(lines: Line[], from: number): Header | null {
  const first = lines[from]?.text ?? '';
  const tabbed = first.startsWith('\t');
  if (columnKind(first) === null) return null;
  // 任务清单 above 工作任务: the document's title, not a column.
  if (!tabbed && columnKind(first) === 'title' && columnKind(lines[from + 1]?.text ?? '') === 'title') return null;
  const names: string[] = [];
  let i = from;
  for (; i < lines.length && names.length < 15; i++) {
    const text = lines[i]?.text ?? '';
    if (text.trim() === '') {
      if (tabbed && names.length > 0) break;
      continue;
    }
    if (
      text.startsWith('\t') !== tabbed ||
      columnKind(text) === null ||
      (names.length > 0 && columnKind(text) === 'no')
    )
      break;
    names.push(text.trim());
  }
  return names.length >= 3 && isHeaderRow(names) ? { names, next: i, line: lines[from]?.line ?? 0, tabbed } : null;
}

interface OpenRow {
  line: number;
  cells: string[];
}

/** Cells one below the other: a row begins with its number, and ends where the next one, a heading or the table's end begins. */
function cellPerLine(lines: Line[], header: Header): { rows: Row[]; next: number } {
  const width = header.names.length;
  const numbered = columnKind(header.names[0] ?? '') === 'no';
  const last = columnKind(header.names.at(-1) ?? '');
  const rows: Row[] = [{ line: header.line, cells: header.names.map((name) => cell(name)) }];
  let open: OpenRow | null = null;
  let number = 0;
  let i = header.next;
  const close = () => {
    if (open) rows.push(rowOf(open, header.names));
    open = null;
  };
  for (; i < lines.length; i++) {
    const { text = '', line = 0 } = lines[i] ?? {};
    const words = text.trim();
    const current: OpenRow | null = open;
    if (words === '' && !text.startsWith('\t')) continue;
    const isCell = !header.tabbed || text.startsWith('\t');
    const heading = headingOf(words);
    if (heading && heading.level <= 2 && isTitleLine(heading) && isComplete(current, width, header.tabbed)) {
      close();
      if (heading.level === 1 && !text.startsWith('\t')) break;
      rows.push({ line, cells: [cell(words, width)] });
    } else if (isCell && numbered && startsRow(words, number, current, width)) {
      close();
      number = Number(words);
      open = { line, cells: [words] };
    } else if (isCell && !numbered && (current === null || isFull(current, header, last))) {
      close();
      open = { line, cells: [words] };
    } else if (current === null) break;
    else if (isCell) current.cells.push(words);
    else current.cells[current.cells.length - 1] = `${current.cells.at(-1) ?? ''}\n${words}`.trim();
  }
  close();
  return { rows, next: i };
}

/** The expected number, or 1; another number is a cell unless the row is full. */
function startsRow(words: string, number: number, open: OpenRow | null, width: number): boolean {
  if (!/^\d{1,3}$/.test(words)) return false;
  return (
    Number(words) === number + 1 ||
    (open === null && Number(words) === 1) ||
    (open !== null && open.cells.length >= width)
  );
}

/** Rows without numbers or tabs end where their last column's words stand: a date, or units. */
function isFull(open: OpenRow, header: Header, last: ColumnKind | null): boolean {
  const width = header.names.length;
  if (header.tabbed || last === null) return open.cells.length >= width;
  const words = open.cells.at(-1) ?? '';
  if (last === 'deadline' || last === 'schedule')
    return open.cells.length >= 2 && speaksOfTime(words) && !looksLikeUnit(words);
  if (last === 'responsible' || last === 'co') return open.cells.length >= width && looksLikeUnit(words);
  return open.cells.length >= width;
}

/** A heading inside an open row is that row's text, unless the row has all its cells. Untabbed rows may have lost some. */
const isComplete = (open: OpenRow | null, width: number, tabbed: boolean): boolean =>
  open === null || open.cells.length >= (tabbed ? width : 3);

function rowOf(open: OpenRow, names: string[]): Row {
  const missing = names.length - open.cells.length;
  if (missing === 0) return { line: open.line, cells: open.cells.map((text) => cell(text)) };
  const aligned = alignCells(open.cells, names.map(columnKind));
  return { line: open.line, cells: aligned.map((text) => cell(text)), realigned: true };
}
