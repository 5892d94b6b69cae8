/** R33 to R36: what a failed letter does to the clocks, urgency, recall, the state at a month's end. */

import { stepsUntil } from '../../domain/bulletin/source';
import { lightOf } from '../../domain/light';
import type { NoticeDraft } from '../../domain/notices';
import { DEFAULT_POLICY } from '../../domain/policy';
import { stands } from '../../domain/stands';
import {
  CO,
  COORDINATOR,
  conditional,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OTHER,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  seedCalendar,
  twoTrack,
  unit,
} from '../support/lives';

const signed = (task = planTask(fixed('2020-06-30'))) => Life.launch(task, '2020-03-13').acknowledgeAll('2020-03-13');
const TWO_LEADS = planTask(fixed('2020-06-30'), {
  parties: [
    { unit: LEAD, role: 'lead' },
    { unit: SECOND_LEAD, role: 'lead' },
  ],
});
const blue = [{ kind: 'slip', slip: '督办单〔2020〕1号' }];
const ISSUE = [{ kind: 'issue', slip: null }];

describe('R33: delivery failures are ours', () => {
  test('R33 R13: the acknowledgement clock of that unit starts again at its next H, the others run on', () => {
    const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').deliver('2020-03-13', LEAD, 'failed', ISSUE);
    expect(life.task.acknowledgements[LEAD]?.handedOn).toBeNull();
    life.until('2020-03-27');
    expect(life.days('acknowledgement')).toEqual([]);
    expect(life.days('acknowledgement', `${CO}/liaison`)).toHaveLength(4);
    life.deliver('2020-03-30', LEAD, 'handed', ISSUE).until('2020-04-10');
    // H is 30 March: 3, 7 (after 清明), 8, 9 April.
    expect(life.days('acknowledgement')).toEqual(['2020-04-03', '2020-04-07', '2020-04-08', '2020-04-09']);
    expect(life.days('acknowledgement', `${LEAD}/head`)).toEqual(['2020-04-07']);
  });

  test('R33: a failed letter without the issue notice leaves that clock alone', () => {
    const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');
    life.deliver('2020-03-16', LEAD, 'failed', [{ kind: 'reminder', slip: null }]).until('2020-03-19');
    expect(life.days('acknowledgement')).toEqual(['2020-03-19']);
  });

  test('R33: a rung that reached no lead counts as issued on the next H', () => {
    const life = signed().until('2020-07-01').deliver('2020-07-01', LEAD, 'failed', blue).until('2020-07-20');
    expect(life.slips()).toEqual([['blue', '2020-07-01', null]]);
    life.deliver('2020-07-20', LEAD, 'handed', blue).until('2020-07-28');
    expect(life.slips()).toEqual([
      ['blue', '2020-07-20', '2020-07-27'],
      ['orange', '2020-07-28', '2020-08-04'],
    ]);
    expect(life.task.unreached).toEqual({});
  });

  test('R33: one that reached at least one of two leads goes on', () => {
    const life = signed(TWO_LEADS).until('2020-07-01').deliver('2020-07-01', LEAD, 'failed', blue).until('2020-07-09');
    expect(life.slips().map(([colour, on]) => [colour, on])).toEqual([
      ['blue', '2020-07-01'],
      ['orange', '2020-07-09'],
    ]);
    expect(life.task.ladder.slips[0]?.failedUnits).toEqual([LEAD]);
    expect(life.lightOn('2020-07-09')).toBe('red 逾期');
    // Both: held, until one of them has it.
    const both = signed(TWO_LEADS).until('2020-07-01').deliver('2020-07-01', LEAD, 'failed', blue);
    both.deliver('2020-07-02', SECOND_LEAD, 'failed', blue).until('2020-07-17');
    expect(both.slips()).toEqual([['blue', '2020-07-01', null]]);
    expect(both.deliver('2020-07-20', SECOND_LEAD, 'handed', blue).slips()).toEqual([
      ['blue', '2020-07-20', '2020-07-27'],
    ]);
  });

  test('R33: a late bounce voids what was built on the rung; it stays on record, and blue is not repeated', () => {
    const life = signed().until('2020-07-09').deliver('2020-07-10', LEAD, 'failed', blue).until('2020-07-20');
    expect(life.task.ladder.slips.map((s) => [s.colour, s.void])).toEqual([
      ['blue', false],
      ['orange', true],
    ]);
    life.deliver('2020-07-20', LEAD, 'handed', blue).until('2020-07-28');
    expect(life.task.ladder.slips.map((s) => [s.colour, s.void, s.number])).toEqual([
      ['blue', false, '督办单〔2020〕1号'],
      ['orange', true, '督办单〔2020〕2号'],
      ['orange', false, '督办单〔2020〕3号'],
    ]);
  });

  test('R33: due date and breach do not wait, but a breach with no lead reached carries 未送达', () => {
    const life = signed()
      .deliver('2020-06-29', LEAD, 'failed', [{ kind: 'reminder', slip: null }])
      .until('2020-07-01');
    expect(life.task.breaches).toMatchObject([{ breachedOn: '2020-07-01', undelivered: true }]);
    expect(life.lightOn('2020-07-01')).toBe('red 逾期·未送达');
    life.deliver('2020-07-03', LEAD, 'handed', [{ kind: 'reminder', slip: null }]);
    expect(life.lightOn('2020-07-03')).toBe('red 逾期');
    expect(life.task.breaches).toMatchObject([{ undelivered: true }]);
    const one = signed(TWO_LEADS).deliver('2020-06-29', LEAD, 'failed', [{ kind: 'reminder', slip: null }]);
    expect(one.until('2020-07-01').task.breaches).toMatchObject([{ undelivered: false }]);
  });

  test('R33: a rung falls also while no lead is known to be reachable, or nothing would ever be tried again', () => {
    const life = signed()
      .deliver('2020-06-29', LEAD, 'failed', [{ kind: 'telephone', slip: null }])
      .until('2020-07-01');
    expect(life.days('slip')).toEqual(['2020-07-01']);
    life.deliver('2020-07-01', LEAD, 'failed', blue).until('2020-07-20');
    expect(life.slips()).toEqual([['blue', '2020-07-01', null]]);
  });
});

