/** 指标对标: what a bulletin shows of figures is accepted, newest, and claims no city for any value. */
import { bulletinFigures } from '../../domain/bulletin/library-figures';
import { indicatorNames, type Library, type LibraryContent } from '../../domain/library/entries';
import type { EvidenceItem, EvidenceVersion, Task } from '../../domain/task';
import benchmarks from '../../seeds/library/benchmarks.json';

const library: Library = {
  sources: [{ id: 'benchmarks', name: '指南', content: benchmarks.content as LibraryContent }],
};
const [first = null] = indicatorNames(library);

const LEAD = 'zhuzhou:市市场监管局';
const item = (id: string, value: string, kind: EvidenceItem['kind'] = 'figure'): EvidenceItem => ({
  id,
  unit: LEAD,
  on: '2020-06-30',
  kind,
  value,
  name: null,
  bytes: null,
});
const version = (items: string[], outcome: EvidenceVersion['outcome']): EvidenceVersion => ({
  version: 1,
  unit: LEAD,
  receivedOn: '2020-06-30',
  onPaper: false,
  late: false,
  items,
  outcome,
  decidedOn: null,
});
/** Only what figures are read from. */
const task = (evidence: EvidenceItem[], versions: EvidenceVersion[], status: Task['status']) =>
  ({ id: 'zhuzhou-2020/1-01', status, evidence, versions }) as unknown as Task;
const shown = (evidence: EvidenceItem[], versions: EvidenceVersion[], status: Task['status'] = 'completed') =>
  bulletinFigures([task(evidence, versions, status)], library, () => first);

test('an accepted figure stands beside the best value and the cities of the whole indicator', () => {
  expect(shown([item('1', '办理时间=1个工作日')], [version(['1'], 'accepted')])).toEqual([
    {
      task: 'zhuzhou-2020/1-01',
      indicator: '企业开办',
      subIndicator: '时间',
      unit: LEAD,
      value: '1个工作日',
      best: '办理时间0.5个工作日',
      bestCities: ['银川', '杭州', '深圳', '西安'],
    },
  ]);
});

test('what was returned, waits or was never handed in is not shown, nor a free figure or another kind', () => {
  const figure = item('1', '1.2=1个工作日');
  for (const outcome of ['waiting', 'returned', 'superseded'] as const) {
    expect(shown([figure], [version(['1'], outcome)])).toEqual([]);
  }
  expect(shown([figure], [])).toEqual([]);
  // R32: accepted once, and then proved untrue.
  expect(shown([figure], [version(['1'], 'accepted')], 'open')).toEqual([]);
  const others = [item('1', '满意度=98%'), item('2', '1.2=1个工作日', 'number')];
  expect(shown(others, [version(['1', '2'], 'accepted')])).toEqual([]);
});

test('the newest of one sub-indicator stands; one without a best value says so by null; two values are both named', () => {
  const evidence = [
    item('1', '1.2=2个工作日'),
    item('2', '1.2=1个工作日'),
    item('3', '1.4=95分'),
    item('4', '7.1=3个'),
  ];
  const found = shown(evidence, [version(['1', '2'], 'returned'), version(['1', '2', '3', '4'], 'accepted')]);
  expect(found.map(({ subIndicator, value, best }) => [subIndicator, value, best])).toEqual([
    ['时间', '1个工作日', '办理时间0.5个工作日'],
    ['便利度', '95分', null],
    ['环节', '3个', '获得用水办理环节2个；获得用气办理环节2个'],
  ]);
});
