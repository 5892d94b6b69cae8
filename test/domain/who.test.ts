/** R7 to R13: leads and parties, offices, collectives, launch, acknowledgement. */
import { instantOf } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import { launchProblems, unitsOf } from '../../domain/rules/issue';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  conditional,
  DISTRICTS,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OTHER,
  ongoing,
  planTask,
  SECOND_LEAD,
  twoTrack,
  unit,
} from '../support/lives';

const TWO_LEADS = planTask(fixed('2020-06-30'), {
  parties: [
    { unit: LEAD, role: 'lead' },
    { unit: SECOND_LEAD, role: 'lead' },
    { unit: CO, role: 'co' },
  ],
});

test('R7: every rung goes to all leads, and one hand-in by any of them stops it for all', () => {
  const life = Life.launch(TWO_LEADS, '2020-03-13').acknowledgeAll('2020-03-13').until('2020-07-01');
  expect(life.days('slip')).toEqual(['2020-07-01']);
  expect(life.days('slip', `${SECOND_LEAD}/liaison`)).toEqual(['2020-07-01']);
  expect(life.days('slip', `${SECOND_LEAD}/head`)).toEqual(['2020-07-01']);
  expect(life.task.breaches).toMatchObject([{ leads: [LEAD, SECOND_LEAD] }]);
  life.handIn('2020-07-02', SECOND_LEAD).until('2020-07-31');
  expect(life.slips()).toHaveLength(1);
});

test('R7: any party may add evidence, only a lead may submit', () => {
  const life = Life.launch(TWO_LEADS, '2020-03-13');
  const items = [{ kind: 'link' as const, value: 'https://example.org/1', name: null, bytes: null }];
  life.do('2020-03-16', unit(CO), { move: 'addEvidence', unit: CO, items });
  expect(life.try('2020-03-16', unit(CO), { move: 'submitEvidence', unit: CO })?.refused).toBe('not-a-lead');
  expect(life.try('2020-03-16', unit(LEAD), { move: 'submitEvidence', unit: LEAD })).toBeNull();
});

test('R7 R10: the members of a collective that leads are leads, each for itself', () => {
  const life = Life.launch(
    planTask(fixed('2020-06-30'), { parties: [{ unit: DISTRICTS, role: 'lead' }] }),
    '2020-03-13',
  );
  life.until('2020-06-01');
  expect(life.days('reminder', 'test:东区/liaison')).toEqual(['2020-06-01']);
  expect(life.days('reminder', `${DISTRICTS}/liaison`)).toEqual([]);
  life.handIn('2020-06-02', 'test:西县');
  expect(life.task.versions).toMatchObject([{ unit: 'test:西县', outcome: 'waiting' }]);
});

test('R8: a co-unit hears of issue, acknowledgement, contributions, new dates and the end, and of nothing else', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .do('2020-05-06', unit(LEAD), {
      move: 'askContribution',
      unit: LEAD,
      of: CO,
      text: '提供数据',
      dueOn: '2020-05-20',
    })
    .do('2020-05-12', unit(CO), { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已提供' })
    .do('2020-06-22', COORDINATOR, { move: 'suspend', reason: '调整' })
    .do('2020-06-28', COORDINATOR, { move: 'resume' })
    .until('2020-08-31')
    .do('2020-08-31', COORDINATOR, { move: 'cancel', reason: '不再适用', document: '市发1号' });
  const kinds = new Set(life.notices.filter((n) => n.to.unit === CO).map((n) => n.kind));
  expect([...kinds].sort()).toEqual(['acknowledgement', 'cancelled', 'contribution', 'issue', 'resumed']);
  const leadKinds = new Set(life.notices.filter((n) => n.to.unit === LEAD).map((n) => n.kind));
  for (const kind of ['reminder', 'report', 'slip', 'suspended', 'urging']) expect(leadKinds).toContain(kind);
});

test('R9: an office without its coordinator, its head or its supervisor launches nothing', () => {
  const plan: Plan = {
    id: 'test-plan',
    title: '方案',
    number: null,
    issuer: '市政府',
    issuedOn: '2020-03-01',
    city: 'test',
    office: OFFICE,
    reporting: null,
    tasks: [planTask(fixed('2020-06-30'))],
  };
  const people = { liaison: true, head: true, leader: true };
  const known = (u: string) => u in CONTEXT.directory;
  expect(launchProblems(plan, '2020-03-13', people, known)).toEqual([]);
  const codes = (office: typeof people) => launchProblems(plan, '2020-03-13', office, known).map((p) => p.code);
  expect(codes({ liaison: false, head: false, leader: false })).toEqual([
    'no-coordinator',
    'no-office-head',
    'no-supervisor',
  ]);
  expect(unitsOf(plan)).toEqual([OFFICE, LEAD, CO]);
});

test('R9: the office is a unit: liaison is the coordinator, head his leader, leader the supervisor', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .until('2020-07-17');
  const copies = life.notices
    .filter((n) => n.kind === 'slip' && n.to.unit === OFFICE)
    .map((n) => [n.rung, n.to.office]);
  expect(copies).toEqual([
    ['orange', 'head'],
    ['red', 'leader'],
  ]);
});

