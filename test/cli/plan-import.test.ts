/** A document becomes a draft, as people do it: the real documents, a new city, and everything that is refused. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { listPlans } from '../../ledger/plans';
import { listUnits, putUnits } from '../../ledger/units';
import zhuhaiPlan from '../../seeds/plans/zhuhai-2020.json';
import zhuzhouPlan from '../../seeds/plans/zhuzhou-2020.json';
import zhuhaiUnits from '../../seeds/units/zhuhai.json';
import zhuzhouUnits from '../../seeds/units/zhuzhou.json';
import { type DraftLedger, draftLedger } from './draft-ledger';
import { SEEDS } from './duban';

const DOCUMENTS = join(__dirname, '..', 'seeds', 'documents');
const [ZHUZHOU, ZHUHAI] = [join(DOCUMENTS, 'zhuzhou-2020.txt'), join(DOCUMENTS, 'zhuhai-2020.txt')];

let ledger: DraftLedger;
beforeAll(async () => {
  ledger = await draftLedger();
  await putUnits(ledger.db, [...zhuzhouUnits, ...zhuhaiUnits] as Unit[]);
});
afterAll(() => ledger.drop());
const stored = async () => (await listPlans(ledger.db)).map(({ id }) => id);
const shown = async (id: string) => (await ledger.ok('plan', 'show', id)) as unknown as Plan;
const file = (name: string, ...lines: string[]) => {
  const path = join(ledger.home, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};

test('Zhuzhou says and the directory proves everything: the draft equals the plan that was made by hand', async () => {
  const reporting = zhuzhouPlan.reporting.addressees.map((unit) => unit.slice(unit.indexOf(':') + 1));
  const answer = await ledger.ok('plan', 'import', ZHUZHOU, '--reporting', ...reporting);
  expect(answer).toMatchObject({ plan: { id: 'zhuzhou-2020' }, counts: { tasks: 36, warnings: 0, addedUnits: 0 } });
  const plan = await shown('zhuzhou-2020');
  const { policy: _, ...byHand } = zhuzhouPlan as Plan;
  expect(plan).toMatchObject(byHand);
  expect(plan.origin).toEqual({
    file: 'zhuzhou-2020.txt',
    sha256: createHash('sha256').update(readFileSync(ZHUZHOU)).digest('hex'),
  });
  expect(await ledger.no('plan', 'import', ZHUZHOU)).toEqual([1, 'plan-exists']);
});

test('what Zhuhai does not say is asked for, its warning must be allowed, and then it equals the plan made by hand', async () => {
  expect(await ledger.no('plan', 'import', ZHUHAI)).toEqual([2, 'document-lacks']);
  const { stderr } = await ledger.run('plan', 'import', ZHUHAI, '--city', 'zhuhai');
  expect(stderr).toMatch(/统筹单位（--office）、印发单位（--issuer）、印发日期（--issued-on）/);
  const said = ['--city', 'zhuhai', '--office', '市营商环境协调办公室', '--issuer', zhuhaiPlan.issuer];
  const all = ['plan', 'import', ZHUHAI, ...said, '--issued-on', '2020-01-01'];
  const refused = await ledger.run(...all);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/count-differs[\s\S]*--allow-warnings/)]);
  expect(await stored()).toEqual(['zhuzhou-2020']);
  const answer = await ledger.ok(...all, '--allow-warnings');
  expect(answer).toMatchObject({ counts: { tasks: 22, warnings: 1 }, blocks: expect.any(Array) });
  expect(await shown('zhuhai-2020')).toMatchObject(zhuhaiPlan);
});

test('a plan in its own schema is a draft too, under another id', async () => {
  const json = join(SEEDS, 'plans', 'zhuzhou-2020.json');
  await ledger.ok('plan', 'import', json, '--id', 'copy');
  const { tasks } = await shown('copy');
  expect(tasks[0]).toEqual({ ...zhuzhouPlan.tasks[0], id: 'copy/1-01' });
  expect(await ledger.no('plan', 'import', json, '--id', 'other', '--title', '另一个')).toEqual([
    2,
    'misplaced-option',
  ]);
  expect(await ledger.no('plan', 'import', file('broken.json', '{"id":'))).toEqual([1, 'not-a-plan']);
  const twice = { ...zhuzhouPlan, tasks: [zhuzhouPlan.tasks[0], zhuzhouPlan.tasks[0]] };
  expect(await ledger.no('plan', 'import', file('twice.json', JSON.stringify(twice)), '--id', 'twice')).toEqual([
    1,
    'not-a-plan',
  ]);
});

test.each([
  ['a unit that leads and helps', { parties: ['lead', 'co'].map((role) => ({ unit: 'zhuzhou:市财政局', role })) }, {}],
  ['a date of what continues', { deadline: { ...zhuzhouPlan.tasks[0]?.deadline, type: 'ongoing' } }, {}],
  ['rules that there are none', {}, { policy: { nonsense: 1 } }],
])('a plan that says %s is not stored', async (_, ofTask, ofPlan) => {
  const wrong = { ...zhuzhouPlan, id: 'wrong', tasks: [{ ...zhuzhouPlan.tasks[0], ...ofTask }], ...ofPlan };
  expect(await ledger.run('plan', 'import', file('wrong.json', JSON.stringify(wrong)))).toMatchObject({ code: 1 });
  expect(await stored()).not.toContain('wrong');
});

const HEAD = ['2026年重点改革任务分工表', '序号\t任务\t牵头单位\t责任单位\t完成时限'];
const GIVEN = [
  '--city',
  'zhuzhou',
  '--office',
  '市优化营商环境协调事务中心',
  '--issuer',
  '某办',
  '--issued-on',
  '2026-01-05',
];

test('an alias is resolved, two names of one unit are one party, an unknown unit blocks the launch until it is there', async () => {
  const rows = [
    '1\t推行网办\t市行政审批服务局\t市行政审批局、市司法局\t2026年6月底前',
    '2\t公开清单\t市数据资源局\t\t2026年9月底前',
  ];
  const path = file('new.txt', ...HEAD, ...rows);
  expect(await ledger.no('plan', 'import', path, ...GIVEN)).toEqual([1, 'document-warnings']);
  const answer = await ledger.ok('plan', 'import', path, ...GIVEN, '--allow-warnings');
  const codes = (answer as unknown as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['known-by-alias', 'lead-also-co', 'unknown-unit']));
  expect(answer).toMatchObject({
    blocks: expect.arrayContaining([expect.objectContaining({ code: 'unknown-unit', task: 'zhuzhou-2026/1-02' })]),
  });
  expect((await shown('zhuzhou-2026')).tasks.map(({ parties }) => parties)).toEqual([
    [
      { unit: 'zhuzhou:市行政审批局', role: 'lead' },
      { unit: 'zhuzhou:市司法局', role: 'co' },
    ],
    [{ unit: 'zhuzhou:市数据资源局', role: 'lead' }],
  ]);
  const checked = await ledger.ok('plan', 'check', path, '--city', 'zhuzhou');
  expect(JSON.stringify(checked)).toContain('单位目录中没有“市数据资源局”');
});

test('units are added on request without people, a collective without members, and none twice', async () => {
  const path = file('units.txt', ...HEAD, '1\t推行网办\t市大数据中心\t各县市区、各园区\t2026年6月底前');
  const answer = await ledger.ok('plan', 'import', path, ...GIVEN, '--id', 'with-units', '--add-units');
  expect(answer).toMatchObject({ addedUnits: ['zhuzhou:市大数据中心', 'zhuzhou:各园区'] });
  const units = await listUnits(ledger.db, 'zhuzhou');
  expect(units.find(({ name }) => name === '各园区')).toMatchObject({ members: [], liaison: null });
  expect(units.find(({ name }) => name === '市大数据中心')).toMatchObject({ members: null, head: null });
});

test('of two imports under one id at once one wins; the other leaves nothing behind, not even its units', async () => {
  const path = (n: number) => file(`race-${n}.txt`, ...HEAD, `1\t推行网办\t市竞争${n}局\t\t2026年6月底前`);
  const runs = [1, 2].map((n) =>
    ledger.run('plan', 'import', path(n), ...GIVEN, '--id', 'race', '--add-units', '--json'),
  );
  const codes = (await Promise.all(runs)).map(({ code }) => code);
  expect([...codes].sort()).toEqual([0, 1]);
  const added = (await listUnits(ledger.db, 'zhuzhou')).filter(({ name }) => name.startsWith('市竞争'));
  expect(added).toHaveLength(1);
  expect((await shown('race')).tasks[0]?.parties).toEqual([{ unit: added[0]?.id, role: 'lead' }]);
});

test.each([
  ['a document without tasks', () => file('letter.txt', '各位同事：', '明天开会。'), [], 1, 'document-errors'],
  ['a file that is no document', () => file('x.docx', 'PK? no'), [], 1, 'document-errors'],
  ['an office that nobody knows', () => ZHUHAI, ['--city', 'zhuhai', '--office', '市某办'], 2, 'unknown-unit'],
  ['a city that is none', () => ZHUHAI, ['--city', '珠海'], 2, 'bad-city'],
  ['an addressee that nobody knows', () => ZHUZHOU, ['--id', 'x', '--reporting', '市某局'], 2, 'unknown-unit'],
  [
    'addressees of a duty that is not stated',
    () => ZHUHAI,
    [...GIVEN, '--reporting', '市财政局'],
    2,
    'no-reporting-duty',
  ],
  ['somebody who is not the coordinator', () => ZHUZHOU, ['--id', 'x', '--actor', '康竹君'], 1, 'not-your-role'],
])('%s is refused and nothing is stored', async (_, path, options, exit, code) => {
  const before = await stored();
  expect(await ledger.no('plan', 'import', path(), ...options)).toEqual([exit, code]);
  expect(await stored()).toEqual(before);
});
