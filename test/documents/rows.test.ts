/** Tables of tasks with everything real ones do: odd columns, stated rules, missing and doubtful cells. */
import { readPlan } from '../../documents/read-plan';
import type { ReadTask } from '../../documents/result';

/** A text file with tabs between cells, below a title and other lines. */
function file(rows: string[][], { before = ['衡山市重点任务分工表'], after = [] as string[] } = {}): Buffer {
  return Buffer.from([...before, ...rows.map((row) => row.join('\t')), ...after].join('\n'));
}
const read = (rows: string[][], around = {}) => readPlan(file(rows, around), 'plan.txt', {});
const parties = (task?: ReadTask) => task?.parties.map(({ role, unit }) => `${role} ${unit}`);
const codes = async (rows: string[][], around = {}) =>
  (await read(rows, around)).diagnostics
    .filter(({ task }) => task !== null)
    .map(({ code, task, line }) => [code, task, line]);

describe('columns', () => {
  const row = {
    序号: '1',
    任务: '推行网办',
    牵头单位: '市行政审批局',
    配合单位: '市财政局',
    完成时限: '2021年6月底',
    备注: '正在推进',
  };
  const orders = [
    ['序号', '任务', '牵头单位', '配合单位', '完成时限', '备注'],
    ['完成时限', '牵头单位', '任务', '备注', '配合单位', '序号'],
    ['任务', '备注', '完成时限', '配合单位', '牵头单位'],
  ] satisfies (keyof typeof row)[][];

  test.each(orders.map((names) => [names]))('in any order: %s', async (names) => {
    const { tasks } = await read([names, names.map((name) => row[name as keyof typeof row])]);
    expect(tasks).toMatchObject([
      {
        no: 1,
        title: '推行网办',
        parties: [
          { unit: '市行政审批局', role: 'lead' },
          { unit: '市财政局', role: 'co' },
        ],
        leadBasis: 'explicit',
        deadline: { dueOn: '2021-06-30' },
        remark: { status: 'in-progress' },
      },
    ]);
  });

  test.each([
    [['序号', '改革举措', '主要内容', '责任单位', '时限要求'], 'sole'],
    [['序号', '工作任务', '具体措施', '承办单位', '完成时间'], 'sole'],
    [['编号', '督办事项', '工作要求', '责任部门', '办结时限'], 'sole'],
    [['序号', '重点工作', '目标任务', '主办单位', '时间节点'], 'explicit'],
    [['项次', '项目名称', '工作内容', '落实单位', '进度安排'], 'sole'],
    [['序号', '任务清单', '推进措施', '牵头部门', '完成期限'], 'explicit'],
    [['序号', '整改问题', '整改措施', '责任主体', '整改时限'], 'sole'],
    [['序号', '任务事项', '主要做法', '责任科室', '完成日期'], 'sole'],
    [['序\n号'.replace('\n', ' '), '任 务', '内 容', '责 任 单 位', '完 成 时 限'], 'sole'],
    [['序号', '任务名称', '任务内容', '责任单位（第一个为牵头单位）', '2021年完成时限'], 'sole'],
  ])('%s', async (names, basis) => {
    const { tasks } = await read([names, ['1', '推行网办', '推进事项上网', '市行政审批局', '2021年6月底前']]);
    expect(tasks).toMatchObject([
      {
        title: '推行网办',
        parties: [{ unit: '市行政审批局', role: 'lead' }],
        leadBasis: basis,
        deadline: { dueOn: '2021-06-30' },
      },
    ]);
  });

  test('traditional characters', async () => {
    const { tasks, diagnostics } = await read([
      ['序號', '重點任務', '牽頭單位', '責任單位', '完成時限'],
      ['1', '推行網上辦理業務', '市發展和改革委員會', '市財政局、市稅務局', '2021年6月底前'],
    ]);
    expect(parties(tasks[0])).toEqual(['lead 市发展和改革委员会', 'co 市财政局', 'co 市税务局']);
    expect(diagnostics.map(({ code }) => code)).toContain('traditional-converted');
  });

  test('a person is never a unit', async () => {
    const { tasks, diagnostics } = await read([
      ['序号', '任务', '责任领导', '责任单位', '责任人', '完成时限'],
      ['1', '推行网办', '王建国', '市行政审批局', '李红', '2021年6月底'],
    ]);
    expect(parties(tasks[0])).toEqual(['lead 市行政审批局']);
    expect(diagnostics.filter(({ code }) => code === 'person-column')).toHaveLength(2);
  });

  test('a year in the column’s name is its dates’ year', async () => {
    const { tasks } = await read([
      ['序号', '任务', '责任单位', '2022年完成时限'],
      ['1', '推行网办', '市行政审批局', '6月底'],
    ]);
    expect(tasks[0]?.deadline.dueOn).toBe('2022-06-30');
  });

  test('unit/unit: the slash divides roles where the column says so, and names where it does not', async () => {
    const said = await read([
      ['序号', '任务', '牵头单位/配合单位'],
      ['1', '推行网办', '市行政审批局/市财政局、市商务局'],
    ]);
    expect(parties(said.tasks[0])).toEqual(['lead 市行政审批局', 'co 市财政局', 'co 市商务局']);
    const unsaid = await read([
      ['序号', '任务', '责任单位'],
      ['1', '推行网办', '市行政审批局/市财政局'],
    ]);
    expect(parties(unsaid.tasks[0])).toEqual(['co 市行政审批局', 'co 市财政局']);
    expect(unsaid.tasks[0]?.leadBasis).toBe('unstated');
  });

  test('labels inside one cell', async () => {
    const { tasks } = await read([
      ['序号', '任务', '责任分工'],
      ['1', '推行网办', '牵头单位：市行政审批局；配合单位：市财政局、市商务局；完成时限：2021年6月底'],
    ]);
    expect([parties(tasks[0]), tasks[0]?.deadline.dueOn]).toEqual([
      ['lead 市行政审批局', 'co 市财政局', 'co 市商务局'],
      '2021-06-30',
    ]);
  });

  test('support and district columns', async () => {
    const { tasks } = await read([
      ['序号', '任务', '牵头单位', '支持单位', '责任县区'],
      ['1', '推行网办', '市行政审批局', '市财政局', '天元区、攸县'],
    ]);
    expect(parties(tasks[0])).toEqual(['lead 市行政审批局', 'support 市财政局', 'district 天元区', 'district 攸县']);
  });
});

