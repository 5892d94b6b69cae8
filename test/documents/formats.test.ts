/** One list of tasks in every format: whoever reads it must find the same tasks. */
import iconv from 'iconv-lite';
import { readPlan } from '../../documents/read-plan';
import type { ReadPlan } from '../../documents/result';
import { type MadeDocument, made, makeDocx, makeNumberedDocx, makeXlsx } from './make-office';
import { makePdf, pdfTable } from './make-pdf';

const NAMES = ['序号', '重点任务', '工作措施', '牵头单位', '配合单位', '完成时限'];
const HEADING = '（一）优化政务环境（2项）';
const ROWS = [
  ['1', '推行“一网通办”', '推进事项上网。\n开设服务专区。', '市行政审批局', '市发展改革委、市财政局', '2021年6月底前'],
  ['2', '压缩开办企业时间', '推行一窗受理。', '市市场监管局', '各县（市、区）人民政府', '2021年12月31日'],
  ['3', '开展信用监管', '建立信用档案。', '市发展改革委', '市市场监管局等有关单位', '持续推进'],
];
const TITLE = '衡山市2021年优化营商环境重点任务分工方案';
const ONE: MadeDocument = {
  before: [TITLE],
  rows: [NAMES, [{ text: HEADING, columns: 6 }], ...ROWS],
};

/** What a user cares about, per task: [id, category, title, parties, due, measures]. */
const facts = ({ tasks }: ReadPlan) =>
  tasks.map((task) => [
    task.id,
    task.category,
    task.title,
    task.parties.map(({ role, unit }) => `${role} ${unit}`).join(', '),
    task.deadline.dueOn ?? task.deadline.type,
    task.measures,
  ]);
const EXPECTED = [
  [
    '1-01',
    '优化政务环境',
    '推行“一网通办”',
    'lead 市行政审批局, co 市发展改革委, co 市财政局',
    '2021-06-30',
    ['推进事项上网。', '开设服务专区。'],
  ],
  [
    '1-02',
    '优化政务环境',
    '压缩开办企业时间',
    'lead 市市场监管局, district 各县（市、区）人民政府',
    '2021-12-31',
    ['推行一窗受理。'],
  ],
  ['1-03', '优化政务环境', '开展信用监管', 'lead 市发展改革委, co 市市场监管局', 'ongoing', ['建立信用档案。']],
];
const SLIP = '“优化政务环境”写明2项，实有3项';

const plainRows = [NAMES, [HEADING, '', '', '', '', ''], ...ROWS];
const html = `<html><head><meta charset="utf-8"><style>td{}</style></head><body><div class="nav">首页</div><h1>${TITLE}</h1>
<table>${ONE.rows
  .map(
    (row) =>
      `<tr>${row
        .map(
          (c) =>
            `<td colspan="${made(c).columns ?? 1}">${made(c)
              .text.split('\n')
              .map((p) => `<p>${p}</p>`)
              .join('')}</td>`,
        )
        .join('')}</tr>`,
  )
  .join('\n')}</table><script>var 序号 = 1;</script></body></html>`;
const csv = [
  `${TITLE},,,,,`,
  ...plainRows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')),
].join('\r\n');
const tabbed = [TITLE, ...plainRows.map((row) => row.map((text) => text.replaceAll('\n', '<br>')).join('\t'))].join(
  '\n',
);
const cellPerLine = [
  TITLE,
  ...NAMES.map((name) => `\t${name}`),
  '',
  `\t${HEADING}`,
  '',
  ...ROWS.flatMap((row) => [...row.map((text) => `\t${text}`), '']),
].join('\n');
const flattened = [TITLE, ...NAMES, HEADING, ...ROWS.flat()].join('\n');
const markdown = [
  `# ${TITLE}`.slice(2),
  ...[NAMES, NAMES.map(() => '---'), ...plainRows.slice(1)].map(
    (row) => `| ${row.map((t) => t.replaceAll('\n', '<br>')).join(' | ')} |`,
  ),
].join('\n');

async function pdf(): Promise<Buffer> {
  const table = pdfTable(plainRows, [30, 90, 120, 90, 110, 75]);
  return makePdf([{ lines: [{ text: TITLE, x: 150, y: 810, size: 14 }, ...table.lines], rules: table.rules ?? [] }]);
}

const FILES: [string, () => Promise<Buffer> | Buffer][] = [
  ['plan.docx', () => makeDocx(ONE)],
  ['plan.xlsx', () => makeXlsx([{ name: '任务', document: ONE }])],
  ['plan.html', () => Buffer.from(html)],
  ['plan.csv', () => Buffer.from(csv)],
  ['plan.pdf', pdf],
  ['tabbed.txt', () => Buffer.from(tabbed)],
  ['cell-per-line.txt', () => Buffer.from(cellPerLine)],
  ['markdown.md', () => Buffer.from(markdown)],
];

