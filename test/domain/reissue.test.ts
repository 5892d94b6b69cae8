/** A plan issued anew: every date moved by whole years onto the same month's end, and nothing else. */
import type { Plan } from '../../domain/plan';
import { reissue } from '../../domain/reissue';
import { planSchema } from '../../domain/schemas';
import zhuhaiPlan from '../../seeds/plans/zhuhai-2020.json';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import { fixed, planTask } from '../support/lives';

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
