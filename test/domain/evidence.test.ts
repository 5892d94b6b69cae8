/** R25, R26 and D5: hand-in, review, paper, return; hand-ins that were received in time. */
import { instantOf } from '../../domain/days';
import type { MoveOf } from '../../domain/intents';
import {
  CO,
  COORDINATOR,
  fixed,
  LEAD,
  Life,
  OFFICE,
  OFFICE_HEAD,
  ongoing,
  planTask,
  SECOND_LEAD,
  SUPERVISOR,
  unit,
} from '../support/lives';

const silent = (dueOn = '2020-06-30') => Life.launch(planTask(fixed(dueOn)), '2020-03-13').acknowledgeAll('2020-03-13');
const number = { kind: 'number' as const, value: '市发〔2020〕1号', name: null, bytes: null };
const file = { kind: 'file' as const, value: 'a'.repeat(64), name: '扫描件.pdf', bytes: 9 };
const add: MoveOf<'addEvidence'> = { move: 'addEvidence', unit: LEAD, items: [number] };
const submit = { move: 'submitEvidence', unit: LEAD } as const;
/** A hand-in that our client received then, and that is recorded whenever the life stands. */
const receivedAt = (life: Life, day: string, time: string) => {
  life.at(instantOf(day, time), unit(LEAD), add);
  return life.at(instantOf(day, time), unit(LEAD), submit);
};

describe('R25: review', () => {
  test('R25: due five working days after; coordinator on day 4, his leader on day 6, then weekly both', () => {
    const life = silent().handIn('2020-05-11').until('2020-06-01');
    expect(life.task.review?.dueOn).toBe('2020-05-18');
    const told = (at: string) => life.told('review', `${OFFICE}/${at}`).map((n) => [n.rung, n.on]);
    expect(told('liaison')).toEqual([
      ['submitted', '2020-05-11'],
      ['4', '2020-05-15'],
      ['weekly', '2020-05-25'],
      ['weekly', '2020-06-01'],
    ]);
    expect(told('head')).toEqual([
      ['6', '2020-05-19'],
      ['weekly', '2020-05-25'],
      ['weekly', '2020-06-01'],
    ]);
    expect(life.lightOn('2020-06-01')).toBe('blue 已报送，待审');
  });

  test('R25: a hand-in is a version; the newest is reviewed, and its clock runs', () => {
    const life = silent().handIn('2020-05-11').handIn('2020-05-14');
    expect(life.task.versions.map((v) => v.outcome)).toEqual(['superseded', 'waiting']);
    expect(life.task.review).toEqual({ version: 2, submittedOn: '2020-05-14', dueOn: '2020-05-21' });
    const old = { move: 'acceptEvidence', version: 1 } as const;
    expect(life.try('2020-05-15', COORDINATOR, old)).toMatchObject({
      refused: 'wrong-version',
      details: { current: '2' },
    });
    expect(life.try('2020-05-15', COORDINATOR, { move: 'returnEvidence', version: 1, reason: '旧' })?.refused).toBe(
      'wrong-version',
    );
    life.accept('2020-05-15').until('2020-06-30');
    expect(life.days('review', `${OFFICE}/liaison`)).toEqual(['2020-05-11', '2020-05-14']);
    expect(life.try('2020-06-30', COORDINATOR, { ...old, version: 2 })?.refused).toBe('wrong-status');
  });

  test('R25 R12: after downtime the coordinator and his leader each get their latest', () => {
    const life = silent().handIn('2020-05-11').downUntil('2020-05-20');
    expect(life.told('review', `${OFFICE}/liaison`).map((n) => n.rung)).toEqual(['submitted', '4']);
    expect(life.told('review', `${OFFICE}/head`).map((n) => n.rung)).toEqual(['6']);
    const longer = silent().handIn('2020-05-11').downUntil('2020-05-26');
    expect(longer.told('review', `${OFFICE}/liaison`).map((n) => n.rung)).toEqual(['submitted', 'weekly']);
    expect(longer.told('review', `${OFFICE}/head`).map((n) => n.rung)).toEqual(['weekly']);
  });

  test('R25: a user of a lead unit may not review its task, the office head does', () => {
    const own = planTask(fixed('2020-06-30'), {
      parties: [
        { unit: OFFICE, role: 'lead' },
        { unit: LEAD, role: 'lead' },
      ],
    });
    const life = Life.launch(own, '2020-03-13').handIn('2020-05-11', LEAD);
    const accept = { move: 'acceptEvidence', version: 1 } as const;
    expect(life.try('2020-05-12', COORDINATOR, accept)?.refused).toBe('own-task');
    expect(life.try('2020-05-12', COORDINATOR, { move: 'returnEvidence', version: 1, reason: '缺' })?.refused).toBe(
      'own-task',
    );
    expect(life.try('2020-05-12', OFFICE_HEAD, accept)).toBeNull();
  });

  test('R25: nothing handed in without evidence, nothing empty added', () => {
    const life = silent();
    expect(life.try('2020-05-06', unit(LEAD), submit)?.refused).toBe('no-evidence');
    expect(life.try('2020-05-06', unit(LEAD), { ...add, items: [] })?.refused).toBe('no-evidence');
    expect(life.try('2020-05-06', unit(LEAD), { ...add, items: Array(51).fill(number) })?.refused).toBe(
      'too-many-items',
    );
    const odd = { ...number, kind: 'link' as const, value: 'javascript:alert(1)' };
    expect(life.try('2020-05-06', unit(LEAD), { ...add, items: [odd] })?.refused).toBe('text-needed');
    expect(life.try('2020-05-06', COORDINATOR, { move: 'acceptEvidence', version: 1 })?.refused).toBe('no-review');
  });

  test('R25: an item says nothing but what it is: it cannot name its unit, its day or its number', () => {
    const forged = { ...number, unit: CO, on: '2019-01-01', id: 'e9' };
    const life = silent().do('2020-05-06', unit(LEAD), { ...add, items: [forged] });
    expect(life.task.evidence).toEqual([{ id: 'e1', unit: LEAD, on: '2020-05-06', ...number }]);
  });
});

