/** Word and Excel files with the same list of tasks, as offices make them: merged cells, automatic numbers, a title above. */
import {
  AlignmentType,
  Document,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from 'docx';
import ExcelJS from 'exceljs';

/** A cell; `rows` and `columns` it covers, `auto` for an automatic number. */
export interface MadeCell {
  text: string;
  rows?: number;
  columns?: number;
  auto?: boolean;
}
export type MadeRow = (MadeCell | string)[];

export interface MadeDocument {
  /** Paragraphs above the table. */
  before: string[];
  rows: MadeRow[];
  after?: string[];
}

export const made = (cell: MadeCell | string): MadeCell => (typeof cell === 'string' ? { text: cell } : cell);

export async function makeDocx({ before, rows, after = [] }: MadeDocument): Promise<Buffer> {
  const below = new Map<number, { left: number; columns: number }>();
  const tableRows = rows.map((row) => {
    const cells: TableCell[] = [];
    let column = 0;
    const covered = () => {
      for (let above = below.get(column); above; above = below.get(column)) {
        cells.push(
          new TableCell({ children: [], verticalMerge: VerticalMergeType.CONTINUE, columnSpan: above.columns }),
        );
        above.left -= 1;
        if (above.left === 0) below.delete(column);
        column += above.columns;
      }
    };
    for (const cell of row.map(made)) {
      covered();
      const { rows: tall = 1, columns = 1 } = cell;
      const children = cell.auto
        ? [new Paragraph({ text: '', numbering: { reference: 'rows', level: 0 } })]
        : cell.text.split('\n').map((text) => new Paragraph({ children: [new TextRun(text)] }));
      const merge = tall > 1 ? { verticalMerge: VerticalMergeType.RESTART } : {};
      cells.push(new TableCell({ children, columnSpan: columns, ...merge }));
      if (tall > 1) below.set(column, { left: tall - 1, columns });
      column += columns;
    }
    covered();
    return new TableRow({ children: cells });
  });
  const paragraphs = (texts: string[]) => texts.map((text) => new Paragraph({ children: [new TextRun(text)] }));
  const level = { level: 0, format: LevelFormat.DECIMAL, text: '%1', alignment: AlignmentType.START };
  const document = new Document({
    numbering: { config: [{ reference: 'rows', levels: [level] }] },
    sections: [
      {
        children: [
          ...paragraphs(before),
          ...(rows.length > 0 ? [new Table({ rows: tableRows })] : []),
          ...paragraphs(after),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** A Word document of automatically numbered headings: 一、 then （一） then 1. */
export async function makeNumberedDocx(title: string, items: { level: 0 | 1 | 2; text: string }[]): Promise<Buffer> {
  const form = (format: 'chineseCounting' | 'decimal', text: string, level: number) => ({
    level,
    format: format as (typeof LevelFormat)['DECIMAL'],
    text,
    alignment: AlignmentType.START,
  });
  const levels = [form('chineseCounting', '%1、', 0), form('chineseCounting', '（%2）', 1), form('decimal', '%3.', 2)];
  const children = items.map(({ level, text }) => new Paragraph({ text, numbering: { reference: 'outline', level } }));
  const document = new Document({
    numbering: { config: [{ reference: 'outline', levels }] },
    sections: [{ children: [new Paragraph({ text: title }), ...children] }],
  });
  return Packer.toBuffer(document);
}

export async function makeXlsx(sheets: { name: string; document: MadeDocument; hidden?: boolean }[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, document, hidden } of sheets) {
    const sheet = workbook.addWorksheet(name, hidden ? { state: 'hidden' } : {});
    fill(sheet, document);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function fill(sheet: ExcelJS.Worksheet, { before, rows, after = [] }: MadeDocument): void {
  const width = Math.max(1, ...rows.map((row) => row.map(made).reduce((n, cell) => n + (cell.columns ?? 1), 0)));
  let line = 0;
  const wide = (text: string) => {
    line += 1;
    sheet.getCell(line, 1).value = text;
    if (width > 1) sheet.mergeCells(line, 1, line, width);
  };
  before.forEach(wide);
  let counted = 0;
  for (const row of rows) {
    line += 1;
    let column = 1;
    for (const cell of row.map(made)) {
      while (sheet.getCell(line, column).isMerged) column += 1;
      const { rows: tall = 1, columns = 1 } = cell;
      if (cell.auto) counted += 1;
      sheet.getCell(line, column).value = cell.auto ? counted : cell.text === '' ? null : cell.text;
      if (tall > 1 || columns > 1) sheet.mergeCells(line, column, line + tall - 1, column + columns - 1);
      column += columns;
    }
  }
  after.forEach(wide);
}
