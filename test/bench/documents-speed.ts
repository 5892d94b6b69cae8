/** How long reading a list of some thirty rows takes once the program runs, beside what its format costs without our grammar. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { readPlan } from '../../documents/read-plan';
import { taskWorkbook } from './documents-workbook';

const READS = 21;
const ROWS = 36;
/** The longest real list at hand; the seeds are the readings of documents that are not in the project. */
const SHANGHAI = join(__dirname, '../documents/real/shanghai-2021.txt');

export async function readingSpeed() {
  const workbook = await taskWorkbook(ROWS);
  const text = Buffer.from(asText(ROWS));
  const long = readFileSync(SHANGHAI);
  return {
    how: `median and worst of ${READS} reads in one process, after two that were not counted; CPU time is not lengthened by a busy machine; the baseline decodes and splits the same text, or loads the same workbook by exceljs alone`,
    text: { rows: ROWS, ...(await times(() => readPlan(text, 'plan.txt'))), baseline: await times(() => lines(text)) },
    xlsx: {
      rows: ROWS,
      ...(await times(() => readPlan(workbook, 'plan.xlsx'))),
      baseline: await times(() => load(workbook)),
    },
    shanghai: {
      measures: 207,
      ...(await times(() => readPlan(long, 'plan.txt'))),
      baseline: await times(() => lines(long)),
    },
  };
}

async function times(
  work: () => Promise<unknown>,
): Promise<{ medianMs: number; worstMs: number; medianCpuMs: number }> {
  const taken: number[] = [];
  const used: number[] = [];
  for (let i = 0; i < READS + 2; i++) {
    const from = performance.now();
    const cpu = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    if (i < 2) continue;
    taken.push(performance.now() - from);
    used.push((user + system) / 1000);
  }
  return { medianMs: tenths(median(taken)), worstMs: tenths(Math.max(...taken)), medianCpuMs: tenths(median(used)) };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const tenths = (ms: number): number => Math.round(ms * 10) / 10;

async function lines(bytes: Buffer): Promise<number> {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split('\n').length;
}

async function load(bytes: Buffer): Promise<number> {
  const workbook = new ExcelJS.Workbook();
  // The types of exceljs were written for an older Buffer.
  await workbook.xlsx.load(bytes.slice().buffer as Parameters<typeof workbook.xlsx.load>[0]);
  return workbook.worksheets.length;
}

/** A table as text with tabs, as long as the longest published tables. */
function asText(rows: number): string {
  const row = (i: number) =>
    [
      i + 1,
      `推进第${i + 1}项改革`,
      '精简申请材料，压缩办理时限，推行网上办理。'.repeat(5),
      `1.制定实施方案。2.改造业务系统。${'3.开展培训宣传。'.repeat(4)}`,
      '市行政审批局、市财政局、市人力资源社会保障局，各县（市、区）人民政府',
      `2020年${(i % 12) + 1}月底前完成`,
    ].join('\t');
  const head = ['序号', '改革举措', '主要内容', '工作措施', '责任单位', '时限要求'].join('\t');
  return ['衡山市2020年改革举措任务表', head, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n');
}
