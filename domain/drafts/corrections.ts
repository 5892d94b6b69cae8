/**
 * Corrections 更正 of a draft: what a coordinator says is otherwise than it was read, and what that changes. A launched
 * plan changes only by the moves of its tasks.
 */
import type { Day } from '../days';
import type { DeadlineRule, LeadBasis, Party, Plan, PlanTask, Remark, TaskDoubt, UnitId } from '../plan';
import { sameValue } from '../same-value';
import { numberOf } from '../task-ids';

/** The deadline that a task shall have; what the document says in words stays as it is. */
export type DeadlineEdit =
  | { type: 'fixed'; dueOn: Day }
  | { type: 'two-track'; readyOn: Day; notReadyOn: Day }
  | { type: 'conditional'; condition: string }
  | { type: 'ongoing' }
  /** 无时限, confirmed by whoever makes this correction (R11). */
  | { type: 'none' };

/** What shall be otherwise in one task; what is left out stays. */
export interface TaskEdit {
  /** Part and number, `1-07`, or the whole id. */
  task: string;
  title?: string;
  category?: string | null;
  content?: string;
  /** All measures 工作措施, in order. */
  measures?: string[];
  /** The whole list; instead of adding and dropping. */
  parties?: Party[];
  /** Added, or given this role where they are parties already. */
  addParties?: Party[];
  dropParties?: UnitId[];
  openEnded?: boolean;
  deadline?: DeadlineEdit;
  remark?: Remark | null;
}

/** What shall be otherwise in what the document says of itself. */
export interface HeaderEdit {
  task: null;
  title?: string;
  number?: string | null;
  issuer?: string;
  issuedOn?: Day;
  office?: UnitId;
  reporting?: Plan['reporting'];
  /** Overrides of the default numbers (policy-numbers.ts); null: the defaults. */
  policy?: Record<string, unknown> | null;
}

export type Edit = TaskEdit | HeaderEdit;

/** What corrections may change, in the order in which changes are told. */
const TASK_FIELDS = [
  'title',
  'category',
  'content',
  'measures',
  'parties',
  'leadBasis',
  'openEnded',
  'deadline',
  'noDateConfirmed',
  'remark',
] as const satisfies readonly (keyof PlanTask)[];
const HEADER_FIELDS = [
  'title',
  'number',
  'issuer',
  'issuedOn',
  'office',
  'reporting',
  'policy',
] as const satisfies readonly (keyof Plan)[];

type TaskField = (typeof TASK_FIELDS)[number];
type HeaderField = (typeof HEADER_FIELDS)[number];

/** What people call the fields. */
export const FIELD_NAMES: Record<TaskField | HeaderField, string> = {
  title: '名称',
  category: '类别',
  content: '内容',
  measures: '工作措施',
  parties: '责任方',
  leadBasis: '牵头依据',
  openEnded: '另有未列明单位',
  deadline: '时限',
  noDateConfirmed: '确认无时限',
  remark: '备注',
  number: '文号',
  issuer: '印发单位',
  issuedOn: '印发日期',
  office: '统筹单位',
  reporting: '方案季度反馈',
  policy: '规则数值',
};

/** One field as it was and as it is; a field that was not there is null. `task` is part and number, null the plan. */
export type Change =
  | { [F in TaskField]: { task: string; field: F; before: Value<PlanTask[F]>; after: Value<PlanTask[F]> } }[TaskField]
  | { [F in HeaderField]: { task: null; field: F; before: Value<Plan[F]>; after: Value<Plan[F]> } }[HeaderField];
type Value<T> = undefined extends T ? Exclude<T, undefined> | null : T;

export interface Corrected {
  plan: Plan;
  changes: Change[];
}

/** Why an edit cannot be made. */
export interface CorrectionProblem {
  problem: 'unknown-task' | 'not-a-party' | 'party-twice' | 'dates-reversed' | 'nothing-to-change';
  /** Part and number, null where the plan as a whole is meant. */
  task: string | null;
  /** The unit that it is about, where it is about one. */
  unit?: UnitId;
}

export function isCorrectionProblem(result: object): result is CorrectionProblem {
  return 'problem' in result;
}

/** The task of this number, `1-07`, or id. */
export function taskOf(plan: Plan, number: string): PlanTask | CorrectionProblem {
  const found = plan.tasks.find((task) => [numberOf(task.id), task.id].includes(number));
  return found ?? { problem: 'unknown-task', task: number };
}

/**
 * Makes several edits as one correction, in this order: all of them or, with the first that cannot be made, none.
 * Leads that change are named by a person, so the task's leadBasis becomes `explicit`.
 */
export function correct(plan: Plan, edits: readonly Edit[]): Corrected | CorrectionProblem {
  let head = plan;
  const tasks = [...plan.tasks];
  const places = new Map(tasks.flatMap((task, i) => [[numberOf(task.id), i] as const, [task.id, i] as const]));
  for (const edit of edits) {
    if (edit.task === null) {
      head = withHeader(head, edit);
      continue;
    }
    const place = places.get(edit.task) ?? -1;
    const before = tasks[place];
    if (!before) return { problem: 'unknown-task', task: edit.task };
    const after = correctedTask(before, edit);
    if (isCorrectionProblem(after)) return after;
    tasks[place] = after;
  }
  const corrected = { ...head, tasks };
  const changes = changesOf(plan, corrected);
  if (changes.length === 0) return { problem: 'nothing-to-change', task: edits[0]?.task ?? null };
  return { plan: corrected, changes };
}

