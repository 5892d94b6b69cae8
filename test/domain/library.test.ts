/** Tasks and indicators, figures and best values: joined where it is sure, and else not at all. */

import { indicatorNames, type Library, type LibraryContent } from '../../domain/library/entries';
import { figureBeside, figuresBeside, figureText } from '../../domain/library/figures';
import { addressOf, linkOf } from '../../domain/library/links';
import { measureOf, sameUnit } from '../../domain/library/measures';
import benchmarks from '../../seeds/library/benchmarks.json';
import zhuhai from '../../seeds/plans/zhuhai-2020.json';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';

const library: Library = {
  sources: [{ id: 'benchmarks', name: '指南', content: benchmarks.content as LibraryContent }],
};
const indicators = indicatorNames(library);
const indicator = (no: number) => indicators[no - 1] ?? null;
const linked = (category: string | null) => linkOf(category, undefined, indicators).indicator?.name ?? null;

describe('which indicator a task belongs to', () => {
  test.each([
    ['开办企业', '企业开办'],
    ['获得电力', '获得电力'],
    ['登记财产', '财产登记'],
    ['缴纳税费', '纳税'],
    ['跨境贸易', '跨境贸易'],
    ['执行合同', '执行合同'],
    ['办理建筑许可', '办理建筑许可'],
    ['获得信贷', '获得信贷'],
    ['政务服务', '政务服务'],
    ['市场监管', '市场监管'],
    ['劳动力市场监管', '劳动力市场监管'],
    ['（一）开办企业（5项）', '企业开办'],
  ])('%s is %s', (category, name) => expect(linked(category)).toBe(name));

  test.each([null, '', '信用环境', '土地节约集约利用', '营商法治化建设', '获得电力和用水用气', '市场', '企业'])(
    '%p fits none, or two: no link',
    (category) => expect(linked(category)).toBeNull(),
  );

  test('every category of Zhuzhou is known, and of Zhuhai those that are indicators', () => {
    const unknown = (tasks: { category: string | null }[]) =>
      [...new Set(tasks.map(({ category }) => category))].filter((category) => linked(category) === null);
    expect(unknown(zhuzhou.tasks)).toEqual([]);
    expect(unknown(zhuhai.tasks)).toEqual(['获得电力和用水用气', '信用环境', '营商法治化建设', '土地节约集约利用']);
  });

  test('a coordinator is right, also where he says none; an indicator that is gone is none', () => {
    const said = (address: string | null) => ({ indicator: address, madeAt: '2020-03-16T01:00:00.000Z', madeBy: '王' });
    expect(linkOf('开办企业', said('benchmarks/13'), indicators)).toEqual({
      indicator: indicator(13),
      by: 'coordinator',
    });
    expect(linkOf('开办企业', said(null), indicators)).toEqual({ indicator: null, by: 'coordinator' });
    expect(linkOf('开办企业', said('gone/1'), indicators)).toEqual({ indicator: null, by: 'coordinator' });
  });

  test('two guides with the same indicator: neither is taken', () => {
    const two = [...indicators, { source: 'other', no: 1, name: '开办企业' }];
    expect(linkOf('开办企业', undefined, two).indicator).toBeNull();
    expect(two.map(addressOf).at(-1)).toBe('other/1');
  });
});

