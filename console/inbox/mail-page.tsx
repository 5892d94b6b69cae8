/** One mail of the inbox: what it says, why it lies here, and what can be done with it. */
import { REPLY_KINDS, REPLY_STATES } from '../../client/mail-words';
import { moveLabel } from '../../domain/move-labels';
import { nameOf } from '../../domain/notices';
import { instantText } from '../../domain/wording';
import type { Reply } from '../../ledger/replies';
import { CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';
import { words } from './words';

interface MailPageProps {
  signedIn: SignedIn;
  mail: Reply;
  said?: string;
  typed: Record<string, string>;
}

export function MailPage({ signedIn, mail, said, typed }: MailPageProps) {
  const { language, desk } = signedIn;
  const text = words[language];
  const may = desk.may('settleReply', mail.office === null ? {} : { office: mail.office }) === null;
  const waits = may && mail.state === 'open';
  return (
    <Page signedIn={signedIn} title={mail.subject || text.noSubject} styles={['office']}>
      <p class="soft">
        <a href="/inbox">{text.back}</a>
      </p>
      {said && (
        <p class="notice bad" role="alert">
          {said}
        </p>
      )}
      <section>
        <p>
          {instantText(mail.receivedAt, language)} · {mail.from ?? text.unknown} ·{' '}
          {mail.unit ? nameOf(mail.unit) : text.unknown} · {REPLY_KINDS[signedIn.language][mail.takenAs]} ·{' '}
          {REPLY_STATES[signedIn.language][mail.state]}
        </p>
        {mail.letter && (
          <p>
            {text.letter} <a href={`/letters/${mail.letter}`}>{mail.letter}</a>
          </p>
        )}
        {mail.doubts.length > 0 && (
          <ul>
            {mail.doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        )}
        {mail.settled && (
          <p>
            {text.settledBy} {mail.settled.by} {instantText(mail.settled.at, language)}
            {marks[language].colon}
            {mail.settled.how}
          </p>
        )}
      </section>
      {mail.moves.length > 0 && (
        <section>
          <h2>{text.moves}</h2>
          <ul>
            {mail.moves.map((one) => (
              <li key={one.moveId}>
                <a href={taskPath(one.task)}>{one.task}</a> {moveLabel(one.move.move, language)}
                {marks[language].colon}
                {text.outcomes[one.outcome ?? 'none']}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{text.body}</h2>
        <pre>{mail.body || text.noText}</pre>
        {mail.files.length > 0 && (
          <p>
            {text.files}
            {marks[language].colon}
            {mail.files.map(({ name }, i) => (
              <span key={`${i} ${name}`}>
                {i > 0 && marks[language].comma}
                {may ? <a href={`/inbox/${mail.id}/files/${i + 1}`}>{name}</a> : name}
              </span>
            ))}
          </p>
        )}
        {may && mail.whole && (
          <p>
            <a href={`/inbox/${mail.id}/whole`}>{text.whole}</a>
          </p>
        )}
      </section>
      {waits && mail.letter === null && (
        <section>
          <h2>{text.match}</h2>
          <form method="post" action={`/inbox/${mail.id}/match`} class="row">
            <CsrfField signedIn={signedIn} />
            <div>
              <label for="letter">{text.matchHelp}</label>
              <input id="letter" name="letter" maxLength={64} value={typed.letter ?? ''} required />
            </div>
            <button type="submit" class="second">
              {text.doMatch}
            </button>
          </form>
        </section>
      )}
      {waits && (
        <section>
          <h2>{text.settle}</h2>
          <form method="post" action={`/inbox/${mail.id}/settle`}>
            <CsrfField signedIn={signedIn} />
            <label for="how">{text.how}</label>
            <textarea id="how" name="how" rows={3} maxLength={500}>
              {typed.how ?? ''}
            </textarea>
            <p class="soft">{text.howHelp}</p>
            <button type="submit">{text.doSettle}</button>{' '}
            <button type="submit" class="second" name="ignore" value="1">
              {text.ignore}
            </button>
          </form>
        </section>
      )}
    </Page>
  );
}
