/** R14 to R19: reminders, two tracks, conditions, ongoing tasks, reports, contributions. */
import { instantOf } from '../../domain/days';
import {
  CO,
  COORDINATOR,
  conditional,
  DISTRICTS,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OFFICE_HEAD,
  OTHER,
  ongoing,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  twoTrack,
  unit,
} from '../support/lives';

const LAUNCH = '2020-03-13';
const launched = (rule: Parameters<typeof planTask>[0], day = LAUNCH) =>
  Life.launch(planTask(rule), day).acknowledgeAll(day);
const tracks = twoTrack('2020-06-30', '2020-09-30');
const ready = { move: 'declare', unit: LEAD, ready: true } as const;
const notReady = { move: 'declare', unit: LEAD, ready: false, reason: '先完善系统' } as const;

test('R14: reminders stop while evidence is reviewed, and a return covers those of its day', () => {
  const life = launched(fixed('2020-06-30')).handIn('2020-06-12').until('2020-06-22', '04:00').giveBack('2020-06-22');
  life.until('2020-06-30');
  // Neither 10 (15 June) nor 5 (22 June, the day of the return).
  expect(life.days('reminder')).toEqual(['2020-06-01', '2020-06-24', '2020-06-29', '2020-06-30']);
});

describe('R15: two tracks', () => {
  test('R15: until decided no rung fires and there is no due date', () => {
    const life = launched(tracks).until('2020-06-05');
    expect(life.task.dueOn).toBeNull();
    expect(life.days('reminder')).toEqual([]);
    expect(life.lightOn('2020-06-05')).toBe('blue 正常推进');
    expect(life.told('issue', `${LEAD}/liaison`)[0]?.text).toContain('6月1日（周一）前申报是否具备条件');
  });

  test('R15: the last declaration until 24:00 of Q stands, by any lead', () => {
    const two = planTask(tracks, {
      parties: [
        { unit: LEAD, role: 'lead' },
        { unit: SECOND_LEAD, role: 'lead' },
      ],
    });
    const life = Life.launch(two, LAUNCH).acknowledgeAll(LAUNCH).do('2020-04-01', unit(LEAD), ready);
    expect(life.task).toMatchObject({ dueOn: '2020-06-30', originalDueOn: '2020-06-30' });
    life.do('2020-06-01', unit(SECOND_LEAD), { ...notReady, unit: SECOND_LEAD }, '23:59');
    expect(life.task).toMatchObject({
      dueOn: '2020-09-30',
      originalDueOn: '2020-09-30',
      declaration: { state: 'not-ready', measures: '先完善系统' },
      extensionsApproved: 0,
      breaches: [],
    });
    life.until('2020-06-30');
    expect(life.days('reminder')).toEqual(['2020-06-01']);
  });

  test('R15: after Q from ready to not ready leads only an extension', () => {
    const life = launched(tracks).do('2020-04-01', unit(LEAD), ready);
    expect(life.try('2020-06-02', unit(LEAD), notReady, '00:00')?.refused).toBe('declaration-closed');
    const deemed = launched(tracks).until('2020-06-09');
    expect(deemed.try('2020-06-09', unit(LEAD), notReady)?.refused).toBe('declaration-closed');
  });

  test('R15: after Q and undecided the lead may still say either, until 24:00 of the fifth day', () => {
    expect(launched(tracks).do('2020-06-08', unit(LEAD), notReady, '23:59').task.dueOn).toBe('2020-09-30');
    expect(launched(tracks).try('2020-06-09', unit(LEAD), notReady, '00:00')?.refused).toBe('declaration-closed');
  });

  test('R15 D5: a declaration received before the silence counted is in time, even recorded after', () => {
    const life = launched(tracks).until('2020-06-09');
    expect(life.task.declaration?.state).toBe('deemed');
    expect(life.at(instantOf('2020-06-08', '23:50'), unit(LEAD), notReady)).toBeNull();
    expect(life.task).toMatchObject({ dueOn: '2020-09-30', declaration: { state: 'not-ready' } });
  });

  test('R15: not ready to ready at any time; once readyOn has passed the later date stays', () => {
    const early = launched(tracks).do('2020-05-06', unit(LEAD), notReady).do('2020-06-30', unit(LEAD), ready);
    expect(early.task).toMatchObject({ dueOn: '2020-06-30', originalDueOn: '2020-06-30' });
    const late = launched(tracks).do('2020-05-06', unit(LEAD), notReady).do('2020-07-01', unit(LEAD), ready);
    expect(late.task).toMatchObject({ dueOn: '2020-09-30', declaration: { state: 'ready' } });
    expect(late.until('2020-09-03').days('reminder')).toEqual(['2020-09-03']);
  });

  test('R15: not ready needs its measures in words', () => {
    expect(launched(tracks).try('2020-05-06', unit(LEAD), { ...notReady, reason: '  ' })?.refused).toBe(
      'measures-needed',
    );
  });

  test('R15: handing in evidence declares ready; nothing is declared anew while it waits', () => {
    const life = launched(tracks).handIn('2020-05-06');
    expect(life.task).toMatchObject({ dueOn: '2020-06-30', declaration: { state: 'ready' } });
    expect(life.try('2020-05-07', unit(LEAD), notReady)?.refused).toBe('review-pending');
    expect(launched(fixed('2020-06-30')).try('2020-05-07', unit(LEAD), ready)?.refused).toBe('not-two-track');
  });

  test('R15: fewer than five working days to Q: Q is five after launch', () => {
    // Q would be 1 June; from 26 May only four are left.
    const life = launched(tracks, '2020-05-26');
    expect(life.task.declaration).toMatchObject({ askOn: '2020-06-02', deemedOn: '2020-06-09', state: 'undecided' });
    expect(launched(tracks, '2020-05-25').task.declaration).toMatchObject({ askOn: '2020-06-01' });
  });

  test('R15: too late for the first track: it is void, only the measures are asked', () => {
    // Q 9 June, deemed 16 June, 9 working days to 30 June.
    const life = launched(tracks, '2020-06-02');
    expect(life.task).toMatchObject({ dueOn: '2020-09-30', declaration: { state: 'void' } });
    expect(life.told('issue', `${LEAD}/liaison`)[0]?.text).toContain('请报送创造条件推进实施的措施');
    life.do('2020-06-10', unit(LEAD), notReady).do('2020-06-11', unit(LEAD), ready).until('2020-06-30');
    expect(life.task.dueOn).toBe('2020-09-30');
    expect(life.days('declaration')).toEqual([]);
    // One day earlier there are ten.
    expect(launched(tracks, '2020-06-01').task.declaration?.state).toBe('undecided');
  });

  test('R15 R28: a date that a supervisor set is not moved by a declaration', () => {
    const life = launched(tracks)
      .do('2020-04-01', unit(LEAD), ready)
      .do('2020-04-02', SUPERVISOR, { move: 'redate', dueOn: '2020-05-29', reason: '提前', basis: '市发2号' });
    expect(life.try('2020-04-03', unit(LEAD), notReady)?.refused).toBe('declaration-closed');
    expect(life.task.dueOn).toBe('2020-05-29');
  });

  test('R15 R27: a declaration that moves the date ends a request on the old one', () => {
    const request = { move: 'requestExtension', unit: LEAD, to: '2020-07-31', reason: '慢', progress: '五成' } as const;
    const life = launched(tracks).do('2020-04-01', unit(LEAD), ready).do('2020-04-02', unit(LEAD), request);
    life.do('2020-04-03', unit(LEAD), notReady);
    expect(life.last('extensionLapsed')).toMatchObject({ because: 'redated' });
    expect(life.task.extension).toBeNull();
  });

  test('R15 R23: a slip by hand before the first date goes on when the lead declares, and the ladder starts at it', () => {
    const life = launched(tracks)
      .do('2020-04-01', COORDINATOR, { move: 'issueSlip', colour: 'orange', reason: '无进展' })
      .do('2020-04-02', unit(LEAD), ready);
    expect(life.task.ladder).toMatchObject({ slips: [{ colour: 'orange', ended: false }], startColour: 'orange' });
    expect(life.lightOn('2020-04-03')).toBe('yellow 提级督办');
    life.until('2020-04-10');
    expect(life.days('limitPassed', `${OFFICE}/liaison`)).toEqual(['2020-04-10']);
    life.until('2020-07-01');
    expect(life.slips().map(([colour]) => colour)).toEqual(['orange', 'orange']);
  });
});

