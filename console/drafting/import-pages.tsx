/** `/imports`: documents on their way to a draft, and one of them beside the tasks that were found in it. */

import { ADD, type ImportView, type TaskView } from '../../client/imports/import-view';
import type { SourceLine } from '../../client/imports/reading';
import { timeText } from '../../client/plan-words';
import { nameOf } from '../../domain/notices';
import type { Unit } from '../../domain/unit';
import type { Upload } from '../../ledger/uploads';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { EditForm, Said, Text, UnitNames } from './edit-form';
import type { EditValues } from './edit-values';
import { LAST_YEAR } from './import-form';
import { Pager } from './pager';
import type { Paged } from './paging';
import { Doubts, TaskFacts } from './task-parts';
import { type DraftWords, words } from './words';

export interface ImportsPageProps {
  signedIn: SignedIn;
  uploads: Omit<Upload, 'reading'>[];
  said: readonly string[];
}

/** Upload, and what was not finished. */
export function ImportsPage({ signedIn, uploads, said }: ImportsPageProps) {
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={w.imports} styles={['drafting']}>
      <section>
        <h2>{w.uploadHead}</h2>
        <p class="soft">{w.uploadHint}</p>
        <Said lines={said} />
        <form method="post" action="/imports" enctype="multipart/form-data">
          <CsrfField signedIn={signedIn} />
          <label for="file">{w.file}</label>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".txt,.text,.md,.docx,.docm,.xlsx,.xlsm,.html,.htm,.csv,.tsv,.pdf"
          />
          <button type="submit">{w.upload}</button>
        </form>
      </section>
      <section>
        <h2>{w.unfinished}</h2>
        {uploads.length === 0 ? (
          <p class="empty">{w.noneUnfinished}</p>
        ) : (
          <Unfinished w={w} {...{ signedIn, uploads }} />
        )}
      </section>
    </Page>
  );
}