describe('R25: on paper', () => {
  const paper = (receivedOn: string) => ({ ...submit, receivedOn, reason: '窗口代收' });
  const withScan = (life: Life, day: string) => life.do(day, COORDINATOR, { ...add, items: [file] });

  test('R25: lateness is judged by the day received; a breach recorded meanwhile is lifted and its slips void', () => {
    const life = withScan(silent(), '2020-07-02').do('2020-07-02', COORDINATOR, paper('2020-06-30'));
    expect(life.task.breaches).toMatchObject([{ lifted: true }]);
    expect(life.task.ladder.slips).toMatchObject([{ colour: 'blue', void: true }]);
    expect(life.lightOn('2020-07-02')).toBe('blue 已报送，待审');
    expect(life.told('answer', `${LEAD}/liaison`).at(-1)?.text).toContain('督办单〔2020〕1号作废');
    expect(life.accept('2020-07-03').lightOn('2020-07-03')).toBe('green 按期办结');
    const late = withScan(silent(), '2020-07-02').do('2020-07-02', COORDINATOR, paper('2020-07-01'));
    expect(late.task.breaches).toMatchObject([{ lifted: false }]);
  });

  test('R25: paper received in time counts also beside a late hand-in', () => {
    const life = withScan(silent().handIn('2020-07-02'), '2020-07-03').do(
      '2020-07-03',
      COORDINATOR,
      paper('2020-06-29'),
    );
    expect(life.task.breaches).toMatchObject([{ lifted: true }]);
    expect(life.task.versions).toMatchObject([
      { late: true },
      { late: false, receivedOn: '2020-06-29', onPaper: true },
    ]);
  });

  test('R25: not in the future, not before the launch, with scan and reason', () => {
    const life = withScan(silent(), '2020-06-01');
    expect(life.try('2020-06-02', COORDINATOR, paper('2020-06-03'))?.refused).toBe('received-in-future');
    expect(life.try('2020-06-02', COORDINATOR, paper('2020-03-12'))?.refused).toBe('received-before-launch');
    expect(life.try('2020-06-02', COORDINATOR, { ...paper('2020-06-01'), reason: ' ' })?.refused).toBe('scan-needed');
    expect(life.try('2020-06-02', COORDINATOR, submit)?.refused).toBe('scan-needed');
    const unscanned = silent().do('2020-06-01', unit(LEAD), add);
    expect(unscanned.try('2020-06-02', COORDINATOR, paper('2020-06-01'))?.refused).toBe('scan-needed');
    // A unit's own hand-in is dated by the server, whatever it says.
    life.do('2020-07-01', unit(LEAD), { ...submit, receivedOn: '2020-06-30' });
    expect(life.task.versions.at(-1)).toMatchObject({ receivedOn: '2020-07-01', late: true });
  });
});

