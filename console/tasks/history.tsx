/** Everything that happened to a task, in words, the newest first. */

import { minuteOf } from '../../domain/days';
import { eventName, eventText } from '../../domain/event-words';
import type { TaskEvent } from '../../domain/events';
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

/** A task of a year has some dozens; what is older is one click away. */
const SHOWN = 40;

export function History({ ground: { events }, language }: SectionProps) {
  const said = words[language];
  const newest = [...events].reverse();
  const older = newest.slice(SHOWN);
  return (
    <Section id="history" title={`${said.history} (${events.length})`}>
      <Events events={newest.slice(0, SHOWN)} language={language} />
      {older.length > 0 && (
        <details>
          <summary>{`… ${older.length}`}</summary>
          <Events events={older} language={language} />
        </details>
      )}
    </Section>
  );
}

/** A list of events; also what another did meanwhile. */
export function Events({ events, language }: { events: readonly TaskEvent[]; language: Language }) {
  const said = words[language];
  return (
    <ol class="events">
      {events.map((event) => (
        <li key={event.seq}>
          <span class="when soft">{minuteOf(event.at)}</span> <strong>{eventName(event.type, language)}</strong>{' '}
          <span class="worded">{eventText(event, language)}</span>
          <span class="soft">
            {' '}
            {event.actor.role === 'system'
              ? said.engine
              : `${event.actor.name}${event.actor.unit ? ` (${nameOf(event.actor.unit)})` : ''}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