describe('figures', () => {
  const beside = (given: string, no: number | null = 1) =>
    figureBeside(given, library, no === null ? null : indicator(no));
  const difference = (given: string, no?: number) => beside(given, no).best.map((one) => one.difference);

  test.each([
    ['1.2=1个工作日', [0.5]],
    ['1.2=0.5个工作日', [0]],
    ['1.2=0.2 工作日', [-0.3]],
    ['１．２＝０．５个工作日', [0]],
    ['benchmarks/1.2=1个工作日', [0.5]],
    ['时间=1个工作日', [0.5]],
    ['企业开办·时间=1个工作日', [0.5]],
    ['办理时间=1个工作日', [0.5]],
    ['8.3=41,448.3元', [0]],
    ['14.2=9.7%', [0.04]],
    ['14.2=9.7％', [0.04]],
    // Two values: water and gas.
    ['7.2=14个工作日', [2, -2]],
  ])('%s is compared', (given, expected) => expect(difference(given)).toEqual(expected));

  test.each([
    ['1.2=4小时', '单位不同'],
    ['1.2=1天', '单位不同'],
    ['1.2=1', '单位不同'],
    ['8.3=4万元', '单位不同'],
    ['1.2=不到半天', '不是带单位的单一数值'],
    ['1.2=0.5至1个工作日', '不是带单位的单一数值'],
    ['1.2=约1个工作日', '不是带单位的单一数值'],
  ])('%s is not', (given, why) => {
    const [one] = beside(given).best;
    expect(one?.difference).toBeNull();
    expect(one?.says).toContain(why);
  });

  test('a name means the task’s own indicator first; without one it must be the only one', () => {
    expect(beside('时间=1个工作日', 3).subIndicator?.id).toBe('benchmarks/3.2');
    expect(beside('时间=1个工作日', null)).toMatchObject({ subIndicator: null, why: 'ambiguous', best: [] });
    expect(beside('纳税次数=7次', null).subIndicator?.id).toBe('benchmarks/13.1');
    expect(beside('满意度=98%')).toMatchObject({ subIndicator: null, why: 'unknown', name: '满意度', value: '98%' });
    expect(beside('99.9=1个').why).toBe('unknown');
  });

  test('what people read says both, and claims neither a city nor which is better', () => {
    expect(figureText(beside('1.2=1个工作日'))).toBe(
      '1.2 企业开办·时间 1个工作日（最佳值0.5个工作日，比最佳值高0.5个工作日）',
    );
    expect(figureText(beside('7.1=2个'))).toBe(
      '7.1 获得用水用气·环节 2个（最佳值（获得用水）2个，与最佳值相同；最佳值（获得用气）2个，与最佳值相同）',
    );
    expect(figureText(beside('1.4=95分'))).toBe('1.4 企业开办·便利度 95分（资料库没有最佳值）');
    expect(figureText(beside('满意度=98%'))).toBe('满意度 98%');
    expect(figureText(beside('时间=1天', null))).toContain('请写编号');
  });

  test('of a task’s evidence only figures are read, in their order', () => {
    const item = (id: string, kind: 'figure' | 'link', value: string) => ({
      id,
      kind,
      value,
      unit: 'zhuzhou:市税务局',
      on: '2020-06-30',
      name: null,
      bytes: null,
    });
    const evidence = [
      item('1', 'figure', '1.2=1个工作日'),
      item('2', 'link', 'http://x/1.2=1'),
      item('3', 'figure', '1.1=3个'),
    ];
    const found = figuresBeside(evidence, library, indicator(1));
    expect(found.map((one) => [one.item, one.subIndicator?.id, one.best[0]?.difference])).toEqual([
      ['1', 'benchmarks/1.2', 0.5],
      ['3', 'benchmarks/1.1', 1],
    ]);
    expect(figuresBeside(evidence, { sources: [] }, null).map(({ why }) => why)).toEqual(['unknown', 'unknown']);
  });
});

test('measures: one number with its unit, or nothing', () => {
  expect(measureOf('203164元')).toEqual({ value: 203164, unit: '元' });
  expect(measureOf('-1.5%')).toEqual({ value: -1.5, unit: '%' });
  expect(measureOf('12')).toEqual({ value: 12, unit: null });
  for (const none of ['', '元', '3个环节5天', '1/2', '9,66', '1.2.3天', '１２天以内的若干个工作日以及其他']) {
    expect(measureOf(none)).toEqual({ value: null, unit: null });
  }
  expect([
    sameUnit('个工作日', '工作日'),
    sameUnit('个', '个工作日'),
    sameUnit(null, '天'),
    sameUnit(null, null),
  ]).toEqual([true, false, false, true]);
});
