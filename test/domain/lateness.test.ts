/** R20 to R24: the ladder, urgings, slips by hand, breaches. */
import { policyOf } from '../../domain/policy-schema';
import {
  CO,
  CONTEXT,
  COORDINATOR,
  DISTRICTS,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OFFICE_HEAD,
  ongoing,
  planTask,
  SUPERVISOR,
  unit,
} from '../support/lives';

const silent = (dueOn = '2020-06-30') => Life.launch(planTask(fixed(dueOn)), '2020-03-13').acknowledgeAll('2020-03-13');
const slip = (colour: 'blue' | 'orange' | 'red') => ({ move: 'issueSlip', colour, reason: '进展缓慢' }) as const;
const report = (text: string) => ({ move: 'report', unit: LEAD, text, percent: 100 }) as const;

describe('R20: the ladder', () => {
  test('R20: who reads which colour', () => {
    const life = silent().until('2020-07-31');
    const readers = (rung: string) =>
      life.notices.filter((n) => n.kind === 'slip' && n.rung === rung).map((n) => `${n.to.unit}/${n.to.office}`);
    expect(readers('blue')).toEqual([`${LEAD}/liaison`, `${LEAD}/head`]);
    expect(readers('orange')).toEqual([`${LEAD}/liaison`, `${LEAD}/head`, `${OFFICE}/head`]);
    expect(readers('red')).toEqual([`${LEAD}/liaison`, `${LEAD}/head`, `${LEAD}/leader`, `${OFFICE}/leader`]);
  });

  test('R20: numbered gaplessly per year, in order, also several in one step', () => {
    const life = silent().until('2020-07-31');
    const numbers = () => life.task.ladder.slips.map((s) => s.number);
    expect(numbers()).toEqual(['督办单〔2020〕1号', '督办单〔2020〕2号', '督办单〔2020〕3号']);
    // One step settles blue by alarm, then issues orange by hand.
    const both = silent().until('2020-06-30');
    both.at('2020-07-01T02:00:00.000Z', COORDINATOR, slip('orange'));
    expect(both.task.ladder.slips.map((s) => [s.number, s.colour, s.byHand])).toEqual([
      ['督办单〔2020〕1号', 'blue', false],
      ['督办单〔2020〕2号', 'orange', true],
    ]);
    // A refused move uses no number.
    expect(both.try('2020-07-01', COORDINATOR, slip('blue'))?.refused).toBe('slip-issued');
    expect(both.until('2020-07-31').task.ladder.slips.at(-1)?.number).toBe('督办单〔2020〕3号');
    expect(silent('2020-12-31').until('2021-01-04').task.ladder.slips[0]?.number).toBe('督办单〔2021〕1号');
  });

  test('R20: a limit changes neither due date nor light nor breach', () => {
    const life = silent().until('2020-07-01');
    const before = { dueOn: life.task.dueOn, breaches: life.task.breaches };
    expect([life.lightOn('2020-07-01'), life.lightOn('2020-07-08'), life.lightOn('2020-07-09')]).toEqual([
      'red 逾期',
      'red 逾期',
      'red 逾期',
    ]);
    expect({ dueOn: life.task.dueOn, breaches: life.task.breaches }).toEqual(before);
  });

  test("R20: a plan's policy changes numbers, names and who is told; the structure stays", () => {
    const policy = policyOf({
      ladder: [
        { colour: 'blue', name: '提示', limitWorkingDays: 3, tells: ['liaison'], copies: ['liaison'] },
        { colour: 'red', name: '挂牌', limitWorkingDays: 10 },
      ],
    });
    const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13', '08:00', { ...CONTEXT, policy });
    life.acknowledgeAll('2020-03-13').until('2020-07-31');
    expect(life.slips()).toEqual([
      ['blue', '2020-07-01', '2020-07-06'],
      ['red', '2020-07-07', '2020-07-21'],
    ]);
    const blue = life.notices.filter((n) => n.kind === 'slip' && n.rung === 'blue');
    expect(blue.map((n) => `${n.to.unit}/${n.to.office}`)).toEqual([`${LEAD}/liaison`, `${OFFICE}/liaison`]);
    expect(blue[0]?.text).toContain('蓝色提示');
    expect(life.days('slip', `${OFFICE}/leader`)).toEqual(['2020-07-07']);
  });
});

