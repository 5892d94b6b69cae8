/** Building alarms: the id says everything that makes an alarm the same one (D5). */
import { firstWorkingDayOfNextWeeks, isProvisional } from '../calendar';
import type { Day } from '../days';
import type { Context } from '../decider';
import type { EventDraft } from '../events';
import type { Alarm, AlarmKind, Task } from '../task';
import type { Turn } from './turn';

/** One alarm at 05:00 of a day, or at 00:00 for an expiry (R4). `key` is what, beside kind and rung, makes it the same. */
export function alarm(
  context: Context,
  kind: AlarmKind,
  key: string,
  rung: string | number,
  on: Day,
  more: { about?: string; time?: '00:00' } = {},
): Alarm {
  return {
    id: `${kind}:${key}:${rung}`,
    kind,
    rung: String(rung),
    on,
    time: more.time ?? '05:00',
    ...(more.about === undefined ? {} : { about: more.about }),
    provisional: isProvisional(context.calendar, on),
  };
}

/** The next weekly alarm (R13, R21, R25): the first working day of a week that begins after the last one said. */
export function weekly(context: Context, task: Task, kind: AlarmKind, key: string, about: string, after: Day): Alarm {
  const last = task.weeklies[`${kind}:${about}`];
  const since = last !== undefined && last > after ? last : after;
  const on = firstWorkingDayOfNextWeeks(context.calendar, since);
  return { ...alarm(context, kind, `${key}:${on}`, 'weekly', on), about };
}

/** An alarm that only tells somebody something. */
export function reminded(alarm: Alarm, turn: Turn, missed: boolean): EventDraft {
  const { id, kind, rung, about } = alarm;
  return { type: 'reminded', alarm: id, kind, rung, about: about ?? null, on: turn.on, missed };
}
