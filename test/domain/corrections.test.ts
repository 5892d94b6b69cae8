/** Corrections of a draft: what they change, what they tell, and what cannot be made. */

import { correctionFileSchema } from '../../domain/drafts/correction-schemas';
import { type Change, correct, type Edit, isCorrectionProblem } from '../../domain/drafts/corrections';
import { reapply, savedCorrections } from '../../domain/drafts/reapply';
import type { Plan } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';

const ZHUZHOU = zhuzhouPlan as Plan;
const unit = (name: string) => `zhuzhou:${name}`;

function made(...edits: Edit[]): { plan: Plan; changes: Change[] } {
  const result = correct(ZHUZHOU, edits);
  if (isCorrectionProblem(result)) throw new Error(JSON.stringify(result));
  return result;
}
const taskIn = (plan: Plan, number: string) => plan.tasks.find(({ id }) => id.endsWith(`/${number}`));

test('a row is corrected in several ways at once, and each change is told as it was and as it is', () => {
  const { plan, changes } = made({
    task: '1-07',
    title: '新名称',
    category: null,
    measures: ['一', '二'],
    deadline: { type: 'fixed', dueOn: '2020-09-30' },
    remark: { status: 'done', text: '已完成' },
  });
  expect(changes.map(({ task, field, before, after }) => [task, field, before, after])).toEqual([
    ['1-07', 'title', taskIn(ZHUZHOU, '1-07')?.title, '新名称'],
    ['1-07', 'category', '登记财产', null],
    ['1-07', 'measures', [], ['一', '二']],
    ['1-07', 'deadline', taskIn(ZHUZHOU, '1-07')?.deadline, taskIn(plan, '1-07')?.deadline],
    ['1-07', 'remark', null, { status: 'done', text: '已完成' }],
  ]);
  expect(taskIn(plan, '1-07')?.deadline).toMatchObject({
    dueOn: '2020-09-30',
    text: expect.stringContaining('6 月 30 日'),
  });
  expect(plan.tasks.filter((task) => !ZHUZHOU.tasks.includes(task))).toHaveLength(1);
  expect(planSchema.safeParse(plan).success).toBe(true);
});

test('who leads is explicit once a person said so; other parties leave it as it was; no lead is unstated', () => {
  const basis = (edit: Omit<Extract<Edit, { task: string }>, 'task'>) =>
    taskIn(made({ task: '1-01', ...edit }).plan, '1-01')?.leadBasis;
  expect(taskIn(ZHUZHOU, '1-01')?.leadBasis).toBe('first');
  expect(basis({ addParties: [{ unit: unit('市财政局'), role: 'co' }] })).toBe('first');
  expect(basis({ addParties: [{ unit: unit('市财政局'), role: 'lead' }] })).toBe('explicit');
  expect(basis({ parties: [{ unit: unit('市财政局'), role: 'lead' }] })).toBe('explicit');
  expect(basis({ parties: [] })).toBe('unstated');
});

test('no date is confirmed by the correction that says so, and unconfirmed by one that gives a date', () => {
  const undated = made({ task: '1-01', deadline: { type: 'none' } });
  expect(taskIn(undated.plan, '1-01')).toMatchObject({
    noDateConfirmed: true,
    deadline: { type: 'none', dueOn: null },
  });
  const dated = correct(undated.plan, [{ task: '1-01', deadline: { type: 'ongoing' } }]);
  if (isCorrectionProblem(dated)) throw new Error(dated.problem);
  expect(taskIn(dated.plan, '1-01')).not.toHaveProperty('noDateConfirmed');
  expect(dated.changes.map(({ field, after }) => [field, after])).toContainEqual(['noDateConfirmed', null]);
});

