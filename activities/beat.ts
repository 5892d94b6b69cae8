/** Heartbeats that are no concern of whoever runs the same code outside an activity: a command, a test. */
import { asyncLocalStorage, Context } from '@temporalio/activity';

/**
 * Tells the server that this activity goes on, with how far it is.
 * @throws CancelledFailure never: a round that is cancelled finishes the letter in its hands first
 */
export function beat(progress: number): void {
  if (asyncLocalStorage.getStore()) Context.current().heartbeat(progress);
}

/** Whether the server wants the activity to end. */
export function isCancelled(): boolean {
  return asyncLocalStorage.getStore() !== undefined && Context.current().cancellationSignal.aborted;
}
