/**
 * The hidden sheet of the workbook: which plan and revision it was written from and what stood in each row, so that
 * reading back knows what a person changed, and what others changed meanwhile.
 */
import { randomUUID } from 'node:crypto';
import type ExcelJS from 'exceljs';
import type { Plan } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { FIELDS, ORIGIN_MARK, ORIGIN_SHEET } from './columns';
import { writeText } from './looks';
import { rowTexts } from './row-texts';

export function addOrigin(workbook: ExcelJS.Workbook, { plan, revision }: { plan: Plan; revision: number }): void {
  const sheet = workbook.addWorksheet(ORIGIN_SHEET, { state: 'veryHidden' });
  const add = (texts: readonly string[]) => {
    const row = sheet.addRow([]);
    texts.forEach((text, i) => {
      writeText(row.getCell(i + 1), text);
    });
  };
  // The last one names this very workbook, so that its own corrections are known again when it is read once more.
  add([ORIGIN_MARK, plan.id, String(revision), randomUUID()]);
  add(['id', ...FIELDS]);
  for (const task of plan.tasks) {
    const texts = rowTexts(task, plan);
    add([numberOf(task.id), ...FIELDS.map((field) => texts[field])]);
  }
}