describe('D5: received in time, recorded late', () => {
  test('R3 R24 D5: a hand-in received before midnight and recorded after blue lifts the breach and voids the slip', () => {
    const life = silent().until('2020-07-01');
    expect(life.slips()).toHaveLength(1);
    expect(receivedAt(life, '2020-06-30', '23:50')).toBeNull();
    expect(life.task.versions).toMatchObject([{ late: false, receivedOn: '2020-06-30' }]);
    expect(life.task.breaches).toMatchObject([{ lifted: true }]);
    expect(life.task.ladder.slips).toMatchObject([{ void: true }]);
    expect(life.events.at(-1)?.at).toBe(instantOf('2020-07-01', '05:00'));
    life.giveBack('2020-07-02').until('2020-07-09');
    // On time, so it gets R; nobody comes: the breach is recorded anew after it.
    expect(life.task.grace?.limitOn).toBe('2020-07-09');
    life.until('2020-07-10');
    expect(life.task.breaches).toMatchObject([{ lifted: true }, { breachedOn: '2020-07-10', lifted: false }]);
    expect(life.slips().at(-1)?.slice(0, 2)).toEqual(['blue', '2020-07-10']);
  });

  test('R3 D5: received a minute after midnight it is late', () => {
    const life = silent().until('2020-07-01');
    receivedAt(life, '2020-07-01', '00:01');
    expect(life.task.versions).toMatchObject([{ late: true }]);
    expect(life.task.breaches).toMatchObject([{ lifted: false }]);
  });

  test('R3: a supplement to an on-time hand-in that waits is on time', () => {
    const life = silent().handIn('2020-06-30').handIn('2020-07-03');
    expect(life.task.versions.map((v) => v.late)).toEqual([false, false]);
    expect(life.task.breaches).toEqual([]);
  });
});

