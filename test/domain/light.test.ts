/** The table of lights: a life for each row, and pairs where two rows match and the first wins. */
import { lightOf } from '../../domain/light';
import { DEFAULT_POLICY } from '../../domain/policy';
import {
  COORDINATOR,
  conditional,
  fixed,
  LEAD,
  Life,
  planTask,
  SUPERVISOR,
  seedCalendar,
  twoTrack,
  unit,
} from '../support/lives';

const silent = (dueOn = '2020-06-30') => Life.launch(planTask(fixed(dueOn)), '2020-03-13').acknowledgeAll('2020-03-13');
const suspend = { move: 'suspend', reason: '调整' } as const;
const slip = { move: 'issueSlip', colour: 'blue', reason: '慢' } as const;
const request = { move: 'requestExtension', unit: LEAD, to: '2020-08-31', reason: '慢', progress: '五成' } as const;
const grant = { move: 'grantExtension', to: '2020-08-31', reason: '特批' } as const;

const ROWS: [number, string, () => Life, string, string][] = [
  [
    2,
    'cancelled, also when late',
    () => silent().do('2020-07-02', COORDINATOR, { move: 'cancel', reason: '废', document: '文' }),
    '2020-07-03',
    'grey 已撤销',
  ],
  [3, 'completed in time', () => silent().handIn('2020-06-30').accept('2020-07-02'), '2020-07-03', 'green 按期办结'],
  [
    4,
    'completed late',
    () => silent().handIn('2020-07-01').accept('2020-07-02'),
    '2020-07-03',
    'yellow 逾期办结（补齐后由红转黄）',
  ],
  [5, 'suspended, also when late', () => silent().do('2020-07-02', COORDINATOR, suspend), '2020-07-03', 'grey 中止'],
  [6, 'waiting with a stain', () => silent().handIn('2020-07-01'), '2020-07-03', 'yellow 逾期已报送，待审'],
  [7, 'waiting, also after D', () => silent().handIn('2020-06-30'), '2020-07-03', 'blue 已报送，待审'],
  [8, 'pending after D', () => silent().do('2020-06-30', unit(LEAD), request), '2020-07-01', 'yellow 延期待批'],
  [13, 'pending on D is only near', () => silent().do('2020-06-30', unit(LEAD), request), '2020-06-30', 'yellow 临期'],
  [9, 'overdue, even on a Sunday', () => silent('2020-07-04'), '2020-07-05', 'red 逾期'],
  [
    9,
    'overdue, no lead reached',
    () => silent().deliver('2020-06-29', LEAD, 'failed', []),
    '2020-07-01',
    'red 逾期·未送达',
  ],
  [
    10,
    'a stain, and the new date runs',
    () => silent().do('2020-07-02', SUPERVISOR, grant),
    '2020-07-03',
    'yellow 曾逾期，新时限内',
  ],
  [
    9,
    'a stain, and the new date has passed',
    () => silent().do('2020-07-02', SUPERVISOR, grant),
    '2020-09-01',
    'red 逾期',
  ],
  [
    11,
    'a slip by hand before D, also near it',
    () => silent().do('2020-06-29', COORDINATOR, slip),
    '2020-06-30',
    'yellow 提级督办',
  ],
  [9, 'a slip by hand, and D has passed', () => silent().do('2020-06-29', COORDINATOR, slip), '2020-07-01', 'red 逾期'],
  [12, 'grace after D', () => silent().handIn('2020-06-29').giveBack('2020-06-30'), '2020-07-07', 'yellow 退办补报'],
  [9, 'grace has passed', () => silent().handIn('2020-06-29').giveBack('2020-06-30'), '2020-07-08', 'red 逾期'],
  [
    13,
    'grace, but D is still to come',
    () => silent().handIn('2020-06-29').giveBack('2020-06-30'),
    '2020-06-30',
    'yellow 临期',
  ],
  [13, 'five working days before', () => silent(), '2020-06-22', 'yellow 临期'],
  [15, 'the day before that', () => silent(), '2020-06-21', 'blue 正常推进'],
  [
    14,
    'an owed report is missing after P',
    () => Life.launch(planTask(conditional), '2020-03-13'),
    '2020-06-25',
    'yellow 缺报',
  ],
  [15, 'with a due date a missing report shows elsewhere', () => silent('2020-12-31'), '2020-06-28', 'blue 正常推进'],
  [
    14,
    'an undecided two-track task has no D',
    () => Life.launch(planTask(twoTrack('2020-12-31', '2021-06-30')), '2020-03-13'),
    '2020-06-28',
    'yellow 缺报',
  ],
  [15, 'nothing in the way', () => silent(), '2020-05-06', 'blue 正常推进'],
];

test.each(ROWS)('R24 R32: light, row %i: %s', (_, __, life, on, expected) => {
  expect(life().lightOn(on)).toBe(expected);
});

test('R24: light, row 1: a draft has none', () => {
  const draft = { ...silent().task, status: 'draft' as const };
  expect(lightOf(draft, seedCalendar(), DEFAULT_POLICY, '2020-05-06')).toEqual({ colour: 'none', reason: '未下达' });
});

test("R25 R27: the coordinator's lateness never reddens a unit", () => {
  const waiting = silent().handIn('2020-06-30');
  const pending = silent().do('2020-06-30', unit(LEAD), request);
  for (const day of ['2020-07-31', '2020-12-31', '2021-06-30']) {
    expect(waiting.lightOn(day)).toBe('blue 已报送，待审');
    expect(pending.lightOn(day)).toBe('yellow 延期待批');
  }
});
