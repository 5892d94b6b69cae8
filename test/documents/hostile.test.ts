/** Whatever a file holds: an answer, soon, without an exception, and nothing in it that the file does not say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readPlan } from '../../documents/read-plan';
import type { ReadPlan } from '../../documents/result';
import { faults } from './faults';
import { makeDocx, makeXlsx } from './make-office';
import { makePdf, pdfTable } from './make-pdf';

// The same files in every run; another seed looks further.
fc.configureGlobal({ seed: 20210630 });

const sound = (read: ReadPlan, text: string | null): void => expect(faults(read, text)).toEqual([]);

/** Words that such documents are made of, and signs that upset readers. */
const WORDS = [
  '市财政局',
  '市发展改革委',
  '各县、区人民政府',
  '各区',
  '等有关单位',
  '其他单位',
  '牵头',
  '配合',
  '按职责分工负责',
  '负责',
  '会同',
  '2021年6月底前',
  '6月前',
  '年底',
  '持续推进',
  '完成',
  '印发之日起30日内',
  '根据进度推进',
  '每季度',
  '二〇二一年',
  '第一季度',
  '上半年',
  '序号',
  '任务',
  '责任单位',
  '牵头单位',
  '完成时限',
  '备注',
  '牵头单位：',
  '责任单位:',
  '完成时限：',
  '一、',
  '（一）',
  '1.',
  '1',
  '2',
  '（5项）',
  '附件',
  '、',
  '，',
  '。',
  '；',
  '（',
  '）',
  '【',
  '】',
  '《',
  '》',
  '\n',
  '\n',
  '\t',
  '\t',
  '|',
  ' ',
  '  ',
  '\u3000',
  '和',
  '及',
  '同上',
  '—',
  '\u200b',
  '⾦',
  'ａ',
  '１',
  '\ufffd',
  '<p>',
  '</p>',
  '推行网上办理',
  '工作方案',
  '排在第一位的为牵头单位',
  '已具备条件的，参照上述要求完成；暂不具备条件的，2021年9月底前完成',
];
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((parts) => parts.join(''));

test('any sequence of such words', async () => {
  await fc.assert(
    fc.asyncProperty(words, async (text) => sound(await readPlan(Buffer.from(text), 'plan.txt'), text)),
    { numRuns: 1500 },
  );
}, 60_000);

test('any rows of such cells', async () => {
  const row = fc.array(
    words.map((text) => text.replace(/[\n\t]/g, '').slice(0, 60)),
    { minLength: 4, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const text = [['序号', '任务', '责任单位', '完成时限'], ...rows].map((cells) => cells.join('\t')).join('\n');
      sound(await readPlan(Buffer.from(text), 'plan.txt'), text);
      const html = `<table>${[['序号', '任务', '责任单位', '完成时限'], ...rows].map((cells) => `<tr><td>${cells.join('<td>')}</tr>`).join('')}</table>`;
      sound(await readPlan(Buffer.from(html), 'plan.html'), null);
      sound(await readPlan(Buffer.from(text.replaceAll('\t', ',')), 'plan.csv'), null);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('any bytes under any name', async () => {
  const names = fc.constantFrom('a.txt', 'a.csv', 'a.html', 'a.docx', 'a.xlsx', 'a.md', 'a', 'a.ofd');
  const starts = fc.constantFrom('', 'PK\u0003\u0004', '\u00ff\u00fe', '\u00ef\u00bb\u00bf', '<html>');
  await fc.assert(
    fc.asyncProperty(names, starts, fc.uint8Array({ maxLength: 400 }), async (name, start, bytes) => {
      sound(await readPlan(Buffer.concat([Buffer.from(start, 'latin1'), bytes]), name), null);
    }),
    { numRuns: 500 },
  );
}, 60_000);

describe('real documents, damaged', () => {
  const texts = ['zhuzhou', 'zhuhai'].map((city) =>
    readFileSync(join(__dirname, `../seeds/documents/${city}-2020.txt`), 'utf8'),
  );

  test.each(texts)(
    'lines lost, doubled, cut and swapped',
    async (text) => {
      const lines = text.split('\n');
      const damage = fc.array(fc.tuple(fc.nat(lines.length - 1), fc.constantFrom('lose', 'double', 'cut', 'swap')), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(damage, async (changes) => {
          const copy = [...lines];
          for (const [at, how] of changes) {
            const line = copy[at] ?? '';
            if (how === 'lose') copy.splice(at, 1);
            else if (how === 'double') copy.splice(at, 0, line);
            else if (how === 'cut') copy[at] = line.slice(0, line.length / 2);
            else copy.splice(at, 2, copy[at + 1] ?? '', line);
          }
          const damaged = copy.join('\n');
          sound(await readPlan(Buffer.from(damaged), 'plan.txt'), damaged);
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  test('files with bytes changed', async () => {
    const rows = [
      ['序号', '任务', '责任单位', '完成时限'],
      ['1', '推行网办', '市财政局', '2021年6月底'],
    ];
    const document = { before: ['任务分工表'], rows };
    const table = pdfTable(rows, [40, 100, 100, 100]);
    const files: [string, Buffer, number][] = [
      ['a.docx', await makeDocx(document), 40],
      ['a.xlsx', await makeXlsx([{ name: 's', document }]), 40],
      ['a.pdf', makePdf([{ lines: table.lines, rules: table.rules ?? [] }]), 6],
    ];
    for (const [name, bytes, runs] of files) {
      const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(changes, async (places) => {
          const copy = Buffer.from(bytes);
          for (const [at, byte] of places) copy[at] = byte;
          sound(await readPlan(copy, name), null);
        }),
        { numRuns: runs },
      );
    }
  }, 60_000);
});

describe('time grows with the file', () => {
  const rows = (n: number, row: string) => `任务方案\n序号\t任务\t责任单位\t完成时限\n${row.repeat(n)}`;
  test.each([
    ['brackets that never close', '（'.repeat(200_000)],
    ['blank space', `某市工作方案\n1.推行网办。（${' '.repeat(9000)}牵头）`],
    ['tabs', `某市工作方案\n1.推行网办。（${'\t'.repeat(9000)}牵头）`],
    ['years', `某市工作方案\n1.推行网办。（${'2021年'.repeat(1500)}牵头）`],
    ['quotations', `某市工作方案\n1.推行网办。（${'《'.repeat(9000)}牵头）`],
    ['one endless cell', rows(1, `1\tx\t${'市财政局、'.repeat(40_000)}\t${'2020年6月、'.repeat(20_000)}\n`)],
    ['districts without end', rows(1, `1\tx\t${'各县、区'.repeat(30_000)}\t\n`)],
    ['conjunctions', rows(1, `1\tx\t${'市局和'.repeat(30_000)}\t\n`)],
    ['labels', '牵头单位：'.repeat(60_000)],
    ['sections', `工作方案\n${'（一）推行。\n1.x。（市财政局牵头）\n'.repeat(20_000)}`],
    ['conditions', `某市方案\n${'待'.repeat(100_000)}6月底前完成任务。`],
    ['lines of numbers', `序号\n任务\n责任单位\n${Array.from({ length: 20_000 }, (_, i) => i).join('\n')}`],
    ['rows', rows(9000, '1\tx\t市财政局\t2021年6月底\n')],
  ])('%s', async (_, text) => {
    // jest's own limit of five seconds is the bound: quadratic time would take minutes on these.
    sound(await readPlan(Buffer.from(text), 'plan.txt'), null);
  });
});