describe('who leads', () => {
  const table = (cell: string) => [
    ['序号', '任务', '责任单位', '完成时限'],
    ['1', '推行网办', cell, '2021年6月底'],
  ];

  test.each([
    '注：责任单位排在第一位的为牵头单位。',
    '备注：列第一位者为牵头单位，下同。',
    '有两个以上责任单位的，排首位的为牵头单位。',
    '牵头单位为排在第一位的责任单位。',
    '第一责任单位为牵头单位。',
  ])('%s', async (rule) => {
    const { tasks, diagnostics } = await read(table('市行政审批局、市财政局'), { after: [rule] });
    expect([parties(tasks[0]), tasks[0]?.leadBasis]).toEqual([['lead 市行政审批局', 'co 市财政局'], 'first']);
    expect(diagnostics.find(({ code }) => code === 'rule-quoted')?.message).toContain(
      rule.replace(/^(?:注|备注)：|。$/g, ''),
    );
  });

  test('the rule in a column’s name', async () => {
    const { tasks } = await read([
      ['序号', '任务', '责任单位（排第一的为牵头单位）'],
      ['1', '推行网办', '市行政审批局、市财政局'],
    ]);
    expect([parties(tasks[0]), tasks[0]?.leadBasis]).toEqual([['lead 市行政审批局', 'co 市财政局'], 'first']);
  });

  test('without a rule nobody leads, and that is asked', async () => {
    const { tasks } = await read(table('市行政审批局、市财政局'));
    expect([parties(tasks[0]), tasks[0]?.leadBasis]).toEqual([['co 市行政审批局', 'co 市财政局'], 'unstated']);
    expect(await codes(table('市行政审批局、市财政局'))).toEqual([['lead-unstated', '1-01', 3]]);
  });

  test('the rule in a cell is a rule and no unit', async () => {
    const rows = [
      ...table('市行政审批局、市财政局（排在第一位的为牵头单位，下同）'),
      ['2', '推行通办', '市财政局、市商务局', '2021年6月底'],
    ];
    const { tasks } = await read(rows);
    expect(tasks.map(parties)).toEqual([
      ['lead 市行政审批局', 'co 市财政局'],
      ['lead 市财政局', 'co 市商务局'],
    ]);
  });

  test('a row that says so itself stands above the rule', async () => {
    const { tasks } = await read(table('市财政局、市行政审批局（牵头）'), { after: ['注：排在第一位的为牵头单位。'] });
    expect([parties(tasks[0]), tasks[0]?.leadBasis]).toEqual([['co 市财政局', 'lead 市行政审批局'], 'explicit']);
  });
});

