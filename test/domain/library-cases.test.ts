/** Cases in reminders: of the task's own indicator, then of its words, the same ones every time; none for who is late. */
import type { CalendarYear } from '../../domain/calendar';
import { type LetterContext, type LetterNotice, letterOf } from '../../domain/letters';
import { caseChooser, caseName } from '../../domain/library/cases';
import { type CaseTitle, indicatorNames, type Library, type LibraryContent } from '../../domain/library/entries';
import { indicatorNamedIn } from '../../domain/library/links';
import year2020 from '../../seeds/calendars/2020.json';
import benchmarks from '../../seeds/library/benchmarks.json';
import nanjing from '../../seeds/library/nanjing-2021.json';

const calendar = { version: 'test', years: { 2020: year2020 as CalendarYear } };
const library: Library = {
  sources: [benchmarks, nanjing].map(({ id, name, content }) => ({ id, name, content: content as LibraryContent })),
};
const indicators = indicatorNames(library);
const cases: CaseTitle[] = library.sources.flatMap(({ id, name, content }) =>
  content.cases.map((one) => ({
    id: `${id}/${one.id}`,
    source: id,
    sourceName: name,
    title: one.title,
    place: one.place?.name ?? null,
    indicator: one.indicator,
  })),
);
const choose = caseChooser(cases, indicators);
const chosen = (title: string, category: string | null) =>
  choose({ title, category, indicator: indicatorNamedIn(category, indicators) }).map(({ id }) => id);

test.each([
  ['提供不动产登记、交易和缴税“一窗受理、并行办理”服务', '登记财产'],
  ['实行开办企业全程网上办', '开办企业'],
  ['纳税“最多跑一次”', '缴纳税费'],
  ['推广应用国际贸易“单一窗口”', '跨境贸易'],
])('%s: three cases of its own indicator', (title, category) => {
  const found = chosen(title, category);
  expect(found).toHaveLength(3);
  const no = indicatorNamedIn(category, indicators)?.no;
  for (const id of found) {
    const one = cases.find((each) => each.id === id);
    const of = one?.indicator ?? indicatorNamedIn(one?.title ?? '', indicators)?.no;
    expect(of).toBe(no);
  }
});

test('inside an indicator those with the most words in common come first, then by id', () => {
  expect(chosen('抵押登记全程网办', '登记财产')[0]).toBe('benchmarks/8-2');
  expect(chosen('无关', '执行合同')).toEqual(['benchmarks/14-1', 'benchmarks/14-2', 'benchmarks/14-3']);
  expect(chosen('纳税服务“一口进一口出”', '缴纳税费')[0]).toBe('nanjing-2021/05');
});

test('without an indicator only clear words count, and nothing is named where nothing fits', () => {
  expect(chosen('推进新生儿出生“一件事”', null)).toEqual(['nanjing-2021/11']);
  expect(chosen('村级工业园改造升级', '土地节约集约利用')).toEqual([]);
  expect(chosen('优化服务，推进企业办理改革创新', null)).toEqual([]);
  const empty = caseChooser([], indicators);
  expect(empty({ title: '开办企业', category: '开办企业', indicator: indicators[0] ?? null })).toEqual([]);
});

test('the order of the library changes nothing', () => {
  const subject = { title: '实行开办企业全程网上办', category: '开办企业', indicator: indicators[0] ?? null };
  expect(caseChooser([...cases].reverse(), indicators)(subject)).toEqual(choose(subject));
});

test('a name has its place once', () => {
  expect(caseName({ place: '杭州市', title: '开办企业“一件事”' })).toBe('杭州市—开办企业“一件事”');
  expect(caseName({ place: '秦淮区', title: '秦淮区推行“一业一证”' })).toBe('秦淮区推行“一业一证”');
  expect(caseName({ place: null, title: '改革' })).toBe('改革');
});

describe('in a letter', () => {
  const to = { unit: 'zz:市税务局', office: 'liaison' } as const;
  const context: LetterContext = {
    language: 'zh-CN',
    calendar,
    on: '2020-06-22',
    tasks: {
      'zz-2020/1-02': {
        title: '压缩时间',
        dueOn: '2020-06-30',
        leads: [to.unit],
        roles: { [to.unit]: 'lead' },
        cases: [
          { name: '甲市：改革', source: '指南' },
          { name: '乙市：创新', source: '指南' },
          { name: '丙区做法', source: '案例' },
        ],
      },
    },
    units: {},
    plans: { 'zz-2020': '方案' },
  };
  const notice = (more: Partial<LetterNotice>): LetterNotice => ({
    kind: 'reminder',
    rung: '20',
    to,
    plan: 'zz-2020',
    task: 'zz-2020/1-02',
    section: 'due',
    text: '请办理。',
    dueOn: '2020-06-30',
    provisional: false,
    obligation: { kind: 'due', dueOn: '2020-06-30' },
    ...more,
  });
  const reference = (...notices: LetterNotice[]) => letterOf(to, notices, context).sections[0]?.asks[0]?.reference;

  test('a reminder names them, one document after the other', () => {
    expect(reference(notice({}))).toBe('参考案例：甲市：改革；乙市：创新（《指南》）；丙区做法（《案例》）');
  });

  test('a slip, an urging, an overdue task and every other notice name none', () => {
    expect(reference(notice({ kind: 'slip', section: 'overdue' }))).toBeNull();
    expect(reference(notice({}), notice({ kind: 'slip' }))).toBeNull();
    expect(reference(notice({ kind: 'urging' }), notice({}))).toBeNull();
    expect(reference(notice({}), notice({ kind: 'report', section: 'overdue' }))).toBeNull();
    expect(reference(notice({ kind: 'issue', section: 'sign' }))).toBeNull();
  });
});
