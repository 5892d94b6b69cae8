/** What came of a move, as programs read it. */
import type { Day } from '../../domain/days';
import { lightOf } from '../../domain/light';
import type { Policy } from '../../domain/policy';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';

interface Made {
  /** As it was sent. */
  move: unknown;
  outcome: { moveId: string; events: { seq: number; at: string; type: string }[] };
  after: Task;
  policy: Policy;
  today: Day;
}

/** The move, its events, and the task as it stands after it. */
export async function moveJson(db: Db, { move, outcome, after, policy, today }: Made) {
  const next = after.alarms[0] ?? null;
  return {
    task: after.id,
    move,
    moveId: outcome.moveId,
    events: outcome.events,
    status: after.status,
    light: lightOf(after, await loadCalendar(db), policy, today),
    dueOn: after.dueOn,
    originalDueOn: after.originalDueOn,
    nextAlarm: next && { on: next.on, kind: next.kind, rung: next.rung, provisional: next.provisional },
  };
}