test('R34: urgent are slips and urgings by hand, 批示, a lead reassigned, a return with at most three days to E', () => {
  const life = signed()
    .do('2020-05-06', COORDINATOR, { move: 'issueSlip', colour: 'blue', reason: '慢' })
    .do('2020-05-06', COORDINATOR, { move: 'urge', text: '请加快' })
    .do('2020-05-06', SUPERVISOR, { move: 'instruct', text: '请抓紧' })
    .do('2020-05-07', COORDINATOR, { move: 'reassign', from: LEAD, to: OTHER, role: 'lead', reason: '调整' })
    .handIn('2020-05-08', OTHER)
    .giveBack('2020-05-11')
    .until('2020-07-31');
  const urgent = (n: NoticeDraft) => n.urgent;
  const kinds = new Set(life.notices.filter(urgent).map((n) => n.kind));
  expect([...kinds].sort()).toEqual(['instruction', 'issue', 'released', 'slip', 'urging']);
  expect(life.notices.filter((n) => n.kind === 'slip' && n.at >= '2020-07-01').some(urgent)).toBe(false);
  expect(life.notices.filter((n) => n.kind === 'urging' && n.at >= '2020-07-01').some(urgent)).toBe(false);
  const returned = (handedIn: string, on: string) =>
    signed()
      .handIn(handedIn)
      .giveBack(on)
      .notices.find((n) => n.kind === 'returned')?.urgent;
  // E is five days away after an on-time return; after a late one it has passed.
  expect([returned('2020-06-29', '2020-06-30'), returned('2020-07-02', '2020-07-03')]).toEqual([false, true]);
  expect([returned('2020-06-01', '2020-06-02')]).toEqual([false]);
});

test('R34: heads and leaders get only their own notices, and a supervisor none before red', () => {
  const life = signed().until('2020-07-16');
  expect(life.notices.filter((n) => n.to.unit === OFFICE && n.to.office === 'leader')).toEqual([]);
  expect(new Set(life.notices.filter((n) => n.to.unit === LEAD && n.to.office === 'head').map((n) => n.kind))).toEqual(
    new Set(['slip']),
  );
});

test('R12 R34: an urgent notice counts the days from today, a routine one from the day it can leave', () => {
  const life = signed().do('2020-06-22', COORDINATOR, { move: 'urge', text: '请加快' }, '16:00');
  // From 22 June: 23, 24, 28, 29, 30.
  expect(life.told('urging', `${LEAD}/liaison`)[0]?.text).toContain('还有5个工作日');
  life.do('2020-06-22', COORDINATOR, { move: 'suspend', reason: '调整' }, '16:10');
  life.do('2020-06-22', COORDINATOR, { move: 'resume' }, '16:20');
  expect(life.told('resumed', `${LEAD}/liaison`)[0]?.text).toContain('还有4个工作日');
});

