/** What was typed after `plan edit`, as a structured correction. */
import {
  type DeadlineEdit,
  type HeaderEdit,
  isCorrectionProblem,
  type TaskEdit,
  taskOf,
} from '../../domain/drafts/corrections';
import type { DeadlineRule, Party, Plan, PlanTask, Remark, Role, UnitId } from '../../domain/plan';
import { overridesTyped } from '../../domain/policy-numbers';
import { correctionRefused } from '../drafts/correction-failure';
import type { UnitNames } from '../drafts/unit-names';
import { type CliFailure, wrongCall } from './failure';

export interface TaskOptions {
  title?: string;
  category?: string | null;
  content?: string;
  measure?: string[];
  due?: string;
  ready?: string;
  notReady?: string;
  when?: string;
  ongoing?: true;
  /** `--no-date` makes it false; commander sets it to true otherwise. */
  date?: boolean;
  party?: { unit: string; role: Role }[];
  dropParty?: string[];
  openEnded?: 'yes' | 'no';
  remark?: string | null;
  remarkStatus?: Remark['status'];
}

export interface HeaderOptions {
  title?: string;
  number?: string | null;
  issuer?: string;
  issuedOn?: string;
  office?: string;
  reporting?: string[];
  reportingText?: string;
  policy?: PolicyOption[];
}

/** A number of the policy as it was typed: `reminderRungs=10,5,1,0`; null: back to the defaults. */
export type PolicyOption = { path: string; value: string } | null;

const ONLY_OF_TASKS = [
  'category',
  'content',
  'measure',
  'due',
  'ready',
  'notReady',
  'when',
  'ongoing',
  'party',
  'dropParty',
  'openEnded',
  'remark',
  'remarkStatus',
] as const satisfies readonly (keyof TaskOptions)[];
const ONLY_OF_PLANS = [
  'number',
  'issuer',
  'issuedOn',
  'office',
  'reporting',
  'reportingText',
  'policy',
] as const satisfies readonly (keyof HeaderOptions)[];

/** @throws CliFailure for options that do not go together or belong to the plan */
export function taskEditOf(plan: Plan, id: string, options: TaskOptions & HeaderOptions, unit: UnitNames): TaskEdit {
  const stray = ONLY_OF_PLANS.find((option) => options[option] !== undefined);
  if (stray) throw misplaced(stray, '属于方案，不属于任务：请去掉任务编号。', 'is of the plan: leave the task out');
  const task = taskOf(plan, id);
  if (isCorrectionProblem(task)) throw correctionRefused(plan.id, task);
  const { title, category, content, measure, openEnded, party, dropParty } = options;
  return {
    task: id,
    title,
    category,
    content,
    measures: measure,
    openEnded: openEnded && openEnded === 'yes',
    addParties: party?.map(({ unit: name, role }): Party => ({ unit: unit(name), role })),
    dropParties: dropParty?.map((name) => ownParty(plan, task, name) ?? unit(name)),
    deadline: deadlineOf(task.deadline, options),
    remark: remarkOf(task, options),
  };
}

/** A party as the plan shows it, which also a unit may be that the directory does not know: a name that was misread. */
function ownParty({ city }: Plan, { parties }: PlanTask, typed: string): UnitId | undefined {
  const wanted = typed.normalize('NFC').trim();
  return parties.find(({ unit }) => unit === wanted || unit === `${city}:${wanted}`)?.unit;
}

/** @throws CliFailure for options that belong to a task */
export function headerEditOf(plan: Plan, options: TaskOptions & HeaderOptions, unit: UnitNames): HeaderEdit {
  const stray = options.date === false ? 'date' : ONLY_OF_TASKS.find((option) => options[option] !== undefined);
  if (stray) throw misplaced(stray, '属于任务：请写明任务编号。', 'is of a task: name the task');
  const { title, number, issuer, issuedOn, office } = options;
  return {
    task: null,
    title,
    number,
    issuer,
    issuedOn,
    office: office === undefined ? undefined : unit(office),
    reporting: reportingOf(plan, options, unit),
    policy: policyTyped(plan, options.policy),
  };
}

/** In the order in which they were typed: `none` takes back what stood before it. */
function policyTyped(plan: Plan, given: HeaderOptions['policy']): HeaderEdit['policy'] {
  if (given === undefined) return undefined;
  const from = given.lastIndexOf(null);
  const typed = given.slice(from + 1).flatMap((one) => (one === null ? [] : [[one.path, one.value] as const]));
  return overridesTyped(from === -1 ? plan.policy : null, Object.fromEntries(typed));
}

function misplaced(option: string, zh: string, en: string): CliFailure {
  const name = option === 'date' ? '--no-date' : `--${option.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  return wrongCall('misplaced-option', `${name}${zh}`, `${name} ${en}`);
}

function deadlineOf(rule: DeadlineRule, options: TaskOptions): DeadlineEdit | undefined {
  const { due, ready, notReady, when, ongoing, date } = options;
  const twoTrack = ready !== undefined || notReady !== undefined;
  const said = [due !== undefined, twoTrack, when !== undefined, ongoing === true, date === false];
  if (said.filter(Boolean).length > 1) {
    throw wrongCall(
      'one-deadline',
      '时限只能写一种。',
      'say one kind of deadline: --due, --ready with --not-ready, --when, --ongoing or --no-date',
    );
  }
  if (due !== undefined) return { type: 'fixed', dueOn: due };
  if (when !== undefined) return { type: 'conditional', condition: when };
  if (ongoing) return { type: 'ongoing' };
  if (date === false) return { type: 'none' };
  if (!twoTrack) return undefined;
  const [readyOn, notReadyOn] = [ready ?? rule.readyOn, notReady ?? rule.notReadyOn];
  if (readyOn === null || notReadyOn === null) {
    throw wrongCall('two-dates', '两轨时限须写明两个日期。', 'two-track needs --ready and --not-ready');
  }
  return { type: 'two-track', readyOn, notReadyOn };
}

function remarkOf(task: PlanTask, { remark, remarkStatus }: TaskOptions): Remark | null | undefined {
  if (remark === null && remarkStatus) {
    throw wrongCall('no-remark', '没有备注，就没有备注的状态。', 'without a remark it has no status');
  }
  if (remark === null) return null;
  if (remark === undefined && remarkStatus === undefined) return undefined;
  const text = remark ?? task.remark?.text ?? '';
  return { status: remarkStatus === undefined ? (task.remark?.status ?? null) : remarkStatus, text };
}

function reportingOf(
  plan: Plan,
  { reporting, reportingText }: HeaderOptions,
  unit: UnitNames,
): Plan['reporting'] | undefined {
  if (reporting === undefined && reportingText === undefined) return undefined;
  if (reporting?.join() === 'none') return null;
  const text = reportingText ?? plan.reporting?.text;
  if (text === undefined) {
    throw wrongCall(
      'reporting-text-needed',
      '请用--reporting-text写明对方案整体反馈的要求。',
      'the plan asks for no reports yet: say with --reporting-text in which words it does',
    );
  }
  return { addressees: reporting?.map(unit) ?? plan.reporting?.addressees ?? [], text };
}
