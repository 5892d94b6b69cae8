/** Letters as a table, the newest first. */
import { LETTER_STATES } from '../../client/mail-words';
import type { KnownLetter } from '../../client/reading/letter-json';
import { CHANNEL_NAMES } from '../../domain/channels';
import { nameOf } from '../../domain/notices';
import { instantText } from '../../domain/wording';
import { NextPage } from '../pages/next-page';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

interface LetterListProps {
  signedIn: SignedIn;
  letters: KnownLetter[];
  next: string | null;
  filters: { unit?: string | undefined; plan?: string | undefined; failed: boolean };
  plans: readonly { id: string; title: string }[];
}

export function LetterListPage({ signedIn, letters, next, filters, plans }: LetterListProps) {
  const { language, url } = signedIn;
  const text = words[language];
  return (
    <Page signedIn={signedIn} title={text.title} styles={['office']} wide>
      <form class="row filters" method="get" action="/letters">
        <div>
          <label for="unit">{text.unit}</label>
          <input id="unit" name="unit" value={filters.unit ?? ''} maxLength={100} placeholder={text.unitHelp} />
        </div>
        <div>
          <label for="plan">{text.plan}</label>
          <select id="plan" name="plan">
            <option value="">{text.everyPlan}</option>
            {plans.map(({ id, title }) => (
              <option key={id} value={id} selected={id === filters.plan}>
                {title} ({id})
              </option>
            ))}
          </select>
        </div>
        <label class="check">
          <input type="checkbox" name="failed" value="1" checked={filters.failed} />
          {text.failed}
        </label>
        <button type="submit" class="second">
          {text.find}
        </button>
      </form>
      {letters.length === 0 ? (
        <p class="empty">{text.none}</p>
      ) : (
        <Table card heads={[text.subject, text.to, text.channel, text.state, text.handed, text.answers]}>
          {letters.map((letter) => (
            <tr key={letter.id}>
              <th scope="row" class="name">
                <a href={`/letters/${letter.id}`}>{letter.subject}</a>
              </th>
              <td>
                {nameOf(letter.to.unit)} {letter.person ?? text.offices[letter.to.office]}
              </td>
              <td>{language === 'en' ? letter.channel : CHANNEL_NAMES[letter.channel]}</td>
              <td>
                <span class={hasFailed(letter) ? 'chip bad' : 'chip'}>
                  {LETTER_STATES[signedIn.language][letter.state]}
                </span>
              </td>
              <td class="day">{letter.handedAt && instantText(letter.handedAt, language)}</td>
              <td>{letter.answers.at(-1)?.who ?? ''}</td>
            </tr>
          ))}
        </Table>
      )}
      <NextPage language={language} url={url} next={next} />
    </Page>
  );
}

function hasFailed({ state, bouncedAt }: KnownLetter): boolean {
  return state === 'failed' || state === 'unsure' || bouncedAt !== null;
}