describe('short names', () => {
  const rows = (second: string) => [
    ['序号', '任务', '牵头单位', '配合单位'],
    ['1', '推行网办', '市行政审批局', '市发展改革委、财政局、株洲海关'],
    ['2', '推行通办', second, ''],
  ];

  test('completed where the document shows the full name, and said', async () => {
    const { tasks } = await read(rows('市财政局'));
    expect(parties(tasks[0])).toEqual(['lead 市行政审批局', 'co 市发展改革委', 'co 市财政局', 'co 株洲海关']);
    expect(await codes(rows('市财政局'))).toContainEqual(['prefix-completed', '1-01', 3]);
  });

  test('kept where it does not', async () => {
    const { tasks } = await read(rows('市商务局'));
    expect(parties(tasks[0])).toContain('co 财政局');
    expect(await codes(rows('市商务局'))).toContainEqual(['prefix-elided', '1-01', 3]);
  });

  test('names that are short everywhere are names', async () => {
    const all = [
      ['序号', '任务', '牵头单位', '配合单位'],
      ['1', '推行网办', '财政局', '发改局、商务局'],
    ];
    expect((await codes(all)).filter(([code]) => String(code).startsWith('prefix'))).toEqual([]);
  });
});

describe('dates of the letter', () => {
  const letter = (sentence: string) => ({
    before: [
      '关于印发《衡山市分工方案》的通知',
      sentence,
      '请于2021年4月10日前将联络员名单报送我办。',
      '2021年3月1日',
      '附件',
      '衡山市分工方案',
    ],
  });
  const rows = [
    ['序号', '任务', '责任单位'],
    ['1', '推行网办', '市行政审批局'],
    ['2', '推行通办', '市财政局，2021年9月底前完成'],
  ];

  test('hold for every row without a date of its own, and are quoted', async () => {
    const { tasks } = await read(rows, letter('各项任务要倒排工期，2021年12月底前全部完成。'));
    expect(tasks.map(({ deadline }) => [deadline.dueOn, deadline.text])).toEqual([
      ['2021-12-31', '2021年12月底前全部完成'],
      ['2021-09-30', '2021年9月底前完成'],
    ]);
  });

  test('a date for reports is no deadline', async () => {
    const { tasks } = await read(rows, letter('请认真贯彻落实。'));
    expect(tasks[0]?.deadline.type).toBe('none');
  });

  test('two letters that disagree are a question', async () => {
    const { tasks } = await read(rows, letter('各项任务2021年10月底前完成。全部改革任务于2021年12月底前完成。'));
    expect(tasks[0]?.deadline.type).toBe('none');
    expect(await codes(rows, letter('各项任务2021年10月底前完成。全部改革任务于2021年12月底前完成。'))).toContainEqual([
      'dates-conflict',
      '1-01',
      8,
    ]);
  });

  test('each part has the date its clause names', async () => {
    const before = ['衡山市分工方案', '第一部分任务6月底前全部完成；第二部分任务11月底前完成。', '2021年3月1日'];
    const part = (title: string) => [[title], ['序号', '任务', '责任单位'], ['1', `推行${title}`, '市财政局']];
    const { tasks } = await read([...part('一、网上办理'), ...part('二、就近办理')], { before });
    expect(tasks.map(({ id, deadline }) => [id, deadline.dueOn])).toEqual([
      ['1-01', '2021-06-30'],
      ['2-01', '2021-11-30'],
    ]);
  });

  test('several steps of one sentence: the last is the due date', async () => {
    const { tasks } = await read(rows, letter('各项任务2021年6月底前完成方案制定，2021年11月底前全部完成。'));
    expect(tasks[0]?.deadline).toMatchObject({
      dueOn: '2021-11-30',
      text: '各项任务2021年6月底前完成方案制定，2021年11月底前全部完成',
    });
  });

  test('a date before the issue is told', async () => {
    const early = [
      ['序号', '任务', '责任单位', '完成时限'],
      ['1', '推行网办', '市行政审批局', '2021年1月底'],
    ];
    expect(await codes(early, letter('请认真贯彻落实。'))).toContainEqual(['due-before-issue', '1-01', 8]);
  });
});