test.each(FILES)('%s gives the tasks, the title and the slip in its count', async (name, make) => {
  const read = await readPlan(await make(), name);
  expect(facts(read)).toEqual(EXPECTED);
  expect(read.plan.title).toBe(TITLE);
  expect(read.diagnostics.filter(({ severity }) => severity === 'warning').map(({ message }) => message)).toEqual([
    expect.stringContaining(SLIP),
  ]);
});

test('a table flattened to lines gives the same tasks, and says which rows it had to put together', async () => {
  const read = await readPlan(Buffer.from(flattened), 'flattened.txt');
  expect(facts(read)).toEqual(EXPECTED);
  const realigned = read.diagnostics.filter(({ code }) => code === 'cells-realigned').map(({ task }) => task);
  expect(realigned).toEqual(['1-01']);
});

test('a flattened table without numbers: rows end with their date', async () => {
  const lines = [
    '任务清单',
    '工作任务',
    '责任单位',
    '完成时限',
    '推进网办',
    '市行政审批局',
    '2022年6月',
    '推进通办，',
    '实现全市覆盖',
    '市行政审批局、',
    '市财政局',
    '2022年9月底前',
  ];
  const { tasks, diagnostics } = await readPlan(Buffer.from(lines.join('\n')), 'plan.txt');
  expect(tasks.map(({ title, parties, deadline }) => [title, parties.map(({ unit }) => unit), deadline.dueOn])).toEqual(
    [
      ['推进网办', ['市行政审批局'], '2022-06-30'],
      ['推进通办，实现全市覆盖', ['市行政审批局', '市财政局'], '2022-09-30'],
    ],
  );
  expect(diagnostics.filter(({ code }) => code === 'cells-realigned').map(({ task }) => task)).toEqual(['1-02']);
});

describe('PDF', () => {
  test('a table over two pages, with and without its column names repeated', async () => {
    for (const second of [[NAMES, ROWS[2] ?? []], [ROWS[2] ?? []]]) {
      const widths = [30, 90, 120, 90, 110, 75];
      const pages = [[NAMES, ...ROWS.slice(0, 2)], second].map((rows, i) => {
        const { lines, rules } = pdfTable(rows, widths);
        return { lines: [...lines, { text: `- ${i + 1} -`, x: 290, y: 20 }], rules };
      });
      const read = await readPlan(makePdf(pages), 'plan.pdf');
      expect(read.tasks.map(({ id, parties }) => [id, parties.length])).toEqual([
        ['1-01', 3],
        ['1-02', 2],
        ['1-03', 2],
      ]);
    }
  });

  test('paragraphs broken at the margin, in two-byte look-alikes (Kangxi radicals)', async () => {
    const text =
      '1.推行网上办理。推进政务服务事项全程网上办理，实现企业办事不⾒⾯。（市⽔利局牵头，2021年⼗二⽉底前完成）';
    const lines = ['衡山市工作方案', text.slice(0, 30), text.slice(30, 60), text.slice(60)].map((part, i) => ({
      text: part,
      x: 60,
      y: 780 - 20 * i,
      size: 16,
    }));
    const { tasks, diagnostics } = await readPlan(makePdf([{ lines }]), 'plan.pdf');
    expect(tasks.map(({ title, parties, deadline }) => [title, parties, deadline.dueOn])).toEqual([
      ['推行网上办理', [{ unit: '市水利局', role: 'lead' }], '2021-12-31'],
    ]);
    expect(diagnostics.map(({ code }) => code)).toContain('characters-repaired');
  });
});

describe('encodings', () => {
  test.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'])('%s without a mark, and with one', async (encoding) => {
    const bare = iconv.encode(tabbed, encoding, { addBOM: false });
    expect(facts(await readPlan(bare, 'plan.txt'))).toEqual(EXPECTED);
    const marked = iconv.encode(`\ufeff${tabbed}`, encoding, { addBOM: false });
    expect(facts(await readPlan(marked, 'plan.txt'))).toEqual(EXPECTED);
  });

  test('a guessed encoding is told, a stated one is not', async () => {
    const codes = async (bytes: Buffer) => (await readPlan(bytes, 'plan.txt')).diagnostics.map(({ code }) => code);
    expect(await codes(iconv.encode(tabbed, 'gb18030'))).toContain('encoding-assumed');
    expect(await codes(Buffer.from(tabbed))).not.toContain('encoding-assumed');
  });

  test('a page in GBK says so itself', async () => {
    const page = iconv.encode(html.replace('charset="utf-8"', 'charset="gb2312"'), 'gb18030');
    expect(facts(await readPlan(page, 'plan.htm'))).toEqual(EXPECTED);
  });
});

