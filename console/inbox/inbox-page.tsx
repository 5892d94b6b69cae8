/** The inbox as a table, the oldest first. */
import { nameOf } from '../../domain/notices';
import type { Reply } from '../../ledger/replies';
import { instantText } from '../answers/instant-text';
import { Page } from '../pages/page';
import { SCROLLED } from '../pages/scrolled';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

export function InboxPage({ signedIn, mails, all }: { signedIn: SignedIn; mails: Reply[]; all: boolean }) {
  const text = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={text.title} styles={['office']} wide>
      <p>{all ? <a href="/inbox">{text.waiting}</a> : <a href="/inbox?all=1">{text.all}</a>}</p>
      {mails.length === 0 ? (
        <p class="empty">{text.none}</p>
      ) : (
        <section class="table" {...SCROLLED}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.received}</th>
                <th scope="col">{text.from}</th>
                <th scope="col">{text.unit}</th>
                <th scope="col">{text.kind}</th>
                <th scope="col">{text.state}</th>
                <th scope="col">{text.why}</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <tr key={mail.id}>
                  <td class="day">{instantText(mail.receivedAt)}</td>
                  <th scope="row" class="name">
                    <a href={`/inbox/${mail.id}`}>{mail.subject || text.noSubject}</a>
                    <br />
                    <span class="soft">{mail.from ?? text.unknown}</span>
                  </th>
                  <td>{mail.unit ? nameOf(mail.unit) : text.unknown}</td>
                  <td>{text.kinds[mail.takenAs]}</td>
                  <td>
                    <span class="chip">{text.states[mail.state]}</span>
                  </td>
                  <td>{mail.doubts.join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}
