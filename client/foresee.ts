/** What a move would come to if it were made now: by the same functions that will decide it, writing nothing. */
import { dayOf } from '../domain/days';
import type { Move } from '../domain/intents';
import { moveChoice } from '../domain/move-choices';
import { isRefusal, type Refusal, refuse } from '../domain/refusals';
import { stepTask } from '../domain/step';
import type { Task } from '../domain/task';
import { createGather } from '../ledger/gather';
import type { UserDesk } from './as-user';

/** Foresees for one user; keeps the calendar between calls. */
export function foresight(desk: UserDesk): (task: Task, move: Move, at: string) => Promise<Refusal | null> {
  const gather = createGather();
  return async (task, move, at) => {
    const choice = moveChoice(task, desk.user, move.move, dayOf(at));
    if (!choice) return desk.may(move.move, { office: task.office }) ?? refuse('not-your-role', { needed: '' });
    const intent = { id: 'foreseen', at, actor: choice.actor, type: 'move' as const, move };
    const request = { kind: 'task' as const, stream: task.id, epoch: 0, expectedSeq: task.seq, intent };
    const step = stepTask(task, intent, await gather(desk.desk.db, request, task));
    return isRefusal(step) ? step : null;
  };
}