/** Every field that differs between two states of a plan with the same tasks, the plan's own first. */
function changesOf(before: Plan, after: Plan): Change[] {
  const header = HEADER_FIELDS.flatMap((field) => changed(null, field, before[field], after[field]));
  const tasks = after.tasks.flatMap((task, i) => {
    const was = before.tasks[i];
    return was && was !== task
      ? TASK_FIELDS.flatMap((field) => changed(numberOf(task.id), field, was[field], task[field]))
      : [];
  });
  return [...header, ...tasks];
}

function changed(task: string | null, field: TaskField | HeaderField, before: unknown, after: unknown): Change[] {
  const values = { before: before ?? null, after: after ?? null };
  // Field and values were taken from the same place of one plan, which the union cannot follow.
  return sameValue(values.before, values.after) ? [] : [{ task, field, ...values } as Change];
}

function withHeader(plan: Plan, { task: _, policy, ...header }: HeaderEdit): Plan {
  const after = { ...plan, ...given(header) };
  // Overrides of nothing are none already.
  const isUsual = policy === null && Object.keys(plan.policy ?? {}).length === 0;
  return policy === undefined || isUsual ? after : policyOrNone({ ...after, policy });
}

/** Without overrides there is no policy in a plan; in an edit and a change it is null. */
export function policyOrNone({ policy, ...plan }: Omit<Plan, 'policy'> & Pick<HeaderEdit, 'policy'>): Plan {
  return policy ? { ...plan, policy } : plan;
}

function correctedTask(task: PlanTask, edit: TaskEdit): PlanTask | CorrectionProblem {
  const { task: _, parties: whole, addParties = [], dropParties = [], deadline, ...plain } = edit;
  const parties = partiesOf(task, whole ?? task.parties, addParties, dropParties);
  if (isCorrectionProblem(parties)) return parties;
  if (deadline?.type === 'two-track' && deadline.notReadyOn < deadline.readyOn)
    return { problem: 'dates-reversed', task: numberOf(task.id) };
  const { noDateConfirmed, ...rest } = { ...task, ...given(plain), parties };
  const confirmed = deadline ? deadline.type === 'none' : noDateConfirmed;
  return {
    ...rest,
    ...(task.doubts && { doubts: doubtsLeft(task.doubts, edit) }),
    leadBasis: leadBasisOf(task, parties),
    deadline: deadline ? ruleOf(task.deadline, deadline) : task.deadline,
    ...(confirmed && { noDateConfirmed: confirmed }),
  };
}

/** What a person said of units or deadline settles what the document left open about them. */
function doubtsLeft(doubts: TaskDoubt[], { parties, addParties, dropParties, deadline }: TaskEdit): TaskDoubt[] {
  const settled = {
    parties: parties !== undefined || addParties !== undefined || dropParties !== undefined,
    deadline: deadline !== undefined,
    text: false,
  };
  return doubts.filter(({ about }) => !settled[about]);
}

function partiesOf(task: PlanTask, before: Party[], added: Party[], dropped: UnitId[]): Party[] | CorrectionProblem {
  const missing = dropped.find((unit) => !before.some((party) => party.unit === unit));
  if (missing !== undefined) return { problem: 'not-a-party', task: numberOf(task.id), unit: missing };
  const kept = before
    .filter(({ unit }) => !dropped.includes(unit))
    .map((party) => added.find(({ unit }) => unit === party.unit) ?? party);
  const parties = [...kept, ...added.filter(({ unit }) => !kept.some((party) => party.unit === unit))];
  const twice = namedTwice(added) ?? namedTwice(parties);
  return twice ? { problem: 'party-twice', task: numberOf(task.id), unit: twice.unit } : parties;
}

function namedTwice(parties: readonly Party[]): Party | undefined {
  return parties.find(({ unit }, i) => parties.findIndex((other) => other.unit === unit) < i);
}

function ruleOf(rule: DeadlineRule, edit: DeadlineEdit): DeadlineRule {
  const none = { ...rule, dueOn: null, readyOn: null, notReadyOn: null };
  // What a two-track deadline depends on stays said; the other kinds depend on nothing.
  if (edit.type === 'two-track') return { ...none, ...edit };
  return { ...none, condition: null, ...edit };
}

function leadBasisOf(task: PlanTask, parties: readonly Party[]): LeadBasis {
  const [before, after] = [task.parties, parties].map((all) => all.filter(({ role }) => role === 'lead'));
  if (sameValue(before, after)) return task.leadBasis;
  return after?.length === 0 ? 'unstated' : 'explicit';
}

/** Without the fields that were left out, which must not erase anything. */
function given<T extends object>(edit: T): T {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as T;
}
