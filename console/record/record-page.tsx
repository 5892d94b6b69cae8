/** Where an auditor begins: verify, the verifications so far, seals, and the way to events and papers. */
import type { VerificationRun } from '../../client/verifications';
import { instantText } from '../../domain/wording';
import type { PlanRow } from '../../ledger/plans';
import { CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

interface RecordPageProps {
  signedIn: SignedIn;
  plans: PlanRow[];
  runs: VerificationRun[];
  seals: { plan: string; on: string; hash: string }[];
  said?: string;
}

export function RecordPage({ signedIn, plans, runs, seals, said }: RecordPageProps) {
  const { language } = signedIn;
  const text = words[language];
  const seesAll = signedIn.desk.sight === 'everything';
  return (
    <Page signedIn={signedIn} title={text.title} styles={['office']} wide>
      {said && (
        <p class="notice bad" role="alert">
          {said}
        </p>
      )}
      <p>
        <a class="button second" href="/record/events">
          {text.events}
        </a>
      </p>
      <section>
        <h2>{text.verify}</h2>
        <p class="soft">{text.verifyHelp}</p>
        <form method="post" action="/record/verify" class="row">
          <CsrfField signedIn={signedIn} />
          <div>
            <label for="plan">{text.scope}</label>
            <select id="plan" name="plan">
              {seesAll && <option value="">{text.whole}</option>}
              {plans.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </div>
          <button type="submit">{text.start}</button>
        </form>
        {runs.length === 0 ? (
          <p class="empty">{text.noRuns}</p>
        ) : (
          <Table heads={[text.asked, text.by, text.scope, text.result]}>
            {runs.map((run) => (
              <tr key={run.id}>
                <td class="day">
                  <a href={`/record/verifications/${run.id}`}>{instantText(run.askedAt, language)}</a>
                </td>
                <td>{run.askedBy}</td>
                <td>{run.plan ?? text.whole}</td>
                <td>
                  <span class={run.state === 'bad' ? 'chip bad' : 'chip'}>{text.states[run.state]}</span>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      <section>
        <h2>{text.papers}</h2>
        <ul>
          {plans
            .filter(({ status }) => status === 'launched')
            .map(({ id, title }) => (
              <li key={id}>
                {title}
                {marks[language].colon}
                <a href={`/plans/${id}/ledger`}>{text.ledger}</a> ·{' '}
                <a href={`/plans/${id}/evidence`}>{text.evidence}</a> ·{' '}
                <a href={`/record/events?plan=${id}`}>{text.events}</a>
              </li>
            ))}
        </ul>
      </section>
      <section>
        <h2>{text.seals}</h2>
        {seals.length === 0 ? (
          <p class="empty">{text.noSeals}</p>
        ) : (
          <Table heads={[text.sealedOn, text.plan, text.seal]}>
            {seals.map(({ plan, on, hash }) => (
              <tr key={`${plan} ${on}`}>
                <td class="day">{on}</td>
                <td>{plan}</td>
                <td class="hash">{hash}</td>
              </tr>
            ))}
          </Table>
        )}
      </section>
    </Page>
  );
}
