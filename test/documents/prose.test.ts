/** Tasks in running text: inline brackets, labelled lines, numbered measures; and the real plan that names no units. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan } from '../../documents/read-plan';

const read = (lines: string[]) => readPlan(Buffer.from(lines.join('\n')), 'plan.txt');
const facts = async (lines: string[]) =>
  (await read(lines)).tasks.map((task) => [
    task.id,
    task.category,
    task.title,
    task.parties.map(({ role, unit }) => `${role} ${unit}`).join(', '),
    task.deadline.dueOn ?? task.deadline.type,
  ]);

const TITLE = '衡山市2021年优化营商环境工作方案';

describe('assignments in brackets', () => {
  test('each numbered item closed by a bracket is a task', async () => {
    expect(
      await facts([
        TITLE,
        '一、总体要求',
        '坚持以人民为中心。',
        '二、重点任务',
        '（一）优化政务环境',
        '1.推行“一网通办”。推进政务服务事项全程网办。（市行政审批局牵头，市财政局、市商务局按职责分工负责，2021年6月底前完成）',
        '2.压缩开办企业时间。开办企业1个工作日办结。（市市场监管局牵头，各县市区人民政府配合，9月底前完成）',
        '（二）优化市场环境',
        '3.开展信用监管。建立信用档案。（市发展改革委负责；持续推进）',
        '三、保障措施',
        '（一）加强组织领导。各部门要高度重视。',
      ]),
    ).toEqual([
      ['1-01', '优化政务环境', '推行“一网通办”', 'lead 市行政审批局, co 市财政局, co 市商务局', '2021-06-30'],
      ['1-02', '优化政务环境', '压缩开办企业时间', 'lead 市市场监管局, district 各县市区人民政府', '2021-09-30'],
      ['1-03', '优化市场环境', '开展信用监管', 'lead 市发展改革委', 'ongoing'],
    ]);
  });

  test('the bracket is no part of the content, the rest is kept', async () => {
    const { tasks } = await read([
      TITLE,
      '1.推行网办。推进事项上网（含移动端）。（市行政审批局牵头，2021年6月底前完成）',
    ]);
    expect(tasks.map(({ content, line }) => [content, line])).toEqual([['推行网办。推进事项上网（含移动端）。', 2]]);
  });

  test.each([
    ['【责任单位：市行政审批局、市财政局；完成时限：2021年6月底】', 'co 市行政审批局, co 市财政局', '2021-06-30'],
    ['［牵头单位：市行政审批局；配合单位：市财政局］', 'lead 市行政审批局, co 市财政局', 'none'],
    ['[市行政审批局牵头，市财政局配合]', 'lead 市行政审批局, co 市财政局', 'none'],
    ['（市行政审批局）', 'lead 市行政审批局', 'none'],
    ['（责任单位：市行政审批局）（完成时限：2021年6月底）', 'lead 市行政审批局', '2021-06-30'],
    ['(责任单位：市行政审批局等有关单位，2021年底前)', 'co 市行政审批局', '2021-12-31'],
  ])('%s', async (bracket, parties, due) => {
    expect(await facts([TITLE, `1.推行网上办理。${bracket}`])).toEqual([['1-01', null, '推行网上办理', parties, due]]);
  });

  test('several brackets in one paragraph are several tasks', async () => {
    expect(
      await facts([
        TITLE,
        '（一）推行网办。',
        '推进事项上网。（市行政审批局牵头，2021年6月底前完成）推进电子证照应用。（市大数据局牵头，2021年9月底前完成）',
      ]),
    ).toEqual([
      ['1-01', null, '推行网办', 'lead 市行政审批局', '2021-06-30'],
      ['1-02', null, '推进电子证照应用', 'lead 市大数据局', '2021-09-30'],
    ]);
  });

  test('brackets that assign nothing are text', async () => {
    const { tasks } = await read([
      TITLE,
      '1.推行网上办理（含移动端）。（市行政审批局牵头）',
      '2.压缩时间（不少于30%），落实《条例》（国务院令第722号）。（市市场监管局牵头）',
    ]);
    expect(tasks.map(({ parties }) => parties)).toEqual([
      [{ unit: '市行政审批局', role: 'lead' }],
      [{ unit: '市市场监管局', role: 'lead' }],
    ]);
    expect(tasks[1]?.content).toContain('（国务院令第722号）');
  });

  test('an item without a bracket among items with one is a task without a unit', async () => {
    const { tasks, diagnostics } = await read([
      TITLE,
      '1.推行网办。（市行政审批局牵头）',
      '2.压缩时间。',
      '3.加强监管。（市发展改革委牵头）',
    ]);
    expect(tasks.map(({ parties }) => parties.length)).toEqual([1, 0, 1]);
    expect(diagnostics.filter(({ code }) => code === 'no-unit').map(({ task, line }) => [task, line])).toEqual([
      ['1-02', 3],
    ]);
  });

  test('one assignment below several items is the section’s', async () => {
    const { tasks } = await read([
      TITLE,
      '（一）优化政务环境',
      '1.推行网办。',
      '2.推行通办。',
      '（市行政审批局牵头，2021年6月底前完成）',
      '（二）优化市场环境',
      '1.加强监管。',
      '2.完善信用。',
      '（市发展改革委牵头，2021年9月底前完成）',
    ]);
    expect(
      tasks.map(({ title, measures, parties, deadline }) => [title, measures, parties[0]?.unit, deadline.dueOn]),
    ).toEqual([
      ['优化政务环境', ['推行网办。', '推行通办。'], '市行政审批局', '2021-06-30'],
      ['优化市场环境', ['加强监管。', '完善信用。'], '市发展改革委', '2021-09-30'],
    ]);
  });
});

describe('labelled lines', () => {
  const expected = [
    ['1-01', null, '推行“一网通办”', 'lead 市行政审批局, co 市财政局, co 市商务局', '2021-06-30'],
    ['1-02', null, '压缩开办时间', 'lead 市市场监管局', 'ongoing'],
  ];

  test('a line for each label', async () => {
    expect(
      await facts([
        TITLE,
        '1.推行“一网通办”。推进事项上网。',
        '牵头单位：市行政审批局',
        '责任单位：市财政局、市商务局',
        '责任领导：张某某',
        '完成时限：2021年6月底前',
        '2.压缩开办时间。推行一窗受理。',
        '牵头单位：市市场监管局',
        '完成时限：持续推进',
      ]),
    ).toEqual(expected);
  });

  test('all labels in one line', async () => {
    expect(
      await facts([
        TITLE,
        '1.推行“一网通办”。推进事项上网。',
        '牵头单位：市行政审批局  责任单位：市财政局、市商务局  完成时限：2021年6月底前',
        '2.压缩开办时间。推行一窗受理。（牵头单位：市市场监管局；完成时限：持续推进）',
      ]),
    ).toEqual(expected);
  });

  test('a person is no unit', async () => {
    const { tasks } = await read([TITLE, '1.推行网办。', '责任领导：王建国', '牵头单位：市行政审批局', '责任人：李红']);
    expect(tasks.map(({ parties }) => parties)).toEqual([[{ unit: '市行政审批局', role: 'lead' }]]);
  });
});

describe('上海市行动方案: measures without units', () => {
  const file = readFileSync(join(__dirname, 'real/shanghai-2021.txt'));
  const reading = readPlan(file, 'shanghai-2021.txt');

  test('207 measures in 5 parts and 31 sections, and no unit invented', async () => {
    const { tasks, plan } = await reading;
    expect(tasks).toHaveLength(207);
    expect(new Set(tasks.map(({ part }) => part)).size).toBe(5);
    expect(new Set(tasks.map(({ part, category }) => `${part} ${category}`)).size).toBe(31);
    expect(tasks.flatMap(({ parties }) => parties)).toEqual([]);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(207);
    expect(plan).toMatchObject({
      title: '上海市加强改革系统集成持续深化国际一流营商环境建设行动方案',
      issuedOn: '2021-05-07',
      city: '上海市',
    });
  });

  test('the few dates are found where they stand, and the ambiguous one is asked about', async () => {
    const { tasks, diagnostics } = await reading;
    const dated = tasks
      .filter(({ deadline }) => deadline.text !== '')
      .map(({ line, deadline }) => [line, deadline.dueOn, deadline.text]);
    expect(dated).toEqual([
      [153, '2021-12-31', '2021年基本实现企业所有办税缴费事项网上办'],
      [157, '2021-12-31', '2021年基本实现所有纳税人增值税专用发票电子化'],
      [173, '2021-03-31', '海关2021年第一季度公布2020年度报关企业整体通关时间'],
      [225, '2021-12-31', '2021年实现知识产权质押融资金额较上一年度增长20%'],
      [373, null, '市级平台2021年6月前上线运行'],
    ]);
    const told = (code: string) => diagnostics.filter((d) => d.code === code).map(({ line }) => line);
    expect([told('date-ambiguous'), told('due-before-issue'), told('no-unit').length]).toEqual([[373], [173], 207]);
  });
});

describe('text that is no list of tasks', () => {
  test.each([
    ['numbered text without a plan’s title', ['一、企业开办', '1、实现网上办理', '2、线下一窗受理']],
    ['a report', ['2021年以来，营商环境持续优化。', '一、案例背景', '（一）知识产权数字化。平台以版权为突破口。']],
  ])('%s', async (_, lines) => {
    const { tasks, diagnostics } = await read(lines);
    expect(tasks).toEqual([]);
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toContainEqual(['error', 'no-tasks']);
  });
});
