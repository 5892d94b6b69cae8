import type { Plan } from '../../domain/plan';
import { planTaskOf } from '../../ledger/plan-tasks';
import { acceptLaunch, editDraft, finishLaunch, listPlans, showPlan, storeDraft } from '../../ledger/plans';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';
import { emptyLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await emptyLedger();
});
afterEach(() => ledger.drop());

const plan = zhuzhou as Plan;
const launch = { launchOn: '2020-03-13', signedBy: '王某', at: '2020-03-13T00:00:00.000Z' };
const by = (name: string) => ({ at: '2020-03-12T01:00:00.000Z', by: name, note: '标题改正' });

test('a draft is corrected by one editor at a time, and the corrections are kept', async () => {
  await storeDraft(ledger.db, plan);
  await expect(storeDraft(ledger.db, plan)).rejects.toMatchObject({ code: 'plan-exists' });
  await editDraft(ledger.db, plan.id, 1, by('甲'), (draft) => ({ ...draft, title: '改后的标题' }));
  await expect(editDraft(ledger.db, plan.id, 1, by('乙'), (draft) => draft)).rejects.toMatchObject({
    code: 'plan-changed',
  });
  const stored = await showPlan(ledger.db, plan.id);
  expect(stored).toMatchObject({ status: 'draft', revision: 2, plan: { title: '改后的标题' }, policy: null });
  expect(stored.corrections.map((correction) => correction.by)).toEqual(['甲']);
});

test("a task's own words are those of its plan as it was stored last", async () => {
  const [first, ...others] = plan.tasks;
  if (!first) throw new Error('no task');
  const words = () => planTaskOf(ledger.db, plan.id, first.id);
  expect(await words()).toBeNull();
  await storeDraft(ledger.db, plan);
  expect(await words()).toEqual(first);
  await editDraft(ledger.db, plan.id, 1, by('甲'), (draft) => ({
    ...draft,
    tasks: [{ ...first, content: '另行措辞' }],
  }));
  expect(await words()).toEqual({ ...first, content: '另行措辞' });
  expect(await planTaskOf(ledger.db, plan.id, others[0]?.id ?? '')).toBeNull();
});

test('a launch freezes day, signature and policy, once; after it nothing is edited', async () => {
  await storeDraft(ledger.db, { ...plan, policy: { extension: { quota: 2 } } });
  const first = await acceptLaunch(ledger.db, plan.id, launch);
  expect(first).toMatchObject({ status: 'launching', launchOn: '2020-03-13', policy: { extension: { quota: 2 } } });
  const again = await acceptLaunch(ledger.db, plan.id, { ...launch, launchOn: '2020-03-16', signedBy: '李某' });
  expect(again).toEqual(first);
  await finishLaunch(ledger.db, plan.id);
  await expect(editDraft(ledger.db, plan.id, 1, by('甲'), (draft) => draft)).rejects.toMatchObject({
    code: 'plan-launched',
  });
  expect(await listPlans(ledger.db)).toEqual([
    expect.objectContaining({ id: 'zhuzhou-2020', status: 'launched', tasks: 36, launchOn: '2020-03-13' }),
  ]);
});

test('a draft that was edited after it had been checked is not launched (R11)', async () => {
  await storeDraft(ledger.db, plan);
  await editDraft(ledger.db, plan.id, 1, by('甲'), (draft) => ({ ...draft, title: '改后的标题' }));
  await expect(acceptLaunch(ledger.db, plan.id, { ...launch, revision: 1 })).rejects.toMatchObject({
    code: 'plan-changed',
  });
  await expect(acceptLaunch(ledger.db, plan.id, { ...launch, revision: 2 })).resolves.toMatchObject({
    status: 'launching',
  });
});

test('a plan that is not there is named', async () => {
  await expect(showPlan(ledger.db, 'nowhere-2020')).rejects.toMatchObject({ code: 'unknown-plan' });
});
