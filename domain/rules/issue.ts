/** Launch of one task, and what makes a plan unfit for launch (R11, R12, R15). */
import type { Day } from '../days';
import type { EventDraft } from '../events';
import type { Intent } from '../intents';
import type { Plan, PlanTask } from '../plan';
import { assumedHandOver } from '../rounds';
import { planIdOf } from '../task-ids';
import { declarationAtLaunch } from './declaration';
import { partyOf } from './parties';
import type { Turn } from './turn';

type Issue = Extract<Intent, { type: 'issue' }>;

/** The first event of a task. */
export function issueEvents(intent: Issue, turn: Turn): EventDraft[] {
  const { task, office, signedBy } = intent;
  const { context, on, at } = turn;
  const { deadline } = task;
  // R11, R17: a task marked as done whose date has passed is launched to prove it, not to be late.
  const over = isFinished(task) && lastDateOf(task) !== null && (lastDateOf(task) ?? on) < on;
  const declaration =
    deadline.type === 'two-track' && deadline.readyOn && !over
      ? declarationAtLaunch(context, deadline.readyOn, on)
      : null;
  return [
    {
      type: 'issued',
      id: task.id,
      plan: planIdOf(task.id),
      title: task.title,
      category: task.category,
      office,
      signedBy,
      issuedOn: on,
      handedOn: assumedHandOver(context.calendar, at),
      parties: task.parties.map((p) => partyOf(context, p.unit, p.role)),
      leadBasis: task.leadBasis,
      openEnded: task.openEnded,
      remark: task.remark,
      rule: {
        type: deadline.type,
        condition: deadline.condition,
        inPrinciple: deadline.inPrinciple,
        readyOn: deadline.readyOn,
        notReadyOn: deadline.notReadyOn,
      },
      dueOn: over ? null : dueAtLaunch(task, declaration?.state ?? null),
      ...(over ? { originalDueOn: lastDateOf(task) } : {}),
      declaration,
      calendar: context.calendar.version,
    },
  ];
}

function dueAtLaunch(task: PlanTask, declaration: string | null): Day | null {
  const { type, dueOn, notReadyOn } = task.deadline;
  if (type === 'fixed') return dueOn;
  return declaration === 'void' ? notReadyOn : null;
}

/** 备注 已完成: what R11 calls finished before the launch. */
function isFinished(task: PlanTask): boolean {
  return task.remark?.status === 'done';
}

/** The last day that the document allows; null where it allows none or any. */
function lastDateOf({ deadline }: PlanTask): Day | null {
  if (deadline.type === 'two-track') return deadline.notReadyOn;
  return deadline.type === 'fixed' ? deadline.dueOn : null;
}

/** One reason why a plan cannot be launched. */
export interface LaunchProblem {
  task: string | null;
  code: 'past-due' | 'no-lead' | 'no-date' | 'no-coordinator' | 'no-office-head' | 'no-supervisor' | 'unknown-unit';
  zh: string;
  en: string;
}

/**
 * R11: unfinished tasks with a date before the launch day, without a lead, or without a date that nobody confirmed
 * as 无时限; R9: an office that lacks its coordinator, his leader or the supervisor.
 * @param office the three people of the coordination office, by presence
 */
export function launchProblems(
  plan: Plan,
  launchOn: Day,
  office: { liaison: boolean; head: boolean; leader: boolean },
  known: (unit: string) => boolean,
): LaunchProblem[] {
  const people: LaunchProblem[] = [
    ...(office.liaison ? [] : [problem(null, 'no-coordinator', '统筹单位没有协调员', 'the office has no coordinator')]),
    ...(office.head ? [] : [problem(null, 'no-office-head', '统筹单位没有主要负责人', 'the office has no head')]),
    ...(office.leader ? [] : [problem(null, 'no-supervisor', '统筹单位没有督查领导', 'the office has no supervisor')]),
  ];
  return [...people, ...plan.tasks.flatMap((task) => taskProblems(task, launchOn, known))];
}

function taskProblems(task: PlanTask, launchOn: Day, known: (unit: string) => boolean): LaunchProblem[] {
  const { deadline, id } = task;
  const unknown = task.parties
    .filter((p) => !known(p.unit))
    .map((p) => problem(id, 'unknown-unit', `单位目录中没有${p.unit}`, `the directory has no unit ${p.unit}`));
  if (isFinished(task)) return unknown;
  const last = lastDateOf(task);
  const undated = deadline.type === 'none' && task.noDateConfirmed !== true;
  const lacking =
    (deadline.type === 'fixed' && last === null) ||
    (deadline.type === 'two-track' && (last === null || deadline.readyOn === null));
  return [
    ...(last !== null && last < launchOn
      ? [problem(id, 'past-due', `时限${last}早于下达日${launchOn}`, `due ${last}, before the launch day ${launchOn}`)]
      : []),
    ...(task.parties.some((p) => p.role === 'lead') ? [] : [problem(id, 'no-lead', '没有牵头单位', 'has no lead')]),
    ...(undated || lacking
      ? [problem(id, 'no-date', '没有时限，也未确认为无时限', 'has no date, and nobody confirmed that it has none')]
      : []),
    ...unknown,
  ];
}

function problem(task: string | null, code: LaunchProblem['code'], zh: string, en: string): LaunchProblem {
  return { task, code, zh, en };
}

/** Every unit that the plan names. */
export function unitsOf(plan: Plan): string[] {
  const parties = plan.tasks.flatMap((t) => t.parties.map((p) => p.unit));
  return [...new Set([plan.office, ...(plan.reporting?.addressees ?? []), ...parties])];
}
