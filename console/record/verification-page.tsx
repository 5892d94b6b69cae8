/** One verification: how far it is, or what it found; the first bad row by name. */
import type { VerificationRun } from '../../client/verifications';
import { instantText } from '../../domain/wording';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

export function VerificationPage({ signedIn, run }: { signedIn: SignedIn; run: VerificationRun }) {
  const { language } = signedIn;
  const text = words[language];
  const { report } = run;
  return (
    <Page
      signedIn={signedIn}
      title={`${text.verify}${marks[language].colon}${run.plan ?? text.whole}`}
      styles={['office']}
    >
      <p class="soft">
        <a href="/record">{text.back}</a> · {instantText(run.askedAt, language)} · {run.askedBy}
      </p>
      <section>
        <p
          class={run.state === 'good' ? 'notice good' : run.state === 'running' ? 'notice calm' : 'notice bad'}
          role="status"
        >
          {text.states[run.state]}
          {report &&
            `${marks[language].colon}${text.counted(report.streams, report.events, report.seals, report.files)}`}
        </p>
        {run.state === 'running' && (
          <>
            <progress value={run.streams} max={Math.max(run.ofStreams, 1)} aria-label={text.verify} />
            <p class="soft">
              {text.progress(run.streams, run.ofStreams)} {text.refresh}
            </p>
          </>
        )}
        {run.failure && <p>{run.failure}</p>}
        {report?.firstBad && (
          <>
            <h2>{text.firstBad}</h2>
            <dl>
              <div>
                <dt>{text.where}</dt>
                <dd>{report.firstBad.where}</dd>
              </div>
              <div>
                <dt>{text.row}</dt>
                <dd>{report.firstBad.row ?? '–'}</dd>
              </div>
              <div>
                <dt>{text.problem}</dt>
                <dd>{report.firstBad.problem}</dd>
              </div>
            </dl>
          </>
        )}
      </section>
    </Page>
  );
}
