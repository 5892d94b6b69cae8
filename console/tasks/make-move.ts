/** A move on its way from a form: what can come of it, with everything that is no answer told apart. */
import { randomUUID } from 'node:crypto';
import type { MoveOutcome } from '../../client';
import { UnknownOutcome, Unreachable } from '../../client';
import type { Changed, UserDesk, UserMoveOptions } from '../../client/as-user';
import type { Move } from '../../domain/intents';
import type { TaskId } from '../../domain/plan';
import { LedgerUnavailable } from '../../ledger/errors';

export type Made = MoveOutcome | Changed | { outcome: 'unknown' };

/** Sends it; an outcome that nobody knows is one of its answers (D15). */
export async function makeMove(desk: UserDesk, task: TaskId, move: Move, options: UserMoveOptions): Promise<Made> {
  try {
    return await desk.move(task, move, options);
  } catch (error) {
    if (error instanceof UnknownOutcome || error instanceof Unreachable || error instanceof LedgerUnavailable)
      return { outcome: 'unknown' };
    throw error;
  }
}

const MOVE_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The id that a form carries. Only one of our own kind: an id chosen by its sender could be that of an alarm to come. */
export function moveIdIn(typed: unknown): string {
  return typeof typed === 'string' && MOVE_ID.test(typed) ? typed : randomUUID();
}

/** The number of the last event that the form's reader saw; undefined where the form does not say. */
export function seenIn(typed: unknown): number | undefined {
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
}