describe('R16: conditions', () => {
  const open = (dueOn: string) => ({ move: 'openCondition', dueOn, reason: '国家系统已上线' }) as const;

  test('R16: a coordinator opens it once, ten working days ahead at least; the date becomes the original', () => {
    const life = launched(conditional).until('2020-06-05');
    expect(life.try('2020-06-05', COORDINATOR, open('2020-06-18'))?.refused).toBe('date-too-soon');
    life.do('2020-06-05', COORDINATOR, open('2020-06-19'));
    expect(life.task).toMatchObject({ dueOn: '2020-06-19', originalDueOn: '2020-06-19' });
    expect(life.try('2020-06-08', COORDINATOR, open('2020-12-31'))?.refused).toBe('already-dated');
    life.until('2020-06-19');
    expect(life.days('reminder')).toEqual(['2020-06-12', '2020-06-16', '2020-06-18', '2020-06-19']);
  });

  test('R16: its report carries the question; yes tells the coordinator, and nothing starts by itself', () => {
    const life = launched(conditional).until('2020-06-01');
    expect(life.told('report', `${LEAD}/liaison`)[0]?.text).toContain('说明条件是否具备');
    life.do('2020-06-02', unit(LEAD), { move: 'report', unit: LEAD, text: '已接通', condition: true });
    expect(life.days('conditionReported', `${OFFICE}/liaison`)).toEqual(['2020-06-02']);
    expect(life.task.dueOn).toBeNull();
    const no = launched(conditional).do('2020-06-02', unit(LEAD), {
      move: 'report',
      unit: LEAD,
      text: '未接通',
      condition: false,
    });
    expect(no.days('conditionReported', `${OFFICE}/liaison`)).toEqual([]);
  });

  test('R16: the same move dates a task without a date, and no other', () => {
    const none = { ...ongoing, type: 'none' as const };
    expect(launched(none).do('2020-04-01', OFFICE_HEAD, open('2020-06-30')).task.dueOn).toBe('2020-06-30');
    expect(launched(ongoing).try('2020-04-01', COORDINATOR, open('2020-06-30'))?.refused).toBe('not-conditional');
  });
});

