/** A rehearsed year of the real plans: the dates of rules.md come out of it, and nothing that nobody ordered. */
import { isWorkingDay } from '../../domain/calendar';
import { reissue } from '../../domain/drafts/reissue';
import type { Plan, UnitId } from '../../domain/plan';
import { DEFAULT_POLICY } from '../../domain/policy';
import { type Rehearsal, type RehearsalOptions, rehearse } from '../../domain/rehearsal';
import type { Unit } from '../../domain/unit';
import zhuhaiPlan from '../../seeds/plans/zhuhai-2020.json';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { seedCalendar } from '../support/lives';

const CALENDAR = seedCalendar();
const ZHUZHOU = zhuzhouPlan as Plan;
const ZHUHAI = zhuhaiPlan as Plan;
const UNITS: Unit[] = [...zhuzhouUnits, ...zhuhaiUnits] as Unit[];
const TAX = 'zhuzhou:市税务局';
const OFFICE = ZHUZHOU.office;

function rehearsed(plan: Plan, options: RehearsalOptions): Rehearsal {
  return rehearse(plan, UNITS, CALENDAR, DEFAULT_POLICY, options);
}

const everybody = UNITS.map(({ id }) => id);
const answered = rehearsed(ZHUZHOU, { from: '2020-03-13' });
const taxSilent = rehearsed(ZHUZHOU, { from: '2020-03-13', silent: [TAX] });
const allSilent = rehearsed(ZHUZHOU, { from: '2020-03-13', silent: everybody });
const zhuhai = rehearsed(ZHUHAI, { from: '2020-01-02' });

/** Days on which this office of a unit reads a kind of notice on a task. */
function days(from: Rehearsal, kind: string, task: string | null, unit: UnitId, office = 'liaison'): string[] {
  return from.letters
    .filter(({ to, notices }) => {
      const speaks = notices.some((n) => n.kind === kind && (task === null || n.task === `${from.plan}/${task}`));
      return to.unit === unit && to.office === office && speaks;
    })
    .map(({ on }) => on.replace(/^2020-/, ''));
}

describe('Zhuzhou, launched on 2020-03-13, one unit silent', () => {
  test('R13: it is reminded to sign, then its head, then the coordinator', () => {
    expect(days(taxSilent, 'issue', '1-09', TAX)).toEqual(['03-13']);
    const signing = days(taxSilent, 'acknowledgement', '1-09', TAX);
    expect(signing.slice(0, 5)).toEqual(['03-19', '03-20', '03-23', '03-24', '03-30']);
    expect(days(taxSilent, 'acknowledgement', '1-09', TAX, 'head')).toEqual(['03-20']);
    expect(days(taxSilent, 'telephone', '1-09', OFFICE)).toEqual(['03-24']);
  });

  test('R14, R15: rungs of a fixed date; the two-track question up to 视同具备条件', () => {
    expect(days(taxSilent, 'reminder', '1-09', TAX)).toEqual(['06-01', '06-15', '06-22', '06-24', '06-29', '06-30']);
    expect(days(taxSilent, 'declaration', '2-13', TAX)).toEqual(['05-25', '06-01', '06-02']);
    expect(days(taxSilent, 'declaration', '2-13', TAX, 'head')).toEqual(['06-04']);
    expect(days(taxSilent, 'silentLead', '2-13', OFFICE)).toEqual(['06-04']);
    expect(days(taxSilent, 'dated', '2-13', TAX)).toEqual(['06-09']);
  });

  test('R20, R21: the ladder, its copies and the weekly urging, for its two tasks and no other', () => {
    const ladder = (task: string) => [
      { on: '2020-07-01', task, colour: 'blue', limitOn: '2020-07-08', provisional: false },
      { on: '2020-07-09', task, colour: 'orange', limitOn: '2020-07-16', provisional: false },
      { on: '2020-07-17', task, colour: 'red', limitOn: '2020-07-24', provisional: false },
    ];
    const sorted = taxSilent.slips.toSorted((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0));
    expect(sorted).toEqual([...ladder('zhuzhou-2020/1-09'), ...ladder('zhuzhou-2020/2-13')]);
    expect(days(taxSilent, 'slip', '1-09', TAX, 'leader')).toEqual(['07-17']);
    expect(days(taxSilent, 'slip', '1-09', OFFICE, 'head')).toEqual(['07-09']);
    expect(days(taxSilent, 'slip', '1-09', OFFICE, 'leader')).toEqual(['07-17']);
    expect(days(taxSilent, 'urging', '1-09', TAX)[0]).toBe('07-27');
    expect(days(taxSilent, 'redDigest', '1-09', OFFICE, 'leader')[0]).toBe('07-27');
  });

  test('R18: it is asked for a report and reminded; those who answered are not', () => {
    expect(days(taxSilent, 'report', '1-09', TAX).slice(0, 3)).toEqual(['06-01', '06-19', '06-28']);
    const others = 'zhuzhou:市公安局';
    expect(days(taxSilent, 'report', '1-04', others)).toEqual(['06-01', '06-19']);
    expect(taxSilent.checkIns.find(({ unit, askedOn }) => unit === TAX && askedOn === '2020-06-01')).toEqual({
      askedOn: '2020-06-01',
      dueOn: '2020-06-24',
      unit: TAX,
      tasks: ['zhuzhou-2020/1-09', 'zhuzhou-2020/2-13'],
    });
  });
});

