/** What will happen to a task by itself, and when; what rests on an unpublished year is marked. */
import { alarmName, rungText } from '../../domain/event-words';
import type { Alarm } from '../../domain/task';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Alarms({ ground: { task }, language }: SectionProps) {
  const said = words[language];
  const rows = joined(task.alarms);
  return (
    <Section id="alarms" title={said.alarms}>
      {rows.length === 0 ? (
        <p class="soft">{said.noAlarms}</p>
      ) : (
        <ul class="alarm-list">
          {rows.map(({ alarm: { on, kind, rung, provisional }, count }) => (
            <li key={`${on} ${kind} ${rung}`}>
              <span class="day">{on}</span> {alarmName(kind, language)} {rungText(kind, rung, language)}
              {count > 1 && ` ×${count}`}
              {provisional && <span class="chip">{said.provisional}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** One line for what rings for several units at once. */
function joined(alarms: readonly Alarm[]): { alarm: Alarm; count: number }[] {
  const rows = new Map<string, { alarm: Alarm; count: number }>();
  for (const alarm of alarms) {
    const key = `${alarm.on} ${alarm.kind} ${alarm.rung}`;
    rows.set(key, { alarm, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  return [...rows.values()];
}
