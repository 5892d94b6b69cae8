/** What a task is: its light with its reason, its dates and why they moved, and the document's own words. */

import type { Day } from '../../domain/days';
import { eventName, eventText } from '../../domain/event-words';
import type { TaskEvent } from '../../domain/events';
import { statusLabel } from '../../domain/labels';
import { nameOf } from '../../domain/notices';
import { LightOf } from '../pages/light';
import { Fact, Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Facts({ ground, language, today }: SectionProps & { today: Day }) {
  const { task, light, planTask, planTitle } = ground;
  const said = words[language];
  const { declaration, grace, extension, suspendedOn, conditionText } = task;
  const moved = task.originalDueOn !== null && task.originalDueOn !== task.dueOn;
  const why = moved ? ground.events.findLast(movesDate) : undefined;
  return (
    <Section id="facts" title={statusLabel(task.status, language)}>
      <p class="big-light">
        <LightOf light={light} language={language} />
      </p>
      <dl>
        <Fact name={said.plan}>
          <a href={`/plans/${task.plan}`}>{planTitle}</a>
        </Fact>
        <Fact name={said.due}>
          <strong class={task.dueOn !== null && task.dueOn < today && task.status === 'open' ? 'late' : undefined}>
            {task.dueOn ?? said.none}
          </strong>
          {task.dueOn !== null && task.inPrinciple && ` ${said.inPrinciple}`}
          {moved && ` (${said.originally} ${task.originalDueOn})`}
        </Fact>
        <Fact name={said.whyMoved}>{why ? `${eventName(why.type, language)}: ${eventText(why, language)}` : null}</Fact>
        <Fact name={said.twoTrack}>
          {declaration &&
            `${said.ifReady} ${task.readyOn}, ${said.ifNotReady} ${task.notReadyOn}; ${said.declareBy} ${declaration.askOn} (${said.declaration[declaration.state]})`}
        </Fact>
        <Fact name={said.condition}>{conditionText}</Fact>
        <Fact name={said.grace}>{grace && grace.dueOn === task.dueOn ? grace.limitOn : null}</Fact>
        <Fact name={said.suspendedSince}>{suspendedOn}</Fact>
        <Fact name={said.issued}>
          {task.issuedOn} ({said.signedBy} {task.signedBy})
        </Fact>
        <Fact name={said.extension}>
          {extension &&
            `${nameOf(extension.unit)} ${said.until} ${extension.to}; ${said.decideBy} ${extension.decideBy}; ${said.reason}: ${extension.reason}; ${said.progress}: ${extension.progress}`}
        </Fact>
      </dl>
      {planTask && planTask.content !== '' && (
        <details open={planTask.content.length < 400}>
          <summary>{said.content}</summary>
          <p class="worded">{planTask.content}</p>
        </details>
      )}
      {planTask && planTask.measures.length > 0 && (
        <details>
          <summary>
            {said.measures} ({planTask.measures.length})
          </summary>
          <ol class="worded">
            {planTask.measures.map((measure) => (
              <li key={measure}>{measure}</li>
            ))}
          </ol>
        </details>
      )}
    </Section>
  );
}

/** The document's own date is no move of it. */
function movesDate(event: TaskEvent): boolean {
  return event.type !== 'issued' && event.type !== 'declared' && 'dueOn' in event && 'coveredOn' in event
    ? true
    : event.type === 'resumed';
}
