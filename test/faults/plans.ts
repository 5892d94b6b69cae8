/** Plans to launch on a stack, and moves sent as a patient client sends them. */
import { Client, Connection } from '@temporalio/client';
import type { Desk, MoveOptions, MoveOutcome } from '../../client';
import { dayOf } from '../../domain/days';
import { reissue } from '../../domain/drafts/reissue';
import type { Move } from '../../domain/intents';
import type { DeadlineRule, Plan, TaskId } from '../../domain/plan';
import type { AnyEvent } from '../../ledger/contract';
import type { Db } from '../../ledger/database';
import { eventsAfter } from '../../ledger/head';
import { acceptLaunch, storeDraft } from '../../ledger/plans';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';
import { moveUpdate, type ReformTaskInput, taskWorkflowId } from '../../workflows/messages';
import { issueTask } from '../../workflows/messages/starts';
import { COORDINATOR, oneTaskPlan, unitActor } from '../workflows/town';
import type { Stack } from './stack';
import { until } from './until';

export const SIGNED_BY = '殷望舒';

type Rule = Partial<DeadlineRule> & Pick<DeadlineRule, 'type'>;

/** The Zhuzhou plan, every date of it ahead. */
export function zhuzhouAhead(id: string): Plan {
  return reissue(zhuzhou as Plan, new Date().getUTCFullYear() + 2, id);
}

/** A plan of as many like tasks. */
export function likeTasks(count: number, rule: Rule): Plan {
  const plan = oneTaskPlan(rule);
  const tasks = plan.tasks.flatMap((task) =>
    Array.from({ length: count }, (_, i) => ({
      ...task,
      id: `${plan.id}/1-${String(i + 1).padStart(3, '0')}`,
      no: i + 1,
    })),
  );
  return { ...plan, tasks };
}

interface Start extends Partial<ReformTaskInput> {
  /** When it was launched; now when left out. What was due since then rings at once. */
  at?: string;
}

/** Starts the process of a task of its own plan, with a worker or without. */
export async function startTask(stack: Stack, rule: Rule, { at, ...more }: Start = {}): Promise<TaskId> {
  const plan = oneTaskPlan(rule);
  const [task] = plan.tasks;
  if (!task) throw new Error('a plan of one task has one');
  await startPlan(stack, plan, at ?? new Date().toISOString(), more);
  return task.id;
}

/** Starts the processes of a plan's tasks as a launch of that instant, which may lie ahead: a launch would wait for it. */
export async function startPlan(
  { ledger, desk }: Stack,
  plan: Plan,
  at: string,
  more: Partial<ReformTaskInput> = {},
): Promise<void> {
  const launch = { at, actor: COORDINATOR, office: plan.office, signedBy: SIGNED_BY };
  await storeDraft(ledger.db, plan);
  await acceptLaunch(ledger.db, plan.id, { launchOn: dayOf(at), signedBy: SIGNED_BY, at });
  for (const task of plan.tasks) {
    const options = issueTask(task, launch, { taskQueue: 'duban', alarmSpreadMinutes: 0 });
    await desk.temporal.workflow.start('reformTask', { ...options, args: [{ ...options.args[0], ...more }] });
  }
}

/** The same, and waits until it stands in the ledger. */
export async function issuedTask(stack: Stack, rule: Rule, start: Start = {}): Promise<TaskId> {
  const task = await startTask(stack, rule, start);
  await until(`${task} in the ledger`, async () => (await eventsOf(stack.ledger.db, task)).length > 0);
  return task;
}

/** D15: who does not know the outcome repeats the same move under the same id, and may. */
export async function insist(
  desk: Desk,
  task: TaskId,
  move: Move,
  options: MoveOptions & { moveId: string },
): Promise<MoveOutcome> {
  const receivedAt = options.receivedAt ?? new Date().toISOString();
  return until(`an answer to ${options.moveId}`, async () => desk.move(task, move, { ...options, receivedAt }));
}

/** An acknowledgement that gets as far as the server's history; its sender is gone before there is an answer. */
export async function sendAndLeave({ places }: Stack, task: TaskId, unit: string, updateId: string): Promise<void> {
  const { connection: options, namespace } = places.temporal;
  const connection = await Connection.connect(options);
  const move = { move: 'acknowledge', unit } as const;
  const request = { actor: unitActor(unit), receivedAt: new Date().toISOString(), move };
  try {
    const handle = new Client({ connection, namespace }).workflow.getHandle(taskWorkflowId(task));
    await handle.startUpdate(moveUpdate, { updateId, args: [request], waitForStage: 'ACCEPTED' });
  } finally {
    await connection.close();
  }
}

export function eventsOf(db: Db, task: TaskId): Promise<AnyEvent[]> {
  return eventsAfter(db, `task/${task}`, 0, 10_000);
}

/** Each event as its number, type and intent: what a test compares. */
export async function storyOf(db: Db, task: TaskId): Promise<string[]> {
  return (await eventsOf(db, task)).map(({ seq, type, intent }) => `${seq} ${type} ${intent}`);
}
