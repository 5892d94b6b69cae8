/** `/plans/:plan/draft`: a draft's tasks with what is still to be settled at each, corrections in place. */
import { changeText } from '../../client/drafts/change-text';
import { deadlineText, names, timeText } from '../../client/plan-words';
import { DIAGNOSTICS, type DiagnosticCode } from '../../documents/diagnostics';
import { nameOf } from '../../domain/notices';
import type { PlanTask } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';
import { numberOf } from '../../domain/task-ids';
import type { Unit } from '../../domain/unit';
import type { StoredPlan } from '../../ledger/plans';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { EditForm, Said, Text, UnitNames } from './edit-form';
import type { EditValues } from './edit-values';
import { LAST_YEAR } from './import-form';
import { isMostlyPast } from './mostly-past';
import { Pager } from './pager';
import type { Paged } from './paging';
import { Doubts, TaskFacts } from './task-parts';
import { type DraftWords, words } from './words';

export interface DraftPageProps {
  signedIn: SignedIn;
  stored: StoredPlan;
  /** Units of the plan's city. */
  units: readonly Unit[];
  problems: readonly LaunchProblem[];
  paged: Paged<PlanTask>;
  onlyBlocked: boolean;
  /** Why the last try was refused. */
  said: readonly string[];
  /** What was done. */
  done: string | null;
  /** Whether the user may correct it. */
  mayEdit: boolean;
  editing: { number: string; values: EditValues; said: readonly string[] } | null;
}

export function DraftPage(props: DraftPageProps) {
  const { signedIn, stored, units, problems, said, done, mayEdit } = props;
  const w = words[signedIn.language];
  const { plan, revision, status } = stored;
  const here = `/plans/${plan.id}`;
  const isDraft = status === 'draft';
  return (
    <Page signedIn={signedIn} title={plan.title} styles={['drafting']} wide>
      <p class="soft">
        <span class="chip">{isDraft ? w.draft : plan.id}</span>{' '}
        {[plan.id, plan.number, plan.issuer, plan.issuedOn, w.revision(revision)].filter(Boolean).join(' · ')}
      </p>
      {done !== null && (
        <p class="done" role="status">
          {done}
        </p>
      )}
      <Said lines={said} />
      <UnitNames units={units} />
      {isDraft ? (
        <section>
          <p>{problems.length > 0 ? w.blocked(problems.length) : w.canLaunch}</p>
          {isMostlyPast(problems, plan) && (
            <p>
              <a href="#reissue">{w.mostlyPast}</a>
            </p>
          )}
          {problems
            .filter(({ task }) => task === null)
            .map((problem) => (
              <p key={problem.code} class="refused">
                {signedIn.language === 'en' ? problem.en : problem.zh}{' '}
                <a href={`/units/${encodeURIComponent(plan.office)}`}>{nameOf(plan.office)}</a>
              </p>
            ))}
          <p class="row">
            <a class="button second" href={`${here}/rehearsal`}>
              {w.rehearse}
            </a>
            {mayEdit && (
              <a class="button second" href={`${here}/draft/policy`}>
                {w.policy}
              </a>
            )}
            <a class="button" href={`${here}/launch`}>
              {w.launch}
            </a>
          </p>
        </section>
      ) : (
        <section>
          <p>{w.launched}</p>
          <p>
            <a class="button" href={here}>
              {w.toTasks}
            </a>
          </p>
        </section>
      )}
      <Tasks {...props} w={w} mayEdit={mayEdit && isDraft} />
      {mayEdit && (
        <div class="cards">
          {isDraft && <HeadForm {...props} w={w} />}
          {isDraft && <Workbook {...props} w={w} />}
          <Reissue {...props} w={w} />
        </div>
      )}
      <History {...props} w={w} />
    </Page>
  );
}

type Part = DraftPageProps & { w: DraftWords };

function Tasks(props: Part) {
  const { w, stored, paged, onlyBlocked } = props;
  const here = `/plans/${stored.plan.id}/draft`;
  const page = (n: number) => `${here}?page=${n}${onlyBlocked ? '&blocked=yes' : ''}#tasks`;
  return (
    <section id="tasks">
      <h2>{w.tasks}</h2>
      {stored.status === 'draft' && (
        <p>
          <a href={onlyBlocked ? `${here}#tasks` : `${here}?blocked=yes#tasks`}>
            {onlyBlocked ? w.showAll : w.showBlocked}
          </a>
        </p>
      )}
      <Pager w={w} paged={paged} href={page} />
      {paged.items.length === 0 && <p class="empty">{w.noneDoubtful}</p>}
      {paged.items.map((task) => (
        <Task key={task.id} {...props} task={task} />
      ))}
      <Pager w={w} paged={paged} href={page} />
    </section>
  );
}

