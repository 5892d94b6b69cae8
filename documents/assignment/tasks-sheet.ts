/** The sheet 任务: one row per task, pick-lists over the units and kinds of deadline, date cells, and what is missing in colour. */
import type ExcelJS from 'exceljs';
import type { PlanTask, Role } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { COLUMNS, type Column, type ColumnKey, KINDS } from './columns';
import { frame, HEAD_FILL, heightFor, MISSING_FILL, OPEN_FILL, SHOWN_FILL, writeText } from './looks';
import { cellText, type RowTexts, rowTexts, sharesOf } from './row-texts';
import type { AssignmentInput } from './write';

const HEAD_ROW = 3;
const FIRST_ROW = HEAD_ROW + 1;
/** As for the dates of moves: further than any calendar reaches. */
const LAST_DAY = '2099-12-31';

/**
 * @param doubts of each task, in the plan's order
 * @param unitRange where the pick-lists find the units; null where there are none
 */
export function fillTasks(
  sheet: ExcelJS.Worksheet,
  input: AssignmentInput,
  doubts: readonly string[][],
  unitRange: string | null,
): void {
  const { plan } = input;
  COLUMNS.forEach(({ header, width, open }, i) => {
    sheet.getColumn(i + 1).width = width;
    const cell = sheet.getCell(HEAD_ROW, i + 1);
    writeText(cell, header);
    frame(cell, { bold: true, ...(!open && { color: { argb: 'FF595959' } }) });
    cell.fill = HEAD_FILL;
    cell.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true };
  });
  sheet.getRow(HEAD_ROW).height = 24;
  plan.tasks.forEach((task, row) => {
    fillRow(sheet, FIRST_ROW + row, task, rowTexts(task, plan), doubts[row] ?? []);
  });
  // A document whose tasks have no text beside their titles needs no column for it.
  if (plan.tasks.every((task) => contentBeside(task) === '')) sheet.getColumn(place('content')).hidden = true;
  const last = FIRST_ROW + plan.tasks.length - 1;
  addHeading(sheet, input, last);
  addValidations(sheet, input, last, unitRange);
  markMissing(sheet, last);
  sheet.autoFilter = { from: { row: HEAD_ROW, column: 1 }, to: { row: last, column: COLUMNS.length } };
}

function fillRow(sheet: ExcelJS.Worksheet, row: number, task: PlanTask, texts: RowTexts, doubts: string[]): void {
  const shown: Record<Exclude<ColumnKey, keyof RowTexts>, string> = {
    id: numberOf(task.id),
    content: contentBeside(task),
    doubts: doubts.join('\n'),
    words: cellText(task.deadline.text),
    note: '',
  };
  const all = { ...texts, ...shown };
  const cells = COLUMNS.map(({ key, header, width }) => ({
    text: isRole(key) ? (sharesOf(all[key], key).find((share) => share.header === header)?.text ?? '') : all[key],
    width,
  }));
  sheet.getRow(row).height = heightFor(cells);
  COLUMNS.forEach(({ key, open }, i) => {
    const cell = sheet.getCell(row, i + 1);
    const text = cells[i]?.text ?? '';
    if (key === 'due' || key === 'ready') writeDay(cell, text);
    else writeText(cell, text);
    frame(cell, key === 'doubts' ? { color: { argb: 'FFC00000' } } : {});
    cell.fill = open ? OPEN_FILL : SHOWN_FILL;
    if (open) cell.protection = { locked: false };
  });
}

/** A date as Excel counts days, so that it sorts and is picked as one. */
function writeDay(cell: ExcelJS.Cell, day: string): void {
  cell.numFmt = 'yyyy-mm-dd';
  if (day !== '') cell.value = new Date(`${day}T00:00:00.000Z`);
}

function contentBeside({ title, content, measures }: PlanTask): string {
  const rest = content.trim().replace(/[。；;.]$/, '') === title.trim().replace(/[。；;.]$/, '') ? '' : content;
  return cellText([rest, ...measures].filter((text) => text !== '').join('\n'));
}

