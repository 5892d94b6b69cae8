/** The ledger's workbook from what was read of it: plain data in, bytes out, so that a process of its own can write it. */
import ExcelJS from 'exceljs';
import type { Day } from '../../domain/days';
import { statusLabel } from '../../domain/labels';
import { type FigureBeside, figureText } from '../../domain/library/figures';
import type { Light } from '../../domain/light';
import type { PlanTask } from '../../domain/plan';
import type { Task } from '../../domain/task';
import { deadlineText, lightText, names } from '../plan-words';

/** What stands on the sheet. */
export interface LedgerSheet {
  title: string;
  number: string | null;
  launchOn: Day | null;
  rows: LedgerRow[];
  /** The day whose state it shows. */
  on: Day;
}

export interface LedgerRow {
  planTask: PlanTask;
  /** Null before the launch. */
  task: Task | null;
  light: Light;
  /** 数据, each beside the best values of the library. */
  figures: FigureBeside[];
  /** Name of the indicator that the task is linked to. */
  indicator: string | null;
}

/** Writes it. */
export async function writeLedgerSheet(sheet: LedgerSheet): Promise<Uint8Array> {
  return Buffer.from(await workbookOf(sheet).xlsx.writeBuffer());
}

interface Column {
  header: string;
  width: number;
  cell: (row: LedgerRow) => string | number;
  /** Left out where it would be empty from top to bottom: a plan without a library has no figures to compare. */
  ifFilled?: true;
}

const COLUMNS: Column[] = [
  { header: '编号', width: 20, cell: ({ planTask }) => planTask.id },
  { header: '任务', width: 44, cell: ({ planTask, task }) => task?.title ?? planTask.title },
  { header: '类别', width: 16, cell: ({ planTask }) => planTask.category ?? '' },
  { header: '牵头单位', width: 22, cell: (row) => parties(row, true) },
  { header: '配合单位', width: 36, cell: (row) => parties(row, false) },
  { header: '办理时限', width: 18, cell: ({ planTask, task }) => task?.dueOn ?? deadlineText(planTask.deadline) },
  {
    header: '原定时限',
    width: 14,
    cell: ({ planTask, task }) => (task ? task.originalDueOn : planTask.deadline.dueOn) ?? '',
  },
  { header: '状态', width: 10, cell: ({ task }) => statusLabel(task?.status ?? 'draft', 'zh-CN') },
  { header: '灯', width: 24, cell: ({ light }) => lightText(light) },
  {
    header: '逾期记录',
    width: 20,
    cell: ({ task }) =>
      (task?.breaches ?? [])
        .filter((b) => !b.lifted)
        .map((b) => `${b.breachedOn}${b.undelivered ? ' 未送达' : ''}${b.annulled ? ' 已撤销' : ''}`)
        .join('\n'),
  },
  {
    header: '督办单',
    width: 34,
    cell: ({ task }) =>
      (task ? [...task.pastSlips, ...task.ladder.slips] : [])
        .map((s) => `${s.number} ${SLIP[s.colour]} 限${s.limitOn ?? '未送达'}${s.void ? ' 作废' : ''}`)
        .join('\n'),
  },
  {
    header: '佐证材料',
    width: 26,
    cell: ({ task }) =>
      (task?.versions ?? []).map((v) => `第${v.version}版 ${v.receivedOn} ${OUTCOME[v.outcome]}`).join('\n'),
  },
  { header: '对应指标', width: 16, ifFilled: true, cell: ({ indicator }) => indicator ?? '' },
  { header: '数据与最佳值', width: 44, ifFilled: true, cell: ({ figures }) => figures.map(figureText).join('\n') },
  { header: '最近反馈', width: 44, cell: ({ task }) => lastReport(task) },
];

const SLIP = { blue: '蓝', orange: '橙', red: '红' } as const;
const OUTCOME = { waiting: '待审', accepted: '通过', returned: '退办', superseded: '已更新' } as const;
/** Fills of the light's cell, pale enough to be printed. */
const FILL = {
  none: null,
  grey: 'FFD9D9D9',
  green: 'FFC6E0B4',
  yellow: 'FFFFE699',
  blue: 'FFBDD7EE',
  red: 'FFF4B0A8',
} as const;
const LIGHT_COLUMN = COLUMNS.findIndex(({ header }) => header === '灯') + 1;

function parties({ planTask, task }: LedgerRow, lead: boolean): string {
  const all = task?.parties ?? planTask.parties;
  return names(all.filter(({ role }) => (role === 'lead') === lead).map(({ unit }) => unit));
}

function lastReport(task: Task | null): string {
  const last = task?.reports.last;
  if (!last) return '';
  return `${last.on} ${names([last.unit])}${last.percent === null ? '' : ` ${last.percent}%`}：${last.text}`;
}

function workbookOf({ title, number, launchOn, rows, on }: LedgerSheet): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '督办';
  workbook.title = title;
  const columns = COLUMNS.filter(({ cell, ifFilled }) => !ifFilled || rows.some((row) => cell(row) !== ''));
  const sheet = workbook.addWorksheet('台账', {
    views: [{ state: 'frozen', xSplit: 2, ySplit: 3 }],
    pageSetup: {
      orientation: 'landscape',
      paperSize: 9,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:3',
    },
  });
  columns.forEach(({ width }, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const last = columns.length;
  sheet.mergeCells(1, 1, 1, last);
  sheet.getCell(1, 1).value = `${title} 台账`;
  sheet.getCell(1, 1).font = { bold: true, size: 16 };
  sheet.getRow(1).height = 28;
  sheet.mergeCells(2, 1, 2, last);
  sheet.getCell(2, 1).value =
    `${number ?? ''}  ${launchOn ? `${launchOn}下达` : '未下达'}  共${rows.length}项  截至${on}`;
  const head = sheet.getRow(3);
  head.values = columns.map(({ header }) => header);
  head.font = { bold: true };
  head.height = 22;
  for (const row of rows) {
    const cells = columns.map(({ cell }) => String(cell(row)));
    const lines = cells.map((text, index) => linesOf(text, columns[index]?.width ?? 1));
    sheet.addRow(columns.map(({ cell }) => cell(row))).height = LINE_HEIGHT * Math.max(...lines);
  }
  finish(sheet, rows, last);
  return workbook;
}

/** Points of a line; and how many lines a text takes in a column, an ideograph being as wide as two digits. */
const LINE_HEIGHT = 16;
function linesOf(text: string, width: number): number {
  return text
    .split('\n')
    .map((line) => [...line].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2.1 : 1.1), 0))
    .reduce((sum, columns) => sum + Math.max(1, Math.ceil(columns / width)), 0);
}

function finish(sheet: ExcelJS.Worksheet, rows: readonly LedgerRow[], last: number): void {
  const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
  sheet.eachRow((row, number) => {
    if (number < 3) return;
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.alignment = { vertical: 'top', wrapText: true, horizontal: number === 3 ? 'center' : 'left' };
      cell.border = { top: thin, bottom: thin, left: thin, right: thin };
    });
    const argb = FILL[rows[number - 4]?.light.colour ?? 'none'];
    if (number > 3 && argb) row.getCell(LIGHT_COLUMN).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb } };
  });
  sheet.getRow(3).eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } };
  });
  sheet.autoFilter = { from: { row: 3, column: 1 }, to: { row: 3 + rows.length, column: last } };
}
