/** R1 to R6: days, the order within a day, dates in documents, years not yet published. */
import { dueAt } from '../../domain/agenda';
import { nextWorkingDay, type WorkCalendar } from '../../domain/calendar';
import { instantOf, lastDayOfMonth } from '../../domain/days';
import { ALARM_KINDS } from '../../domain/task';
import { fixed, LEAD, Life, ongoing, planTask, SECOND_LEAD, seedCalendar, unit } from '../support/lives';

const silent = (dueOn: string) => Life.launch(planTask(fixed(dueOn)), '2020-03-13').acknowledgeAll('2020-03-13');

test('R1: the day of an act is day 0, and passed acts on the next working day', () => {
  const life = silent('2020-06-30').handIn('2020-06-19');
  // Friday is day 0; 22, 23, 24, 28 (调休), 29.
  expect(life.task.review?.dueOn).toBe('2020-06-29');
  const late = silent('2020-06-24').until('2020-07-03');
  // Due Wednesday; 25 to 27 June are days off, Sunday the 28th is worked.
  expect(late.slips()).toEqual([['blue', '2020-06-28', '2020-07-03']]);
  late.until('2020-07-06', '06:00');
  expect(late.slips()[1]).toEqual(['orange', '2020-07-06', '2020-07-13']);
});

test('R2: a due date on a Sunday stays there; its last reminder says that today is the last working day', () => {
  const life = Life.launch(planTask(fixed('2024-06-30')), '2024-03-13')
    .acknowledgeAll('2024-03-13')
    .until('2024-06-29');
  expect(life.told('reminder', `${LEAD}/liaison`).at(-1)).toMatchObject({
    on: '2024-06-28',
    rung: '0',
    text: expect.stringContaining('6月30日（周日）到期，今天是到期前最后一个工作日'),
  });
  expect(life.task.dueOn).toBe('2024-06-30');
  expect(life.lightOn('2024-06-30')).toBe('yellow 临期');
  expect(life.lightOn('2024-07-01')).toBe('red 逾期');
});

test('R2: only a limit stated as a period moves to the next working day', () => {
  expect(nextWorkingDay(seedCalendar(), '2020-06-25')).toBe('2020-06-28');
  expect(nextWorkingDay(seedCalendar(), '2020-06-24')).toBe('2020-06-24');
});

test('R3: handed in at 23:59 of the due date is on time, at midnight it is a breach', () => {
  expect(silent('2020-06-30').handIn('2020-06-30', LEAD, '23:59').until('2020-07-02').task.breaches).toEqual([]);
  const late = silent('2020-06-30').handIn('2020-07-01', LEAD, '00:00');
  expect(late.task.breaches).toMatchObject([{ dueOn: '2020-06-30', breachedOn: '2020-07-01' }]);
});

test('R3 R4: a hand-in at 03:00 of the next day records the breach, then the evidence, and no slip', () => {
  const life = silent('2020-06-30').until('2020-06-30');
  const before = life.events.length;
  const items = [{ kind: 'number' as const, value: '1号', name: null, bytes: null }];
  life.at(instantOf('2020-07-01', '03:00'), unit(LEAD), { move: 'addEvidence', unit: LEAD, items });
  life.at(instantOf('2020-07-01', '03:00'), unit(LEAD), { move: 'submitEvidence', unit: LEAD });
  life.until('2020-07-02');
  expect(life.events.slice(before).map((e) => e.type)).toEqual([
    'breachRecorded',
    'evidenceAdded',
    'evidenceSubmitted',
  ]);
  expect(life.slips()).toEqual([]);
  // Its twin two hours later finds blue issued.
  const twin = silent('2020-06-30').handIn('2020-07-01', LEAD, '05:00');
  expect(twin.slips()).toEqual([['blue', '2020-07-01', '2020-07-08']]);
});

test('R3: a move first settles what is due before its own instant, also what no worker rang', () => {
  const life = silent('2020-06-30').until('2020-06-20');
  life.at(instantOf('2020-07-01', '04:00'), unit(SECOND_LEAD), { move: 'acknowledge', unit: SECOND_LEAD });
  // A refused move leaves nothing behind; the alarms still ring.
  expect(life.task.breaches).toEqual([]);
  life.at(instantOf('2020-07-01', '04:00'), unit(LEAD), { move: 'report', unit: LEAD, text: '进展' });
  expect(life.events.slice(-2).map((e) => e.type)).toEqual(['breachRecorded', 'reported']);
});

