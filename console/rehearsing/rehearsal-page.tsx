/** `/plans/:plan/rehearsal`: the year of a plan as a calendar, every letter one click away. */
import { names } from '../../client/plan-words';
import { nameOf } from '../../domain/notices';
import type { Plan, UnitId } from '../../domain/plan';
import type { Rehearsal } from '../../domain/rehearsal';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import type { DayCell, Month } from './month-grid';
import { type RehearsalWords, words } from './words';

export interface RehearsalPageProps {
  signedIn: SignedIn;
  plan: Plan;
  isDraft: boolean;
  from: string;
  silent: readonly UnitId[];
  /** Units that may be silent: those of the plan. */
  choices: readonly UnitId[];
  rehearsal: Rehearsal | null;
  months: readonly Month[];
  /** Only its letters are counted. */
  unit: UnitId | null;
  day: DayCell | null;
  said: string | null;
}

export function RehearsalPage(props: RehearsalPageProps) {
  const { signedIn, plan, isDraft, from, silent, choices, rehearsal, said } = props;
  const w = words[signedIn.language];
  const here = `/plans/${plan.id}/rehearsal`;
  return (
    <Page signedIn={signedIn} title={w.title(plan.title)} styles={['rehearsing']} wide>
      <p class="soft">
        {w.hint} {isDraft && <a href={`/plans/${plan.id}/draft`}>{w.back}</a>}
      </p>
      {said !== null && (
        <p class="refused" role="alert">
          {said}
        </p>
      )}
      <section>
        <form method="get" action={here}>
          <div class="row">
            <div>
              <label for="from">{w.from}</label>
              <input id="from" name="from" type="date" value={from} max="2098-12-31" />
            </div>
            <button type="submit">{w.play}</button>
            {isDraft && (
              <a class="button second" href={`/plans/${plan.id}/launch`}>
                {w.launch}
              </a>
            )}
          </div>
          <details open={silent.length > 0}>
            <summary>{`${w.silent}${marks[signedIn.language].aside(silent.length)}`}</summary>
            <ul class="choices">
              {choices.map((unit) => (
                <li key={unit}>
                  <label>
                    <input type="checkbox" name="silent" value={unit} checked={silent.includes(unit)} />
                    {nameOf(unit)}
                  </label>
                </li>
              ))}
            </ul>
          </details>
        </form>
      </section>
      {rehearsal && <Played {...props} rehearsal={rehearsal} w={w} />}
    </Page>
  );
}

type Part = RehearsalPageProps & { w: RehearsalWords; rehearsal: Rehearsal };

