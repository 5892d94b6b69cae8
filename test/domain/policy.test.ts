/** A plan's policy: the defaults with its overrides; nonsense is refused with its path. */
import { DEFAULT_POLICY } from '../../domain/policy';
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
