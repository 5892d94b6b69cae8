/** HTML as blocks: paragraphs and tables with merged cells. Scripts, styles, menus and what is hidden are no text. */
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import { type Block, layOut, paragraph, type SpannedCell, type Table } from '../blocks';

type Page = ReturnType<typeof load>;

const UNSEEN =
  'script, style, noscript, template, head, nav, iframe, svg, [hidden], [style*="display:none"], [style*="display: none"]';
const BLOCK = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'center',
  'blockquote',
  'dd',
  'dt',
  'dl',
  'header',
  'footer',
  'main',
  'pre',
  'tr',
  'td',
  'th',
  'table',
  'tbody',
  'thead',
  'tfoot',
  'body',
  'html',
  'form',
  'caption',
]);

/** Deeper than any page; walking down a page a hundred thousand elements deep would not end well. */
const MOST_DEPTH = 500;

/** Whether elements that must be closed lie in each other deeper than in any page. Told before the page is parsed. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, end] of html.matchAll(
    /<(\/?)(?:div|table|span|section|article|ul|ol|dl|blockquote|center|font|form|main|header|footer|[abisu]|em|strong)\b/gi,
  )) {
    depth = Math.max(0, depth + (end === '' ? 1 : -1));
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** Lines are those of the source. */
export function htmlBlocks(html: string): Block[] {
  const $ = load(html, { sourceCodeLocationInfo: true });
  $(UNSEEN).remove();
  $('br').replaceWith('\n');
  const line = (element: Element) => element.sourceCodeLocation?.startLine ?? 0;
  const blocks: Block[] = [];
  const body = $('body').get(0);
  if (body) walk($, body, line, blocks);
  return blocks;
}

/** Goes down to the blocks that hold text themselves; a table that holds another one is only layout. */
function walk($: Page, element: Element, line: (element: Element) => number, blocks: Block[]): void {
  if (element.tagName === 'table' && $(element).find('table').length === 0) {
    const table = tableOf($, element, line);
    const [row] = table.rows;
    const only = table.rows.length === 1 && row?.cells.length === 1 ? row.cells[0] : null;
    // One cell around a whole text is a frame.
    if (only) blocks.push(...linesOf(only.text).map((text) => paragraph(text, table.line)));
    else if (table.rows.length > 0) blocks.push(table);
    return;
  }
  let text = '';
  let at = line(element);
  const flush = () => {
    blocks.push(...linesOf(text).map((part) => paragraph(part, at)));
    text = '';
  };
  for (const child of $(element).contents().toArray()) {
    if (child.type === 'text')
      text += child.data.replace(/[ \t\r\n]+/g, (space) => (space.includes('\n') && $(element).is('pre') ? '\n' : ' '));
    else if (child.type === 'tag') {
      if (BLOCK.has(child.tagName) || $(child).find('p, div, table, li').length > 0) {
        flush();
        walk($, child, line, blocks);
        at = line(child);
      } else text += $(child).text();
    }
  }
  flush();
}

function tableOf($: Page, table: Element, line: (element: Element) => number): Table {
  const lines = $(table)
    .find('tr')
    .toArray()
    .map((row) => ({
      line: line(row),
      cells: $(row)
        .children('td, th')
        .toArray()
        .map(
          (place): SpannedCell => ({
            text: cellText($, place),
            rows: span($(place).attr('rowspan')),
            columns: span($(place).attr('colspan')),
          }),
        ),
    }))
    .filter(({ cells }) => cells.length > 0);
  return {
    kind: 'table',
    line: line(table),
    rows: layOut(lines),
    name: $(table).children('caption').text().trim() || null,
  };
}

/** Paragraphs of a cell are its lines. */
function cellText($: Page, place: Element): string {
  const parts: Block[] = [];
  walk($, place, () => 0, parts);
  return parts
    .map((part) => (part.kind === 'paragraph' ? part.text : ''))
    .join('\n')
    .trim();
}

const span = (written: string | undefined): number =>
  Math.min(1000, Math.max(1, Number.parseInt(written ?? '1', 10) || 1));

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '');