describe('R21: after red', () => {
  test('R21: weekly from the first week that begins after the red limit; a week without a working day has none', () => {
    // Red is passed on 24 July. National Day 2020: 1 to 8 October off, so the week of the 5th has Friday the 9th.
    const life = silent().until('2020-10-12');
    const days = life.days('urging');
    expect(days.slice(0, 2)).toEqual(['2020-07-27', '2020-08-03']);
    expect(days.slice(-3)).toEqual(['2020-09-28', '2020-10-09', '2020-10-12']);
    expect(life.days('redDigest', `${OFFICE}/leader`)).toEqual(days);
    expect(life.days('urging', `${LEAD}/head`)).toEqual(days);
    expect(life.last('urged').number).toBe(`催办〔2020〕${days.length}号`);
    // Spring Festival 2020: no working day from 24 January to 2 February.
    const winter = Life.launch(planTask(fixed('2019-11-29')), '2019-08-01').acknowledgeAll('2019-08-01');
    const winterDays = winter.until('2020-02-10').days('urging');
    expect(winterDays).toContain('2020-01-20');
    expect(winterDays.filter((d) => d > '2020-01-20')).toEqual(['2020-02-03', '2020-02-10']);
  });

  test('R21 R12: weeks missed in a downtime are one urging', () => {
    const life = silent().until('2020-07-27').downUntil('2020-08-19').until('2020-08-24');
    expect(life.days('urging')).toEqual(['2020-07-27', '2020-08-19', '2020-08-24']);
  });
});

describe('R22: only a hand-in stops the ladder', () => {
  test('R22: 100 % does not; it is quoted in the next slip when it came within the limit', () => {
    const life = silent().do('2020-07-03', unit(LEAD), report('已全部完成，待盖章')).until('2020-07-31');
    expect(life.slips().map(([, on]) => on)).toEqual(['2020-07-01', '2020-07-09', '2020-07-17']);
    const quoting = life.told('slip', `${LEAD}/liaison`).map((n) => n.text.includes('已全部完成，待盖章'));
    expect(quoting).toEqual([false, true, false]);
  });

  test('R22: before the slip, after its limit, or by a co-unit: not quoted', () => {
    const early = silent().do('2020-06-29', unit(LEAD), report('早说')).until('2020-07-09');
    expect(early.last('slipIssued').quotes).toBeNull();
    const other = silent()
      .do('2020-07-02', unit(LEAD), report('牵头说'))
      .do('2020-07-03', unit(CO), { ...report('配合说'), unit: CO })
      .until('2020-07-09');
    expect(other.last('slipIssued').quotes).toBe('牵头说');
    const late = silent().do('2020-07-09', unit(LEAD), report('限后'), '04:00').until('2020-07-09');
    expect(late.last('slipIssued')).toMatchObject({ slip: { colour: 'orange' }, quotes: null });
  });

  test('R22: a hand-in does', () => {
    expect(silent().handIn('2020-07-03').until('2020-07-31').slips()).toHaveLength(1);
  });
});

