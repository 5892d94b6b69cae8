/** What another calendar would move of a task, before anybody imports it (R6): its alarms to come, compared. Pure. */
import { agendaOf } from './agenda';
import type { WorkCalendar } from './calendar';
import type { Day } from './days';
import type { Policy } from './policy';
import type { AlarmKind, Task } from './task';

export interface MovedAlarm {
  kind: AlarmKind;
  rung: string;
  from: Day;
  /** Null: it would not ring any more. */
  to: Day | null;
}

/** Alarms that would ring on another day. A due date never moves. */
export function movedAlarms(task: Task, policy: Policy, before: WorkCalendar, after: WorkCalendar): MovedAlarm[] {
  const rest = { policy, directory: {}, ordinals: { slip: 1, urging: 1 }, openTasks: 1 };
  const later = new Map(agendaOf(task, { ...rest, calendar: after }).map((alarm) => [keyOf(alarm), alarm.on]));
  return agendaOf(task, { ...rest, calendar: before }).flatMap((alarm) => {
    const to = later.get(keyOf(alarm)) ?? null;
    return to === alarm.on ? [] : [{ kind: alarm.kind, rung: alarm.rung, from: alarm.on, to }];
  });
}

function keyOf({ kind, rung, about = '' }: { kind: string; rung: string; about?: string }): string {
  return `${kind} ${rung} ${about}`;
}
