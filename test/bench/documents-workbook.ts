/** A workbook of five thousand rows: how long the reader takes and how much memory its process had at most. */
import ExcelJS from 'exceljs';
import { readPlan } from '../../documents/read-plan';

const ROWS = 5_000;

export async function bigWorkbook() {
  const bytes = await taskWorkbook(ROWS);
  const beforeMb = peakMb();
  const from = performance.now();
  const cpu = process.cpuUsage();
  const { tasks, diagnostics } = await readPlan(bytes, 'plan.xlsx');
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  return {
    how: 'one read in a process of its own, the grammar not yet compiled; cpuSeconds are those of all its threads, which a busy machine does not lengthen; peak resident memory of that process as the system counts it, which includes making the workbook and the compiler of the bench',
    rows: ROWS,
    fileKb: Math.round(bytes.length / 1024),
    tasks: tasks.length,
    diagnostics: diagnostics.length,
    seconds: Math.round(ms / 10) / 100,
    cpuSeconds: Math.round((user + system) / 10_000) / 100,
    peakMb: peakMb(),
    peakBeforeMb: beforeMb,
  };
}

const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** A list of tasks with a title over merged cells, eight columns and all the usual words. */
export async function taskWorkbook(rows: number): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('任务清单');
  sheet.addRow(['衡山市2020年优化营商环境任务清单']);
  sheet.mergeCells('A1:H1');
  sheet.addRow(['序号', '类别', '任务名称', '主要内容', '牵头单位', '配合单位', '完成时限', '备注']);
  for (let i = 0; i < rows; i++) {
    sheet.addRow([
      i + 1,
      `领域${Math.floor(i / 50) + 1}`,
      `推进第${i + 1}项改革`,
      `精简申请材料，压缩办理时限，推行第${i + 1}批事项网上办理，实现全程网办。`,
      `市第${(i % 60) + 1}局`,
      '市财政局、市人力资源社会保障局、市行政审批局，各县（市、区）人民政府',
      i % 5 === 0 ? new Date(Date.UTC(2020, i % 12, 15)) : `2020年${(i % 12) + 1}月底前完成`,
      i % 9 === 0 ? '已完成' : '',
    ]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