describe('R23: by hand', () => {
  test('R23: a coordinator blue or orange, a supervisor red, and nobody else', () => {
    const life = silent().until('2020-06-01');
    expect(life.try('2020-06-01', COORDINATOR, slip('red'))?.refused).toBe('not-your-role');
    expect(life.try('2020-06-01', SUPERVISOR, slip('blue'))?.refused).toBe('not-your-role');
    expect(life.try('2020-06-01', unit(LEAD), slip('blue'))?.refused).toBe('not-your-role');
    expect(life.try('2020-06-01', OFFICE_HEAD, slip('blue'))).toBeNull();
    expect(life.try('2020-06-02', SUPERVISOR, slip('red'))).toBeNull();
  });

  test('R23: after D it counts as that rung and those below', () => {
    const life = silent().do('2020-07-02', COORDINATOR, slip('orange')).until('2020-07-31');
    expect(life.slips().map(([colour, on]) => [colour, on])).toEqual([
      ['blue', '2020-07-01'],
      ['orange', '2020-07-02'],
      ['red', '2020-07-10'],
    ]);
    const red = silent().do('2020-07-01', SUPERVISOR, slip('red'), '04:00').until('2020-07-20');
    expect(red.slips().map(([colour]) => colour)).toEqual(['red']);
    expect(red.days('urging')).toEqual(['2020-07-13', '2020-07-20']);
    expect(red.try('2020-07-20', COORDINATOR, slip('orange'))?.refused).toBe('slip-issued');
  });

  test('R23: before D it has a limit, which is only told to the coordinator; at D the ladder starts at its colour', () => {
    const life = silent().do('2020-06-01', COORDINATOR, slip('orange')).until('2020-06-30');
    expect(life.slips()).toEqual([['orange', '2020-06-01', '2020-06-08']]);
    expect(life.days('limitPassed', `${OFFICE}/liaison`)).toEqual(['2020-06-09']);
    expect(life.told('slip', `${OFFICE}/head`)).toHaveLength(1);
    expect(life.told('slip', `${LEAD}/liaison`)[0]?.text).toContain('提级督办。理由：进展缓慢');
    expect(life.lightOn('2020-06-15')).toBe('yellow 提级督办');
    // Nothing below its colour after D either, before its own rung fires.
    expect(life.try('2020-07-01', COORDINATOR, slip('blue'), '04:00')?.refused).toBe('slip-issued');
    life.until('2020-07-31');
    expect(life.slips().map(([colour, on]) => [colour, on])).toEqual([
      ['orange', '2020-06-01'],
      ['orange', '2020-07-01'],
      ['red', '2020-07-09'],
    ]);
  });

  test('R23: a limit that passes after D is not told: the ladder speaks', () => {
    const life = silent().do('2020-06-29', COORDINATOR, slip('blue')).until('2020-07-31');
    expect(life.days('limitPassed', `${OFFICE}/liaison`)).toEqual([]);
    expect(life.slips().map(([colour]) => colour)).toEqual(['blue', 'blue', 'orange', 'red']);
  });

  test('R23: each colour once before D, and none below', () => {
    const life = silent().do('2020-06-01', COORDINATOR, slip('orange'));
    expect(life.try('2020-06-02', COORDINATOR, slip('orange'))?.refused).toBe('slip-issued');
    expect(life.try('2020-06-02', COORDINATOR, slip('blue'))?.refused).toBe('slip-issued');
    expect(life.try('2020-06-02', SUPERVISOR, slip('red'))).toBeNull();
  });

  test('R23: a task without a date may be listed too', () => {
    const life = Life.launch(planTask(ongoing), '2020-03-13').do('2020-04-01', SUPERVISOR, slip('red'));
    expect(life.lightOn('2020-04-02')).toBe('yellow 提级督办');
    expect(life.until('2020-05-30').task.breaches).toEqual([]);
  });

  test("R23: completion or a supervisor's act ends a listing, a coordinator's approval does not", () => {
    const request = { move: 'requestExtension', unit: LEAD, to: '2020-07-31', reason: '慢', progress: '五成' } as const;
    const listed = () =>
      silent()
        .do('2020-06-01', SUPERVISOR, slip('red'))
        .do('2020-06-02', unit(LEAD), request)
        .do('2020-06-03', COORDINATOR, { move: 'approveExtension' });
    expect(listed().task.ladder).toMatchObject({ slips: [{ colour: 'red', ended: false }], startColour: 'red' });
    expect(listed().lightOn('2020-06-05')).toBe('yellow 提级督办');
    expect(listed().until('2020-06-09').days('limitPassed', `${OFFICE}/liaison`)).toEqual(['2020-06-09']);
    const carried = listed().until('2020-08-03').slips();
    expect(carried.map(([colour]) => colour)).toEqual(['red', 'red']);

    const lifted = listed().do('2020-06-05', SUPERVISOR, { move: 'liftListing', reason: '已整改' });
    expect(lifted.lightOn('2020-06-05')).toBe('blue 正常推进');
    expect(lifted.try('2020-06-08', SUPERVISOR, { move: 'liftListing', reason: '再次' })?.refused).toBe('no-listing');
    expect(
      lifted
        .until('2020-08-03')
        .slips()
        .map(([colour]) => colour),
    ).toEqual(['red', 'blue']);

    const redated = listed().do('2020-06-05', SUPERVISOR, {
      move: 'redate',
      dueOn: '2020-08-31',
      reason: '调整',
      basis: '市发3号',
    });
    expect(redated.lightOn('2020-06-08')).toBe('blue 正常推进');
    const done = listed().handIn('2020-06-10').accept('2020-06-11');
    expect(done.task.ladder.slips.every((s) => s.ended)).toBe(true);
    expect(done.lightOn('2020-06-11')).toBe('green 按期办结');
  });

  test('R23: an urging by hand is numbered and goes to whom it names', () => {
    const life = silent()
      .do('2020-05-06', COORDINATOR, { move: 'urge', text: '请加快' })
      .do('2020-05-07', SUPERVISOR, { move: 'urge', unit: CO, text: '请配合' });
    expect(life.days('urging')).toEqual(['2020-05-06']);
    expect(life.told('urging', `${CO}/liaison`)[0]?.text).toContain('催办〔2020〕2号：请配合');
    expect(life.try('2020-05-08', COORDINATOR, { move: 'urge', unit: DISTRICTS, text: '请' })?.refused).toBe(
      'not-a-party',
    );
    expect(life.slips()).toEqual([]);
  });
});

