/**
 * The numbers of a policy one by one, as people read and change them: each with its name, its rule and what it is now.
 * Who is told by a slip, and how many rungs there are, stands in a plan's JSON alone.
 */
import type { Language } from './language';
import { DEFAULT_POLICY, type Policy } from './policy';
import { PolicyError, policyOf } from './policy-schema';
import { sameValue } from './same-value';

/** One number, list of numbers or name. `path` as PolicyError names it. */
export interface PolicyNumber {
  path: string;
  rule: string;
  kind: 'number' | 'list' | 'name';
  zh: string;
  en: string;
  /** As it is typed: `20、10、5`. */
  value: string;
}

type Row = [path: string, rule: string, zh: string, en: string];

const ROWS: readonly Row[] = [
  ['acknowledgement.withinWorkingDays', 'R13', '签收时限（送达后工作日）', 'to acknowledge within (working days)'],
  ['acknowledgement.remindOn', 'R13', '催签收（第几个工作日）', 'reminded to acknowledge on (working day)'],
  ['acknowledgement.headOn', 'R13', '催签收抄送主要负责人（第几个工作日起）', 'the head told from (working day)'],
  ['acknowledgement.coordinatorOn', 'R13', '未签收告知协调员（第几个工作日）', 'the coordinator told on (working day)'],
  [
    'reminderRungs',
    'R14',
    '到期前提醒（还有几个工作日，0为当日）',
    'reminded before the due date (working days left; 0: on it)',
  ],
  [
    'declaration.leadTimeWorkingDays',
    'R15',
    '两轨申报截止（时限前工作日）',
    'two-track: to declare before the date (working days)',
  ],
  ['declaration.remindOn', 'R15', '两轨申报提醒（相对申报截止）', 'two-track: reminded on (relative to that day)'],
  ['declaration.chaseOn', 'R15', '未申报催办（第几个工作日）', 'two-track: chased on (working day)'],
  ['declaration.deemedOn', 'R15', '视同具备条件（第几个工作日）', 'two-track: deemed ready on (working day)'],
  [
    'declaration.minToAsk',
    'R15',
    '余下少于几个工作日不再询问',
    'two-track: not asked with fewer working days left than',
  ],
  [
    'declaration.minAfterDeemed',
    'R15',
    '视同后至少留几个工作日',
    'two-track: working days left at least, once deemed ready',
  ],
  [
    'openAtLeast',
    'R16',
    '启动条件任务的新时限至少在几个工作日后',
    'a condition opens with a date at least so many working days ahead',
  ],
  [
    'report.dueDayOfMonth',
    'R18',
    '季度反馈截止（末月第几日）',
    "quarterly report by day (of the quarter's last month)",
  ],
  ['report.remindOn', 'R18', '季度反馈提醒（相对截止日）', 'quarterly report: reminded on (relative to that day)'],
  [
    'contribution.askAtLeast',
    'R19',
    '配合事项至少提前几个工作日提出',
    'a contribution is asked for ahead at least (working days)',
  ],
  [
    'contribution.remindBefore',
    'R19',
    '配合事项提醒（还有几个工作日）',
    'a contribution: reminded before (working days left)',
  ],
  ['contribution.chaseOn', 'R19', '配合事项逾期催办（第几个工作日）', 'a contribution: chased after (working days)'],
  [
    'contribution.coordinatorOn',
    'R19',
    '配合事项逾期告知协调员（第几个工作日）',
    'a contribution: the coordinator told after (working days)',
  ],
  ['review.withinWorkingDays', 'R25', '审核时限（工作日）', 'to review within (working days)'],
  [
    'review.coordinatorOn',
    'R25',
    '未审核提醒协调员（第几个工作日）',
    'review: the coordinator reminded on (working day)',
  ],
  ['review.leaderOn', 'R25', '未审核报督查领导（第几个工作日）', 'review: the supervisor told on (working day)'],
  [
    'review.graceWorkingDays',
    'R26',
    '退办补报时限至少（工作日）',
    'returned evidence: to complete it within at least (working days)',
  ],
  ['extension.quota', 'R27', '延期次数上限', 'extensions at most'],
  ['extension.decideWithin', 'R27', '延期批复时限（工作日）', 'extension: to decide within (working days)'],
  [
    'extension.coordinatorOn',
    'R27',
    '未批复提醒协调员（第几个工作日）',
    'extension: the coordinator reminded on (working day)',
  ],
  ['extension.leaderOn', 'R27', '未批复报督查领导（第几个工作日）', 'extension: the supervisor told on (working day)'],
  ['redateAtLeast', 'R28', '调整后的时限至少在几个工作日后', 'another due date at least so many working days ahead'],
  [
    'urgentReturnWithin',
    'R34',
    '退办随到随发（余下不超过几个工作日）',
    'a return leaves at once with so many working days left or fewer',
  ],
  ['nearWorkingDays', '灯', '临期黄灯（余下不超过几个工作日）', 'due soon, yellow (working days left or fewer)'],
  ['scoring.start', 'R36', '评分：起始分', 'score: begins at'],
  ['scoring.floor', 'R36', '评分：最低分', 'score: not below'],
  ['scoring.ceiling', 'R36', '评分：最高分', 'score: not above'],
  ['scoring.breach', 'R36', '评分：逾期扣分', 'score: a breach costs'],
  ['scoring.slip.blue', 'R36', '评分：蓝色督办单扣分', 'score: a blue slip costs'],
  ['scoring.slip.orange', 'R36', '评分：橙色督办单扣分', 'score: an orange slip costs'],
  ['scoring.slip.red', 'R36', '评分：红色督办单扣分', 'score: a red slip costs'],
  ['scoring.missingReport', 'R36', '评分：缺报扣分', 'score: a missing report costs'],
  ['scoring.lateAcknowledgement', 'R36', '评分：迟签收扣分', 'score: a late acknowledgement costs'],
  ['scoring.early.fromWorkingDays', 'R36', '评分：提前办结（至少几个工作日）', 'score: early from (working days)'],
  ['scoring.early.points', 'R36', '评分：提前办结加分', 'score: early earns'],
];

