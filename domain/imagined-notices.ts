/**
 * What a letter of a kind would say about a task as it stands: time passes and people act as that kind needs, by
 * `stepTask` alone, until a notice of it is made. Nothing that is imagined here is stored or sent.
 */
import { dueAt } from './agenda';
import { workingDay } from './calendar';
import { addDays, type Day, dayOf, instantOf } from './days';
import type { Context } from './decider';
import { type Actor, SYSTEM } from './events';
import type { Intent, Move } from './intents';
import type { NoticeDraft, NoticeKind } from './notices';
import { isRefusal, type Refusal } from './refusals';
import { assumedHandOver } from './rounds';
import { stepTask, type TaskStep } from './step';
import { leadsOf, type Task } from './task';

export interface Imagined {
  /** Those of the kind that the step made, to all their addressees. */
  notices: NoticeDraft[];
  /** The task after it. */
  task: Task;
  /** The working day on which they would leave. */
  on: Day;
}

/** Kinds about a task that its own rules make; the mail room makes `deliveryProblem`. */
export type TaskNoticeKind = Exclude<NoticeKind, 'deliveryProblem'>;

/** One act, from the task as it stands on a day; null where nobody could do it. */
type Act = (task: Task, on: Day, context: Context) => { actor: Actor; move: Move } | null;

const NAMES = { unit: '联络员', coordinator: '协调员', 'office-head': '办公室主任', supervisor: '督查领导' } as const;

const byLead =
  (move: (unit: string, task: Task, on: Day, context: Context) => Move): Act =>
  (task, on, context) => {
    const [lead] = leadsOf(task);
    return lead ? { actor: { name: NAMES.unit, role: 'unit', unit: lead }, move: move(lead, task, on, context) } : null;
  };
const byOffice =
  (role: 'coordinator' | 'office-head' | 'supervisor', move: (task: Task, on: Day, context: Context) => Move): Act =>
  (task, on, context) => ({ actor: { name: NAMES[role], role, unit: task.office }, move: move(task, on, context) });

const handIn: Act[] = [
  byLead((unit) => ({
    move: 'addEvidence',
    unit,
    items: [{ kind: 'number', value: '办结情况报告', name: null, bytes: null }],
  })),
  byLead((unit) => ({ move: 'submitEvidence', unit })),
];
const askExtension = byLead((unit, task) => ({
  move: 'requestExtension',
  unit,
  to: addDays(task.dueOn ?? dayOf(task.at), 60),
  reason: '省级平台接口尚未开放',
  progress: '本级系统已完成改造',
}));
const askCoUnit: Act = (task, on, { calendar }) => {
  const [lead] = leadsOf(task);
  const co = task.parties.find(({ role }) => role !== 'lead');
  if (!lead || !co) return null;
  const move: Move = {
    move: 'askContribution',
    unit: lead,
    of: co.unit,
    text: '提供业务系统接口和数据目录',
    dueOn: workingDay(calendar, on, 5),
  };
  return { actor: { name: NAMES.unit, role: 'unit', unit: lead }, move };
};
const handOn: Act = (task) => {
  const [from] = leadsOf(task);
  const to = task.parties.find(({ role }) => role !== 'lead')?.unit ?? task.office;
  const move: Move = { move: 'reassign', from: from ?? '', to, role: 'lead', reason: '机构职能调整' };
  return from ? { actor: { name: NAMES.coordinator, role: 'coordinator', unit: task.office }, move } : null;
};
const review = (answer: (version: number) => Move): Act =>
  byOffice('office-head', (task) => answer(task.review?.version ?? 0));

/** Acts in their order, each on a working day of its own; what the task does not allow is passed over. */
const ACTS: Record<TaskNoticeKind, Act[]> = {
  issue: [],
  reminder: [],
  acknowledgement: [],
  declaration: [],
  report: [],
  slip: [],
  urging: [byOffice('coordinator', () => ({ move: 'urge', text: '请加快进度，本周内报告进展' }))],
  redDigest: [],
  telephone: [],
  silentLead: [],
  contribution: [askCoUnit],
  review: handIn,
  extension: [askExtension],
  limitPassed: [byOffice('coordinator', () => ({ move: 'issueSlip', colour: 'blue', reason: '推进缓慢' }))],
  conditionReported: [byLead((unit) => ({ move: 'report', unit, text: '国家平台已上线', condition: true }))],
  instruction: [byOffice('supervisor', () => ({ move: 'instruct', text: '请主要负责人亲自协调，下周报结果' }))],
  dated: [
    byOffice('coordinator', (_task, on, { calendar }) => ({
      move: 'openCondition',
      dueOn: workingDay(calendar, on, 30),
      reason: '国家平台已上线',
    })),
    askExtension,
    byOffice('coordinator', () => ({ move: 'approveExtension' })),
    byOffice('supervisor', (_task, on, { calendar }) => ({
      move: 'redate',
      dueOn: workingDay(calendar, on, 30),
      reason: '上级任务调整',
      basis: '上级通知',
    })),
  ],
  returned: [...handIn, review((version) => ({ move: 'returnEvidence', version, reason: '缺少系统上线证明' }))],
  closed: [...handIn, review((version) => ({ move: 'acceptEvidence', version }))],
  answer: [askExtension, byOffice('coordinator', () => ({ move: 'refuseExtension', reason: '条件已经具备' }))],
  suspended: [byOffice('coordinator', () => ({ move: 'suspend', reason: '等待上级政策' }))],
  resumed: [
    byOffice('coordinator', () => ({ move: 'suspend', reason: '等待上级政策' })),
    byOffice('coordinator', () => ({ move: 'resume' })),
  ],
  cancelled: [byOffice('coordinator', () => ({ move: 'cancel', reason: '上级政策调整', document: '市发〔2020〕9号' }))],
  released: [handOn],
};

/** So far ahead a reminder or a slip may lie. */
const DAYS_AHEAD = 400;

/**
 * @param from the day from which it is imagined; at 10:00
 * @returns null when the task, as it stands, would cause no such notice; else the last refusal, if an act was refused
 */
export function imagine(task: Task, kind: TaskNoticeKind, from: Day, context: Context): Imagined | Refusal | null {
  let state = task;
  let on = from;
  let refused: Refusal | null = null;
  let count = 0;
  const take = (intent: Intent): Imagined | null => {
    const step = stepTask(state, intent, context);
    if (isRefusal(step)) {
      refused = step;
      return null;
    }
    state = step.state;
    return found(step, kind, intent.at, context);
  };
  for (const act of ACTS[kind]) {
    const done = act(state, on, context);
    if (!done) continue;
    const said = take({ id: `imagined:${++count}`, at: instantOf(on, '10:00'), type: 'move', ...done });
    if (said) return said;
    on = workingDay(context.calendar, on, 1);
  }
  if (ACTS[kind].length > 0 && kind !== 'limitPassed') return refused;
  const last = addDays(from, DAYS_AHEAD);
  for (let next = state.alarms[0]; next && next.on <= last; next = state.alarms[0]) {
    const said = take({ id: `imagined:${++count}`, at: dueAt(next), actor: SYSTEM, type: 'ring' });
    if (said) return said;
    if (state.alarms[0]?.id === next.id) break;
  }
  return refused;
}

function found({ state, notices }: TaskStep, kind: NoticeKind, at: string, { calendar }: Context): Imagined | null {
  const own = notices.filter((notice) => notice.kind === kind);
  return own.length === 0 ? null : { notices: own, task: state, on: assumedHandOver(calendar, at) };
}