describe('R24: a breach is permanent', () => {
  const annul = { move: 'annulBreach', reason: '误记' } as const;

  test('R24: it stays through completion, and the light tells', () => {
    const life = silent().handIn('2020-07-03').accept('2020-07-06');
    expect(life.task.breaches).toHaveLength(1);
    expect(life.lightOn('2020-07-06')).toBe('yellow 逾期办结（补齐后由红转黄）');
  });

  test('R24: annulled by a supervisor it stays visible, and the light ignores it', () => {
    const life = silent().handIn('2020-07-03').accept('2020-07-06').do('2020-07-07', SUPERVISOR, annul);
    expect(life.task.breaches).toMatchObject([{ dueOn: '2020-06-30', annulled: { on: '2020-07-07', reason: '误记' } }]);
    expect(life.lightOn('2020-07-07')).toBe('green 按期办结');
    expect(life.try('2020-07-08', SUPERVISOR, annul)?.refused).toBe('no-breach');
    expect(silent().try('2020-05-06', SUPERVISOR, annul)?.refused).toBe('no-breach');
    expect(silent().until('2020-07-01').try('2020-07-01', COORDINATOR, annul)?.refused).toBe('not-your-role');
  });

  test('R24: one annulled while the task is late is not recorded again', () => {
    const life = silent().until('2020-07-02').do('2020-07-02', SUPERVISOR, annul).until('2020-07-31');
    expect(life.happened('breachRecorded')).toEqual(['2020-07-01']);
    life.handIn('2020-08-03').giveBack('2020-08-04').until('2020-08-31');
    expect(life.happened('breachRecorded')).toHaveLength(1);
  });
});
