/** How long reading a list of some thirty rows takes once the program runs, beside what its format costs without our grammar. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { readPlan } from '../../documents/read-plan';
import { taskWorkbook } from './documents-workbook';

const READS = 21;
const ROWS = 36;
/** Two real lists: the table of 36 tasks flattened to text, and the longest one at hand. */
const ZHUZHOU = join(__dirname, '../seeds/documents/zhuzhou-2020.txt');
const SHANGHAI = join(__dirname, '../documents/real/shanghai-2021.txt');

export async function readingSpeed() {
  const workbook = await taskWorkbook(ROWS);
  const text = readFileSync(ZHUZHOU);
  const long = readFileSync(SHANGHAI);
  return {
    how: `median and worst of ${READS} reads in one process, after two that were not counted; CPU time is not lengthened by a busy machine; the baseline decodes and splits the same text, or loads the same workbook by exceljs alone`,
    zhuzhou: {
      rows: ROWS,
      ...(await times(() => readPlan(text, 'plan.txt'))),
      baseline: await times(() => lines(text)),
    },
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
