/**
 * When rounds are held and plans are sealed: schedules of the server, so that they survive every process of ours. In
 * Asia/Shanghai; whether a day is a working day is for the round to find out (D18).
 */
import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';

/** What a round may miss and still be held for: the afternoon's is five and a half hours after the morning's (D18). */
const ROUTINE_CATCH_UP = '4h';
/** The next urgent round is five minutes away. */
const URGENT_CATCH_UP = '10m';
/** From eight in the evening to midnight: later, a seal would be of the next day. */
const SEAL_CATCH_UP = '4h';

/** A round that still runs is not joined by a second one. */
const OVERLAP = 'SKIP';

/** Makes the schedules, or brings them to what they are now. Safe to repeat, and to do from several workers. */
export async function ensureSchedules(temporal: Client, taskQueue: string): Promise<void> {
  for (const schedule of schedules(taskQueue)) {
    try {
      await temporal.schedule.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const { spec, action, policies } = schedule;
      // A schedule that an operator paused stays paused.
      const handle = temporal.schedule.getHandle(schedule.scheduleId);
      await handle.update(({ state }) => ({ spec, action, policies, state }));
    }
  }
}

function schedules(taskQueue: string) {
  const every = (
    scheduleId: string,
    cronExpressions: string[],
    catchupWindow: `${number}${'h' | 'm'}`,
    action: { workflowType: string; args: string[] },
  ) =>
    ({
      scheduleId,
      spec: { cronExpressions, timezone: 'Asia/Shanghai' },
      policies: { overlap: OVERLAP, catchupWindow },
      action: { type: 'startWorkflow', workflowId: scheduleId, taskQueue, ...action },
    }) satisfies ScheduleOptions;
  return [
    every('round/routine', ['0 9 * * *', '30 14 * * *'], ROUTINE_CATCH_UP, {
      workflowType: 'mailRound',
      args: ['routine'],
    }),
    every('round/urgent', ['30-59/5 8 * * *', '*/5 9-17 * * *', '0 18 * * *'], URGENT_CATCH_UP, {
      workflowType: 'mailRound',
      args: ['urgent'],
    }),
    every('seal', ['0 20 * * *'], SEAL_CATCH_UP, { workflowType: 'sealDay', args: [] }),
  ];
}