describe('R17: ongoing', () => {
  test('R17: never overdue, owes reports, closed by accepted evidence', () => {
    const life = launched(ongoing).until('2021-06-30');
    expect(life.happened('reportAsked')).toEqual([
      '2020-06-01',
      '2020-09-01',
      '2020-12-01',
      '2021-03-01',
      '2021-06-01',
    ]);
    expect([life.task.breaches, life.slips()]).toEqual([[], []]);
    life.handIn('2021-07-01').accept('2021-07-02').until('2021-12-31');
    expect(life.task.status).toBe('completed');
    expect(life.happened('reportAsked')).toHaveLength(5);
  });

  test('R17: 已完成 neither closes nor colours; the notice asks for evidence, and reports are owed', () => {
    const remark = { status: 'done' as const, text: '已完成' };
    const life = Life.launch(planTask(ongoing, { remark }), LAUNCH).acknowledgeAll(LAUNCH).until('2020-06-01');
    const [issue] = life.told('issue', `${LEAD}/liaison`);
    expect(issue?.text).toContain('请补交佐证材料');
    expect(issue?.text).not.toContain('每季度');
    expect(life.lightOn('2020-06-02')).toBe('blue 正常推进');
    expect(life.days('report')).toEqual(['2020-06-01']);
    const plain = launched(ongoing).told('issue', `${LEAD}/liaison`)[0]?.text;
    expect(plain).toContain('每季度');
    expect(plain).not.toContain('佐证');
  });
});

