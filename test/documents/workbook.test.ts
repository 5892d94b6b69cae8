/** Workbooks that other programs wrote, and workbooks made to cost memory or time: a few bytes that claim millions of cells. */
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { valueText } from '../../documents/formats/cell-text';
import { openWorkbook } from '../../documents/formats/workbook';

/** A small workbook with its XML changed. */
async function spoilt(part: string, from: string | RegExp, to: string): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('任务');
  sheet.getColumn(1).width = 20;
  sheet.mergeCells('A1:C1');
  sheet.getCell('A1').value = '标题';
  sheet.getCell('A2').value = new Date('2026-06-30T00:00:00Z');
  sheet.getCell('A2').numFmt = 'yyyy-mm-dd';
  sheet.pageSetup.printTitlesRow = '1:1';
  const archive = await JSZip.loadAsync(await workbook.xlsx.writeBuffer());
  const before = (await archive.file(part)?.async('string')) ?? '';
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  archive.file(part, after);
  return archive.generateAsync({ type: 'uint8array' });
}
const SHEET = 'xl/worksheets/sheet1.xml';

test.each([
  ['a merge over the whole sheet', '<mergeCell ref="', '<mergeCell ref="A5:XFD1048576"/><mergeCell ref="', 'too-large'],
  ['a hundred million columns', '<cols>', '<cols><col min="1" max="99999999" width="3"/>', 'damaged-file'],
  [
    'a row beyond the last',
    '</sheetData>',
    '<row r="3000000000"><c r="A3000000000"><v>1</v></c></row></sheetData>',
    'damaged-file',
  ],
  [
    'columns said a thousand times',
    '<cols>',
    `<cols>${'<col min="1" max="16384" width="3"/>'.repeat(2000)}`,
    'damaged-file',
  ],
])('%s is refused before it is opened', async (_, from, to, code) => {
  expect(await openWorkbook(await spoilt(SHEET, from, to))).toMatchObject({ refused: { code } });
});

test('a name for every cell of a sheet is left aside, and the workbook is read', async () => {
  const name = '<definedName name="x">\'任务\'!$A$1:$XFD$1048576</definedName>';
  const opened = await openWorkbook(await spoilt('xl/workbook.xml', '<definedNames>', `<definedNames>${name}`));
  expect('workbook' in opened && opened.workbook.getWorksheet('任务')?.getCell('A1').value).toBe('标题');
});

test.each([
  [31, '2026-06-30'],
  [57, '2026年6月'],
  [14, '2026-06-30'],
])('a date in the built-in format %s of Chinese Excel is a date', async (format, text) => {
  const custom = /<numFmts.*<\/numFmts>|numFmtId="164"/g;
  const bytes = await spoilt('xl/styles.xml', custom, '');
  const archive = await JSZip.loadAsync(bytes);
  const styles = (await archive.file('xl/styles.xml')?.async('string')) ?? '';
  archive.file('xl/styles.xml', styles.replace(/<xf(?! numFmtId)/, `<xf numFmtId="${format}"`));
  const opened = await openWorkbook(await archive.generateAsync({ type: 'uint8array' }));
  const cell = 'workbook' in opened ? opened.workbook.getWorksheet('任务')?.getCell('A2') : undefined;
  expect(cell && valueText(cell.value, cell.numFmt ?? '')).toBe(text);
});
