/** One letter as it was sent, and what became of it on each channel. */

import type { ComponentChildren } from 'preact';
import { LETTER_STATES, PARCEL_STATES } from '../../client/mail-words';
import type { ReadLetter } from '../../client/reading/letter-json';
import { CHANNEL_NAMES, type ChannelKind } from '../../domain/channels';
import { nameOf } from '../../domain/notices';
import { numberOf } from '../../domain/task-ids';
import { instantText } from '../../domain/wording';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';
import { words } from './words';

export function LetterPage({ signedIn, found }: { signedIn: SignedIn; found: ReadLetter }) {
  const { language } = signedIn;
  const text = words[language];
  const { letter, truth } = found;
  const channel = (kind: ChannelKind) => (language === 'en' ? kind : CHANNEL_NAMES[kind]);
  return (
    <Page signedIn={signedIn} title={letter.subject} styles={['office']}>
      <p class="soft">
        <a href="/letters">{text.back}</a> · {letter.id}
      </p>
      <section>
        <dl>
          <Row name={text.to}>
            {nameOf(letter.to.unit)} {text.offices[letter.to.office]} {letter.person ?? text.nobody}
          </Row>
          <Row name={text.address}>
            {channel(letter.channel)} {letter.address ?? text.nobody}
          </Row>
          <Row name={text.round}>
            {letter.on} {letter.round === 'urgent' ? text.urgent : letter.round}
          </Row>
          <Row name={text.state}>
            {LETTER_STATES[signedIn.language][letter.state]}
            {letter.handedAt && ` ${instantText(letter.handedAt, language)}`}
          </Row>
          {letter.answer && <Row name={text.serverSaid}>{letter.answer}</Row>}
          {truth.bouncedAt && (
            <Row name={text.returned}>
              {instantText(truth.bouncedAt, language)} {truth.bounce ?? ''}
            </Row>
          )}
          {truth.openedAt && <Row name={text.opened}>{instantText(truth.openedAt, language)}</Row>}
          {truth.answers.map(({ by, at, who, state }) => (
            <Row name={by === 'link' ? text.link : text.reply} key={at}>
              {instantText(at, language)} {who ?? ''} {state === 'open' && <a href="/inbox">{text.open}</a>}
            </Row>
          ))}
        </dl>
      </section>
      {letter.parcels.length > 0 && (
        <section>
          <h2>{text.byChannel}</h2>
          <ul>
            {letter.parcels.map((parcel) => (
              <li key={`${parcel.channel} ${parcel.address}`}>
                {channel(parcel.channel)} {parcel.address}
                {marks[signedIn.language].colon}
                {PARCEL_STATES[signedIn.language][parcel.state]}
                {parcel.answer && <span class="soft"> {parcel.answer}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{text.notices}</h2>
        <ul>
          {letter.notices.map((notice) => (
            <li key={notice.id}>
              {notice.task && <a href={taskPath(notice.task)}>{numberOf(notice.task)}</a>} {notice.text}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{text.said}</h2>
        <p class="soft">{text.links}</p>
        {found.html === null ? (
          <pre>{found.text ?? text.nothing}</pre>
        ) : (
          <>
            <iframe class="letter" src={`/letters/${letter.id}/html`} title={text.said} sandbox="" />
            <details>
              <summary>{text.asText}</summary>
              <pre>{found.text ?? text.nothing}</pre>
            </details>
          </>
        )}
      </section>
    </Page>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
