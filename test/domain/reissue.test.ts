/** A plan issued anew: every date moved by whole years onto the same month's end, and nothing else. */

import { reissue } from '../../domain/drafts/reissue';
import { reissueNotes } from '../../domain/drafts/reissue-notes';
import type { Plan } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import zhuhaiPlan from '../../seeds/plans/zhuhai-2020.json';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import { fixed, planTask, seedCalendar } from '../support/lives';

const ZHUZHOU = zhuzhouPlan as Plan;

test('every date of Zhuzhou moves seven years; ids follow the new plan; words stay', () => {
  const plan = reissue(ZHUZHOU, 2027, 'zhuzhou-2027');
  expect(plan).toMatchObject({
    id: 'zhuzhou-2027',
    issuedOn: '2027-03-13',
    number: null,
    reissuedFrom: { plan: 'zhuzhou-2020', years: 7 },
    title: ZHUZHOU.title,
  });
  expect(plan.tasks.map(({ id }) => id)).toEqual(ZHUZHOU.tasks.map(({ id }) => id.replace('2020/', '2027/')));
  expect(plan.tasks[0]?.deadline).toMatchObject({ dueOn: '2027-06-30', text: ZHUZHOU.tasks[0]?.deadline.text });
  expect(plan.tasks.find(({ id }) => id.endsWith('2-13'))?.deadline).toMatchObject({
    dueOn: null,
    readyOn: '2027-06-30',
    notReadyOn: '2027-09-30',
  });
  expect(plan.tasks.map(({ parties }) => parties)).toEqual(ZHUZHOU.tasks.map(({ parties }) => parties));
});

test("February's last day stays February's last day, there and back", () => {
  const plan = { ...ZHUZHOU, tasks: [planTask(fixed('2020-02-29'))] };
  const moved = reissue(plan, 2023, 'moved');
  expect(moved.tasks[0]?.deadline.dueOn).toBe('2023-02-28');
  expect(reissue(moved, 2024, 'again').tasks[0]?.deadline.dueOn).toBe('2024-02-29');
});

test.each([ZHUZHOU, zhuhaiPlan as Plan])('$id: the draft passes the border', (plan) => {
  expect(planSchema.safeParse(reissue(plan, 2028, 'anew-2028')).success).toBe(true);
});

test('a year that is none is refused', () => {
  expect(() => reissue(ZHUZHOU, 27, 'x')).toThrow(RangeError);
  expect(() => reissue(ZHUZHOU, 2027.5, 'x')).toThrow(RangeError);
});

test('what the new year leaves to look at: days off, a calendar that is not published, words of the old year, old remarks', () => {
  const calendar = seedCalendar();
  const notes = reissueNotes(reissue(ZHUZHOU, 2024, 'z-2024'), ZHUZHOU, calendar);
  expect(notes.provisionalYears).toEqual([]);
  // 30 June 2024 is a Sunday; 30 September is a Monday that works.
  expect(notes.daysOff[0]).toEqual({ task: 'z-2024/1-01', day: '2024-06-30', lastWorkingDay: '2024-06-28' });
  expect(new Set(notes.daysOff.map(({ day }) => day))).toEqual(new Set(['2024-06-30']));
  expect(notes.oldYears[0]).toEqual({ task: 'z-2024/1-01', years: ['2020'] });
  const far = reissueNotes(reissue(ZHUZHOU, 2035, 'z-2035'), ZHUZHOU, calendar);
  expect(far.provisionalYears).toEqual(['2035']);
  const zhuhai = zhuhaiPlan as Plan;
  const done = zhuhai.tasks.filter(({ remark }) => remark?.status === 'done').length;
  expect(reissueNotes(reissue(zhuhai, 2024, 'h-2024'), zhuhai, calendar).doneRemarks).toHaveLength(done);
  expect(reissueNotes(ZHUZHOU, ZHUZHOU, calendar).oldYears).toEqual([]);
});

test('doubts of a draft go along, those of a launched plan were settled', () => {
  const doubt = { about: 'deadline', code: 'date-ambiguous', text: '6月前' } as const;
  const plan = { ...ZHUZHOU, tasks: [{ ...planTask(fixed('2020-02-29')), doubts: [doubt] }] };
  expect(reissue(plan, 2023, 'moved', 'open').tasks[0]?.doubts).toEqual([doubt]);
  expect(reissue(plan, 2023, 'moved', 'settled').tasks[0]?.doubts).toBeUndefined();
});
