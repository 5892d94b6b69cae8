/** The form that corrects one task, in place beneath it. */
import { nameOf } from '../../domain/notices';
import type { PlanTask } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { CsrfField } from '../pages/form-parts';
import type { SignedIn } from '../session/signed-in';
import { DEADLINES, type EditValues, ROLES } from './edit-values';
import { words } from './words';

export interface EditFormProps {
  signedIn: SignedIn;
  task: PlanTask;
  values: EditValues;
  action: string;
  /** Where giving up leads. */
  back: string;
  revision: number;
  /** Why the last try was refused. */
  said: readonly string[];
}

/** Rows for parties that are to be added. */
const FREE_ROWS = 2;

export function EditForm({ signedIn, task, values, action, back, revision, said }: EditFormProps) {
  const w = words[signedIn.language];
  const rows = [...values.parties, ...Array.from({ length: FREE_ROWS }, () => ({ unit: '', role: 'co' }))];
  return (
    <form method="post" action={action} class="edit" id="edit">
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="revision" value={revision} />
      <Said lines={said} />
      <Text label={w.title} name="title" value={values.title} max={500} required />
      <Text label={w.category} name="category" value={values.category} max={200} />
      <Area label={w.content} name="content" value={values.content} max={100_000} />
      {(task.measures.length > 0 || values.measures !== '') && (
        <Area label={`${w.measures}（${w.measuresHint}）`} name="measures" value={values.measures} max={100_000} />
      )}
      <fieldset>
        <legend>{w.parties}</legend>
        {rows.map(({ unit, role }, i) => (
          <div class="row party" key={i}>
            <input name="unit" value={unit} list="units" aria-label={`${w.unit} ${i + 1}`} maxLength={200} />
            <select name="role" aria-label={`${w.role} ${i + 1}`}>
              {ROLES.map((one) => (
                <option key={one} value={one} selected={one === role}>
                  {w.roles[one]}
                </option>
              ))}
              <option value="none" selected={role === 'none'}>
                {w.dropParty}
              </option>
            </select>
          </div>
        ))}
        <label class="tick">
          <input type="checkbox" name="openEnded" value="yes" checked={values.openEnded} />
          {w.openEnded}
        </label>
      </fieldset>
      <fieldset>
        <legend>{w.deadline}</legend>
        {task.deadline.text !== '' && (
          <p class="soft">
            {w.inWords}
            {task.deadline.text}
          </p>
        )}
        <select name="deadline" aria-label={w.deadline}>
          {(['', ...DEADLINES] as const).map((type) => (
            <option key={type} value={type} selected={type === values.deadline}>
              {w.deadlines[type]}
            </option>
          ))}
        </select>
        <div class="row">
          <DayField label={w.dueOn} name="dueOn" value={values.dueOn} />
          <DayField label={w.readyOn} name="readyOn" value={values.readyOn} />
          <DayField label={w.notReadyOn} name="notReadyOn" value={values.notReadyOn} />
        </div>
        <Text label={w.condition} name="condition" value={values.condition} max={2000} />
      </fieldset>
      <Area label={w.remark} name="remark" value={values.remark} max={20_000} />
      <label for="remarkStatus">{w.remarkStatus}</label>
      <select id="remarkStatus" name="remarkStatus">
        {(['', 'done', 'in-progress'] as const).map((status) => (
          <option key={status} value={status} selected={status === values.remarkStatus}>
            {w.remarkStatuses[status]}
          </option>
        ))}
      </select>
      <Text label={w.note} name="note" value={values.note} max={500} />
      <div class="row">
        <button type="submit">{w.save}</button>
        <a class="button second" href={back}>
          {w.cancel}
        </a>
      </div>
    </form>
  );
}

/** More names than this help nobody who types. */
const MOST_NAMES = 400;

/** The names that every unit field of a page offers while somebody types. */
export function UnitNames({ units }: { units: readonly Unit[] }) {
  return (
    <datalist id="units">
      {units.slice(0, MOST_NAMES).map(({ id }) => (
        <option key={id} value={nameOf(id)} />
      ))}
    </datalist>
  );
}

/** What was refused, above the form it was refused in. */
export function Said({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="refused" role="alert">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

interface FieldProps {
  label: string;
  name: string;
  value: string;
  max: number;
  required?: true;
  hint?: string;
}

export function Text({ label, name, value, max, required, hint }: FieldProps) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <input id={`f-${name}`} name={name} value={value} maxLength={max} required={required} />
      {hint !== undefined && <p class="soft">{hint}</p>}
    </div>
  );
}

function Area({ label, name, value, max }: FieldProps) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <textarea id={`f-${name}`} name={name} rows={4} maxLength={max}>
        {value}
      </textarea>
    </div>
  );
}

function DayField({ label, name, value }: Omit<FieldProps, 'max'>) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <input id={`f-${name}`} name={name} type="date" min="1990-01-01" max="2099-12-31" value={value} />
    </div>
  );
}
