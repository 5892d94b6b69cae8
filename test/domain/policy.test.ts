/** A plan's policy: the defaults with its overrides; nonsense is refused with its path. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '../../domain/policy';
import { overridesTyped, policyNumbers, policyProblem } from '../../domain/policy-numbers';
import { PolicyError, policyOf } from '../../domain/policy-schema';

test('R14: without overrides the defaults hold, and they are themselves a legal policy', () => {
  expect(policyOf(undefined)).toEqual(DEFAULT_POLICY);
  expect(policyOf(null)).toEqual(DEFAULT_POLICY);
  expect(policyOf({})).toEqual(DEFAULT_POLICY);
});

test('R20: overrides merge into the defaults, lists are replaced', () => {
  const policy = policyOf({ reminderRungs: [7, 0], review: { withinWorkingDays: 3 }, extension: { quota: 2 } });
  expect(policy).toEqual({
    ...DEFAULT_POLICY,
    reminderRungs: [7, 0],
    review: { ...DEFAULT_POLICY.review, withinWorkingDays: 3 },
    extension: { ...DEFAULT_POLICY.extension, quota: 2 },
  });
  expect(DEFAULT_POLICY.reminderRungs).toHaveLength(6);
});

test('R20: who is told follows from the colour where a rung does not say', () => {
  const { ladder } = policyOf({ ladder: [{ colour: 'red', name: '挂牌', limitWorkingDays: 3 }] });
  expect(ladder).toEqual([{ ...DEFAULT_POLICY.ladder[2], name: '挂牌', limitWorkingDays: 3 }]);
});

const rung = { colour: 'red', name: '挂牌', limitWorkingDays: 5 };
test.each<[string, unknown, string]>([
  ['a reminder after the due date', { reminderRungs: [5, -1] }, 'reminderRungs.1'],
  ['rungs that do not descend', { reminderRungs: [5, 10, 0] }, 'reminderRungs'],
  ['a rung twice', { reminderRungs: [5, 5, 0] }, 'reminderRungs'],
  ['half a day', { nearWorkingDays: 2.5 }, 'nearWorkingDays'],
  ['negative days', { redateAtLeast: -5 }, 'redateAtLeast'],
  ['more than a year', { openAtLeast: 251 }, 'openAtLeast'],
  ['a wrong type', { openAtLeast: '10' }, 'openAtLeast'],
  ['a list for a group', { review: [] }, 'review'],
  ['an unknown key', { reminders: [5] }, 'reminders'],
  ['an unknown key inside', { review: { within: 3 } }, 'review.within'],
  ['no ladder', { ladder: [] }, 'ladder'],
  ['a ladder without its last rung', { ladder: [{ ...rung, colour: 'blue' }] }, 'ladder'],
  ['a colour twice', { ladder: [rung, rung] }, 'ladder'],
  ['a colour that is none', { ladder: [{ ...rung, colour: 'green' }, rung] }, 'ladder.0.colour'],
  ['a slip without a limit', { ladder: [{ ...rung, limitWorkingDays: 0 }] }, 'ladder.0.limitWorkingDays'],
  ['a slip to nobody', { ladder: [{ ...rung, tells: [] }] }, 'ladder.0.tells'],
  ['a slip to an office that is none', { ladder: [{ ...rung, copies: ['市长'] }] }, 'ladder.0.copies.0'],
  ['a name that cannot be stored', { ladder: [{ ...rung, name: '挂\u0000牌' }] }, 'ladder.0.name'],
  ['a head who is told on no reminder day', { acknowledgement: { headOn: 9 } }, 'acknowledgement.headOn'],
  [
    'the first reminder before the time is over',
    { acknowledgement: { remindOn: [3, 5, 7] } },
    'acknowledgement.remindOn',
  ],
  ['a chase after the task is deemed ready', { declaration: { chaseOn: 5 } }, 'declaration.chaseOn'],
  ['a reminder after that', { declaration: { remindOn: [0, 6] } }, 'declaration.remindOn'],
  ['reports due on the 31st', { report: { dueDayOfMonth: 31 } }, 'report.dueDayOfMonth'],
  ['a leader before the coordinator', { review: { coordinatorOn: 6 } }, 'review.leaderOn'],
  ['the same for extensions', { extension: { leaderOn: 3 } }, 'extension.leaderOn'],
  ['a coordinator told before the chase', { contribution: { chaseOn: 6 } }, 'contribution.coordinatorOn'],
  ['a prototype', JSON.parse('{"__proto__": {"nearWorkingDays": 0}}'), '__proto__'],
  ['no object at all', 'strict', ''],
])('R14 R20: refused: %s', (_, overrides, path) => {
  try {
    policyOf(overrides);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect({ path: error.path, code: error.code }).toEqual({ path, code: 'policy-invalid' });
    expect(error.message).toContain(`policy.${path}`);
    return;
  }
  throw new Error('accepted');
});

/** Paths of every number, list and name, but those of who is told and in which order. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value) && typeof value[0] !== 'object') return [path];
  const parts = Object.entries(value).filter(([key]) => !['tells', 'copies', 'colour'].includes(key));
  return parts.flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`));
}

test('every number has its name, once, and is read as it is written', () => {
  const paths = policyNumbers(DEFAULT_POLICY).map(({ path }) => path);
  expect(paths.toSorted()).toEqual(leaves(DEFAULT_POLICY).toSorted());
  const typed = Object.fromEntries(policyNumbers(DEFAULT_POLICY).map(({ path, value }) => [path, value]));
  expect(overridesTyped(null, typed)).toBeNull();
});

test('docs/policy.md names each with its default', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'policy.md'), 'utf8');
  for (const { path, rule, zh, value } of policyNumbers(DEFAULT_POLICY))
    expect(page).toContain(`| \`${path}\` | ${rule} | ${zh} | ${value} |`);
});

test('what is typed becomes the overrides that differ from the defaults, whatever the keyboard', () => {
  const first = overridesTyped(null, {
    reminderRungs: '１０，5、 1 0',
    'declaration.remindOn': '−3、0',
    'ladder.0.limitWorkingDays': '3',
    'ladder.2.name': '挂牌',
    nearWorkingDays: '5',
  });
  expect(first).toEqual({
    reminderRungs: [10, 5, 1, 0],
    declaration: { remindOn: [-3, 0] },
    ladder: DEFAULT_POLICY.ladder.map((rung, at) => ({
      ...rung,
      ...(at === 0 && { limitWorkingDays: 3 }),
      ...(at === 2 && { name: '挂牌' }),
    })),
  });
  // What was said before stays, and what is as usual again is said no more.
  expect(overridesTyped(first, { reminderRungs: '20、10、5、3、1、0', 'review.withinWorkingDays': '3' })).toEqual({
    declaration: first?.declaration,
    ladder: first?.ladder,
    review: { withinWorkingDays: 3 },
  });
});

test.each([
  ['nearWorkingDays', '五', '“临期黄灯（余下不超过几个工作日）”有误：应为一个整数。'],
  ['nearWorkingDays', '', '应为一个整数'],
  ['nearWorkingDays', '5、6', '应为一个整数'],
  ['reminderRungs', '10、五', '应为用顿号隔开的整数'],
  ['reminderRungs', '5、10', '须由多到少，不能重复'],
  ['reminderRungs', '999', '超过一年的工作日数'],
  ['acknowledgement.headOn', '9', '须是催签收的工作日之一'],
  ['ladder.1.limitWorkingDays', '0', '“橙色督办单整改时限（工作日）”有误：至少为1个工作日'],
  ['ladder.1.name', '警\u0000告', '含有无法保存的字符'],
  ['report.dueDayOfMonth', '31', '须在1至28日之间'],
  ['scoring.slip.blue', '5000', '数值不在允许的范围内'],
  ['ladder.3.name', '黑', '没有这一项'],
  ['__proto__.x', '1', '没有这一项'],
])('%s = %s is refused in words that name it', (path, value, said) => {
  expect(() => overridesTyped(null, { [path]: value })).toThrow(PolicyError);
  try {
    overridesTyped(null, { [path]: value });
  } catch (error) {
    expect(policyProblem(error as PolicyError, 'zh-CN')).toContain(said);
    expect(policyProblem(error as PolicyError, 'en')).toMatch(/^[ -~’]+\.$/);
  }
});