describe('R26: return', () => {
  test('R26: on-time evidence gets R, no breach before R has passed, then the ladder from R', () => {
    const life = silent().handIn('2020-06-29').giveBack('2020-06-30').until('2020-07-07');
    expect(life.task.grace).toEqual({ dueOn: '2020-06-30', limitOn: '2020-07-07' });
    expect(life.lightOn('2020-07-01')).toBe('yellow 退办补报');
    expect(life.task.breaches).toEqual([]);
    life.until('2020-07-08');
    expect(life.task.breaches).toMatchObject([{ dueOn: '2020-06-30', breachedOn: '2020-07-08' }]);
    expect(life.slips()).toEqual([['blue', '2020-07-08', '2020-07-15']]);
  });

  test('R26: handed in again by R it is on time and can still be green', () => {
    const life = silent().handIn('2020-06-29').giveBack('2020-06-30').handIn('2020-07-07').accept('2020-07-10');
    expect(life.lightOn('2020-07-10')).toBe('green 按期办结');
  });

  test('R26: returned long before D there is no R, and the one R is still to be had', () => {
    const life = silent().handIn('2020-05-11').giveBack('2020-05-12');
    expect(life.task.grace).toBeNull();
    life.handIn('2020-06-29').giveBack('2020-07-02');
    expect(life.task.grace?.limitOn).toBe('2020-07-09');
  });

  test('R26: once per due date: a later return after E records the breach on its day, and blue follows', () => {
    const life = silent().handIn('2020-06-29').giveBack('2020-06-30').handIn('2020-07-06').giveBack('2020-07-10');
    expect(life.task.breaches).toMatchObject([{ dueOn: '2020-06-30', breachedOn: '2020-07-10' }]);
    expect(life.until('2020-07-13').slips()).toEqual([['blue', '2020-07-13', '2020-07-20']]);
    const within = silent().handIn('2020-06-29').giveBack('2020-06-30').handIn('2020-07-01').giveBack('2020-07-02');
    expect(within.task.grace?.limitOn).toBe('2020-07-07');
    expect(within.until('2020-07-07').task.breaches).toEqual([]);
  });

  test('R26: late evidence returned resumes the same rung with what was left of its limit', () => {
    // Blue on 1 July, limit the 8th; handed in on the 3rd: 3 left. Returned on the 10th: until the 15th.
    const life = silent().handIn('2020-07-03').giveBack('2020-07-10').until('2020-07-31');
    expect(life.slips()).toEqual([
      ['blue', '2020-07-01', '2020-07-15'],
      ['orange', '2020-07-16', '2020-07-23'],
      ['red', '2020-07-24', '2020-07-31'],
    ]);
  });

  test('R26: at least one day, and a supplement during the review costs none of them', () => {
    const last = silent().handIn('2020-07-08').giveBack('2020-07-13').until('2020-07-15');
    expect(last.slips().slice(0, 2)).toEqual([
      ['blue', '2020-07-01', '2020-07-14'],
      ['orange', '2020-07-15', '2020-07-22'],
    ]);
    const supplemented = silent().handIn('2020-07-03').handIn('2020-07-08').giveBack('2020-07-10');
    expect(supplemented.slips()).toEqual([['blue', '2020-07-01', '2020-07-15']]);
  });

  test('R26: late and returned before blue had fired: blue fires the next working day, as first rung', () => {
    const life = silent().handIn('2020-07-01', LEAD, '03:00').giveBack('2020-07-03').until('2020-07-06');
    expect(life.slips()).toEqual([['blue', '2020-07-06', '2020-07-13']]);
    expect(life.task.breaches).toHaveLength(1);
  });

  test('R26: late evidence of a red task: the weekly urging goes on, no rung fires again', () => {
    const life = silent().handIn('2020-08-05').giveBack('2020-08-10').until('2020-08-24');
    expect(life.slips().map(([colour]) => colour)).toEqual(['blue', 'orange', 'red']);
    expect(life.days('urging')).toEqual(['2020-07-27', '2020-08-03', '2020-08-17', '2020-08-24']);
  });

  test('R26: without a due date a return only returns', () => {
    const life = Life.launch(planTask(ongoing), '2020-03-13').handIn('2020-05-11').giveBack('2020-05-12');
    expect(life.task).toMatchObject({ grace: null, status: 'open', versions: [{ outcome: 'returned' }] });
    expect(life.handIn('2020-05-13').accept('2020-05-14').task.status).toBe('completed');
  });

  test('R25 R26: one lead hands in, another supplements; a supervisor does not review', () => {
    const two = planTask(fixed('2020-06-30'), {
      parties: [
        { unit: LEAD, role: 'lead' },
        { unit: SECOND_LEAD, role: 'lead' },
      ],
    });
    const life = Life.launch(two, '2020-03-13').handIn('2020-05-11').handIn('2020-05-12', SECOND_LEAD);
    expect(life.task.versions.map((v) => v.unit)).toEqual([LEAD, SECOND_LEAD]);
    expect(life.try('2020-05-13', SUPERVISOR, { move: 'acceptEvidence', version: 2 })?.refused).toBe('not-your-role');
  });
});