describe('R18: reports', () => {
  const asked = () => launched(conditional).until('2020-06-01');
  const report = { move: 'report', unit: LEAD, text: '进展' } as const;

  test('R18: asked on A, due on P, reminded three days before and one after', () => {
    const life = asked().until('2020-07-31');
    // P is 24 June: 3 before is the 19th, 1 after is Sunday the 28th (调休).
    expect(life.told('report', `${LEAD}/liaison`).map((n) => [n.rung, n.on])).toEqual([
      ['ask', '2020-06-01'],
      ['-3', '2020-06-19'],
      ['1', '2020-06-28'],
    ]);
  });

  test.each([
    ['a report', (l: Life) => l.do('2020-06-02', unit(LEAD), report)],
    ['a hand-in that was accepted or not', (l: Life) => l.handIn('2020-06-02').giveBack('2020-06-03')],
  ])('R18: %s by a lead since the 1st satisfies it', (_, act) => {
    const life = act(asked()).until('2020-06-30');
    expect(life.told('report', `${LEAD}/liaison`)).toHaveLength(1);
    expect(life.lightOn('2020-06-30')).toBe('blue 正常推进');
  });

  test('R18: an extension request satisfies it', () => {
    const life = launched(fixed('2020-06-30')).do('2020-06-02', unit(LEAD), {
      move: 'requestExtension',
      unit: LEAD,
      to: '2020-07-31',
      reason: '慢',
      progress: '五成',
    });
    expect(life.until('2020-06-28').told('report', `${LEAD}/liaison`)).toHaveLength(1);
  });

  test('R18: given between the 1st and A there is nothing to ask; one of last month does not count', () => {
    // 1 March 2026 is a Sunday, A is Monday.
    const sunday = launched(conditional, '2026-01-05').do('2026-03-01', unit(LEAD), report).until('2026-03-31');
    expect(sunday.days('report')).toEqual([]);
    const stale = launched(conditional, '2026-01-05').do('2026-02-28', unit(LEAD), report).until('2026-03-31');
    expect(stale.days('report')).toHaveLength(3);
  });

  test('R18: a co-unit reports too, but settles nothing', () => {
    const life = asked()
      .do('2020-06-02', unit(CO), { ...report, unit: CO })
      .until('2020-06-30');
    expect(life.told('report', `${LEAD}/liaison`)).toHaveLength(3);
    expect(life.task.reports.satisfiedOn).toBeNull();
  });

  test('R18: a missing one shows after P until any report comes, also when the next was asked', () => {
    const life = asked();
    expect(life.lightOn('2020-06-24')).toBe('blue 正常推进');
    expect(life.lightOn('2020-06-25')).toBe('yellow 缺报');
    expect(life.lightOn('2020-09-02')).toBe('yellow 缺报');
    life.do('2020-09-03', unit(LEAD), report);
    expect(life.lightOn('2020-09-03')).toBe('blue 正常推进');
  });

  test('R18: not asked on the launch day, while suspended, or while evidence waits', () => {
    expect(launched(conditional, '2020-06-01').until('2020-06-30').days('report')).toEqual([]);
    const suspended = launched(conditional)
      .do('2020-05-29', COORDINATOR, { move: 'suspend', reason: '调整' })
      .do('2020-06-02', COORDINATOR, { move: 'resume' });
    expect(suspended.until('2020-08-31').days('report')).toEqual([]);
    const waiting = launched(conditional).handIn('2020-05-29').giveBack('2020-06-03').until('2020-08-31');
    expect(waiting.days('report')).toEqual([]);
    expect(waiting.until('2020-09-01').days('report')).toEqual(['2020-09-01']);
  });

  test('R18: a percentage is between 0 and 100, whole', () => {
    const life = asked();
    expect(life.try('2020-06-02', unit(LEAD), { ...report, percent: 101 })?.refused).toBe('percent-range');
    expect(life.try('2020-06-02', unit(LEAD), { ...report, percent: -1 })?.refused).toBe('percent-range');
    expect(life.try('2020-06-02', unit(LEAD), { ...report, percent: 0.5 })?.refused).toBe('bad-field');
    expect(life.try('2020-06-02', unit(LEAD), { ...report, percent: 100 })).toBeNull();
    expect(life.task.status).toBe('open');
  });
});

