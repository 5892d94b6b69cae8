/** What is asked of a document as a whole: its plan, units that nobody knows, and whether it becomes a draft. */
import { ADD } from '../../client/imports/import-view';
import { nameOf } from '../../domain/notices';
import { CsrfField } from '../pages/form-parts';
import { Table } from '../pages/table';
import { Text } from './edit-form';
import { LAST_YEAR } from './import-form';
import type { Part } from './upload-page';

/** What the plan is called, of whom and when. */
export function HeadForm({ w, signedIn, upload, view, offices, units }: Part) {
  const { given, read, lacking } = view;
  const said = { ...read.plan, ...given };
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return (
    <form method="post" action={`/imports/${upload.id}/head`}>
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="revision" value={upload.revision} />
      <p class="soft">{w.headHint}</p>
      {lacking.length > 0 && <p class="refused">{`${w.lacking}${lackingIn(lacking, w).join('、')}`}</p>}
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

/** Makes a draft of it. */
export function StoreForm({ w, signedIn, upload, view }: Part) {
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

/** Units that the directory does not know: added, or another way to write one that it knows. */
export function UnknownUnits({ w, signedIn, upload, view, units }: Part) {
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

/** The city comes with the office. */
function lackingIn(lacking: Part['view']['lacking'], w: Part['w']): string[] {
  return [...new Set(lacking.map((field) => w[field === 'city' ? 'office' : field]))];
}