describe('doubts', () => {
  const head = ['序号', '任务', '牵头单位', '配合单位', '完成时限'];
  test.each([
    ['no unit', [head, ['1', '推行网办', '', '', '2021年6月底']], ['no-unit']],
    ['no date', [head, ['1', '推行网办', '市财政局', '', '']], ['no-deadline']],
    [
      'lead that is also co',
      [head, ['1', '推行网办', '市财政局', '市商务局、市财政局', '2021年6月底']],
      ['lead-also-co'],
    ],
    ['a unit twice', [head, ['1', '推行网办', '市财政局', '市商务局、市商务局', '2021年6月底']], ['unit-repeated']],
    ['ambiguous month', [head, ['1', '推行网办', '市财政局', '', '2021年6月前']], ['date-ambiguous']],
    ['open-ended', [head, ['1', '推行网办', '市财政局', '各有关单位', '2021年6月底']], ['open-ended']],
    [
      'ditto',
      [head, ['1', '推行网办', '市财政局', '', '2021年6月底'], ['2', '推行通办', '同上', '', '同上']],
      ['same-as-above', 'same-as-above'],
    ],
  ])('%s', async (_, rows, expected) => {
    expect((await codes(rows)).map(([code]) => code)).toEqual(expected);
  });

  test('numbers that repeat and skip', async () => {
    const rows = [head, ...['1', '2', '2', '5'].map((no) => [no, `任务${no}`, '市财政局', '', '2021年6月底'])];
    expect(await codes(rows)).toEqual([
      ['number-repeats', '1-03', 5],
      ['number-skips', '1-05', 6],
    ]);
    expect((await read(rows)).tasks.map(({ id }) => id)).toEqual(['1-01', '1-02', '1-03', '1-05']);
  });

  test('a table without rows, and a document without tasks', async () => {
    const { diagnostics } = await read([head]);
    expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(['empty-table', 'no-tasks']));
  });

  test('stated totals', async () => {
    const rows = [head, ['1', '推行网办', '市财政局', '', '2021年6月底']];
    const { diagnostics } = await read(rows, { before: ['衡山市重点任务分工表', '本次共3项任务，请认真落实。'] });
    expect(diagnostics.find(({ code }) => code === 'count-differs')?.message).toContain('写明3项，实有1项');
  });
});