test('R4: expiries count at 00:00, alarms at 05:00; at one instant in the order of the kinds', () => {
  expect(ALARM_KINDS).toEqual([
    'ladder',
    'acknowledgement',
    'declaration',
    'reminder',
    'report',
    'contribution',
    'review',
    'extension',
  ]);
  // Not signed for: day 4 of 1 June is the 5th; the tenth rung of 19 June is 5 June as well.
  const life = Life.launch(planTask(fixed('2020-06-19')), '2020-06-01').until('2020-06-04');
  const due = life.task.alarms.filter((a) => a.on === '2020-06-05');
  expect(due.map((a) => a.kind)).toEqual(['acknowledgement', 'acknowledgement', 'reminder']);
  expect(due.map(dueAt)).toEqual(due.map(() => instantOf('2020-06-05', '05:00')));
  const breach = silent('2020-06-30').until('2020-06-30').task.alarms[0];
  expect(breach && [breach.rung, dueAt(breach)]).toEqual(['breach', instantOf('2020-07-01', '00:00')]);
});

test('R5: an end of month is its last day, and 原则上 changes nothing but a flag', () => {
  expect([lastDayOfMonth(2020, 12), lastDayOfMonth(2020, 6), lastDayOfMonth(2024, 2)]).toEqual([
    '2020-12-31',
    '2020-06-30',
    '2024-02-29',
  ]);
  const plain = silent('2020-06-30').until('2020-07-02');
  const principle = Life.launch(planTask({ ...fixed('2020-06-30'), inPrinciple: true }), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .until('2020-07-02');
  expect(principle.task.inPrinciple).toBe(true);
  expect({ ...principle.task, inPrinciple: false }).toEqual(plain.task);
});

describe('R6: a year that is confirmed later', () => {
  const off = (calendar: WorkCalendar, year: string, ...days: string[]): WorkCalendar => ({
    version: 'confirmed',
    years: {
      ...calendar.years,
      [year]: {
        status: 'confirmed',
        on: calendar.years[year]?.on ?? [],
        off: [...(calendar.years[year]?.off ?? []), ...days],
      },
    },
  });

  test('R6: rungs not yet told move, a fired one never fires again, the due date stays', () => {
    const life = silent('2020-06-30').until('2020-06-15');
    life.recount('2020-06-16', off(seedCalendar(), '2020', '2020-06-22', '2020-06-23'));
    life.until('2020-06-30');
    expect(life.task.dueOn).toBe('2020-06-30');
    // 5 rungs before would be the 18th now; 10 has been said on the 15th and is not said again.
    expect(life.days('reminder')).toEqual([
      '2020-06-01',
      '2020-06-15',
      '2020-06-18',
      '2020-06-24',
      '2020-06-29',
      '2020-06-30',
    ]);
  });

  test('R6: a day that a letter stated stays, or moves to the next working day if it became a day off', () => {
    const life = silent('2020-06-30').until('2020-07-02');
    life.recount('2020-07-03', off(seedCalendar(), '2020', '2020-07-06'));
    expect(life.slips()).toEqual([['blue', '2020-07-01', '2020-07-08']]);
    life.recount('2020-07-03', off(seedCalendar(), '2020', '2020-07-08'));
    expect(life.slips()).toEqual([['blue', '2020-07-01', '2020-07-09']]);
    life.until('2020-07-10');
    expect(life.slips()[1]?.slice(0, 2)).toEqual(['orange', '2020-07-10']);
  });

  test('R6: also the days to report, to review and to decide', () => {
    const life = Life.launch(planTask(ongoing), '2020-03-13').acknowledgeAll('2020-03-13').until('2020-06-02');
    life.recount('2020-06-03', off(seedCalendar(), '2020', '2020-06-24'));
    expect(life.task.reports.asked).toMatchObject({ quarter: '2020Q2', dueOn: '2020-06-28' });
    life.handIn('2020-06-04').recount('2020-06-05', off(seedCalendar(), '2020', '2020-06-11'));
    expect(life.task.review?.dueOn).toBe('2020-06-12');
  });

  test('R6: a date of a year not yet published is marked', () => {
    const life = Life.launch(planTask(fixed('2031-06-30')), '2031-03-13').acknowledgeAll('2031-03-13');
    expect(life.task.alarms.every((a) => a.provisional)).toBe(true);
    life.until('2031-06-30');
    expect(life.notices.filter((n) => n.kind === 'reminder').every((n) => n.provisional)).toBe(true);
    expect(silent('2020-06-30').task.alarms.some((a) => a.provisional)).toBe(false);
  });
});