describe('R35: recall', () => {
  const recalled = (life: Life, kind: string) => {
    const found = life.notices.filter((n) => n.kind === kind).at(-1);
    if (!found) throw new Error(`no ${kind}`);
    return !stands(life.task, found.obligation);
  };
  const tracks = planTask(twoTrack('2020-06-30', '2020-09-30'));
  const request = { move: 'requestExtension', unit: LEAD, to: '2020-07-31', reason: '慢', progress: '五成' } as const;
  const ask = { move: 'askContribution', unit: LEAD, of: CO, text: '数据', dueOn: '2020-05-20' } as const;

  const LIVES: [string, string, () => Life, (life: Life) => Life][] = [
    ['reminder', 'handed in', () => signed().until('2020-06-15'), (l) => l.handIn('2020-06-15')],
    [
      'reminder',
      're-dated',
      () => signed().until('2020-06-15'),
      (l) => l.do('2020-06-15', SUPERVISOR, { move: 'redate', dueOn: '2020-08-31', reason: '调整', basis: '文' }),
    ],
    [
      'reminder',
      'suspended',
      () => signed().until('2020-06-15'),
      (l) => l.do('2020-06-15', COORDINATOR, { move: 'suspend', reason: '调整' }),
    ],
    [
      'issue',
      'signed',
      () => Life.launch(planTask(fixed('2020-06-30')), '2020-03-13'),
      (l) => l.acknowledgeAll('2020-03-13'),
    ],
    [
      'telephone',
      'signed',
      () => Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').until('2020-03-24'),
      (l) => l.acknowledgeAll('2020-03-24'),
    ],
    [
      'declaration',
      'declared',
      () => signed(tracks).until('2020-05-25'),
      (l) => l.do('2020-05-25', unit(LEAD), { move: 'declare', unit: LEAD, ready: true }),
    ],
    [
      'report',
      'reported',
      () => signed(planTask(conditional)).until('2020-06-01'),
      (l) => l.do('2020-06-01', unit(LEAD), { move: 'report', unit: LEAD, text: '进展' }),
    ],
    [
      'contribution',
      'done',
      () => signed().do('2020-05-06', unit(LEAD), ask),
      (l) => l.do('2020-05-06', unit(CO), { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已办' }),
    ],
    ['review', 'decided', () => signed().handIn('2020-05-06'), (l) => l.accept('2020-05-06')],
    ['review', 'superseded', () => signed().handIn('2020-05-06'), (l) => l.handIn('2020-05-07').accept('2020-05-08')],
    [
      'extension',
      'decided',
      () => signed().do('2020-05-06', unit(LEAD), request),
      (l) => l.do('2020-05-06', COORDINATOR, { move: 'approveExtension' }),
    ],
    ['slip', 'handed in', () => signed().until('2020-07-01'), (l) => l.handIn('2020-07-01')],
    ['urging', 'handed in', () => signed().until('2020-07-27'), (l) => l.handIn('2020-07-27')],
    [
      'returned',
      'handed in again',
      () => signed().handIn('2020-05-06').giveBack('2020-05-07'),
      (l) => l.handIn('2020-05-07'),
    ],
  ];
  test.each(LIVES)('R35: %s is recalled when %s', (kind, _, before, act) => {
    const life = before();
    expect(recalled(life, kind)).toBe(false);
    expect(recalled(act(life), kind)).toBe(true);
  });

  test('R35: a notice of another due date, quarter, version or slip is recalled with its own', () => {
    const life = signed().until('2020-07-09');
    const standing = life.notices.filter((n) => stands(life.task, n.obligation)).map((n) => `${n.kind} ${n.rung}`);
    expect(standing).toContain('slip orange');
    expect(standing).not.toContain('slip blue');
  });

  test('R35: information stands until the task is cancelled', () => {
    const life = signed(tracks).until('2020-06-09');
    expect(recalled(life, 'dated')).toBe(false);
    life.do('2020-06-09', COORDINATOR, { move: 'suspend', reason: '调整' });
    expect(recalled(life, 'dated')).toBe(false);
    life.do('2020-06-10', COORDINATOR, { move: 'cancel', reason: '废止', document: '文' });
    expect(recalled(life, 'dated')).toBe(true);
    expect(stands(life.task, { kind: 'planReport', quarter: '2020Q2', unit: LEAD })).toBe(false);
  });
});

test('R36: the state at 24:00 of a day is what the events had made of it by then, however late it is asked', () => {
  const life = signed().handIn('2020-07-31', LEAD, '23:59').accept('2020-08-01');
  const stateAtEndOf = (day: string) => stepsUntil(life.events, day).at(-1)?.after ?? null;
  const at = (day: string) => {
    const task = stateAtEndOf(day);
    return task && lightOf(task, seedCalendar(), DEFAULT_POLICY, day);
  };
  expect(at('2020-03-12')).toBeNull();
  expect(at('2020-06-30')).toEqual({ colour: 'yellow', reason: '临期' });
  expect(at('2020-07-30')).toEqual({ colour: 'red', reason: '逾期' });
  expect(at('2020-07-31')).toEqual({ colour: 'yellow', reason: '逾期已报送，待审' });
  expect(at('2020-08-31')?.reason).toBe('逾期办结（补齐后由红转黄）');
  // 24:00 of the 30th is not yet the 1st: the breach of that midnight is July's.
  expect(stateAtEndOf('2020-06-30')?.breaches).toEqual([]);
  expect(stateAtEndOf('2020-07-01')?.breaches).toHaveLength(1);
  expect(stateAtEndOf('2100-01-01')).toEqual(life.task);
});