test('R10: each member of a collective acknowledges for itself; one without members asks nobody', () => {
  const parties = [
    { unit: LEAD, role: 'lead' as const },
    { unit: DISTRICTS, role: 'district' as const },
  ];
  const life = Life.launch(planTask(fixed('2020-06-30'), { parties }), '2020-03-13')
    .do('2020-03-16', unit('test:东区'), { move: 'acknowledge', unit: 'test:东区' })
    .until('2020-03-19');
  expect(life.days('acknowledgement', 'test:东区/liaison')).toEqual([]);
  expect(life.days('acknowledgement', 'test:西县/liaison')).toEqual(['2020-03-19']);
  expect(life.try('2020-03-19', unit(DISTRICTS), { move: 'acknowledge', unit: DISTRICTS })?.refused).toBe(
    'not-a-party',
  );
  const empty = { ...CONTEXT, directory: { ...CONTEXT.directory, [DISTRICTS]: { members: [] } } };
  const nobody = Life.launch(planTask(fixed('2020-06-30'), { parties }), '2020-03-13', '08:00', empty);
  expect(nobody.notices.map((n) => n.to.unit)).toEqual([LEAD]);
});

test('R10: an open-ended phrase is no party until a named unit is added, which starts its acknowledgement', () => {
  const life = Life.launch(planTask(fixed('2020-06-30'), { openEnded: true }), '2020-03-13').acknowledgeAll(
    '2020-03-13',
  );
  expect(life.try('2020-04-01', unit(OTHER), { move: 'acknowledge', unit: OTHER })?.refused).toBe('not-a-party');
  life.do('2020-04-01', COORDINATOR, { move: 'addParty', unit: OTHER, role: 'co' }).until('2020-04-08');
  expect(life.days('issue', `${OTHER}/liaison`)).toEqual(['2020-04-01']);
  // H is 1 April; 2, 3, 7 (after 清明), 8.
  expect(life.days('acknowledgement', `${OTHER}/liaison`)).toEqual(['2020-04-08']);
  const again = { move: 'addParty', unit: OTHER, role: 'co' } as const;
  expect(life.try('2020-04-08', COORDINATOR, again)?.refused).toBe('already-a-party');
  expect(life.try('2020-04-08', COORDINATOR, { ...again, unit: 'test:无名' })?.refused).toBe('unknown-unit');
});

describe('R11: a plan that cannot be launched', () => {
  const office = { liaison: true, head: true, leader: true };
  const codes = (task: ReturnType<typeof planTask>) =>
    launchProblems(
      {
        id: 'p',
        title: '方案',
        number: null,
        issuer: '市政府',
        issuedOn: '2020-03-01',
        city: 'test',
        office: OFFICE,
        reporting: null,
        tasks: [task],
      },
      '2020-06-30',
      office,
      (u) => u in CONTEXT.directory,
    ).map((p) => p.code);
  const none = { ...ongoing, type: 'none' as const };
  const done = { remark: { status: 'done' as const, text: '已完成' } };

  test.each([
    ['due on the launch day', planTask(fixed('2020-06-30')), []],
    ['due the day before', planTask(fixed('2020-06-29')), ['past-due']],
    ['the same, marked as done', planTask(fixed('2020-06-29'), done), []],
    ['two-track, second date ahead', planTask(twoTrack('2020-03-31', '2020-06-30')), []],
    ['two-track, both passed', planTask(twoTrack('2020-03-31', '2020-06-29')), ['past-due']],
    ['two-track without its first date', planTask({ ...twoTrack('', '2020-12-31'), readyOn: null }), ['no-date']],
    ['no lead', planTask(fixed('2020-12-31'), { parties: [{ unit: CO, role: 'co' }] }), ['no-lead']],
    ['no date', planTask(none), ['no-date']],
    ['无时限 confirmed', planTask(none, { noDateConfirmed: true }), []],
    ['conditional', planTask(conditional), []],
    ['conditional that names a past day', planTask({ ...conditional, dueOn: '2020-01-01' }), []],
    ['ongoing', planTask(ongoing), []],
    ['an unknown unit', planTask(ongoing, { parties: [{ unit: 'test:无名', role: 'lead' }] }), ['unknown-unit']],
  ])('R11: %s', (_, task, expected) => {
    expect(codes(task)).toEqual(expected);
  });
});

