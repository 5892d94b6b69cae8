/** What came of a move, as programs read it. */
import type { Day } from '../../domain/days';
import type { Move } from '../../domain/intents';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { lightOn } from '../../ledger/tasks';

interface Made {
  move: Move;
  outcome: { moveId: string; events: { seq: number; at: string; type: string }[] };
  after: Task;
  today: Day;
}

export type MoveJson = Awaited<ReturnType<typeof moveJson>>;

/** The move, its events, and the task as it stands after it. */
export async function moveJson(db: Db, { move, outcome: { moveId, events }, after, today }: Made) {
  const next = after.alarms[0] ?? null;
  return {
    task: after.id,
    move,
    moveId,
    events,
    status: after.status,
    light: await lightOn(db, after, await loadCalendar(db), today),
    dueOn: after.dueOn,
    originalDueOn: after.originalDueOn,
    nextAlarm: next && { on: next.on, kind: next.kind, rung: next.rung, provisional: next.provisional },
  };
}
