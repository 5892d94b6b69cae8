/** Refuses a policy that makes no sense, with the path of the bad value; missing numbers take the default. */
import { z } from 'zod';
import { DEFAULT_POLICY, type Policy } from './policy';
import { isStorable } from './storable';

const days = z.int().min(0, 'a count of working days cannot be negative').max(250, 'more than a year of working days');
const after = z.int().min(1, 'must come at least one working day after').max(250);
const relative = z.int().min(-60).max(60);

/** Whole, because a plan's overrides are hashed and half a point has no agreed text (D10). */
const points = z.int().min(0, 'points are counted from zero').max(1000);

const ascending = (values: number[]) => values.every((v, i) => i === 0 || v > (values[i - 1] ?? v));

const offices = z
  .array(z.enum(['liaison', 'head', 'leader']))
  .refine((o) => new Set(o).size === o.length, 'each office once');

/** Who is told follows from the colour where a plan does not say. */
const rung = z
  .strictObject({
    colour: z.enum(['blue', 'orange', 'red']),
    name: z.string().min(1).max(20).refine(isStorable, 'has characters that cannot be stored'),
    limitWorkingDays: after,
    tells: offices.min(1, 'a slip goes to somebody').optional(),
    copies: offices.optional(),
  })
  .transform((r) => {
    const usual = DEFAULT_POLICY.ladder.find(({ colour }) => colour === r.colour);
    return { ...r, tells: r.tells ?? usual?.tells ?? [], copies: r.copies ?? usual?.copies ?? [] };
  });

const schema = z
  .strictObject({
    reminderRungs: z
      .array(days)
      .max(20)
      .refine((r) => ascending(r.toReversed()), 'rungs must descend towards the due date, each once'),
    acknowledgement: z.strictObject({
      withinWorkingDays: after,
      remindOn: z.array(after).min(1).refine(ascending, 'must ascend, each once'),
      headOn: after,
      coordinatorOn: after,
    }),
    declaration: z.strictObject({
      leadTimeWorkingDays: after,
      remindOn: z.array(relative).refine(ascending, 'must ascend, each once'),
      chaseOn: after,
      deemedOn: after,
      minToAsk: after,
      minAfterDeemed: after,
    }),
    openAtLeast: days,
    redateAtLeast: days,
    report: z.strictObject({
      dueDayOfMonth: z.int().min(1).max(28, 'every month must have the day'),
      remindOn: z.array(relative).refine(ascending, 'must ascend, each once'),
    }),
    contribution: z.strictObject({
      askAtLeast: days,
      remindBefore: z.array(days).refine((r) => ascending(r.toReversed()), 'must descend towards the date, each once'),
      chaseOn: after,
      coordinatorOn: after,
    }),
    ladder: z
      .array(rung)
      .min(1, 'a ladder needs at least one rung')
      .refine((l) => new Set(l.map((r) => r.colour)).size === l.length, 'each colour once')
      .refine((l) => l.at(-1)?.colour === 'red', 'a ladder ends with red, or it has no last rung'),
    review: z.strictObject({
      withinWorkingDays: after,
      coordinatorOn: after,
      leaderOn: after,
      graceWorkingDays: after,
    }),
    extension: z.strictObject({ quota: days, decideWithin: after, coordinatorOn: after, leaderOn: after }),
    urgentReturnWithin: days,
    nearWorkingDays: days,
    scoring: z.strictObject({
      start: points,
      floor: points,
      ceiling: points,
      breach: points,
      slip: z.strictObject({ blue: points, orange: points, red: points }),
      missingReport: points,
      lateAcknowledgement: points,
      early: z.strictObject({ fromWorkingDays: after, points }),
    }),
  })
  .superRefine((p, ctx) => {
    const refuse = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const { acknowledgement: a, declaration: d, review: r, extension: e, scoring: s } = p;
    if ((a.remindOn[0] ?? 0) <= a.withinWorkingDays)
      refuse(['acknowledgement', 'remindOn'], 'the first reminder must come after the time to acknowledge');
    if (!a.remindOn.includes(a.headOn)) refuse(['acknowledgement', 'headOn'], 'must be one of remindOn');
    if (!a.remindOn.includes(a.coordinatorOn)) refuse(['acknowledgement', 'coordinatorOn'], 'must be one of remindOn');
    if (d.remindOn.some((n) => n >= d.deemedOn))
      refuse(['declaration', 'remindOn'], 'a reminder after the task is deemed ready is nonsense');
    if (d.chaseOn >= d.deemedOn) refuse(['declaration', 'chaseOn'], 'must come before deemedOn');
    if (r.leaderOn <= r.coordinatorOn) refuse(['review', 'leaderOn'], 'the leader comes after the coordinator');
    if (e.leaderOn <= e.coordinatorOn) refuse(['extension', 'leaderOn'], 'the leader comes after the coordinator');
    if (p.contribution.coordinatorOn <= p.contribution.chaseOn)
      refuse(['contribution', 'coordinatorOn'], 'must come after chaseOn');
    if (s.floor > s.start) refuse(['scoring', 'floor'], 'must not lie above start');
    if (s.ceiling < s.start) refuse(['scoring', 'ceiling'], 'must not lie below start');
  });