const COLOURS = { blue: ['蓝色', 'blue'], orange: ['橙色', 'orange'], red: ['红色', 'red'] } as const;

/** Every number of a policy in the order of the rules. */
export function policyNumbers(policy: Policy): PolicyNumber[] {
  const ladder = policy.ladder.flatMap(({ colour }, at): Row[] => {
    const [zh, en] = COLOURS[colour];
    return [
      [`ladder.${at}.name`, 'R20', `${zh}督办单名称`, `name of the ${en} slip`],
      [
        `ladder.${at}.limitWorkingDays`,
        'R20',
        `${zh}督办单整改时限（工作日）`,
        `limit of the ${en} slip (working days)`,
      ],
    ];
  });
  const first = ROWS.findIndex(([, rule]) => rule === 'R25');
  return [...ROWS.slice(0, first), ...ladder, ...ROWS.slice(first)].map(([path, rule, zh, en]) => {
    const now = valueAt(policy, path);
    if (Array.isArray(now)) return { path, rule, zh, en, kind: 'list', value: now.join('、') };
    return { path, rule, zh, en, kind: typeof now === 'string' ? 'name' : 'number', value: String(now) };
  });
}

/**
 * The overrides of a plan after some numbers were typed anew.
 * @param before the plan's overrides until now
 * @param typed by path; what is left out stays
 * @returns only what differs from the defaults; null: nothing does
 * @throws PolicyError with the path of the first value that is no number or makes no sense
 */
export function overridesTyped(
  before: unknown,
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> | null {
  const policy = policyOf(before);
  const known = policyNumbers(policy);
  const stray = Object.keys(typed).find((path) => !known.some((one) => one.path === path));
  if (stray !== undefined) throw new PolicyError(stray, 'there is no such number');
  const changed = structuredClone(policy);
  for (const { path, kind } of known) {
    const text = Object.hasOwn(typed, path) ? typed[path] : undefined;
    if (text !== undefined) put(changed, path.split('.'), read(path, kind, text));
  }
  const differing = differences(DEFAULT_POLICY, policyOf(changed)) as Record<string, unknown> | undefined;
  return differing ?? null;
}

/** A policy that was refused, in a sentence that names the number. */
export function policyProblem({ path, problem, zh }: PolicyError, language: Language): string {
  const found = policyNumbers(DEFAULT_POLICY).find((one) => path === one.path || path.startsWith(`${one.path}.`));
  return language === 'en' ? `${found?.en ?? path}: ${problem}.` : `“${found?.zh ?? path}”有误：${zh}。`;
}

function read(path: string, kind: PolicyNumber['kind'], text: string): number | number[] | string {
  const plain = text.normalize('NFKC').trim();
  if (kind === 'name') return plain;
  const numbers = plain.split(/[\s,、;]+/).filter((one) => one !== '');
  const isNumeric = numbers.every((one) => /^[-−]?\d{1,4}$/.test(one)) && (kind === 'list' || numbers.length === 1);
  if (!isNumeric) throw new PolicyError(path, kind === 'list' ? 'numbers are wanted' : 'a number is wanted');
  const values = numbers.map((one) => Number(one.replace('−', '-')));
  return kind === 'list' ? values : (values[0] ?? 0);
}

function valueAt(policy: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], policy);
}

function put(at: object, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) Reflect.set(at, key, value);
  else put(Reflect.get(at, key), rest, value);
}

/** What of `now` is not as in `usual`; lists are whole. */
function differences(usual: unknown, now: unknown): unknown {
  if (sameValue(usual, now)) return undefined;
  if (Array.isArray(now) || typeof now !== 'object' || now === null) return now;
  const parts = Object.entries(now).map(([key, value]) => [
    key,
    differences((usual as Record<string, unknown>)[key], value),
  ]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}
