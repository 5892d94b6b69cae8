/**
 * 下达 of a plan (D14): waits for its instant, then hands every task to a process of its own, fifty at a time. Safe to
 * repeat: what was started stays started. Whether the plan may be launched was decided before (R11).
 */
import { continueAsNew, setHandler, sleep } from '@temporalio/workflow';
import { type LaunchPlanInput, type LaunchProgress, progressQuery } from './messages';
import { outgrown } from './outgrown';
import { launchActivities } from './proxies';

/** Seconds of work on a slow cluster: little is lost when an attempt is. */
const BATCH = 50;

/** @returns how many tasks the plan has and how many of them were started here */
export async function launchPlan(input: LaunchPlanInput): Promise<LaunchProgress> {
  const { plan, actor, launchAt } = input;
  const progress: LaunchProgress = input.progress ?? { stage: 'waiting', done: 0, started: 0, total: null };
  setHandler(progressQuery, () => progress);

  // A timer, not a start delay: an update would wake that at once.
  const wait = Date.parse(launchAt) - Date.now();
  if (wait > 0) await sleep(wait, { summary: `launch ${plan}` });

  progress.stage = 'starting';
  while (progress.total === null || progress.done < progress.total) {
    const batch = await launchActivities.startTasks({ plan, actor, from: progress.done, count: BATCH });
    progress.done = Math.min(progress.done + BATCH, batch.total);
    progress.started += batch.started;
    progress.total = batch.total;
    if (outgrown()) await continueAsNew<typeof launchPlan>({ ...input, progress });
  }
  await launchActivities.finishLaunch({ plan, actor });
  progress.stage = 'done';
  return progress;
}
