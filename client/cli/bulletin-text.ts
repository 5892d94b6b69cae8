/** A bulletin for the terminal: the paper's own words and tables, without the list of all tasks. */
import type { Block, Paper } from '../../documents/bulletin/paper';
import { numeral } from '../../documents/bulletin/words';
import { table } from './table';

/** Columns of the screen that a long cell may take. */
const LONGEST_CELL = 40;

export function bulletinText(paper: Paper): string {
  const { head, number, title, addressees, opening, sections, annexes, signature, date, footnote } = paper;
  const [scores] = annexes;
  const lines = [
    `${head}  ${number}`,
    '',
    title,
    '',
    addressees,
    opening,
    ...sections.flatMap(({ heading, blocks }, i) => [
      '',
      `${numeral(i + 1)}、${heading}`,
      ...blocks.flatMap(blockLines),
    ]),
    ...(scores ? ['', `附件1 ${scores.title}`, ...scores.blocks.flatMap(blockLines)] : []),
    '',
    `${signature}  ${date}`,
    footnote,
  ];
  return lines.join('\n');
}

function blockLines(block: Block): string[] {
  if (block.kind === 'paragraph') return [block.text];
  const head = block.columns.map(({ title, align }) => (align === 'left' ? `${title}:${LONGEST_CELL}` : title));
  return [
    table(
      head,
      block.rows.map((row) => row.map(({ text }) => text)),
    ),
  ];
}
