/** The sheet 单位: the directory's units of the plan's city, from which the pick-lists choose. */
import type ExcelJS from 'exceljs';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { BETWEEN_UNITS, UNITS_SHEET } from './columns';
import { frame, HEAD_FILL, writeText } from './looks';

const FIRST_ROW = 3;
const HEADERS = ['单位', '别名', '联络员'] as const;
const WIDTHS = [30, 40, 16];

/** @returns the range of the names for a pick-list, or null where the directory has none */
export function addUnits(
  workbook: ExcelJS.Workbook,
  { city }: Pick<Plan, 'city'>,
  units: readonly Unit[],
): string | null {
  const sheet = workbook.addWorksheet(UNITS_SHEET, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:2' },
  });
  WIDTHS.forEach((width, i) => {
    sheet.getColumn(i + 1).width = width;
  });
  sheet.mergeCells(1, 1, 1, HEADERS.length);
  sheet.getRow(1).height = 34;
  const title = sheet.getCell(1, 1);
  title.value =
    units.length > 0
      ? '单位目录：“任务”表各单位栏由此选取，也可填别名。缺少的单位先登记（duban unit add），再填。'
      : `单位目录中还没有${city}的单位：先登记（duban unit add），再重新生成本工作簿，即有下拉列表。`;
  title.alignment = { wrapText: true, vertical: 'middle' };
  HEADERS.forEach((header, i) => {
    const cell = sheet.getCell(2, i + 1);
    writeText(cell, header);
    frame(cell, { bold: true });
    cell.fill = HEAD_FILL;
  });
  units.forEach(({ name, aliases, members, liaison }, row) => {
    // A collective answers through its members (R10).
    const answers = members === null ? (liaison?.name ?? '未登记') : `${members.length}个成员单位`;
    [name, aliases.join(BETWEEN_UNITS), answers].forEach((text, i) => {
      const cell = sheet.getCell(FIRST_ROW + row, i + 1);
      writeText(cell, text);
      frame(cell);
    });
  });
  return units.length === 0 ? null : `'${UNITS_SHEET}'!$A$${FIRST_ROW}:$A$${FIRST_ROW + units.length - 1}`;
}
