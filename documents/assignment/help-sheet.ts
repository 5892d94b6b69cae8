/** The sheet 填写说明: how the workbook is filled in and what becomes of it. */
import type ExcelJS from 'exceljs';
import type { Plan } from '../../domain/plan';
import { HELP_SHEET } from './columns';
import { frame, heightFor } from './looks';

const WIDTH = 88;

const LINES = (id: string): [string, string][] => [
  ['填哪里', '浅黄色的栏。灰色的栏只供查看，改了也不读回。橙色格是还缺的牵头单位或时限。'],
  ['单位', '从下拉列表选，或直接填名称、别名。一格可填几个，用“、”隔开（Excel提示时选“是”）；也可用后面的栏。'],
  ['时限种类', '固定：在“办理时限”填日期。只填日期、不选种类，即为固定。'],
  ['', '两轨：“具备条件时限”填具备条件时的日期，“办理时限”填暂不具备条件时的日期。'],
  ['', '条件：在“条件”写明等待什么，不填日期；条件具备后再定。'],
  ['', '持续：不填日期，每季度反馈进展。'],
  ['', '无时限：由您确认本任务没有时限。不确认又没有日期的任务不能下达。'],
  ['日期', '填2021-06-30这样的日期，或2021年6月底前这样的写法。“6月前”有两种理解，不收。'],
  ['说明', '为什么这样改，随更正保存。'],
  ['任务的增减', '不能在这里增删任务：多出的行会被退回，少了的行视为没有改动。行和栏可以调换次序。'],
  ['读回', `保存后运行：duban plan assign ${id} --read 本文件。有一处读不懂，全部不读入，并列出是哪一格。`],
  ['分几次填', '填一部分就可以读回；读回后可以接着填同一个文件，再读一次。'],
  ['几个人分头填', '各拿一份，各填各的任务，分别读回；没有填的任务不受影响。'],
  ['两人同时改', '读回前如果别人改了同一任务，会列出来，不会互相覆盖；重新生成工作簿再填。'],
];

export function addHelp(workbook: ExcelJS.Workbook, { id }: Pick<Plan, 'id'>): void {
  const sheet = workbook.addWorksheet(HELP_SHEET, {
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = 14;
  sheet.getColumn(2).width = WIDTH;
  for (const [what, how] of LINES(id)) {
    const row = sheet.addRow([what, how]);
    frame(row.getCell(1), { bold: true });
    frame(row.getCell(2));
    row.height = heightFor([{ text: how, width: WIDTH }]);
  }
}
