/** The wordings that the reader was promised to understand, each as a small document of its own. */
import { readPlan } from '../../documents/read-plan';

const TITLE = '衡山市2021年优化营商环境工作要点';
const read = (...lines: string[]) => readPlan(Buffer.from([TITLE, ...lines].join('\n')), 'plan.txt');
const told = async (...lines: string[]) =>
  (await read(...lines)).tasks.map((task) => [
    task.parties.map(({ role, unit }) => `${role} ${unit}`).join(', '),
    task.leadBasis,
    task.deadline.dueOn ?? task.deadline.type,
  ]);

test('every column of such tables at once', async () => {
  const names =
    '序号 改革举措 主要内容 工作措施 牵头单位 责任单位 配合单位 协办单位 责任科室 责任领导 完成时限 进度安排 备注';
  const cells =
    '1 推行网办 精简材料 1.建系统 市行政审批局 市财政局 市商务局 市税务局 审批科 张三 2021年6月底 2021年3月启动 已完成';
  const { tasks, diagnostics } = await read(names.replaceAll(' ', '\t'), cells.replaceAll(' ', '\t'));
  expect(tasks).toMatchObject([
    {
      title: '推行网办',
      content: '精简材料',
      measures: ['建系统'],
      parties: [
        { unit: '市行政审批局', role: 'lead' },
        { unit: '市财政局', role: 'co' },
        { unit: '市商务局', role: 'co' },
        { unit: '市税务局', role: 'co' },
      ],
      deadline: { dueOn: '2021-06-30' },
      remark: { status: 'done' },
    },
  ]);
  expect(diagnostics.filter(({ code }) => code === 'person-column').map(({ message }) => message)).toEqual([
    expect.stringContaining('责任领导'),
  ]);
});

test.each([
  [
    'a bracket with verbs and a date',
    ['1.推行网办。（市发展改革委牵头，市财政局、市商务局按职责分工负责，2021年6月底前完成）'],
    [['lead 市发展改革委, co 市财政局, co 市商务局', 'explicit', '2021-06-30']],
  ],
  ['【】', ['1.推行网办。【责任单位：市财政局】'], [['lead 市财政局', 'sole', 'none']]],
  [
    '[]',
    ['1.推行网办。[市财政局、市商务局负责，2021年7月底前]'],
    [['co 市财政局, co 市商务局', 'unstated', '2021-07-31']],
  ],
  [
    'labels in a line',
    ['1.推行网办。', '牵头单位：市行政审批局 责任单位：市财政局 完成时限：2021年6月底前'],
    [['lead 市行政审批局, co 市财政局', 'explicit', '2021-06-30']],
  ],
  [
    'a list of labels in one cell',
    ['序号\t任务\t责任单位', '1\t网办\t牵头单位：市行政审批局 配合单位：市财政局 完成时限：2021年6月底'],
    [['lead 市行政审批局, co 市财政局', 'explicit', '2021-06-30']],
  ],
  [
    'unit/unit',
    ['序号\t任务\t牵头单位/配合单位', '1\t网办\t市财政局/市商务局、市税务局'],
    [['lead 市财政局, co 市商务局, co 市税务局', 'explicit', 'none']],
  ],
  [
    'one responsible unit beside 配合单位',
    ['序号\t任务\t责任单位\t配合单位', '1\t网办\t市财政局\t市商务局', '2\t通办\t市财政局、市税务局\t市商务局'],
    [
      ['lead 市财政局, co 市商务局', 'sole', 'none'],
      ['co 市财政局, co 市税务局, co 市商务局', 'unstated', 'none'],
    ],
  ],
  [
    'a condition behind a comma',
    ['1.推行网办。（责任单位：市商务局、衡山海关，根据国际贸易“单一窗口”推进情况及时推进）'],
    [['co 市商务局, co 衡山海关', 'unstated', 'conditional']],
  ],
])('%s', async (_, lines, expected) => {
  expect(await told(...lines)).toEqual(expected);
});

test.each(['注：排在第一位的为牵头单位。', '备注：列第一位者为牵头单位，下同。'])('%s', async (rule) => {
  const lines = ['序号\t任务\t责任单位', '1\t网办\t市财政局、市商务局', '2\t通办\t市商务局、市财政局', rule];
  expect((await told(...lines)).map(([parties]) => parties)).toEqual([
    'lead 市财政局, co 市商务局',
    'lead 市商务局, co 市财政局',
  ]);
});

test('numbers that run on through the parts skip nothing; a lost row does', async () => {
  const skips = async (...numbers: number[]) => {
    const [one, two, three] = numbers;
    const head = '序号\t任务\t责任单位';
    const row = (no: number | undefined) => `${no}\t第${no}项任务\t市财政局`;
    const lines = ['一、市场准入', head, row(one), row(two), '二、市场监管', head, row(three)];
    return (await read(...lines)).diagnostics.filter(({ code }) => code === 'number-skips').length;
  };
  expect(await skips(1, 2, 3)).toBe(0);
  expect(await skips(1, 2, 1)).toBe(0);
  expect(await skips(1, 2, 4)).toBe(1);
});