test('R11 R17: a task marked as done whose date has passed is asked for evidence and is never late', () => {
  const done = { remark: { status: 'done' as const, text: '已完成' } };
  const life = Life.launch(planTask(fixed('2020-02-28'), done), '2020-03-13').acknowledgeAll('2020-03-13');
  expect(life.told('issue', `${LEAD}/liaison`)[0]?.text).toContain('请补交佐证材料');
  life.until('2020-06-30');
  expect(life.task).toMatchObject({ dueOn: null, originalDueOn: '2020-02-28', breaches: [] });
  expect(life.days('report')).toContain('2020-06-01');
  const ahead = Life.launch(planTask(fixed('2020-06-30'), done), '2020-03-13').until('2020-07-01');
  expect(ahead.task.breaches).toHaveLength(1);
});

test('R12: an issue notice names the year of a date that a reader would take for this year’s', () => {
  const [nextYear] = Life.launch(planTask(fixed('2021-06-30')), '2020-11-23').told('issue', `${LEAD}/liaison`);
  const [thisYear] = Life.launch(planTask(fixed('2020-12-31')), '2020-11-23').told('issue', `${LEAD}/liaison`);
  expect(nextYear?.text).toContain('办理时限为2021年6月30日（周三）');
  expect(thisYear?.text).toContain('办理时限为12月31日（周四）');
});

test('R12: rungs on or before the launch day are covered by the issue notice, which states the days left', () => {
  // 20 and 10 before 30 June are 1 and 15 June.
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-06-15')
    .acknowledgeAll('2020-06-15')
    .until('2020-06-30');
  expect(life.told('issue', `${LEAD}/liaison`)[0]?.text).toContain('还有10个工作日');
  expect(life.days('reminder')).toEqual(['2020-06-22', '2020-06-24', '2020-06-29', '2020-06-30']);
  const afternoon = Life.launch(planTask(fixed('2020-06-30')), '2020-06-15', '16:00');
  // It leaves on the next working day, and says how many are left then.
  expect(afternoon.told('issue', `${LEAD}/liaison`)[0]?.text).toContain('还有9个工作日');
});

test('R12: after downtime only the latest missed reminder is sent', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  life.do('2020-03-16', unit(LEAD), { move: 'report', unit: LEAD, text: '进展' }).until('2020-05-31');
  life.downUntil('2020-06-23');
  expect(life.told('reminder', `${LEAD}/liaison`)).toMatchObject([{ rung: '5', on: '2020-06-23' }]);
  expect(life.events.filter((e) => e.type === 'reminded' && e.kind === 'reminder')).toMatchObject([
    { rung: '20', missed: true },
    { rung: '10', missed: true },
    { rung: '5', missed: false },
  ]);
});

