/** Whether anybody is there to do what is asked. */
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../../tools/processes';
import { CliFailure } from './failure';
import type { Session } from './session';

/** temporal.api.enums.v1.TaskQueueType: workflows. */
const WORKFLOWS = 1;
/** A worker that polled within this time is there: it asks again every minute at the latest. */
const ALIVE_MS = 70_000;
/** A worker that was killed is missed after its last poll has grown old. */
const LOOK_EVERY_MS = 5_000;
/** One that has just started asks for its first work in a moment. */
const APPEARS_WITHIN_MS = 3_000;

/** How many workers serve the task queue. Throws when Temporal cannot be reached. */
export async function countWorkers(session: Session): Promise<number> {
  const { temporal } = await session.desk();
  const { namespace, taskQueue } = session.config.temporal;
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOWS,
  });
  const lately = (pollers ?? []).filter(({ lastAccessTime }) => {
    const seconds = Number(lastAccessTime?.seconds ?? 0);
    return Date.now() - seconds * 1000 < ALIVE_MS;
  });
  return new Set(lately.map(({ identity }) => identity)).size;
}

/** For what would otherwise wait without a word. */
export async function requireWorker(session: Session): Promise<void> {
  const there = async () => (await countWorkers(session)) > 0;
  if (await waitFor(there, { withinMs: APPEARS_WITHIN_MS, everyMs: 250 })) return;
  const next = 'start one: duban worker, or duban up';
  throw new CliFailure(3, 'no-worker', '没有运行中的工作进程。', 'no worker serves the task queue', { next });
}

/**
 * Waits for what a worker does, as long as there is a worker: one that was killed is remembered by the server for a
 * minute.
 * @throws CliFailure `no-worker`; what was asked is done when a worker comes
 */
export async function whileServed<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await requireWorker(session);
  const done = work();
  // Whoever gives up waiting does not wait for its failure either.
  done.catch(() => undefined);
  for (;;) {
    const timer = new AbortController();
    const look = pause(LOOK_EVERY_MS, 'look' as const, { signal: timer.signal }).catch(() => 'look' as const);
    const first = await Promise.race([done.then((value) => ({ value })), look]).finally(() => timer.abort());
    if (first !== 'look') return first.value;
    await requireWorker(session);
  }
}
