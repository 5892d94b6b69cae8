/** Hands tasks to processes of their own, and says when a launch is complete (D14). Safe to repeat. */
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client';
import type { Actor } from '../domain/events';
import type { PlanId, TaskId } from '../domain/plan';
import type { StoredPlan } from '../ledger/plans';
import { type Installation, issuePlanReports, issueTask, type Launch } from '../workflows/messages/starts';
import { atOnce } from './at-once';
import { beat } from './beat';

export interface StartTasks {
  plan: PlanId;
  actor: Actor;
  /** Place of the first task in the plan's list, from 0. */
  from: number;
  count: number;
}

export interface LaunchActivities {
  /** Starts tasks `from` to `from + count`; `started` of them were not running or known to the ledger before. */
  startTasks(batch: StartTasks): Promise<{ started: number; total: number }>;
  /** Starts the plan's own process where reports on the plan are owed (R18), and marks the plan launched. */
  finishLaunch(launched: { plan: PlanId; actor: Actor }): Promise<void>;
}

/** What a launch reads and writes in the ledger. */
export interface LaunchLedger {
  showPlan(plan: PlanId): Promise<StoredPlan>;
  /** Which of these streams have events: they were launched before, perhaps on a cluster that is gone. */
  begun(kind: 'task' | 'plan', streams: string[]): Promise<Set<string>>;
  finishLaunch(plan: PlanId): Promise<void>;
}

export function createLaunch(ledger: LaunchLedger, temporal: Client, installation: Installation): LaunchActivities {
  return {
    async startTasks({ plan, actor, from, count }) {
      const stored = await ledger.showPlan(plan);
      const tasks = stored.plan.tasks.slice(from, from + count);
      const begun = await ledger.begun('task', idsOf(tasks));
      const launch = launchOf(stored, actor);
      let started = 0;
      await atOnce(
        tasks.filter(({ id }) => !begun.has(id)),
        async (task) => {
          if (await start(temporal, 'reformTask', issueTask(task, launch, installation))) started += 1;
          beat(started);
        },
      );
      return { started, total: stored.plan.tasks.length };
    },

    async finishLaunch({ plan, actor }) {
      const stored = await ledger.showPlan(plan);
      const begun = await ledger.begun('plan', [plan]);
      if (stored.plan.reporting && !begun.has(plan)) {
        const options = issuePlanReports(stored.plan, launchOf(stored, actor), installation);
        await start(temporal, 'planReports', options);
      }
      await ledger.finishLaunch(plan);
    },
  };
}

function idsOf(tasks: { id: TaskId }[]): TaskId[] {
  return tasks.map(({ id }) => id);
}

/** What acceptance froze, so that a launch that is repeated or goes on tomorrow issues the same (R11). */
function launchOf({ plan, launchedAt, signedBy }: StoredPlan, actor: Actor): Launch {
  if (launchedAt === null || signedBy === null) throw new RangeError(`the launch of ${plan.id} was not accepted`);
  return { at: launchedAt, actor, office: plan.office, signedBy };
}

/** False when it ran before and ended well: that is done too (D14). */
async function start(temporal: Client, type: string, options: WorkflowStartOptions): Promise<boolean> {
  try {
    await temporal.workflow.start(type, options);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