test('R12: everybody gets his own latest one: the head that of day 5, the coordinator that of day 7', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').downUntil('2020-03-25');
  expect(life.told('acknowledgement', `${LEAD}/liaison`)).toMatchObject([{ rung: '7' }]);
  expect(life.told('acknowledgement', `${LEAD}/head`)).toMatchObject([{ rung: '5' }]);
  expect(life.days('telephone', `${OFFICE}/liaison`)).toEqual(['2020-03-25', '2020-03-25']);
  const asked = Life.launch(planTask(twoTrack('2020-06-30', '2020-09-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  asked.until('2020-05-24').downUntil('2020-06-05');
  expect(asked.told('declaration', `${LEAD}/liaison`)).toMatchObject([{ rung: '1' }]);
  expect(asked.told('declaration', `${LEAD}/head`)).toMatchObject([{ rung: 'chase' }]);
});

test('R12: a missed slip is issued on the day of recovery and its limit runs from there', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .until('2020-06-30');
  life.downUntil('2020-07-20');
  expect(life.slips()).toEqual([['blue', '2020-07-20', '2020-07-27']]);
  expect(life.task.breaches).toMatchObject([{ breachedOn: '2020-07-01' }]);
  life.until('2020-07-28');
  expect(life.slips()[1]).toEqual(['orange', '2020-07-28', '2020-08-04']);
  // Recovered on a Saturday: people read it on Monday.
  const weekend = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .until('2020-06-30');
  weekend.downUntil('2020-07-18');
  expect(weekend.slips()).toEqual([['blue', '2020-07-20', '2020-07-27']]);
});

test('R12 R15: deemed ready late, the notice covers the rungs up to the day it leaves', () => {
  const life = Life.launch(planTask(twoTrack('2020-06-30', '2020-09-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  life.until('2020-06-08').downUntil('2020-06-16').until('2020-06-30');
  expect(life.told('dated', `${LEAD}/liaison`)).toMatchObject([{ on: '2020-06-16' }]);
  expect(life.days('reminder')).toEqual(['2020-06-22', '2020-06-24', '2020-06-29', '2020-06-30']);
});

describe('R13: acknowledgement', () => {
  const launched = () => Life.launch(planTask(fixed('2020-06-30')), '2020-03-13');

  test('R13: any act of the unit on the task acknowledges it, also evidence that it brought on paper', () => {
    const acted = launched().do('2020-03-16', unit(LEAD), { move: 'report', unit: LEAD, text: '进展' });
    expect(acted.task.acknowledgements[LEAD]).toMatchObject({ acknowledgedOn: '2020-03-16', byPhone: false });
    expect(acted.until('2020-03-19').days('acknowledgement')).toEqual([]);
    expect(acted.days('acknowledgement', `${CO}/liaison`)).toEqual(['2020-03-19']);
    const file = { kind: 'file' as const, value: 'a'.repeat(64), name: '扫描件.pdf', bytes: 9 };
    const paper = launched()
      .do('2020-03-16', COORDINATOR, { move: 'addEvidence', unit: LEAD, items: [file] })
      .do('2020-03-16', COORDINATOR, {
        move: 'submitEvidence',
        unit: LEAD,
        receivedOn: '2020-03-16',
        reason: '送纸质件',
      });
    expect(paper.task.acknowledgements[LEAD]?.acknowledgedOn).toBe('2020-03-16');
  });

  test('R13: the coordinator records one given by telephone; it is given once', () => {
    const life = launched().do('2020-03-17', COORDINATOR, { move: 'acknowledge', unit: LEAD, handler: '张三' });
    expect(life.task.acknowledgements[LEAD]).toMatchObject({ byPhone: true, handler: '张三' });
    expect(life.try('2020-03-18', unit(LEAD), { move: 'acknowledge', unit: LEAD })?.refused).toBe(
      'already-acknowledged',
    );
    const own = launched().do('2020-03-17', unit(LEAD), { move: 'acknowledge', unit: LEAD, byPhone: true });
    expect(own.task.acknowledgements[LEAD]?.byPhone).toBe(false);
  });

  test('R13: an urging is the office speaking: it acknowledges nothing', () => {
    const life = launched().do('2020-03-16', COORDINATOR, { move: 'urge', unit: LEAD, text: '请签收' });
    expect(life.task.acknowledgements[LEAD]?.acknowledgedOn).toBeNull();
  });

  test('R13 R33: H is when the letter can leave, and moves when it left later', () => {
    const late = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13', '15:00');
    expect(late.task.acknowledgements[LEAD]?.handedOn).toBe('2020-03-16');
    late.deliver('2020-03-18', LEAD, 'handed', [{ kind: 'issue', slip: null }]).until('2020-03-24');
    expect(late.days('acknowledgement')).toEqual(['2020-03-24']);
    expect(late.days('acknowledgement', `${CO}/liaison`)).toEqual(['2020-03-20', '2020-03-23', '2020-03-24']);
  });
});

test('R12: an act at the same instant as its alarm finds it rung', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .until('2020-05-31');
  life.at(instantOf('2020-06-01', '05:00'), unit(LEAD), { move: 'report', unit: LEAD, text: '进展' });
  expect(life.days('reminder')).toEqual(['2020-06-01']);
});
