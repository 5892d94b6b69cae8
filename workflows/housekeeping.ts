/** Short processes that go over everything once: the daily seal, a changed calendar, a relaunch. */
import { workflowInfo } from '@temporalio/workflow';
import type { ReachActivities } from '../activities/reach-streams';
import type { SealActivities } from '../activities/seal-plans';
import { sweepActivities } from './proxies';

/** Seals every plan for the day on which this was started (D11), however late a worker takes it up. */
export function sealDay(): ReturnType<SealActivities['sealPlans']> {
  return sweepActivities.sealPlans(workflowInfo().startTime.toISOString());
}

/** Tells every open task and plan that the working calendar is another one (R6). */
export function tellCalendar(calendar: string): ReturnType<ReachActivities['tellCalendar']> {
  return sweepActivities.tellCalendar(calendar);
}

/** Starts everything that is open anew from the ledger, in a new epoch (D9). */
export function relaunchAll(what: { plan: string | null }): ReturnType<ReachActivities['relaunchStreams']> {
  return sweepActivities.relaunchStreams(what);
}