test('who does everything in time gets no slip, and every dated task is closed on the working day after its date', () => {
  expect(answered.slips).toEqual([]);
  const closing = answered.letters.filter(({ notices }) => notices.some(({ kind }) => kind === 'closed'));
  expect([...new Set(closing.map(({ on }) => on))]).toEqual(['2020-07-01']);
  const kinds = new Set(answered.letters.flatMap(({ notices }) => notices.map(({ kind }) => kind)));
  expect([...kinds].filter((kind) => ['acknowledgement', 'telephone', 'slip', 'urging'].includes(kind))).toEqual([]);
});

test('R16: conditional tasks are asked for reports and never dated', () => {
  const task = '2-16';
  const lead = 'zhuzhou:市商务粮食局';
  expect(days(allSilent, 'report', task, lead).slice(0, 3)).toEqual(['06-01', '06-19', '06-28']);
  expect(days(allSilent, 'reminder', task, lead)).toEqual([]);
  expect(allSilent.slips.filter((slip) => slip.task.endsWith(task))).toEqual([]);
});

test('R10: a collective that reports on the plan is asked member by member', () => {
  const asked = allSilent.checkIns.filter(({ askedOn }) => askedOn === '2020-06-01').map(({ unit }) => unit);
  expect(asked).toContain('zhuzhou:天元区');
  expect(asked).not.toContain('zhuzhou:各县市区');
  const quiet = rehearsed(ZHUZHOU, { from: '2020-03-13', silent: ['zhuzhou:各县市区'] });
  expect(days(quiet, 'report', null, 'zhuzhou:天元区')).toContain('06-28');
  expect(days(answered, 'report', null, 'zhuzhou:天元区')).not.toContain('06-28');
});

describe.each([
  ['answered', answered],
  ['one unit silent', taxSilent],
  ['all silent', allSilent],
  ['Zhuhai', zhuhai],
])('every rehearsal: %s', (_name, rehearsal) => {
  test('R34: one routine letter per addressee and working day, none empty, none urgent', () => {
    const keys = rehearsal.letters.map(({ on, to }) => `${on} ${to.unit} ${to.office}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(rehearsal.letters.filter(({ on }) => !isWorkingDay(CALENDAR, on))).toEqual([]);
    expect(rehearsal.letters.filter(({ notices, round }) => notices.length === 0 || round === 'urgent')).toEqual([]);
  });

  test('letters stand in time order within the horizon, and byUnit counts each once', () => {
    const order = rehearsal.letters.map(({ on, round }) => `${on} ${round}`);
    expect(order).toEqual(order.toSorted());
    expect((order[0] ?? '') >= rehearsal.from && (order.at(-1) ?? '') < `${rehearsal.to}~`).toBe(true);
    const sum = Object.values(rehearsal.byUnit).reduce((a, b) => a + b, 0);
    expect(sum).toBe(rehearsal.letters.length);
  });

  test('it is the same each time, and plain JSON', () => {
    expect(JSON.parse(JSON.stringify(rehearsal))).toEqual(rehearsal);
  });
});

describe('R6: provisional years', () => {
  test('2020 was published: nothing is marked', () => {
    expect(allSilent.letters.filter(({ provisional }) => provisional)).toEqual([]);
    expect(allSilent.assumptions.join('')).not.toContain('暂定');
  });

  test('a plan of 2026 is marked from the turn of the year on, and wherever it speaks of such a day', () => {
    const plan = reissue(ZHUZHOU, 2026, 'zhuzhou-2026');
    const silent = rehearsed(plan, { from: '2026-03-13', silent: everybody });
    expect(silent.letters.filter(({ on, provisional }) => on >= '2027' && !provisional)).toEqual([]);
    expect(silent.letters.filter(({ on, provisional }) => on < '2026-06' && provisional)).toEqual([]);
    expect(silent.assumptions.join('')).toContain('2027年放假安排尚未公布');
  });
});

describe('the question itself', () => {
  test('the horizon ends on the eve of the anniversary, or of the month that is too short for it', () => {
    expect(answered.to).toBe('2021-03-12');
    expect(rehearsed(ZHUHAI, { from: '2020-01-31', months: 1 }).to).toBe('2020-02-29');
    expect(rehearsed(ZHUHAI, { from: '2020-12-01', months: 1 }).to).toBe('2020-12-31');
  });

  test('R11: a launch that would be refused is rehearsed and says so', () => {
    const late = rehearsed(ZHUZHOU, { from: '2020-07-01', months: 1 });
    expect(late.assumptions.at(-1)).toMatch(/会被拒绝.*zhuzhou-2020\/1-01时限2020-06-30早于下达日2020-07-01/);
    expect(answered.assumptions.join('')).not.toContain('拒绝');
  });

  test.each([
    ['no day', { from: '2020-02-30' }],
    ['no whole number of months', { from: '2020-03-13', months: 1.5 }],
    ['no months', { from: '2020-03-13', months: 0 }],
    ['an unknown unit', { from: '2020-03-13', silent: ['zhuzhou:市没有局'] }],
  ])('%s is refused', (_name, options) => {
    expect(() => rehearsed(ZHUZHOU, options)).toThrow(RangeError);
  });
});