/** What is wrong, in Chinese; by what the schema says of it. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  'a count of working days cannot be negative': '工作日数不能为负',
  'more than a year of working days': '超过一年的工作日数',
  'must come at least one working day after': '至少为1个工作日',
  'points are counted from zero': '分值不能为负',
  'each office once': '同一人只能写一次',
  'has characters that cannot be stored': '含有无法保存的字符',
  'a slip goes to somebody': '督办单须有收件人',
  'rungs must descend towards the due date, each once': '须由多到少，不能重复',
  'must ascend, each once': '须由小到大，不能重复',
  'every month must have the day': '须在1至28日之间',
  'must descend towards the date, each once': '须由多到少，不能重复',
  'a ladder needs at least one rung': '至少要有一级督办单',
  'each colour once': '同一颜色只能有一级',
  'a ladder ends with red, or it has no last rung': '最后一级须为红色',
  'the first reminder must come after the time to acknowledge': '第一次催签收须晚于签收时限',
  'must be one of remindOn': '须是催签收的工作日之一',
  'a reminder after the task is deemed ready is nonsense': '提醒须早于视同具备条件之日',
  'must come before deemedOn': '须早于视同具备条件之日',
  'the leader comes after the coordinator': '报督查领导须晚于提醒协调员',
  'must come after chaseOn': '须晚于逾期催办之日',
  'must not lie above start': '不能高于起始分',
  'must not lie below start': '不能低于起始分',
  'numbers are wanted': '应为用顿号隔开的整数',
  'a number is wanted': '应为一个整数',
  'there is no such number': '没有这一项',
};

/** A policy that was refused; `path` names the bad value, e.g. `ladder` or `review.leaderOn`. */
export class PolicyError extends Error {
  readonly code = 'policy-invalid';
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`policy.${path}: ${problem}`);
  }

  /** The problem for people. */
  get zh(): string {
    return IN_CHINESE[this.problem] ?? '数值不在允许的范围内';
  }
}

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

function merge(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over === undefined ? base : over;
  // Not by assignment: a key `__proto__` must stay a key, to be refused like any other that is unknown.
  const changed = Object.entries(over).map(([key, value]) => [key, merge(base[key], value)]);
  return Object.fromEntries([...Object.entries(base), ...changed]);
}

/**
 * The policy of a plan: the defaults with its overrides.
 * @throws PolicyError with the path of the first bad value
 */
export function policyOf(overrides: unknown): Policy {
  const parsed = schema.safeParse(merge(DEFAULT_POLICY, overrides ?? {}));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(extra ? [extra] : [])].join('.');
  throw new PolicyError(path, issue?.message ?? 'not a policy');
}
