/** What a person sees in a cell of a workbook: a day for a date, the value of a formula, rich text without its looks. */
import type ExcelJS from 'exceljs';

/** @param format the cell's number format, '' where it has none */
export function valueText(value: ExcelJS.CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return shownDate(value, format);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('result' in value) return valueText(value.result ?? null, format);
  if ('text' in value) return typeof value.text === 'string' ? value.text : valueText(value.text, format);
  return '';
}

/** A month shown as a month is a month: 2020年6月 and not its first day (R5). */
function shownDate(value: Date, format: string): string {
  const [year = '', month = '', day = ''] = value.toISOString().slice(0, 10).split('-');
  return /d/i.test(format.replace(/\[[^\]]*\]|"[^"]*"/g, '')) || format === ''
    ? `${year}-${month}-${day}`
    : `${year}年${Number(month)}月`;
}
