/** `/imports`: documents on their way to a draft. */
import { timeText } from '../../client/plan-words';
import type { Upload } from '../../ledger/uploads';
import { ActForm, CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { Said } from './edit-form';
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
            <ActForm signedIn={signedIn} action={`/imports/${id}/discard`} label={w.discard} />
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