function Unfinished({ w, signedIn, uploads }: { w: DraftWords } & Pick<ImportsPageProps, 'signedIn' | 'uploads'>) {
  return (
    <Table
      heads={[
        w.document,
        { text: w.size, class: 'number' },
        w.changedAt,
        { text: w.corrections, class: 'number' },
        null,
      ]}
    >
      {uploads.map(({ id, file, size, changedAt, edits }) => (
        <tr key={id}>
          <td>
            <a href={`/imports/${id}`}>{file}</a>
          </td>
          <td class="number">{`${Math.max(1, Math.round(size / 1024))} kB`}</td>
          <td class="day">{timeText(changedAt)}</td>
          <td class="number">{edits.length}</td>
          <td>
            <form method="post" action={`/imports/${id}/discard`}>
              <CsrfField signedIn={signedIn} />
              <button type="submit" class="quiet">
                {w.discard}
              </button>
            </form>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** While the document is being read. */
export function ReadingPage({ signedIn, upload }: { signedIn: SignedIn; upload: Upload }) {
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={upload.file}>
      <section role="status">
        <p>{w.reading}</p>
        <p class="soft">{w.readingHint}</p>
        <p>
          <a class="button" href={`/imports/${upload.id}`}>
            {w.refresh}
          </a>
        </p>
      </section>
    </Page>
  );
}

export interface UploadPageProps {
  signedIn: SignedIn;
  upload: Upload;
  view: ImportView;
  /** For which the user may import. */
  offices: readonly Unit[];
  /** Units of the plan's city. */
  units: readonly Unit[];
  paged: Paged<TaskView>;
  doubtful: boolean;
  said: readonly string[];
  /** The task whose form is open, with what stands in it. */
  editing: { number: string; values: EditValues; said: readonly string[] } | null;
}

export function UploadPage(props: UploadPageProps) {
  const { signedIn, upload, view, units } = props;
  const w = words[signedIn.language];
  const { errors, warnings, plan } = view;
  return (
    <Page signedIn={signedIn} title={upload.file} styles={['drafting']} wide>
      <p class="soft">
        <a href="/imports">{w.imports}</a> · {w.summary(plan.tasks.length, errors, warnings)}
      </p>
      <Said lines={props.said} />
      <UnitNames units={units} />
      <div class="cards">
        <section id="head">
          <h2>{w.head}</h2>
          <HeadForm {...props} w={w} />
        </section>
        <section id="document">
          <h2>{w.doubts}</h2>
          <Doubts w={w} doubts={view.doubts} />
          {view.stale.length > 0 && <p>{`${w.stale}：${view.stale.map(({ number }) => number).join('、')}`}</p>}
          {view.preface.length > 0 && (
            <details>
              <summary>{w.preface}</summary>
              <Source w={w} lines={view.preface} />
            </details>
          )}
          <StoreForm {...props} w={w} />
        </section>
      </div>
      {view.unknown.length > 0 && (
        <section id="units-unknown">
          <h2>{w.unknownUnits}</h2>
          <p class="soft">{w.unknownHint}</p>
          <UnknownUnits {...props} w={w} />
        </section>
      )}
      <Tasks {...props} w={w} />
    </Page>
  );
}

type Part = UploadPageProps & { w: DraftWords };

function HeadForm({ w, signedIn, upload, view, offices, units }: Part) {
  const { given, read, lacking } = view;
  const said = { ...read.plan, ...given };
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return (
    <form method="post" action={`/imports/${upload.id}/head`}>
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="revision" value={upload.revision} />
      <p class="soft">{w.headHint}</p>
      {lacking.length > 0 && (
        <p class="refused">{`${w.lacking}${lacking.map((field) => w[field === 'city' ? 'office' : field]).join('、')}`}</p>
      )}
      <div class="field">
        <label for="office">{w.office}</label>
        <select id="office" name="office" required>
          <option value="">{w.chooseOffice}</option>
          {offices.map(({ id, name, city }) => (
            <option key={id} value={id} selected={id === given.office}>{`${name}（${city}）`}</option>
          ))}
        </select>
      </div>
      <Text label={w.title} name="title" value={said.title ?? ''} max={500} />
      <div class="row">
        <Text label={w.number} name="number" value={said.number ?? ''} max={100} />
        <Text label={w.issuer} name="issuer" value={said.issuer ?? ''} max={300} />
      </div>
      <div class="row">
        <div class="field">
          <label for="issuedOn">{w.issuedOn}</label>
          <input
            id="issuedOn"
            name="issuedOn"
            type="date"
            min="1990-01-01"
            max={`${LAST_YEAR}-12-31`}
            value={said.issuedOn ?? ''}
          />
        </div>
        <div class="field">
          <label for="year">{w.year}</label>
          <input id="year" name="year" type="number" min="1990" max={LAST_YEAR} value={given.year ?? ''} />
        </div>
      </div>
      <Text label={w.planId} name="id" value={given.id ?? ''} max={40} hint={w.planIdHint} />
      {read.reporting && (
        <div class="field">
          <label for="reporting">{w.reporting}</label>
          <p class="soft">{`${w.reportingHint}：${read.reporting.text}`}</p>
          <textarea id="reporting" name="reporting" rows={3}>
            {(given.reporting ?? []).map((id) => names.get(id) ?? nameOf(id)).join('\n')}
          </textarea>
        </div>
      )}
      <button type="submit" class="second">
        {w.saveHead}
      </button>
    </form>
  );
}

function StoreForm({ w, signedIn, upload, view }: Part) {
  if (view.errors > 0) return <p class="refused">{w.cannotStore}</p>;
  return (
    <form method="post" action={`/imports/${upload.id}/store`}>
      <h2>{w.storeHead}</h2>
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="revision" value={upload.revision} />
      <p class="soft">{view.lacking.length > 0 ? w.completeHead : w.storeHint}</p>
      {view.warnings > 0 && (
        <label class="tick">
          <input type="checkbox" name="allowWarnings" value="yes" required />
          {w.allowWarnings(view.warnings)}
        </label>
      )}
      <button type="submit" disabled={view.lacking.length > 0}>
        {w.store}
      </button>
    </form>
  );
}

function UnknownUnits({ w, signedIn, upload, view, units }: Part) {
  return (
    <form method="post" action={`/imports/${upload.id}/units`}>
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="revision" value={upload.revision} />
      <Table heads={[w.written, w.inTasks, w.means]}>
        {view.unknown.map(({ written, near, choice, tasks }, i) => (
          <tr key={written}>
            <td>{written}</td>
            <td>{`${tasks.slice(0, 6).join('、')}${tasks.length > 6 ? ` …（${tasks.length}）` : ''}`}</td>
            <td>
              <input type="hidden" name="written" value={written} />
              <select name="choice" aria-label={`${w.means}：${written}`} id={`choice-${i}`}>
                <option value="">{w.undecided}</option>
                <option value={ADD} selected={choice === ADD}>
                  {w.addUnit}
                </option>
                {[...near, ...units.filter((unit) => !near.includes(unit))].map(({ id, name }) => (
                  <option key={id} value={id} selected={choice === id}>
                    {name}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </Table>
      <button type="submit" class="second">
        {w.saveUnits}
      </button>
    </form>
  );
}

function Tasks(props: Part) {
  const { w, upload, paged, doubtful } = props;
  const here = `/imports/${upload.id}`;
  const page = (n: number) => `${here}?page=${n}${doubtful ? '&doubtful=yes' : ''}#tasks`;
  return (
    <section id="tasks">
      <h2>{w.tasks}</h2>
      <p>
        <a href={doubtful ? `${here}#tasks` : `${here}?doubtful=yes#tasks`}>{doubtful ? w.showAll : w.showDoubtful}</a>
      </p>
      <Pager w={w} paged={paged} href={page} />
      {paged.items.length === 0 && <p class="empty">{doubtful ? w.noneDoubtful : ''}</p>}
      {paged.items.map((item) => (
        <TaskBeside key={item.number} {...props} item={item} />
      ))}
      <Pager w={w} paged={paged} href={page} />
    </section>
  );
}

function TaskBeside(props: Part & { item: TaskView }) {
  const { w, signedIn, upload, view, units, editing, paged, doubtful, item } = props;
  const { task, number, source, doubts, corrected } = item;
  const added = new Set([...units, ...view.strangers].map(({ id }) => id));
  const here = `/imports/${upload.id}?page=${paged.page}${doubtful ? '&doubtful=yes' : ''}`;
  return (
    <article class="beside" id={`t-${number}`} aria-label={number}>
      <div class="source">
        <p class="soft">{w.original}</p>
        <Source w={w} lines={source} />
      </div>
      <div class="found">
        <p class="soft">
          <span class="chip">{number}</span> {corrected && <span class="chip">{w.corrected}</span>}{' '}
          {editing?.number !== number && <a href={`${here}&edit=${number}#t-${number}`}>{`${w.correct} ${number}`}</a>}
        </p>
        <TaskFacts w={w} task={task} isKnown={(unit) => added.has(unit)} />
        <Doubts w={w} doubts={doubts} />
        {editing?.number === number && (
          <EditForm
            signedIn={signedIn}
            task={task}
            values={editing.values}
            said={editing.said}
            action={`/imports/${upload.id}/tasks/${number}?page=${paged.page}${doubtful ? '&doubtful=yes' : ''}`}
            back={`${here}#t-${number}`}
            revision={upload.revision}
          />
        )}
      </div>
    </article>
  );
}

/** A page of text is enough to see what was meant. */
const MOST_LINES = 40;

function Source({ w, lines }: { w: DraftWords; lines: readonly SourceLine[] }) {
  if (lines.length === 0) return <p class="soft">{w.noSource}</p>;
  return (
    <ol class="lines">
      {lines.slice(0, MOST_LINES).map(({ line, cells }) => (
        <li key={line} value={line}>
          {cells.length === 1 ? (
            cells[0]
          ) : (
            <ul>
              {cells.filter(Boolean).map((cell, i) => (
                <li key={`${i} ${cell}`}>{cell}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
