/** Letters about a task with their fate on each channel, and what was answered to them. */
import { LETTER_STATES, PARCEL_STATES } from '../../client/mail-words';
import { CHANNEL_NAMES } from '../../domain/channels';
import { minuteOf } from '../../domain/days';
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { TaskMailLetter } from '../../ledger/letters/of-task';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

/** A unit that is silent for a year gets a letter a week. */
const SHOWN = 20;

export function Mail({ ground: { letters, answers }, language }: SectionProps) {
  const said = words[language];
  const older = letters.slice(SHOWN);
  return (
    <Section id="letters" title={`${said.letters} (${letters.length})`}>
      {letters.length === 0 ? (
        <p class="soft">{said.noLetters}</p>
      ) : (
        <Letters letters={letters.slice(0, SHOWN)} language={language} />
      )}
      {older.length > 0 && (
        <details>
          <summary>{`… ${older.length}`}</summary>
          <Letters letters={older} language={language} />
        </details>
      )}
      <h3>{said.answers}</h3>
      {answers.length === 0 ? (
        <p class="soft">{said.noAnswers}</p>
      ) : (
        <ul>
          {answers.map(({ what, unit, who, at, outcome }) => (
            <li key={`${at} ${unit} ${what}`}>
              {minuteOf(at)} {unit && nameOf(unit)} {who}: {what} <span class="chip">{said.answerStates[outcome]}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Letters({ letters, language }: { letters: readonly TaskMailLetter[]; language: Language }) {
  return (
    <ul class="letters-list">
      {letters.map(({ id, to, subject, slotAt, state, channel, parcels, answer }) => (
        <li key={id}>
          <span class="when soft">{minuteOf(slotAt)}</span> <a href={`/letters/${id}`}>{subject}</a> {nameOf(to.unit)}{' '}
          <span class={`chip ${state === 'failed' ? 'late' : ''}`}>
            {CHANNEL_NAMES[channel]} {LETTER_STATES[language][state]}
          </span>
          {parcels
            .filter((parcel) => parcel.channel !== channel)
            .map((parcel) => (
              <span key={parcel.channel} class="chip" title={parcel.answer ?? undefined}>
                {CHANNEL_NAMES[parcel.channel]} {PARCEL_STATES[language][parcel.state]}
              </span>
            ))}
          {state === 'failed' && answer && <span class="soft"> {answer.slice(0, 200)}</span>}
        </li>
      ))}
    </ul>
  );
}
