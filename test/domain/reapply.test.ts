/** Saved corrections on a document that was read again: made where it still says the same, told where it does not. */

import { correctionFileSchema } from '../../domain/drafts/correction-schemas';
import { correct, type Edit, isCorrectionProblem } from '../../domain/drafts/corrections';
import { reapply, type SavedCorrection, savedCorrections } from '../../domain/drafts/reapply';
import type { Plan, PlanTask } from '../../domain/plan';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';

const READ = zhuzhouPlan as Plan;

/** A draft after these corrections, and what would be saved of them. */
function life(...corrections: Edit[][]): { plan: Plan; saved: SavedCorrection[] } {
  let plan = READ;
  const made = corrections.map((edits) => {
    const result = correct(plan, edits);
    if (isCorrectionProblem(result)) throw new Error(result.problem);
    plan = result.plan;
    return { at: '2026-03-02T01:00:00.000Z', by: '岳素问', note: '会议', changes: result.changes };
  });
  return { plan, saved: savedCorrections(plan, made) };
}
const reread = (change: (task: PlanTask) => PlanTask): Plan => ({ ...READ, tasks: READ.tasks.map(change) });
const only = (number: string, change: Partial<PlanTask>) => (task: PlanTask) =>
  task.id.endsWith(`/${number}`) ? { ...task, ...change } : task;

const DUE: Edit = { task: '1-07', deadline: { type: 'fixed', dueOn: '2020-09-30' } };
const LEAD: Edit = { task: '1-01', parties: [{ unit: 'zhuzhou:市财政局', role: 'lead' }] };
const TITLE: Edit = { task: '1-07', title: '改后的名称' };
const NONE: Edit = { task: '2-01', deadline: { type: 'none' } };
const HEAD: Edit = { task: null, number: '株优办〔2020〕9号' };

test('on the same document everything is made again, also on a title that was corrected before, and once more changes nothing', () => {
  const { plan, saved } = life([DUE, LEAD], [TITLE], [NONE, HEAD], [{ task: '1-07', category: '新类别' }]);
  expect(saved.map(({ titles }) => titles['1-07'])).toEqual([
    READ.tasks[6]?.title,
    READ.tasks[6]?.title,
    undefined,
    '改后的名称',
  ]);
  const again = reapply(READ, saved);
  expect(again).toEqual({ plan, made: saved, stale: [] });
  expect(reapply(plan, saved.slice(1, 3))).toEqual({ plan, made: [], stale: [] });
});

test('what is saved passes the border, and a field that is none does not', () => {
  const { saved } = life([DUE, LEAD], [NONE, HEAD]);
  const file = { format: 'duban-corrections', version: 1, plan: 'x', city: 'zhuzhou', document: null, units: {} };
  expect(correctionFileSchema.safeParse({ ...file, corrections: saved }).success).toBe(true);
  const [first] = saved;
  const noted = (more: object) => ({ ...file, corrections: [{ ...first, ...more }] });
  expect(correctionFileSchema.safeParse(noted({ note: '说明'.repeat(10_000) })).success).toBe(true);
  expect(correctionFileSchema.safeParse(noted({ at: 'yesterday' })).success).toBe(false);
  expect(correctionFileSchema.safeParse(noted({ note: 'a\u0000' })).success).toBe(false);
  const change = { task: '1-07', field: 'id', before: 'a', after: 'b' };
  const forged = [{ ...saved[0], changes: [change] }];
  expect(correctionFileSchema.safeParse({ ...file, corrections: forged }).success).toBe(false);
  expect(correctionFileSchema.safeParse({ ...file, version: 2, corrections: saved }).success).toBe(false);
});

test('a task that is gone, renamed or moved keeps the document’s words; where its title went is said', () => {
  const { saved } = life([DUE]);
  const gone = reapply({ ...READ, tasks: READ.tasks.filter(({ id }) => !id.endsWith('/1-07')) }, saved);
  expect(gone.stale).toEqual([
    { task: '1-07', title: READ.tasks[6]?.title, reason: 'gone', field: null, movedTo: null },
  ]);
  const [seven, eight] = [READ.tasks[6]?.title ?? '', READ.tasks[7]?.title ?? ''];
  const swapped = reread((task) => only('1-08', { title: seven })(only('1-07', { title: eight })(task)));
  const moved = reapply(swapped, saved);
  expect(moved.stale).toMatchObject([{ reason: 'renamed', movedTo: '1-08' }]);
  expect(moved).toMatchObject({ plan: swapped, made: [] });
});

test('a field that the document says otherwise now is not overwritten, nor what was corrected with it', () => {
  const { saved } = life([{ ...DUE, category: '新类别' } as Edit, LEAD]);
  const rule = { ...(READ.tasks[6] as PlanTask).deadline, dueOn: '2020-12-31', text: '12月底前' };
  const { plan, stale, made } = reapply(reread(only('1-07', { deadline: rule })), saved);
  expect(stale).toMatchObject([{ task: '1-07', reason: 'otherwise', field: 'deadline' }]);
  expect(plan.tasks[6]).toMatchObject({ category: READ.tasks[6]?.category, deadline: rule });
  expect(plan.tasks[0]?.parties).toEqual([{ unit: 'zhuzhou:市财政局', role: 'lead' }]);
  expect(made[0]?.changes.map(({ task }) => task)).toEqual(['1-01', '1-01']);
});

test('what the document meanwhile says itself needs no correction', () => {
  const { plan, saved } = life([TITLE], [DUE]);
  const { made, stale } = reapply(reread(only('1-07', { title: '改后的名称' })), saved);
  expect([made.length, stale]).toEqual([1, []]);
  expect(reapply(plan, saved)).toMatchObject({ made: [], stale: [] });
});

test('in a changed document, rows of one title are not told apart by their numbers', () => {
  const title = READ.tasks[6]?.title ?? '';
  const { saved } = life([DUE]);
  const twoOfIt = reread(only('1-08', { title }));
  expect(reapply(twoOfIt, saved, 'changed')).toMatchObject({
    plan: twoOfIt,
    made: [],
    stale: [{ task: '1-07', reason: 'ambiguous' }],
  });
  expect(reapply(twoOfIt, saved, 'same').stale).toEqual([]);
  expect(reapply(READ, saved, 'changed').stale).toEqual([]);
});
