/** `/supervision`: what reached red, what comes next, how long, what was tried, and one click to instruct or list. */
import { type WorkCalendar, workingDaysBetween } from '../../domain/calendar';
import { dayNumber } from '../../domain/days';
import type { MoveName } from '../../domain/intents';
import { moveLabel } from '../../domain/move-labels';
import type { ListedTask, TaskPage } from '../../ledger/lists/tasks';
import type { Tried } from '../../ledger/lists/tried';
import { MoveFields } from '../pages/form-parts';
import { LightOf } from '../pages/light';
import { Live } from '../pages/live';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { movePath, taskPath } from '../tasks/addresses';
import { hrefOf, type ListAddress } from './list-address';
import { DueDay } from './task-table';
import { UnitNames } from './unit-names';
import { type Words, words } from './words';

export interface SupervisionProps {
  signedIn: SignedIn;
  address: ListAddress;
  said: readonly string[];
  red: TaskPage;
  orange: TaskPage;
  others: TaskPage;
  tried: ReadonlyMap<string, Tried>;
  calendar: WorkCalendar;
}

export function SupervisionPage(props: SupervisionProps) {
  const { signedIn, red, orange, others, address, said } = props;
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={w.supervision} styles={['lists']} wide>
      <Live signedIn={signedIn} of="everything">
        {said.map((sentence) => (
          <p key={sentence} class="notice" role="status">
            {sentence}
          </p>
        ))}
        <section>
          <h2>{`${w.redTasks} · ${red.total}`}</h2>
          <p class="soft">{w.redTasksHelp}</p>
          {red.rows.length === 0 ? <p class="empty">{w.noRed}</p> : <LateTable {...props} page={red} />}
          <Places page={red} address={address} w={w} />
        </section>
        <section>
          <h2>{`${w.orange} · ${orange.total}`}</h2>
          <p class="soft">{w.orangeHelp}</p>
          {orange.rows.length === 0 ? <p class="empty">{w.noOrange}</p> : <LateTable {...props} page={orange} />}
        </section>
        <section>
          <h2>{`${w.otherRed} · ${others.total}`}</h2>
          <p class="soft">{w.otherRedHelp}</p>
          {others.rows.length === 0 ? <p class="empty">{w.noOtherRed}</p> : <LateTable {...props} page={others} />}
        </section>
      </Live>
    </Page>
  );
}

function Places({ page, address, w }: { page: TaskPage; address: ListAddress; w: Words }) {
  if (page.before === null && page.after === null) return null;
  return (
    <nav class="pager" aria-label={w.pager}>
      {page.before !== null && <a href={hrefOf(address, { before: page.before })}>{w.previous}</a>}
      {page.after !== null && <a href={hrefOf(address, { after: page.after })}>{w.next}</a>}
    </nav>
  );
}

function LateTable(props: SupervisionProps & { page: TaskPage }) {
  const { signedIn, page } = props;
  const { language } = signedIn;
  const w = words[language];
  return (
    <Table class="late-tasks" heads={[w.title, w.leads, w.due, w.howLong, w.tried, w.act]}>
      {page.rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={taskPath(row.id)}>{row.title}</a>
            <div>
              <LightOf light={row.light} language={language} />
            </div>
          </td>
          <td>
            <UnitNames units={row.leads} w={w} />
          </td>
          <td class="day">
            <DueDay row={row} w={w} />
          </td>
          <td class="day">{lateDays(row, signedIn, w)}</td>
          <td>
            <TriedCell {...props} row={row} />
          </td>
          <td>
            <Acts signedIn={signedIn} row={row} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function lateDays({ overdueFrom }: ListedTask, { today }: SignedIn, w: Words): string {
  return overdueFrom === null || overdueFrom > today ? '' : w.lateDays(dayNumber(today) - dayNumber(overdueFrom) + 1);
}

function TriedCell({ row, tried, signedIn: { language, today }, calendar }: SupervisionProps & { row: ListedTask }) {
  const w = words[language];
  const { semicolon, aside } = marks[language];
  const { slip } = row;
  const done = tried.get(row.id);
  return (
    <ul class="tried">
      {slip === null ? (
        <li>{w.noSlip}</li>
      ) : (
        <li>
          {slip.number} {slip.issuedOn}
          {slip.limitOn !== null &&
            `${semicolon}${w.limit} ${slip.limitOn}${aside(w.limitLeft(workingDaysBetween(calendar, today, slip.limitOn)))}`}
        </li>
      )}
      <li>{[w.slips(row.slips), w.urgings(done?.urgings ?? 0), w.instructions(row.instructions)].join(' · ')}</li>
      <li>{w.letters(done?.letters ?? 0, done?.handed ?? 0)}</li>
    </ul>
  );
}

/** The forms of both moves, folded; each goes to the task's own route and comes back here. */
function Acts({ signedIn, row }: { signedIn: SignedIn; row: ListedTask }) {
  const { desk, language } = signedIn;
  const w = words[language];
  const ground = { office: row.office };
  const canInstruct = desk.may('instruct', ground) === null;
  const canList = desk.may('issueSlip', ground) === null && row.slip?.colour !== 'red';
  if (!canInstruct && !canList) return null;
  return (
    <details class="acts">
      <summary>{w.act}</summary>
      {canInstruct && (
        <Act
          signedIn={signedIn}
          row={row}
          move="instruct"
          field="text"
          label={w.instructText}
          button={moveLabel('instruct', language)}
        />
      )}
      {canList && (
        <Act
          signedIn={signedIn}
          row={row}
          move="issueSlip"
          field="reason"
          label={w.listReason}
          button={w.listTask}
          colour="red"
        />
      )}
    </details>
  );
}

interface ActProps {
  signedIn: SignedIn;
  row: ListedTask;
  move: MoveName;
  field: string;
  label: string;
  button: string;
  colour?: 'red';
}

function Act({ signedIn, row, move, field, label, button, colour }: ActProps) {
  const id = `${move}-${row.id.replaceAll('/', '-')}`;
  return (
    <form method="post" action={movePath(row.id, move)}>
      <MoveFields signedIn={signedIn} seen={row.seq} />
      <input type="hidden" name="back" value="/supervision" />
      {colour !== undefined && <input type="hidden" name="colour" value={colour} />}
      <label for={id}>{label}</label>
      <textarea id={id} name={field} rows={2} required maxLength={2000} />
      <button type="submit">{button}</button>
    </form>
  );
}