describe('Word', () => {
  test('automatic numbers in the 序号 column are numbers', async () => {
    const rows = ROWS.map(([, ...rest]) => [{ text: '', auto: true }, ...rest]);
    const read = await readPlan(await makeDocx({ before: [TITLE], rows: [NAMES, ...rows] }), 'plan.docx');
    expect(read.tasks.map(({ no }) => no)).toEqual([1, 2, 3]);
    expect(read.diagnostics.filter(({ code }) => code.startsWith('number'))).toEqual([]);
  });

  test('automatic headings keep their level', async () => {
    const file = await makeNumberedDocx('衡山市2021年行动方案', [
      { level: 0, text: '优化环境' },
      { level: 1, text: '线上服务' },
      { level: 2, text: '推行网办。（市行政审批局牵头，2021年6月底前完成）' },
      { level: 2, text: '推行通办。（市行政审批局牵头，2021年9月底前完成）' },
      { level: 0, text: '加强监管' },
      { level: 1, text: '信用监管' },
      { level: 2, text: '建立档案。（市发展改革委牵头，2021年12月底前完成）' },
    ]);
    const read = await readPlan(file, 'plan.docx');
    expect(read.tasks.map(({ id, category, deadline }) => [id, category, deadline.dueOn])).toEqual([
      ['1-01', '线上服务', '2021-06-30'],
      ['1-02', '线上服务', '2021-09-30'],
      ['2-01', '信用监管', '2021-12-31'],
    ]);
  });

  const shared: MadeDocument = {
    before: [TITLE],
    rows: [
      ['序号', '重点任务', '工作措施', '牵头单位', '完成时限'],
      ['1', { text: '推行网办', rows: 2 }, '推进事项上网。', { text: '市行政审批局', rows: 3 }, '2021年6月底'],
      ['2', '开设专区。', '2021年9月底'],
      ['3', '推行通办', '跨区通办。', '2021年12月底'],
    ],
  };
  test.each(['docx', 'xlsx'] as const)('%s: a merged cell speaks for each row it covers', async (format) => {
    const file = format === 'docx' ? await makeDocx(shared) : await makeXlsx([{ name: 's', document: shared }]);
    const { tasks } = await readPlan(file, `plan.${format}`);
    expect(tasks.map((task) => [task.category, task.title, task.parties, task.deadline.dueOn])).toEqual([
      ['推行网办', '推进事项上网', [{ unit: '市行政审批局', role: 'lead' }], '2021-06-30'],
      ['推行网办', '开设专区', [{ unit: '市行政审批局', role: 'lead' }], '2021-09-30'],
      ['推行通办', '跨区通办', [{ unit: '市行政审批局', role: 'lead' }], '2021-12-31'],
    ]);
  });
});

describe('Excel', () => {
  test('several sheets are several parts, a hidden one is told and left out', async () => {
    const file = await makeXlsx([
      { name: '政务环境', document: ONE },
      { name: '旧稿', document: ONE, hidden: true },
      { name: '市场环境', document: { before: ['市场环境'], rows: [NAMES, ...ROWS.slice(0, 2)] } },
    ]);
    const read = await readPlan(file, 'plan.xlsx');
    expect(read.tasks.map(({ id }) => id)).toEqual(['1-01', '1-02', '1-03', '2-01', '2-02']);
    expect(read.diagnostics.find(({ code }) => code === 'hidden-sheet')?.message).toContain('旧稿');
  });

  test('dates are days, formulas their values, and one without a value is told', async () => {
    const ExcelJS = (await import('exceljs')).default;
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('任务');
    sheet.addRow(['序号', '任务', '牵头单位', '完成时限']);
    sheet.addRow([1, '推行网办', '市行政审批局', new Date(Date.UTC(2021, 5, 30))]);
    sheet.addRow([2, '推行通办', { formula: 'C2', result: '市行政审批局' }, { formula: 'TODAY()' }]);
    sheet.addRow([3, '推行代办', '市行政审批局', new Date(Date.UTC(2021, 8, 1))]);
    sheet.getCell('D2').numFmt = 'yyyy-mm-dd';
    sheet.getCell('D4').numFmt = 'yyyy"年"m"月"';
    const read = await readPlan(Buffer.from(await workbook.xlsx.writeBuffer()), 'plan.xlsx');
    expect(read.tasks.map(({ parties, deadline }) => [parties[0]?.unit, deadline.dueOn])).toEqual([
      ['市行政审批局', '2021-06-30'],
      ['市行政审批局', null],
      ['市行政审批局', '2021-09-30'],
    ]);
    expect(read.diagnostics.find(({ code }) => code === 'formula-without-value')?.message).toContain('D3');
  });
});
