/** A table of a bulletin in Word: its head is repeated on every page, no row is torn, lights are coloured and said. */
import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { FILL, FONT } from './page';
import type { Cell, Column, Grid } from './paper';

/**
 * @param width of the type area, in twips
 * @param size of the type, in half-points
 */
export function gridTable({ columns, rows }: Grid, width: number, size: number): Table {
  const widths = widthsOf(columns, width);
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    // Word would else make columns as wide as their longest word.
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, i) => headCell(title, widths[i] ?? 0, size)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: columns.map((column, i) => bodyCell(row[i] ?? { text: '' }, column, widths[i] ?? 0, size)),
          }),
      ),
    ],
  });
}

/** Shares of the width as whole twips; the last column takes what rounding leaves. */
function widthsOf(columns: readonly Column[], width: number): number[] {
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.floor((column.width * width) / shares));
  const rest = width - widths.reduce((sum, own) => sum + own, 0);
  return widths.map((own, i) => (i === widths.length - 1 ? own + rest : own));
}

const MARGINS = { top: 30, bottom: 30, left: 60, right: 60 };

function headCell(title: string, width: number, size: number): TableCell {
  const run = new TextRun({ text: title, font: FONT.heading, size });
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: MARGINS,
    verticalAlign: VerticalAlignTable.CENTER,
    shading: { type: ShadingType.CLEAR, fill: 'EDEDED', color: 'auto' },
    children: [new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [run] })],
  });
}

function bodyCell({ text, light }: Cell, { align }: Column, width: number, size: number): TableCell {
  const fill = light === undefined ? null : FILL[light];
  const run = new TextRun({ text, font: FONT.body, size });
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: MARGINS,
    verticalAlign: VerticalAlignTable.CENTER,
    ...(fill ? { shading: { type: ShadingType.CLEAR, fill, color: 'auto' } } : {}),
    children: [
      new Paragraph({ alignment: align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT, children: [run] }),
    ],
  });
}
