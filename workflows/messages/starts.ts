/** How each workflow is started: id, arguments, search attributes, memo. One place for launch, client and tests. */
import type { Actor } from '../../domain/events';
import type { Plan, PlanId, PlanTask, TaskId, UnitId } from '../../domain/plan';
import type { Task } from '../../domain/task';
import { planIdOf } from '../../domain/task-ids';
import {
  DUBAN_PLAN,
  type LaunchPlanInput,
  launchWorkflowId,
  memoOf,
  type PlanReportsInput,
  planWorkflowId,
  type ReformTaskInput,
  searchAttributesOf,
  taskWorkflowId,
} from './index';

/** What every start needs to know of this installation. */
export interface Installation {
  taskQueue: string;
  /** Alarms of a day ring within this time after 05:00 (R4); 0: all at once. */
  alarmSpreadMinutes: number;
}

/** Who launched, when and in whose name: the same for every task of the plan (R11). */
export interface Launch {
  at: string;
  actor: Actor;
  office: UnitId;
  signedBy: string;
}

/**
 * D14: what runs, or ended well, is never started a second time. A run that failed could not record even its issue:
 * that one may be tried again.
 */
const ONCE = {
  workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
  workflowIdConflictPolicy: 'USE_EXISTING',
} as const;
/** What ended may run again; what runs is taken as it is. */
const AGAIN = { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING' } as const;
/** D9: what still runs here belongs to the older epoch. */
const ANEW = { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'TERMINATE_EXISTING' } as const;

/** A task's first run. */
export function issueTask(task: PlanTask, launch: Launch, installation: Installation) {
  const { at, actor, office, signedBy } = launch;
  const intent = { type: 'issue', id: `issue:${task.id}`, at, actor, task, office, signedBy } as const;
  const shown = { plan: planIdOf(task.id), parties: task.parties, status: 'open', dueOn: task.deadline.dueOn } as const;
  return {
    ...taskRun(task.id, { from: 'issue', epoch: 1, intent }, installation),
    typedSearchAttributes: searchAttributesOf(shown),
    memo: memoOf(task),
    ...ONCE,
  };
}

/** A run that goes on from the ledger: a closed task that is moved again, or one whose process was lost. */
export function resumeTask(task: Task, relaunch: boolean, installation: Installation) {
  return {
    ...taskRun(task.id, { from: 'ledger', relaunch }, installation),
    typedSearchAttributes: searchAttributesOf(task),
    memo: memoOf(task),
    ...(relaunch ? ANEW : AGAIN),
  };
}

/** The plan's own process (R18). */
export function issuePlanReports(plan: Plan, launch: Launch, installation: Installation) {
  const { at, actor, office } = launch;
  const { id, title } = plan;
  const addressees = plan.reporting?.addressees ?? [];
  const intent = { type: 'issue', id: `issue:${id}`, at, actor, plan: id, title, office, addressees } as const;
  return {
    ...planRun(id, { from: 'issue', epoch: 1, intent }, installation),
    ...ONCE,
  };
}

/** The plan's own process, from the ledger. */
export function resumePlanReports(id: PlanId, relaunch: boolean, at: Installation) {
  return {
    ...planRun(id, { from: 'ledger', relaunch }, at),
    ...(relaunch ? ANEW : AGAIN),
  };
}

/** What is done once over everything: by hand or by command, never twice at the same time. */
export function errandStart<Arg>(workflowId: string, arg: Arg, { taskQueue }: Installation) {
  return { taskQueue, workflowId, args: [arg] as [Arg], ...AGAIN };
}

/** A launch: one at a time for each plan, and safe to repeat (D14). */
export function launchStart(input: LaunchPlanInput, { taskQueue }: Installation) {
  return {
    taskQueue,
    workflowId: launchWorkflowId(input.plan),
    args: [input] as [LaunchPlanInput],
    typedSearchAttributes: [{ key: DUBAN_PLAN, value: input.plan }],
    ...AGAIN,
  };
}

function taskRun(id: TaskId, begin: ReformTaskInput['begin'], installation: Installation) {
  const args: [ReformTaskInput] = [{ id, begin, spreadMinutes: spreadOf(id, installation.alarmSpreadMinutes) }];
  return { taskQueue: installation.taskQueue, workflowId: taskWorkflowId(id), args };
}

function planRun(id: PlanId, begin: PlanReportsInput['begin'], installation: Installation) {
  const args: [PlanReportsInput] = [{ id, begin, spreadMinutes: spreadOf(id, installation.alarmSpreadMinutes) }];
  return {
    taskQueue: installation.taskQueue,
    workflowId: planWorkflowId(id),
    args,
    typedSearchAttributes: [{ key: DUBAN_PLAN, value: id }],
  };
}

/**
 * Minutes after 05:00 at which this stream's alarms ring, 0 to `limit`: the same for an id always, and even over many
 * ids (FNV-1a, 32 bits), so that a deadline shared by a hundred thousand tasks is no storm.
 */
export function spreadOf(id: string, limit: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % (limit + 1);
}
