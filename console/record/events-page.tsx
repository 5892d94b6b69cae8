/** Events as a table with their hashes, by task, plan, day and actor. */

import { eventName } from '../../domain/event-words';
import { instantText } from '../../domain/wording';
import type { LoggedEvent } from '../../ledger/event-log';
import { marks } from '../pages/marks';
import { NextPage } from '../pages/next-page';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

interface EventsPageProps {
  signedIn: SignedIn;
  events: LoggedEvent[];
  next: string | null;
  filters: { plan?: string; task?: string; on?: string; actor?: string };
}

export function EventsPage({ signedIn, events, next, filters }: EventsPageProps) {
  const { language, url } = signedIn;
  const text = words[language];
  const { plan, task, on, actor } = filters;
  const query = new URLSearchParams(
    Object.entries({ plan, task, on, actor }).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return (
    <Page signedIn={signedIn} title={text.events} styles={['office']} wide>
      <p class="soft">
        <a href="/record">{text.back}</a>
      </p>
      <form class="row filters" method="get" action="/record/events">
        <Field name="plan" label={text.plan} value={plan} />
        <Field name="task" label={text.task} value={task} />
        <Field name="on" label={text.day} value={on} type="date" />
        <Field name="actor" label={text.actor} value={actor} />
        <button type="submit" class="second">
          {text.find}
        </button>
      </form>
      <p>
        {text.export}
        {marks[language].colon}
        <a href={`/record/events.csv?${query}`}>CSV</a> · <a href={`/record/events.jsonl?${query}`}>JSON</a>
      </p>
      {events.length === 0 ? (
        <p class="empty">{text.none}</p>
      ) : (
        <Table card heads={[text.at, text.task, text.what, text.actor, text.hash]}>
          {events.map((event) => (
            <tr key={`${event.stream} ${event.seq}`}>
              <td class="day">{instantText(event.at, language)}</td>
              <td>
                {pathOf(event.stream) ? <a href={pathOf(event.stream)}>{idOf(event.stream)}</a> : idOf(event.stream)} #
                {event.seq}
              </td>
              <td>{eventName(event.type, language)}</td>
              <td>{event.actor.name}</td>
              <td class="hash">{event.hash}</td>
            </tr>
          ))}
        </Table>
      )}
      <NextPage language={language} url={url} next={next} />
    </Page>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value?: string;
  type?: 'date';
}

function Field({ name, label, value, type }: FieldProps) {
  return (
    <div>
      <label for={name}>{label}</label>
      {type === 'date' ? (
        <input id={name} name={name} type="date" value={value ?? ''} />
      ) : (
        <input id={name} name={name} value={value ?? ''} maxLength={90} />
      )}
    </div>
  );
}

function idOf(stream: string): string {
  return stream.slice(stream.indexOf('/') + 1);
}

/** The page of the task, where it is one. */
function pathOf(stream: string): string | undefined {
  return stream.startsWith('task/') ? `/plans/${idOf(stream).replace('/', '/tasks/')}` : undefined;
}
