/**
 * 任务 as a durable process: a clock with a queue in front. It decides nothing; `record` does, and its answer is in
 * history, so a changed calendar or rule never changes the past.
 */
import { CancellationScope, continueAsNew, currentUpdateInfo, setHandler, uuid4 } from '@temporalio/workflow';
import { SYSTEM, type TaskEvent } from '../domain/events';
import { fold } from '../domain/fold';
import type { Intent, Move } from '../domain/intents';
import { checkMove } from '../domain/move-check';
import { CLOSED, type Task } from '../domain/task';
import { alarmLoop, now } from './alarms';
import { checkRequest, rejectWith } from './check-request';
import type { MoveAnswer, MoveRequest, ReformTaskInput } from './messages';
import { deliverSignal, moveUpdate, recalendarSignal, searchAttributesOf, stateQuery } from './messages';
import { outgrown } from './outgrown';
import { calendarIntentId, Stream, summaryOf } from './stream';
import { showSearchAttributes } from './visibility';

type TaskStream = Stream<Task, TaskEvent, Intent>;

/**
 * Runs one task from its issue, from the ledger or from the run before, until it is closed. Cancelling the workflow
 * does nothing: a task is cancelled by a move, with a reason and a document (R31).
 * @throws ApplicationFailure `NotIssued` or `NotInLedger`
 */
export function reformTask(input: ReformTaskInput): Promise<void> {
  return CancellationScope.nonCancellable(async () => {
    const stream: TaskStream = new Stream({
      kind: 'task',
      id: input.id,
      fold,
      relaunch: (epoch) => ({ type: 'relaunch', id: `relaunch:${epoch}`, at: now(), actor: SYSTEM, epoch }),
      changed: (task) => showSearchAttributes(searchAttributesOf(task)),
    });
    const opened = stream.open(input.begin);
    const alarms = alarmLoop(stream, input.spreadMinutes, (id) =>
      stream.take({ type: 'ring', id, at: now(), actor: SYSTEM }),
    );

    // An update, because its sender must learn at once whether it was refused.
    setHandler(moveUpdate, (request) => takeMove(stream, request), { validator: (r) => validateMove(stream, r) });
    setHandler(deliverSignal, (fates) => takeAll(stream, fates));
    setHandler(recalendarSignal, async ({ calendar }) => {
      const id = calendarIntentId(calendar, stream.newest('calendarChanged'), stream.state);
      if (id !== null) await stream.take({ type: 'calendar', id, at: now(), actor: SYSTEM });
    });
    setHandler(stateQuery, () => ({ ...stream.view(), trouble: alarms.trouble }));

    await opened;
    const closed = () => stream.state !== null && CLOSED.includes(stream.state.status);
    await alarms.run(() => closed() || outgrown(input.eventsPerRun));
    if (closed() || stream.superseded) return;
    await continueAsNew<typeof reformTask>({ ...input, begin: { from: 'run', carried: stream.carry() } });
  });
}

/** The quick refusal (D1): no turn is waited for, and nothing is left in history. */
function validateMove(stream: TaskStream, request: MoveRequest<Move>): void {
  rejectWith(checkRequest(request, Date.now()));
  const { state } = stream;
  if (state && !stream.knows(updateId())) rejectWith(checkMove(state, request.move, request.actor));
}

async function takeMove(stream: TaskStream, { actor, receivedAt, move }: MoveRequest<Move>): Promise<MoveAnswer> {
  const intent: Intent = { type: 'move', id: updateId(), at: receivedAt, actor, move };
  return summaryOf(await stream.take(intent, (task) => checkMove(task, move, actor)));
}

async function takeAll(stream: TaskStream, intents: Intent[]): Promise<void> {
  for (const intent of intents) await stream.take(intent);
}

/** The move's id is the update's id (D4). */
function updateId(): string {
  return currentUpdateInfo()?.id ?? uuid4();
}