function Played(props: Part) {
  const { w, rehearsal, plan, from, silent, unit, day, months } = props;
  const { letters, slips, checkIns, assumptions } = rehearsal;
  return (
    <>
      <section>
        <p>
          <strong>{w.totals(letters.length, slips.length, checkIns.length)}</strong>
        </p>
        <details>
          <summary>{w.assumptions}</summary>
          <ul>
            {assumptions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      </section>
      <form method="get" action={`/plans/${plan.id}/rehearsal#day`}>
        <input type="hidden" name="from" value={from} />
        {silent.map((one) => (
          <input key={one} type="hidden" name="silent" value={one} />
        ))}
        <Days w={w} day={day} />
        <section id="calendar">
          <h2>{unit === null ? w.calendar : `${w.calendar}：${nameOf(unit)}`}</h2>
          {unit !== null && <input type="hidden" name="unit" value={unit} />}
          <div class="months">
            {months.map((month) => (
              <MonthGrid key={month.month} w={w} month={month} chosen={day?.on ?? null} />
            ))}
          </div>
        </section>
      </form>
      <ByUnit {...props} />
    </>
  );
}

function MonthGrid({ w, month, chosen }: { w: RehearsalWords; month: Month; chosen: string | null }) {
  return (
    <table class="month">
      <caption>{w.inMonth(month.month, month.letters)}</caption>
      <thead>
        <tr>
          {w.weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week, i) => (
          <tr key={`${month.month} ${i}`}>
            {week.map((cell, n) =>
              cell ? (
                <td
                  key={cell.on}
                  class={[cell.isOff && 'off', cell.on === chosen && 'chosen'].filter(Boolean).join(' ')}
                >
                  <DayButton w={w} cell={cell} />
                </td>
              ) : (
                <td key={`${i} ${n}`} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayButton({ w, cell: { on, letters, slips, checkIns } }: { w: RehearsalWords; cell: DayCell }) {
  const number = Number(on.slice(8));
  const said = [
    letters.length > 0 && w.letters(letters.length),
    slips.length > 0 && w.slips(slips.length),
    checkIns.length > 0 && w.checkIns(checkIns.length),
  ].filter((text) => text !== false);
  if (said.length === 0) return <span class="quiet-day">{number}</span>;
  return (
    <button type="submit" name="on" value={on} class="day" title={`${on} ${said.join(' ')}`}>
      <span>{number}</span>
      {letters.length > 0 && <b>{letters.length}</b>}
      {slips.length > 0 && <i class="slip">{`▲${slips.length}`}</i>}
      {checkIns.length > 0 && <i class="report">{`◆${checkIns.length}`}</i>}
    </button>
  );
}

function Days({ w, day }: { w: RehearsalWords; day: DayCell | null }) {
  if (!day) return <p class="soft">{w.pick}</p>;
  const { letters, slips, checkIns } = day;
  return (
    <section id="day">
      <h2>{w.onDay(day.on)}</h2>
      {letters.length === 0 && <p class="empty">{w.nothing}</p>}
      {letters.map(({ round, to, notices, provisional }) => (
        <details key={`${round} ${to.unit} ${to.office}`} class="letter" open={letters.length === 1}>
          <summary>
            <span class="chip">{round === 'urgent' ? w.urgent : round}</span> {nameOf(to.unit)}（{w.offices[to.office]}
            ） {w.notices(notices.length)} {provisional && <span class="chip">{w.provisional}</span>}
          </summary>
          <ul>
            {notices.map(({ kind, task, rung, text }) => (
              <li key={`${kind} ${task} ${rung} ${text}`}>{text}</li>
            ))}
          </ul>
        </details>
      ))}
      {slips.length > 0 && (
        <>
          <h3>{w.slipsHead}</h3>
          <ul>
            {slips.map(({ task, colour, limitOn }) => (
              <li key={`${task} ${colour}`}>
                {`${w.slipColours[colour]} ${task}${limitOn ? ` ${w.limit} ${limitOn}` : ''}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {checkIns.length > 0 && (
        <>
          <h3>{w.checkInsHead}</h3>
          <p>{names(checkIns.map(({ unit }) => unit))}</p>
        </>
      )}
    </section>
  );
}

function ByUnit({ w, plan, rehearsal, from, silent, unit }: Part) {
  const busiest = Object.entries(rehearsal.byUnit).sort((a, b) => b[1] - a[1]);
  return (
    <section>
      <h2>{w.byUnit}</h2>
      <form method="get" action={`/plans/${plan.id}/rehearsal#calendar`}>
        <input type="hidden" name="from" value={from} />
        {silent.map((one) => (
          <input key={one} type="hidden" name="silent" value={one} />
        ))}
        {unit !== null && (
          <button type="submit" class="second">
            {w.everyUnit}
          </button>
        )}
        <Table heads={[w.unit, { text: w.count, class: 'number' }]}>
          {busiest.map(([id, count]) => (
            <tr key={id}>
              <td>
                <button type="submit" class="quiet" name="unit" value={id} aria-label={w.onlyUnit(nameOf(id))}>
                  {nameOf(id)}
                </button>
              </td>
              <td class="number">{count}</td>
            </tr>
          ))}
        </Table>
      </form>
    </section>
  );
}
