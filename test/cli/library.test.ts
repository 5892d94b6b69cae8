/** The library as people use it: read a document in, look it up, correct a task's indicator. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import plan from '../../seeds/plans/zhuzhou-2020.json';
import units from '../../seeds/units/zhuzhou.json';
import { type DraftLedger, draftLedger } from './draft-ledger';

const document = (name: string) => join(__dirname, '..', 'seeds', 'documents', `${name}.txt`);

let ledger: DraftLedger;
beforeAll(async () => {
  ledger = await draftLedger();
  await putUnits(ledger.db, units as Unit[]);
  await storeDraft(ledger.db, plan as Plan);
});
afterAll(() => ledger.drop());

test('an empty library says so, a document that is none is refused, and nothing is stored', async () => {
  expect((await ledger.run('library', 'list')).stdout).toContain('资料库是空的');
  const refused = await ledger.run('library', 'import', document('zhuzhou-2020'));
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('no-library')]);
  expect(await ledger.no('library', 'import', join(ledger.home, 'none.txt'))).toEqual([2, 'no-file']);
  const named = join(ledger.home, '指南.txt');
  writeFileSync(named, '一、企业开办\n本指标考察…。指标下设1个二级指标，分别为时间。\n一、最佳实践城市\n银川');
  expect(await ledger.no('library', 'import', named)).toEqual([2, 'bad-library-id']);
  expect(await ledger.ok('library', 'list')).toEqual({ sources: [], indicators: [] });
});

test('the two documents are read in; the same one again changes nothing', async () => {
  const counts = { indicators: 18, subIndicators: 86, practiceGroups: 65, cases: 72 };
  const first = await ledger.ok('library', 'import', document('benchmarks'), '--name', '营商环境指南');
  expect(first).toMatchObject({ source: 'benchmarks', name: '营商环境指南', outcome: 'new', ...counts });
  expect(await ledger.ok('library', 'import', document('benchmarks'))).toMatchObject({
    name: '营商环境指南',
    outcome: 'same',
  });
  expect(await ledger.ok('library', 'import', document('nanjing-2021'))).toMatchObject({ outcome: 'new', cases: 20 });
  expect(await ledger.no('library', 'import', document('nanjing-2021'), '--id', 'benchmarks')).toEqual([
    1,
    'other-library-kind',
  ]);
  const { stdout } = await ledger.run('library', 'list');
  expect(stdout).toMatch(/benchmarks\/8 +财产登记 +5 +3 +4 +3 +衢州、福州、南宁/);
});

test('an indicator, a sub-indicator and a case are shown', async () => {
  const indicator = await ledger.run('library', 'list', '--indicator', '7');
  expect(indicator.stdout).toContain('获得用水12个工作日；获得用气16个工作日');
  expect(indicator.stdout).toContain('没有写明哪座城市达到哪个最佳值');
  expect(await ledger.ok('library', 'show', 'benchmarks/1.2')).toMatchObject({ id: 'benchmarks/1.2', name: '时间' });
  const page = await ledger.run('library', 'show', 'nanjing-2021/03');
  expect(page.stdout).toContain('【背景：案例背景】');
  expect(page.stdout).toContain('申请材料减少40%');
  for (const wrong of ['benchmarks/99', 'nowhere', 'nanjing-2021/99', '']) {
    expect(await ledger.no('library', 'show', wrong)).toEqual([2, 'unknown-library-id']);
  }
  expect(await ledger.no('library', 'list', '--indicator', '19')).toEqual([2, 'unknown-indicator']);
});

test('a draft’s task has the indicator of its category until a coordinator says another, or none', async () => {
  const shown = async () => (await ledger.ok('task', 'show', 'zhuzhou-2020/2-12')) as unknown as { indicator: unknown };
  const link = (...args: string[]) => ledger.ok('task', 'link', 'zhuzhou-2020/2-12', ...args);
  expect((await shown()).indicator).toEqual({ id: 'benchmarks/13', name: '纳税', by: 'category' });
  expect(await link('--indicator', '1')).toMatchObject({ indicator: { id: 'benchmarks/1' }, by: 'coordinator' });
  expect((await shown()).indicator).toEqual({ id: 'benchmarks/1', name: '企业开办', by: 'coordinator' });
  expect(await link('--none')).toMatchObject({ indicator: null, by: 'coordinator' });
  expect((await shown()).indicator).toBeNull();
});

test('who may not, and what is no link', async () => {
  const lead = (units as Unit[]).find(({ name }) => name === '市税务局')?.liaison?.name ?? '';
  const no = (...args: string[]) => ledger.no('task', 'link', 'zhuzhou-2020/1-07', ...args);
  expect(await no('--indicator', '8', '--actor', lead)).toEqual([1, 'not-your-role']);
  expect(await no()).toEqual([2, 'indicator-or-none']);
  expect(await no('--indicator', '8', '--none')).toEqual([2, 'indicator-or-none']);
  expect(await no('--indicator', 'eight')).toEqual([2, 'unknown-indicator']);
  expect(await ledger.no('task', 'link', 'zhuzhou-2020/9-99', '--none')).toEqual([2, 'unknown-task']);
});