describe('R19: contributions', () => {
  const ask = (dueOn: string, of = CO) =>
    ({ move: 'askContribution', unit: LEAD, of, text: '提供数据', dueOn }) as const;

  test('R19: dated between three working days ahead and D', () => {
    const life = launched(fixed('2020-06-30')).until('2020-06-15');
    expect(life.try('2020-06-15', unit(LEAD), ask('2020-06-17'))?.refused).toBe('date-too-soon');
    expect(life.try('2020-06-15', unit(LEAD), ask('2020-07-01'))?.refused).toBe('date-too-late');
    expect(life.try('2020-06-15', unit(LEAD), ask('2020-06-18'))).toBeNull();
    expect(life.try('2020-06-15', unit(LEAD), ask('2020-06-30'))).toBeNull();
  });

  test('R19: reminded 3, 1, 0; chased with the head and a copy to the lead; the coordinator once', () => {
    const life = launched(fixed('2020-06-30')).do('2020-05-06', unit(LEAD), ask('2020-05-20')).until('2020-06-30');
    expect(life.told('contribution', `${CO}/liaison`).map((n) => [n.rung, n.on])).toEqual([
      ['ask', '2020-05-06'],
      ['3', '2020-05-15'],
      ['1', '2020-05-19'],
      ['0', '2020-05-20'],
      ['chase', '2020-05-21'],
    ]);
    expect(life.days('contribution', `${CO}/head`)).toEqual(['2020-05-21']);
    expect(life.days('contribution', `${LEAD}/liaison`)).toEqual(['2020-05-21']);
    expect(life.days('contribution', `${OFFICE}/liaison`)).toEqual(['2020-05-28']);
    expect(life.task.breaches).toEqual([]);
    expect(life.lightOn('2020-06-19')).toBe('blue 正常推进');
  });

  test('R19: done, it is told to the lead and chased no more', () => {
    const life = launched(fixed('2020-06-30'))
      .do('2020-05-06', unit(LEAD), ask('2020-05-20'))
      .do('2020-05-18', unit(CO), { move: 'completeContribution', unit: CO, contribution: 'c1', text: '已提供' })
      .until('2020-06-30');
    expect(life.days('answer')).toEqual(['2020-05-18']);
    expect(life.days('contribution', `${CO}/liaison`)).toEqual(['2020-05-06', '2020-05-15']);
    const again = { move: 'completeContribution', unit: CO, contribution: 'c1', text: '再次' } as const;
    expect(life.try('2020-06-30', unit(CO), again)?.refused).toBe('no-contribution');
  });

  test('R19: asked of a co-unit or a member of a collective, by a lead', () => {
    const parties = [
      { unit: LEAD, role: 'lead' as const },
      { unit: CO, role: 'co' as const },
      { unit: DISTRICTS, role: 'district' as const },
    ];
    const life = Life.launch(planTask(fixed('2020-06-30'), { parties }), LAUNCH);
    expect(life.try('2020-03-16', unit(LEAD), ask('2020-05-20', OTHER))?.refused).toBe('not-a-co-unit');
    expect(life.try('2020-03-16', unit(LEAD), ask('2020-05-20', DISTRICTS))?.refused).toBe('not-a-co-unit');
    expect(life.try('2020-03-16', unit(LEAD), ask('2020-05-20', 'test:东区'))).toBeNull();
    expect(life.try('2020-03-16', unit(CO), { ...ask('2020-05-20'), unit: CO })?.refused).toBe('not-a-lead');
  });

  test('R12 R19: after downtime the co-unit hears of the chase and the coordinator of his rung', () => {
    const life = launched(fixed('2020-06-30')).do('2020-05-06', unit(LEAD), ask('2020-05-20')).until('2020-05-10');
    life.downUntil('2020-05-29');
    expect(life.told('contribution', `${CO}/liaison`).map((n) => n.rung)).toEqual(['ask', 'chase']);
    expect(life.told('contribution', `${CO}/head`).map((n) => n.rung)).toEqual(['chase']);
    expect(life.told('contribution', `${OFFICE}/liaison`).map((n) => n.rung)).toEqual(['coordinator']);
  });
});