function addHeading(sheet: ExcelJS.Worksheet, { plan, revision, on }: AssignmentInput, last: number): void {
  const columns = COLUMNS.length;
  sheet.mergeCells(1, 1, 1, columns);
  const title = sheet.getCell(1, 1);
  writeText(title, cellText(plan.title));
  title.font = { bold: true, size: 16 };
  title.alignment = { vertical: 'middle' };
  sheet.getRow(1).height = 30;
  sheet.mergeCells(2, 1, 2, place('content'));
  writeText(
    sheet.getCell(2, 1),
    `${plan.id}   第${revision}稿   共${plan.tasks.length}项   ${on}生成   填法见“填写说明”`,
  );
  const range = (key: ColumnKey, i = 0) => {
    const letter = sheet.getColumn(placesOf(key)[i] ?? 1).letter;
    return `$${letter}$${FIRST_ROW}:$${letter}$${last}`;
  };
  const texts = plan.tasks.map((task) => rowTexts(task, plan));
  const leads = texts.filter(({ lead }) => lead === '').length;
  const dates = texts.filter(({ kind }) => kind === '').length;
  const counter = (key: ColumnKey, label: string, formula: string, result: number) => {
    const at = place(key);
    writeText(sheet.getCell(2, at), label);
    sheet.getCell(2, at).alignment = { horizontal: 'right' };
    const cell = sheet.getCell(2, at + 1);
    cell.value = { formula, result };
    cell.numFmt = '0';
    cell.font = { bold: true, color: { argb: 'FFC00000' } };
    cell.alignment = { horizontal: 'left' };
  };
  counter('lead', '缺牵头单位（项）', `SUMPRODUCT((${range('lead')}="")*(${range('lead', 1)}=""))`, leads);
  counter('kind', '缺时限（项）', `SUMPRODUCT((${range('kind')}="")*(${range('due')}=""))`, dates);
}

/** exceljs keeps validations of ranges, which its types do not show; set cell by cell they would overlap. */
type Validated = ExcelJS.Worksheet & {
  dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void };
};

function addValidations(
  sheet: ExcelJS.Worksheet,
  { plan }: AssignmentInput,
  last: number,
  unitRange: string | null,
): void {
  const { dataValidations } = sheet as Validated;
  const over = (column: number) => {
    const { letter } = sheet.getColumn(column);
    return `${letter}${FIRST_ROW}:${letter}${last}`;
  };
  COLUMNS.forEach(({ key }: Column, i) => {
    const validation = isRole(key)
      ? unitRange && unitsValidation(unitRange)
      : key === 'kind'
        ? KIND_VALIDATION
        : key === 'due' || key === 'ready'
          ? dayValidation(plan.issuedOn)
          : null;
    if (validation) dataValidations.add(over(i + 1), validation);
  });
}

/** Warns and lets pass: several units in one cell and aliases are no mistake. */
const unitsValidation = (range: string): ExcelJS.DataValidation => ({
  type: 'list',
  formulae: [range],
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'warning',
  errorTitle: '不在下拉列表中',
  error: '几个单位用“、”隔开，或填了别名，请选“是”。不认识的单位读回时会列出。',
});

const KIND_VALIDATION: ExcelJS.DataValidation = {
  type: 'list',
  formulae: [`"${Object.values(KINDS).join(',')}"`],
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'stop',
  errorTitle: '时限种类',
  error: `只能是${Object.values(KINDS).join('、')}。`,
};

/** Warns and lets pass: 2021年6月底前 is read too. */
const dayValidation = (from: string): ExcelJS.DataValidation => ({
  type: 'date',
  operator: 'between',
  formulae: [new Date(`${from}T00:00:00.000Z`), new Date(`${LAST_DAY}T00:00:00.000Z`)],
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'warning',
  errorTitle: '日期',
  error: `应为${from}（印发日）以后的日期，如2021-06-30；也可写2021年6月底前，请选“是”。`,
});

/** A task without lead, or without kind and date, stays coloured until somebody fills it in. */
function markMissing(sheet: ExcelJS.Worksheet, last: number): void {
  const letter = (column: number) => sheet.getColumn(column).letter;
  const [first = 1, second = 1] = placesOf('lead');
  const mark = (columns: number[], empty: number[]) => {
    const formula = `AND(${empty.map((column) => `LEN($${letter(column)}${FIRST_ROW})=0`).join(',')})`;
    for (const column of columns)
      sheet.addConditionalFormatting({
        ref: `${letter(column)}${FIRST_ROW}:${letter(column)}${last}`,
        rules: [{ type: 'expression', formulae: [formula], priority: 1, style: { fill: MISSING_FILL } }],
      });
  };
  mark([first], [first, second]);
  mark([place('kind'), place('due')], [place('kind'), place('due')]);
}

function isRole(key: ColumnKey): key is Role {
  return key === 'lead' || key === 'co' || key === 'support' || key === 'district';
}

/** Numbers of the columns of a key, from 1. */
function placesOf(key: ColumnKey): number[] {
  return COLUMNS.flatMap((column, i) => (column.key === key ? [i + 1] : []));
}

function place(key: ColumnKey): number {
  return placesOf(key)[0] ?? 1;
}
