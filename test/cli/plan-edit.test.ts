/** Corrections of a draft as people make them, against a real ledger: no other server is needed. */
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import plan from '../../seeds/plans/zhuzhou-2020.json';
import units from '../../seeds/units/zhuzhou.json';
import { type DraftLedger, draftLedger } from './draft-ledger';

let ledger: DraftLedger;
beforeAll(async () => {
  ledger = await draftLedger();
  await putUnits(ledger.db, units as Unit[]);
  await storeDraft(ledger.db, plan as Plan);
});
afterAll(() => ledger.drop());
const edit = (...args: string[]) => ledger.ok('plan', 'edit', 'zhuzhou-2020', ...args);

test('a row and what the draft says of itself are corrected, and the history tells what was and what is', async () => {
  const row = [
    '--due',
    '2020-09-29',
    '--party',
    '市财政局=lead',
    '--content',
    '改',
    '--measure',
    '一',
    '--measure',
    '二',
  ];
  expect(await edit('1-07', ...row, '--remark-status', 'in-progress', '--note', '会议')).toMatchObject({
    revision: 2,
    task: { leadBasis: 'explicit', remark: { status: 'in-progress', text: '' } },
  });
  await edit('--number', '株优办〔2020〕3号', '--reporting', '市财政局', '市公安局');
  expect(await ledger.ok('plan', 'show', 'zhuzhou-2020')).toMatchObject({
    number: '株优办〔2020〕3号',
    reporting: { addressees: ['zhuzhou:市财政局', 'zhuzhou:市公安局'], text: plan.reporting.text },
    corrections: [
      {
        note: '会议',
        changes: [
          { task: '1-07', field: 'content', after: '改' },
          { field: 'measures', before: [], after: ['一', '二'] },
          { field: 'parties' },
          { field: 'leadBasis', before: 'first', after: 'explicit' },
          { field: 'deadline', before: { dueOn: '2020-06-30' }, after: { dueOn: '2020-09-29' } },
          { field: 'remark', before: null },
        ],
      },
      { changes: [{ task: null, field: 'number', before: plan.number }, { field: 'reporting' }] },
    ],
  });
  const { stdout } = await ledger.run('plan', 'show', 'zhuzhou-2020');
  expect(stdout).toMatch(/：会议\n(.*\n){4} {4}1-07 时限：2020-06-30 → 2020-09-29\n/);
  expect(stdout).toContain('方案 文号：株优办〔2020〕2号 → 株优办〔2020〕3号');
});

test('numbers of the rules are set one by one, and taken back', async () => {
  await edit('--policy', 'reminderRungs=10,5,0', '--policy', 'ladder.0.limitWorkingDays=3');
  expect(await ledger.ok('plan', 'show', 'zhuzhou-2020')).toMatchObject({
    policy: { reminderRungs: [10, 5, 0], ladder: [{ limitWorkingDays: 3 }, {}, {}] },
  });
  expect(await ledger.no('plan', 'edit', 'zhuzhou-2020', '--policy', 'reminderRungs=5,10')).toEqual([
    1,
    'policy-invalid',
  ]);
  await edit('--policy', 'none', '--policy', 'nearWorkingDays=4');
  expect(await ledger.ok('plan', 'show', 'zhuzhou-2020')).toHaveProperty('policy', { nearWorkingDays: 4 });
});

test.each([
  ['an option of tasks without a task', ['--due', '2020-09-29'], 2, 'misplaced-option'],
  ['an option of the plan with a task', ['1-07', '--issuer', '某办'], 2, 'misplaced-option'],
  ['two kinds of deadline', ['1-08', '--due', '2020-09-29', '--no-date'], 2, 'one-deadline'],
  ['a unit that is no party', ['1-08', '--drop-party', '市水利局'], 2, 'not-a-party'],
  ['a unit twice', ['1-08', '--party', '市水利局=co', '--party', 'zhuzhou:市水利局=lead'], 2, 'party-twice'],
  ['a name that nobody has', ['--office', '市某办'], 2, 'unknown-unit'],
  ['a draft that somebody else changed', ['1-08', '--ongoing', '--revision', '1'], 4, 'plan-changed'],
  ['nothing', [], 2, 'nothing-to-change'],
])('%s is refused', async (_, args, exit, code) => {
  expect(await ledger.no('plan', 'edit', 'zhuzhou-2020', ...args)).toEqual([exit, code]);
});

test('a party that the directory does not know, because its name was misread, can be taken out', async () => {
  const [task] = (plan as Plan).tasks;
  const misread = { ...task, id: 'misread/1-01', parties: [{ unit: 'zhuzhou:市财攻局', role: 'lead' }] };
  await storeDraft(ledger.db, { ...plan, id: 'misread', tasks: [misread] } as Plan);
  const mended = ['1-01', '--drop-party', '市财攻局', '--party', '市财政局=lead'];
  expect(await ledger.ok('plan', 'edit', 'misread', ...mended)).toMatchObject({
    task: { parties: [{ unit: 'zhuzhou:市财政局', role: 'lead' }] },
  });
  expect(await ledger.no('plan', 'edit', 'misread', ...mended)).toEqual([2, 'unknown-unit']);
});
