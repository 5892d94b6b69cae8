/** Heartbeats that are no concern of whoever runs the same code outside an activity: a command, a test. */
import { asyncLocalStorage, Context } from '@temporalio/activity';

/** Tells the server that this activity goes on, with how far it is. */
export function beat(progress: number): void {
  if (asyncLocalStorage.getStore()) Context.current().heartbeat(progress);
}

/** Whether the server wants the activity to end. The letter in its hands is finished first. */
export function isCancelled(): boolean {
  return asyncLocalStorage.getStore() !== undefined && Context.current().cancellationSignal.aborted;
}
