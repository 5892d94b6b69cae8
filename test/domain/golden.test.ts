/** The golden dates of rules.md, lived through by the rules themselves. */
import { CO, conditional, fixed, LEAD, Life, planTask, twoTrack, unit } from '../support/lives';

const GOLDEN = [
  {
    dueOn: '2020-06-30',
    launch: '2020-03-13',
    rungs: ['06-01', '06-15', '06-22', '06-24', '06-29', '06-30'],
    slips: [
      ['07-01', '07-08'],
      ['07-09', '07-16'],
      ['07-17', '07-24'],
    ],
    weekly: '2020-07-27',
  },
  {
    dueOn: '2020-09-30',
    launch: '2020-03-13',
    rungs: ['09-03', '09-17', '09-24', '09-27', '09-29', '09-30'],
    slips: [
      ['10-09', '10-15'],
      ['10-16', '10-23'],
      ['10-26', '11-02'],
    ],
    weekly: '2020-11-09',
  },
  {
    dueOn: '2020-12-31',
    launch: '2020-03-13',
    rungs: ['12-03', '12-17', '12-24', '12-28', '12-30', '12-31'],
    slips: [
      ['2021-01-04', '2021-01-11'],
      ['2021-01-12', '2021-01-19'],
      ['2021-01-20', '2021-01-27'],
    ],
    weekly: '2021-02-01',
  },
  {
    dueOn: '2023-09-30',
    launch: '2023-03-13',
    rungs: ['08-31', '09-14', '09-21', '09-25', '09-27', '09-28'],
    slips: [
      ['10-07', '10-12'],
      ['10-13', '10-20'],
      ['10-23', '10-30'],
    ],
    weekly: '2023-11-06',
  },
  {
    dueOn: '2024-06-30',
    launch: '2024-03-13',
    rungs: ['05-30', '06-14', '06-21', '06-25', '06-27', '06-28'],
    slips: [
      ['07-01', '07-08'],
      ['07-09', '07-16'],
      ['07-17', '07-24'],
    ],
    weekly: '2024-07-29',
  },
];

const dated = (year: string, day: string | undefined) => (day && day.length === 5 ? `${year}-${day}` : day);

test.each(GOLDEN)('R2 R14 R20 R21: golden dates of a task due $dueOn', ({ dueOn, launch, rungs, slips, weekly }) => {
  const year = dueOn.slice(0, 4);
  const life = Life.launch(planTask(fixed(dueOn)), launch)
    .acknowledgeAll(launch)
    .until(weekly);
  expect(life.days('reminder')).toEqual(rungs.map((r) => dated(year, r)));
  const colours = ['blue', 'orange', 'red'];
  expect(life.slips()).toEqual(slips.map(([on, limit], i) => [colours[i], dated(year, on), dated(year, limit)]));
  expect(life.days('urging')).toEqual([weekly]);
  expect(life.days('redDigest', 'test:督查办/leader')).toEqual([weekly]);
});

test('R13: Zhuzhou launched 2020-03-13: liaison from the 19th, head the 20th, coordinator the 24th, then weekly', () => {
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13').until('2020-04-07');
  expect(life.days('acknowledgement', `${CO}/liaison`)).toEqual([
    '2020-03-19',
    '2020-03-20',
    '2020-03-23',
    '2020-03-24',
    '2020-03-30',
    '2020-04-07',
  ]);
  expect(life.days('acknowledgement', `${CO}/head`)).toEqual(['2020-03-20']);
  expect(life.days('telephone', 'test:督查办/liaison')).toEqual(['2020-03-24', '2020-03-24']);
});

test('R15: Zhuzhou part 2: asked, reminded, chased, deemed ready at 24:00 of 8 June, told on the 9th', () => {
  const life = Life.launch(planTask(twoTrack('2020-06-30', '2020-09-30')), '2020-03-13').acknowledgeAll('2020-03-13');
  expect(life.task.declaration).toMatchObject({ askOn: '2020-06-01', deemedOn: '2020-06-08' });
  life.until('2020-06-09');
  expect(life.days('declaration')).toEqual(['2020-05-25', '2020-06-01', '2020-06-02']);
  expect(life.days('declaration', `${LEAD}/head`)).toEqual(['2020-06-04']);
  expect(life.days('silentLead', 'test:督查办/liaison')).toEqual(['2020-06-04']);
  expect(life.told('dated', `${LEAD}/liaison`)).toMatchObject([
    { on: '2020-06-09', text: expect.stringContaining('还有14个工作日') },
  ]);
  expect(life.task).toMatchObject({ dueOn: '2020-06-30', originalDueOn: '2020-06-30' });
  life.until('2020-06-30');
  expect(life.days('reminder')).toEqual(['2020-06-15', '2020-06-22', '2020-06-24', '2020-06-29', '2020-06-30']);
});

test.each([
  ['2020-03-13', '2020-06-01', '2020-06-24'],
  ['2026-07-01', '2026-09-01', '2026-09-24'],
  ['2021-07-01', '2021-09-01', '2021-09-24'],
  ['2021-10-08', '2021-12-01', '2021-12-24'],
])('R18: a task launched %s is asked on %s for a report due %s', (launch, askedOn, dueOn) => {
  const life = Life.launch(planTask(conditional), launch).until(askedOn);
  expect(life.task.reports.asked).toMatchObject({ askedOn, dueOn });
});

test('R29: suspended 06-22, resumed 07-06 with D 2020-06-30: nine working days, new D 07-13', () => {
  const coordinator = { name: '协调员', role: 'coordinator' as const, unit: 'test:督查办' };
  const life = Life.launch(planTask(fixed('2020-06-30')), '2020-03-13')
    .acknowledgeAll('2020-03-13')
    .do('2020-06-22', coordinator, { move: 'suspend', reason: '政策调整' })
    .do('2020-07-06', coordinator, { move: 'resume' });
  expect(life.events.at(-1)).toMatchObject({ type: 'resumed', workingDays: 9, dueOn: '2020-07-13' });
  expect(life.task.originalDueOn).toBe('2020-06-30');
  expect(unit(LEAD).unit).toBe(LEAD);
});
