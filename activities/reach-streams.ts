/** Reaches the processes of tasks and plans from outside: fates of letters, a changed calendar, a relaunch. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { SYSTEM } from '../domain/events';
import type { PlanId, TaskId } from '../domain/plan';
import type { Task } from '../domain/task';
import type { RunningStream } from '../ledger/relaunch';
import { deliverSignal, planWorkflowId, recalendarSignal, taskWorkflowId } from '../workflows/messages';
import { type Installation, launchStart, resumePlanReports, resumeTask } from '../workflows/messages/starts';
import { atOnce } from './at-once';
import { beat } from './beat';
import type { Desk } from './feed-back';

/** What is read to know whom to reach. */
export interface StreamsLedger {
  /** Every stream that has begun and not ended. */
  openStreams(plan?: string): Promise<RunningStream[]>;
  loadTask(task: TaskId): Promise<Task | null>;
  /** Plans whose launch was accepted and is not complete: it waits for its day, or broke off. */
  launchesUnderWay(plan?: string): Promise<{ plan: PlanId; launchAt: string }[]>;
  /** Owes the tasks again what was passed on to a process that ended before it took it (D23). */
  oweFatesAgain(plan?: string): Promise<void>;
}

export interface ReachActivities {
  /** Tells every open process that the working calendar changed (R6); told twice, it does nothing twice. */
  tellCalendar(calendar: string): Promise<{ told: number; missing: string[] }>;
  /** Starts a process for every open stream, which takes it over in a new epoch (D9), and goes on with launches. */
  relaunchStreams(what: { plan: string | null }): Promise<{ relaunched: number }>;
}

/** The mail room's way to the tasks (D23). */
export function createDeskOfTasks(temporal: Client): Desk {
  return {
    deliver: (task, intents) =>
      signalled(() => temporal.workflow.getHandle(taskWorkflowId(task)).signal(deliverSignal, intents)),
  };
}

export function createReach(ledger: StreamsLedger, temporal: Client, installation: Installation): ReachActivities {
  return {
    async tellCalendar(calendar) {
      const missing: string[] = [];
      let told = 0;
      await atOnce(await ledger.openStreams(), async (stream) => {
        const handle = temporal.workflow.getHandle(workflowIdOf(stream));
        if (await signalled(() => handle.signal(recalendarSignal, { calendar }))) told += 1;
        else missing.push(handle.workflowId);
        beat(told);
      });
      return { told, missing };
    },

    async relaunchStreams({ plan }) {
      let relaunched = 0;
      await atOnce(await ledger.openStreams(plan ?? undefined), async ({ kind, stream }) => {
        if (kind === 'plan') {
          await temporal.workflow.start('planReports', resumePlanReports(stream, true, installation));
        } else {
          const task = await ledger.loadTask(stream);
          if (task) await temporal.workflow.start('reformTask', resumeTask(task, true, installation));
        }
        relaunched += 1;
        beat(relaunched);
      });
      await ledger.oweFatesAgain(plan ?? undefined);
      // Where Temporal was lost, so was the process that was to start what has no stream yet.
      for (const { plan: id, launchAt } of await ledger.launchesUnderWay(plan ?? undefined)) {
        const launch = { plan: id, actor: SYSTEM, launchAt };
        await temporal.workflow.start('launchPlan', launchStart(launch, installation));
      }
      return { relaunched };
    },
  };
}

function workflowIdOf({ kind, stream }: RunningStream): string {
  return kind === 'task' ? taskWorkflowId(stream) : planWorkflowId(stream);
}

/** False when there is no running process. */
async function signalled(signal: () => Promise<void>): Promise<boolean> {
  try {
    await signal();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
