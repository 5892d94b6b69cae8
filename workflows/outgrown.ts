/** When a run has grown so long that the next one should go on (D16). */
import { workflowInfo } from '@temporalio/workflow';

/** A task-year is under 300 events (D17): most tasks never get there, and a replay of this many takes milliseconds. */
const EVENTS_PER_RUN = 1_000;

/** Whether history is as long as it should get, by our number or the server's. */
export function outgrown(eventsPerRun = EVENTS_PER_RUN): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= eventsPerRun;
}
