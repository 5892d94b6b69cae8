/** Tables printed to PDF with drawn cell borders, over several pages: what is read is what was printed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../documents/read-plan';
import type { ReadTask } from '../../documents/result';
import { makePdf, type PdfSheet, pdfTable } from './make-pdf';

const printed = (name: string) => readPlan(readFileSync(join(__dirname, 'printed', name)), name);
const text = readFileSync(join(__dirname, '../seeds/documents/zhuhai-2020.txt'));

/** A task without what print does not keep: its line, and where the lines of a long text ended. */
const facts = ({ line: _, content, measures, remark, ...task }: ReadTask) => {
  const flat = (words: string | undefined) => (words ?? '').replace(/\s+/g, '');
  const said = remark && { ...remark, text: flat(remark.text) };
  return { ...task, content: flat(content), measures: flat(measures.join('')), remark: said };
};

test('by a browser: 22 tasks in two parts as the text gives them', async () => {
  const [from, read] = [await readPlan(text, 'zhuhai.txt'), await printed('zhuhai-browser.pdf')];
  expect(read.tasks.map(facts)).toEqual(from.tasks.map(facts));
  expect(read.plan).toEqual(from.plan);
  expect(read.diagnostics.find(({ code }) => code === 'count-differs')?.message).toContain('“开办企业”写明5项');
}, 30_000);

test('by a writer program: its four tasks, rows broken by the ends of pages put together', async () => {
  const [from, read] = [await readPlan(text, 'zhuhai.txt'), await printed('zhuhai-writer.pdf')];
  expect(read.tasks.map(facts)).toEqual(from.tasks.slice(0, 4).map(facts));
}, 30_000);

describe('over the end of a page', () => {
  const HEAD = ['序号', '任务', '责任单位', '完成时限'];
  const widths = [40, 160, 160, 120];
  const page = (rows: string[][], title: string[] = []): PdfSheet => {
    const { lines, rules } = pdfTable([HEAD, ...rows], widths, { top: 780 });
    return { lines: [...title.map((words) => ({ text: words, x: 150, y: 810 })), ...lines], rules: rules ?? [] };
  };
  const read = async (first: string[][], second: string[][]) => {
    const pdf = makePdf([page(first, ['衡山市重点任务分工表']), page(second)]);
    const { tasks } = await readPlan(pdf, 'plan.pdf');
    return tasks.map(({ no, title, parties }) => [no, title, parties.map(({ unit }) => unit).join('、')]);
  };

  test('a row without a number of its own is the rest of the one before', async () => {
    const rest = ['', '审批', '市公安局', ''];
    expect(
      await read([['1', '推行网上', '市财政局、', '2021年6月底']], [rest, ['2', '信用监管', '市司法局', '年底']]),
    ).toEqual([
      [1, '推行网上审批', '市财政局、市公安局'],
      [2, '信用监管', '市司法局'],
    ]);
  });

  test('a row with its own number is none, and column names that a page repeats are no row', async () => {
    expect(await read([['1', '推行网上', '市财政局', '2021年6月底']], [['2', '信用监管', '市司法局', '']])).toEqual([
      [1, '推行网上', '市财政局'],
      [2, '信用监管', '市司法局'],
    ]);
  });
});