test('a correction settles what the document left open about the same, and leaves the rest', () => {
  const doubts = (['parties', 'deadline', 'text'] as const).map((about) => ({
    about,
    code: 'unit-unsure',
    text: '疑',
  }));
  const open = { ...ZHUZHOU, tasks: ZHUZHOU.tasks.map((task) => ({ ...task, doubts })) };
  expect(planSchema.safeParse(open).success).toBe(true);
  const left = (edit: Partial<Edit>) => {
    const result = correct(open, [{ task: '1-07', ...edit } as Edit]);
    if (isCorrectionProblem(result)) throw new Error(JSON.stringify(result));
    return taskIn(result.plan, '1-07')?.doubts?.map(({ about }) => about);
  };
  expect(left({ title: '新名称' })).toEqual(['parties', 'deadline', 'text']);
  expect(left({ deadline: { type: 'ongoing' } })).toEqual(['parties', 'text']);
  expect(left({ addParties: [{ unit: unit('市水利局'), role: 'co' }] })).toEqual(['deadline', 'text']);
});

test('what the draft says of itself', () => {
  const { changes } = made({ task: null, number: null, issuedOn: '2020-03-16', reporting: null });
  expect(changes.map(({ task, field, after }) => [task, field, after])).toEqual([
    [null, 'number', null],
    [null, 'issuedOn', '2020-03-16'],
    [null, 'reporting', null],
  ]);
});

test('numbers of the rules are a correction like any other, and none are none', () => {
  const policy = { nearWorkingDays: 3 };
  const { plan, changes } = made({ task: null, policy });
  expect(changes).toEqual([{ task: null, field: 'policy', before: ZHUZHOU.policy ?? null, after: policy }]);
  expect(plan.policy).toEqual(policy);
  const back = correct(plan, [{ task: null, policy: null }]);
  if (isCorrectionProblem(back)) throw new Error(back.problem);
  expect(back.changes).toEqual([{ task: null, field: 'policy', before: policy, after: null }]);
  expect(back.plan).not.toHaveProperty('policy');
  expect(correct(back.plan, [{ task: null, policy: null }])).toMatchObject({ problem: 'nothing-to-change' });

  const saved = savedCorrections(back.plan, [
    { at: '2020-03-01T00:00:00Z', by: '岳素问', note: '', changes },
    { at: '2020-03-02T00:00:00Z', by: '岳素问', note: '', changes: back.changes },
  ]);
  const again = reapply(ZHUZHOU, saved);
  expect([again.plan.policy, again.made.length, again.stale]).toEqual([undefined, 2, []]);
  const file = {
    format: 'duban-corrections',
    version: 1,
    plan: ZHUZHOU.id,
    city: 'zhuzhou',
    document: null,
    units: {},
  };
  expect(correctionFileSchema.safeParse({ ...file, corrections: saved }).success).toBe(true);
});

test('several edits are one correction: made in order, all or none', () => {
  const both = made({ task: '1-01', title: '甲' }, { task: '2-13', title: '乙' }, { task: '1-01', title: '丙' });
  expect(both.changes.map(({ task, after }) => [task, after])).toEqual([
    ['1-01', '丙'],
    ['2-13', '乙'],
  ]);
  expect(
    correct(ZHUZHOU, [
      { task: '1-01', title: '甲' },
      { task: '3-01', title: '乙' },
    ]),
  ).toEqual({
    problem: 'unknown-task',
    task: '3-01',
  });
});

const co = { unit: unit('市财政局'), role: 'co' as const };
test.each<[string, Edit, string]>([
  ['a task of another plan', { task: 'zhuhai-2020/1-01', title: '甲' }, 'unknown-task'],
  ['a unit that is no party', { task: '1-01', dropParties: [unit('市财政局')] }, 'not-a-party'],
  ['a list that names a unit twice', { task: '1-01', parties: [co, { ...co, role: 'lead' }] }, 'party-twice'],
  ['a unit added twice', { task: '1-01', addParties: [co, { ...co, role: 'lead' }] }, 'party-twice'],
  [
    'the second date before the first',
    { task: '2-13', deadline: { type: 'two-track', readyOn: '2020-09-30', notReadyOn: '2020-06-30' } },
    'dates-reversed',
  ],
  ['what it says already', { task: '1-01', title: ZHUZHOU.tasks[0]?.title, category: undefined }, 'nothing-to-change'],
])('%s is refused', (_, edit, problem) => {
  expect(correct(ZHUZHOU, [edit])).toMatchObject({ problem });
});
