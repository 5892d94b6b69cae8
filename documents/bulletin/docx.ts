/**
 * A bulletin as a Word document in the form that offices use (GB/T 9704-2012): red head and rule, title, numbered
 * sections, signature, annexes. Pure: the same paper gives the same bytes.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  FootnoteReferenceRun,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { settle } from './archive';
import { gridTable } from './grid-table';
import {
  FONT,
  LANDSCAPE_MARGIN,
  LANDSCAPE_WIDTH,
  LINE,
  PAPER,
  PORTRAIT,
  PORTRAIT_POINTS,
  PORTRAIT_WIDTH,
  RED,
  SIZE,
} from './page';
import type { Annex, Block, Paper } from './paper';
import { titleLines } from './title-lines';
import { numeral } from './words';

/** The bytes of the .docx. */
export async function bulletinDocx(paper: Paper): Promise<Buffer> {
  const document = new Document({
    title: paper.title,
    creator: paper.signature,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: { run: { font: FONT.body, size: SIZE.body, language: { value: 'en-US', eastAsia: 'zh-CN' } } },
      },
    },
    footnotes: { 1: { children: [new Paragraph({ children: [text(paper.footnote, { size: SIZE.note })] })] } },
    sections: [
      { properties: { page: PORTRAIT }, footers: pageNumbers(), children: body(paper) },
      ...paper.annexes.map((annex, i) => annexSection(annex, i + 1)),
    ],
  });
  return settle(await Packer.toBuffer(document));
}

function body(paper: Paper): (Paragraph | Table)[] {
  return [
    ...redHead(paper),
    ...titleLines(paper.title, TITLE_ROOM).map((line) =>
      lineOf([text(line, { font: FONT.title, size: SIZE.title })], {
        alignment: AlignmentType.CENTER,
        line: TITLE_LINE,
      }),
    ),
    blank(),
    lineOf([text(paper.addressees)]),
    lineOf([text(paper.opening), new FootnoteReferenceRun(1)], { indent: true }),
    ...paper.sections.flatMap(({ heading, blocks }, i) => [
      lineOf([text(`${numeral(i + 1)}、${heading}`, { font: FONT.heading })], { indent: true, keepNext: true }),
      ...blocksOf(blocks, false),
    ]),
    blank(),
    ...paper.annexes.map(({ title }, i) =>
      lineOf([text(`${i === 0 ? '附件：' : '　　　'}${i + 1}. ${title}`)], { indent: true, keepNext: true }),
    ),
    blank(),
    lineOf([text(paper.signature)], { alignment: AlignmentType.RIGHT, right: 2, keepNext: true }),
    lineOf([text(paper.date)], { alignment: AlignmentType.RIGHT, right: 4 }),
  ];
}

/** Characters of 二号 across the type area. */
const TITLE_ROOM = 20;
const TITLE_LINE = 33 * 20;
/** 发文机关标志 stands 35 mm under the type area's top, and is as large as the line allows. */
const HEAD_ABOVE = 1984;
const HEAD_LARGEST = 2 * 48;

function redHead({ head, number }: Paper): Paragraph[] {
  const fitting = Math.floor((PORTRAIT_POINTS / Math.max(1, [...head].length)) * 2) - 2;
  const size = Math.max(SIZE.title, Math.min(HEAD_LARGEST, fitting));
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: HEAD_ABOVE, after: LINE },
      children: [text(head, { font: FONT.title, size, color: RED })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      // 版头分隔线: red, across the type area, 4 mm under the number.
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, space: 11, color: RED } },
      spacing: { after: 2 * LINE },
      children: [text(number)],
    }),
  ];
}

/** Long tables are set a size smaller on a turned page. */
function blocksOf(blocks: readonly Block[], landscape: boolean): (Paragraph | Table)[] {
  const [width, size] = landscape ? [LANDSCAPE_WIDTH, SIZE.note] : [PORTRAIT_WIDTH, SIZE.table];
  return blocks.flatMap((block, i) =>
    block.kind === 'paragraph'
      ? [lineOf([text(block.text)], { indent: true, keepNext: blocks[i + 1]?.kind === 'grid' })]
      : // Air around the table; and Word joins two that touch.
        [gap(true), gridTable(block, width, size), gap(false)],
  );
}

function gap(keepNext: boolean): Paragraph {
  return new Paragraph({ keepNext, spacing: { line: GAP, lineRule: LineRuleType.EXACT }, children: [] });
}

/** Six points. */
const GAP = 120;

function annexSection({ title, landscape, blocks }: Annex, number: number): ISectionOptions {
  const page = landscape
    ? { size: { ...PAPER, orientation: PageOrientation.LANDSCAPE }, margin: LANDSCAPE_MARGIN }
    : PORTRAIT;
  return {
    properties: { page },
    footers: pageNumbers(),
    children: [
      lineOf([text(`附件${number}`, { font: FONT.heading })]),
      lineOf([text(title, { font: FONT.title, size: SIZE.title })], {
        alignment: AlignmentType.CENTER,
        line: TITLE_LINE,
      }),
      gap(true),
      ...blocksOf(blocks, landscape),
    ],
  };
}

/** — 1 —: to the right on odd pages, to the left on even ones, one character in (GB/T 9704-2012, 7.5). */
function pageNumbers(): { default: Footer; even: Footer } {
  const footer = (alignment: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT) => {
    const children = ['— ', PageNumber.CURRENT, ' —'];
    const run = new TextRun({ children, font: FONT.song, size: SIZE.pageNumber });
    const one = SIZE.pageNumber * 10;
    return new Footer({ children: [new Paragraph({ alignment, indent: { left: one, right: one }, children: [run] })] });
  };
  return { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) };
}

interface LineStyle {
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  /** The first line begins two characters in. */
  indent?: boolean;
  /** Characters kept free at the right. */
  right?: number;
  keepNext?: boolean;
  line?: number;
}

/** A paragraph on the standard's grid of lines. */
function lineOf(children: (TextRun | FootnoteReferenceRun)[], style: LineStyle = {}): Paragraph {
  const { alignment = AlignmentType.BOTH, indent = false, right = 0, keepNext = false, line = LINE } = style;
  const character = SIZE.body * 10;
  return new Paragraph({
    alignment,
    keepNext,
    spacing: { line, lineRule: LineRuleType.EXACT },
    indent: { ...(indent ? { firstLine: 2 * character } : {}), ...(right > 0 ? { right: right * character } : {}) },
    children,
  });
}

function blank(): Paragraph {
  return lineOf([]);
}

function text(words: string, over: { font?: typeof FONT.body; size?: number; color?: string } = {}): TextRun {
  const { font = FONT.body, size = SIZE.body, color } = over;
  return new TextRun({ text: words, font, size, ...(color ? { color } : {}) });
}
