/** `/plans/:plan/launch`: what stands in the way, the signature, and how far it is. */
import { timeText } from '../../client/plan-words';
import type { LaunchProblem } from '../../domain/rules/issue';
import { unitsOf } from '../../domain/rules/issue';
import { numberOf } from '../../domain/task-ids';
import type { StoredPlan } from '../../ledger/plans';
import { isMostlyPast } from '../drafting/mostly-past';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { type LaunchWords, words } from './words';

export interface LaunchPageProps {
  signedIn: SignedIn;
  stored: StoredPlan;
  problems: readonly LaunchProblem[];
  typed: { signedBy: string; at: string };
  /** Why the last try was refused. */
  said: readonly string[];
  /** Why the user may not launch it; null where he may. */
  mayNot: string | null;
  /** Tasks that are started. */
  done: number;
  now: string;
}

export function LaunchPage(props: LaunchPageProps) {
  const { signedIn, stored, said } = props;
  const w = words[signedIn.language];
  const { plan, status } = stored;
  return (
    <Page signedIn={signedIn} title={w.title(plan.title)} styles={['launching']}>
      <p class="soft">
        {`${plan.id} · `}
        <a href={`/plans/${plan.id}/draft`}>{w.back}</a> · <a href={`/plans/${plan.id}/rehearsal`}>{w.rehearse}</a>
      </p>
      {said.length > 0 && (
        <div class="refused" role="alert">
          {said.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {status === 'draft' ? <Draft {...props} w={w} /> : <Under {...props} w={w} />}
    </Page>
  );
}

type Part = LaunchPageProps & { w: LaunchWords };

function Draft({ w, signedIn, stored, problems, typed, mayNot }: Part) {
  const { plan, revision } = stored;
  return (
    <>
      <section>
        {problems.length === 0 ? <p>{w.ready}</p> : <Problems {...{ w, signedIn, stored, problems }} />}
      </section>
      <section>
        <h2>{w.form}</h2>
        {mayNot !== null && <p class="refused">{`${w.mayNot}${mayNot}`}</p>}
        <p class="soft">{w.what2(plan.tasks.length, unitsOf(plan).length - 1)}</p>
        <form method="post" action={`/plans/${plan.id}/launch`}>
          <CsrfField signedIn={signedIn} />
          <input type="hidden" name="revision" value={revision} />
          <label for="signedBy">{w.signedBy}</label>
          <input id="signedBy" name="signedBy" value={typed.signedBy} required maxLength={60} />
          <p class="soft">{w.signedByHint}</p>
          <label for="at">{w.at}</label>
          <input id="at" name="at" type="datetime-local" value={typed.at} />
          <label class="tick">
            <input type="checkbox" name="confirm" value="yes" required />
            {w.confirm}
          </label>
          <button type="submit" disabled={mayNot !== null}>
            {w.launch}
          </button>
        </form>
      </section>
    </>
  );
}

/** As many as a screen takes; the draft's own page has them all. */
const MOST_PROBLEMS = 100;

function Problems({ w, signedIn, stored, problems }: Pick<Part, 'w' | 'signedIn' | 'stored' | 'problems'>) {
  const { plan } = stored;
  return (
    <>
      <p class="refused">{w.blocked(problems.length)}</p>
      {isMostlyPast(problems, plan) && (
        <p>
          <a href={`/plans/${plan.id}/draft#reissue`}>{w.mostlyPast}</a>
        </p>
      )}
      <Table heads={[w.where, w.what, null]}>
        {problems.slice(0, MOST_PROBLEMS).map(({ task, code, zh, en }) => {
          const number = task && numberOf(task);
          const href =
            number === null
              ? `/units/${encodeURIComponent(plan.office)}`
              : `/plans/${plan.id}/draft?edit=${number}#t-${number}`;
          return (
            <tr key={`${task} ${code} ${zh}`}>
              <td>{number ?? w.whole}</td>
              <td>{signedIn.language === 'en' ? en : zh}</td>
              <td>
                <a href={href} aria-label={`${w.mend} ${number ?? w.whole} ${zh}`}>
                  {w.mend}
                </a>
              </td>
            </tr>
          );
        })}
      </Table>
      {problems.length > MOST_PROBLEMS && <a href={`/plans/${plan.id}/draft?blocked=yes#tasks`}>{w.mend}</a>}
    </>
  );
}

/** Accepted: waiting for its instant, starting, or done. */
function Under({ w, signedIn, stored, done, now, mayNot }: Part) {
  const { plan, status, launchedAt, signedBy } = stored;
  const at = timeText(launchedAt) ?? '';
  const total = plan.tasks.length;
  const here = `/plans/${plan.id}`;
  if (status === 'launched') {
    return (
      <section>
        <p role="status">{w.launched(at, signedBy ?? '')}</p>
        <p>
          <a class="button" href={here}>
            {w.toTasks}
          </a>
        </p>
      </section>
    );
  }
  const isWaiting = launchedAt !== null && launchedAt > now;
  return (
    <section>
      <p role="status">{isWaiting ? w.waiting(at) : w.starting(done, total)}</p>
      {!isWaiting && <progress value={done} max={total} aria-label={w.progress} />}
      <p class="soft">{w.auto}</p>
      <p>
        <a class="button second" href={`${here}/launch`}>
          {w.refresh}
        </a>
      </p>
      {mayNot === null && (
        <form method="post" action={`${here}/launch/resume`}>
          <CsrfField signedIn={signedIn} />
          <button type="submit" class="quiet">
            {w.resume}
          </button>
          <p class="soft">{w.resumeHint}</p>
        </form>
      )}
    </section>
  );
}
