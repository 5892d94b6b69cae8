/** The inbox as a table, the oldest first. */
import { REPLY_KINDS, REPLY_STATES } from '../../client/mail-words';
import { nameOf } from '../../domain/notices';
import { instantText } from '../../domain/wording';
import type { Reply } from '../../ledger/replies';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
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
        <Table card heads={[text.received, text.from, text.unit, text.kind, text.state, text.why]}>
          {mails.map((mail) => (
            <tr key={mail.id}>
              <td class="day">{instantText(mail.receivedAt, signedIn.language)}</td>
              <th scope="row" class="name">
                <a href={`/inbox/${mail.id}`}>{mail.subject || text.noSubject}</a>
                <br />
                <span class="soft">{mail.from ?? text.unknown}</span>
              </th>
              <td>{mail.unit ? nameOf(mail.unit) : text.unknown}</td>
              <td>{REPLY_KINDS[signedIn.language][mail.takenAs]}</td>
              <td>
                <span class="chip">{REPLY_STATES[signedIn.language][mail.state]}</span>
              </td>
              <td>{mail.doubts.join(' ')}</td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}