function Task(props: Part & { task: PlanTask }) {
  const { w, signedIn, stored, units, problems, paged, onlyBlocked, editing, mayEdit, task } = props;
  const number = numberOf(task.id);
  const known = new Set(units.map(({ id }) => id));
  const query = `?page=${paged.page}${onlyBlocked ? '&blocked=yes' : ''}`;
  const here = `/plans/${stored.plan.id}/draft${query}`;
  const own = problems.filter((problem) => problem.task === task.id);
  const doubts = (task.doubts ?? []).flatMap(({ code, text }) =>
    isCode(code) ? [{ code, line: null, message: text }] : [],
  );
  return (
    <article class="draft-task" id={`t-${number}`} aria-label={number}>
      <p class="soft">
        <span class="chip">{number}</span>{' '}
        {mayEdit && editing?.number !== number && (
          <a href={`${here}&edit=${number}#t-${number}`}>{`${w.correct} ${number}`}</a>
        )}
      </p>
      <TaskFacts w={w} task={task} isKnown={(unit) => known.has(unit)} />
      {stored.status === 'draft' && own.length > 0 && (
        <ul class="doubts">
          {own.map((problem) => (
            <li key={`${problem.code} ${problem.zh}`} class="warning">
              <strong>{w.settleFirst}</strong> {signedIn.language === 'en' ? problem.en : problem.zh}
            </li>
          ))}
        </ul>
      )}
      <Doubts w={w} doubts={doubts} />
      {mayEdit && editing?.number === number && (
        <>
          {editing.said.includes(w.overtaken) && (
            <p class="refused">{`${w.nowIs}${task.title}；${names(task.parties.map(({ unit }) => unit))}；${deadlineText(task.deadline)}`}</p>
          )}
          <EditForm
            signedIn={signedIn}
            task={task}
            values={editing.values}
            said={editing.said}
            action={`/plans/${stored.plan.id}/draft/tasks/${number}${query}`}
            back={`${here}#t-${number}`}
            revision={stored.revision}
          />
        </>
      )}
    </article>
  );
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTICS, code);
}

function HeadForm({ w, signedIn, stored }: Part) {
  const { plan, revision } = stored;
  return (
    <section>
      <h2>{w.editHead}</h2>
      <form method="post" action={`/plans/${plan.id}/draft/head`}>
        <CsrfField signedIn={signedIn} />
        <input type="hidden" name="revision" value={revision} />
        <Text label={w.title} name="title" value={plan.title} max={500} required />
        <Text label={w.number} name="number" value={plan.number ?? ''} max={100} />
        <Text label={w.issuer} name="issuer" value={plan.issuer} max={300} required />
        <div class="field">
          <label for="issuedOn">{w.issuedOn}</label>
          <input id="issuedOn" name="issuedOn" type="date" max={`${LAST_YEAR}-12-31`} value={plan.issuedOn} required />
        </div>
        <div class="field">
          <label for="reporting">{w.reporting}</label>
          <textarea id="reporting" name="reporting" rows={3}>
            {(plan.reporting?.addressees ?? []).map(nameOf).join('\n')}
          </textarea>
          <label for="reportingText">{w.inWords}</label>
          <textarea id="reportingText" name="reportingText" rows={2} maxLength={2000}>
            {plan.reporting?.text ?? ''}
          </textarea>
        </div>
        <button type="submit" class="second">
          {w.save}
        </button>
      </form>
    </section>
  );
}

function Workbook({ w, signedIn, stored }: Part) {
  const here = `/plans/${stored.plan.id}/draft/workbook`;
  return (
    <section id="workbook">
      <h2>{w.workbook}</h2>
      <p class="soft">{w.workbookHint}</p>
      <p>
        <a class="button second" href={here}>
          {w.downloadWorkbook}
        </a>
      </p>
      <form method="post" action={here} enctype="multipart/form-data">
        <CsrfField signedIn={signedIn} />
        <label for="workbook-file">{w.file}</label>
        <input id="workbook-file" name="file" type="file" accept=".xlsx" required />
        <button type="submit" class="second">
          {w.readWorkbook}
        </button>
      </form>
    </section>
  );
}

function Reissue({ w, signedIn, stored }: Part) {
  return (
    <section id="reissue">
      <h2>{w.reissue}</h2>
      <p class="soft">{w.reissueHint}</p>
      <form method="post" action={`/plans/${stored.plan.id}/draft/reissue`}>
        <CsrfField signedIn={signedIn} />
        <div class="field">
          <label for="toYear">{w.toYear}</label>
          <input id="toYear" name="toYear" type="number" min="2000" max={LAST_YEAR} required />
        </div>
        <Text label={w.newId} name="newId" value="" max={40} />
        <button type="submit" class="second">
          {w.doReissue}
        </button>
      </form>
    </section>
  );
}

/** The last ones; a plan of hundreds of tasks may have had as many. */
const MOST_CORRECTIONS = 30;

function History({ w, stored }: Part) {
  const last = stored.corrections.slice(-MOST_CORRECTIONS).reverse();
  return (
    <section>
      <h2>{w.history}</h2>
      {last.length === 0 && <p class="empty">{w.noHistory}</p>}
      <ul>
        {last.map(({ at, by, note, changes = [] }) => (
          <li key={`${at} ${by} ${note}`}>
            {`${timeText(at)} ${by}${note && `：${note}`}`}
            <ul>
              {changes.slice(0, MOST_CORRECTIONS).map((change) => (
                <li key={`${change.task} ${change.field}`}>{changeText(change)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
