/** Letters and drawn lines of PDF pages as paragraphs and tables: cells are where the lines of a table enclose them. */
import type { Block } from '../blocks';
import { rowsOf } from './pdf-cells';
import { gridsOf } from './pdf-grid';
import { type Box, goesOn, type PdfText, type PrintedLine, printedLines } from './pdf-lines';
import { goOn, type PrintedTable, sameColumns, tableBlock } from './pdf-tables';
import { textBlocks } from './text';

export interface PdfPage extends Box {
  texts: PdfText[];
  /** Boxes of what is drawn. */
  rules: Box[];
}

interface TextLine {
  text: string;
  line: number;
}

/** Lines are counted over all pages, as they stand on them. */
export function pdfBlocks(pages: PdfPage[]): Block[] {
  const furniture = furnitureOf(pages);
  const items: (TextLine | PrintedTable)[] = [];
  let count = 0;
  for (const page of pages) {
    // Before anything else on its page, a table may go on from the page before.
    let open = items.at(-1);
    const say = (texts: PdfText[]) => {
      const lines = paragraphs(printedLines(texts, true), page, furniture).map(({ text, nth }) => ({
        text,
        line: count + nth,
      }));
      count += byLineCount(texts);
      if (lines.length > 0) open = undefined;
      items.push(...lines);
    };
    let rest = page.texts;
    for (const grid of gridsOf(page.rules)) {
      say(rest.filter((text) => text.y > grid.top));
      const inside = rest.filter((text) => text.y <= grid.top && text.y >= grid.bottom);
      rest = rest.filter((text) => text.y < grid.bottom);
      const table = { xs: grid.xs, rows: rowsOf(grid, inside, count + 1), openBelow: grid.openBelow };
      count += table.rows.length;
      if (table.rows.every((row) => row.cells.every((place) => !place || place.lines.length === 0))) continue;
      if (open && 'rows' in open && sameColumns(open, table)) goOn(open, table);
      else items.push(table);
      open = undefined;
    }
    say(rest);
  }
  return blocksOf(items);
}

const byLineCount = (texts: PdfText[]): number => printedLines(texts, true).length;

function blocksOf(items: (TextLine | PrintedTable)[]): Block[] {
  const blocks: Block[] = [];
  const lines: TextLine[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push(...asText(lines.splice(0)));
  };
  for (const item of items) {
    if ('text' in item) lines.push(item);
    else {
      flush();
      const table = tableBlock(item);
      if (table) blocks.push(table);
    }
  }
  flush();
  return blocks;
}

/** Text between tables: paragraphs, and tables without drawn lines. */
function asText(lines: TextLine[]): Block[] {
  const blocks = textBlocks(lines.map(({ text }) => text).join('\n'));
  const lineOf = (n: number) => lines[n - 1]?.line ?? n;
  for (const block of blocks) {
    block.line = lineOf(block.line);
    if (block.kind === 'table') for (const row of block.rows) row.line = lineOf(row.line);
  }
  return blocks;
}

/** Printed lines of a page with those of one paragraph joined; `nth` is the first one's place. */
function paragraphs(printed: PrintedLine[], page: PdfPage, furniture: Furniture): { text: string; nth: number }[] {
  const right = Math.max(page.left, ...printed.map((line) => line.right));
  const left = Math.min(page.right, ...printed.map((line) => line.left));
  const joined: { text: string; nth: number; last: PrintedLine }[] = [];
  printed.forEach((line, i) => {
    if (furniture(line)) return;
    const above = joined.at(-1);
    const reaches = above && above.last.right > right - 3 * line.size && line.left < left + 1.2 * line.size;
    if (above && reaches && !/\s{2,}/.test(line.text) && goesOn(above.last, line, { left, right })) {
      above.text += line.text;
      above.last = line;
    } else joined.push({ text: line.text, nth: i + 1, last: line });
  });
  return joined;
}

type Furniture = (line: PrintedLine) => boolean;

/** What stands on the pages and not in the document: page numbers, and heads and feet that most pages repeat. */
function furnitureOf(pages: PdfPage[]): Furniture {
  const seen = new Map<string, number>();
  for (const page of pages) {
    const lines = printedLines(page.texts, true);
    const outer = new Set([...lines.slice(0, 2), ...lines.slice(-2)].map(keyOf));
    for (const key of outer) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return (line) => isPageNumber(line.text) || (pages.length >= 3 && (seen.get(keyOf(line)) ?? 0) > 0.6 * pages.length);
}

const isPageNumber = (text: string): boolean => /^[—–\-\s]*\d{1,4}[—–\-\s]*$|^第\s*\d+\s*页/.test(text);
const keyOf = ({ text, y }: PrintedLine): string => `${Math.round(y / 3)} ${text.replace(/\d+/g, '#')}`;
