/** A year of the working calendar: twelve months, what is provisional, and the form that imports a published year. */
import type { ComponentChildren } from 'preact';
import type { CalendarPreview } from '../../client/calendar-preview';
import { isWorkingDay, type WorkCalendar } from '../../domain/calendar';
import { addDays, type Day, weekdayOf } from '../../domain/days';
import { CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { daysAsTyped } from './typed-days';
import { words } from './words';

interface CalendarPageProps {
  signedIn: SignedIn;
  calendar: WorkCalendar;
  year: string;
  mayChange: boolean;
  said?: string;
  done?: string;
  preview?: CalendarPreview;
  typed?: Record<string, string>;
}

export function CalendarPage({
  signedIn,
  calendar,
  year,
  mayChange,
  said,
  done,
  preview,
  typed = {},
}: CalendarPageProps) {
  const text = words[signedIn.language];
  const known = Object.hasOwn(calendar.years, year) ? calendar.years[year] : undefined;
  return (
    <Page signedIn={signedIn} title={text.title(year)} styles={['office']} wide>
      <Said said={said} done={done} />
      <nav class="pager" aria-label={text.year}>
        {Object.keys(calendar.years).map((one) => (
          <a key={one} href={`/calendar?year=${one}`} aria-current={one === year ? 'page' : undefined}>
            {one}
          </a>
        ))}
      </nav>
      {preview && (
        <Preview preview={preview} text={text}>
          {mayChange && (
            <form method="post" action="/calendar/import">
              <CsrfField signedIn={signedIn} />
              {['year', 'status', 'off', 'on'].map((field) => (
                <input key={field} type="hidden" name={field} value={typed[field] ?? ''} />
              ))}
              <p>
                {`${text.status}${marks[signedIn.language].colon}${text.statuses[typed.status === 'provisional' ? 'provisional' : 'confirmed']}`}
              </p>
              <button type="submit" name="sure" value="1">
                {text.doImport}
              </button>
            </form>
          )}
        </Preview>
      )}
      {known ? (
        <section>
          {known.status === 'provisional' ? (
            <p class="notice calm">{text.provisional}</p>
          ) : (
            <p class="soft">{text.confirmed}</p>
          )}
          <p class="soft">{text.legend}</p>
          <div class="months">
            {MONTHS.map((month) => (
              <Month key={month} year={year} month={month} calendar={calendar} text={text} />
            ))}
          </div>
        </section>
      ) : (
        <p class="empty">{text.unknown}</p>
      )}
      {mayChange && (
        <section class="no-print">
          <h2>{text.import}</h2>
          <p class="soft">{text.importHelp}</p>
          <form method="post" action="/calendar/import">
            <CsrfField signedIn={signedIn} />
            <div class="row">
              <div>
                <label for="year">{text.year}</label>
                <input id="year" name="year" inputMode="numeric" maxLength={4} value={typed.year ?? year} required />
              </div>
              <div>
                <label for="status">{text.status}</label>
                <select id="status" name="status">
                  <option value="confirmed">{text.statuses.confirmed}</option>
                  <option value="provisional" selected={typed.status === 'provisional'}>
                    {text.statuses.provisional}
                  </option>
                </select>
              </div>
            </div>
            <label for="off">{text.offDays}</label>
            <textarea id="off" name="off" rows={6}>
              {typed.off ?? daysAsTyped(known?.off ?? [], text.to)}
            </textarea>
            <label for="on">{text.onDays}</label>
            <textarea id="on" name="on" rows={3}>
              {typed.on ?? daysAsTyped(known?.on ?? [], text.to)}
            </textarea>
            <button type="submit" class="second">
              {text.preview}
            </button>
          </form>
        </section>
      )}
    </Page>
  );
}

type Text = (typeof words)['zh-CN'] | (typeof words)['en'];
const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

function Said({ said, done }: { said?: string; done?: string }) {
  return (
    <>
      {said && (
        <p class="notice bad" role="alert">
          {said}
        </p>
      )}
      {done && (
        <p class="notice good" role="status">
          {done}
        </p>
      )}
    </>
  );
}

function Preview({ preview, text, children }: { preview: CalendarPreview; text: Text; children: ComponentChildren }) {
  const { on, off, tasks, moving, looked, isWhole } = preview;
  const isSame = on.length + off.length + moving === 0;
  return (
    <section>
      <h2>{text.previewTitle}</h2>
      {isSame && <p>{text.nothing}</p>}
      {off.length > 0 && (
        <p>
          {text.newOff}：{off.join('、')}
        </p>
      )}
      {on.length > 0 && (
        <p>
          {text.newOn}：{on.join('、')}
        </p>
      )}
      <p>{text.moving(moving, looked)}</p>
      {!isWhole && <p class="soft">{text.notWhole}</p>}
      <ul>
        {tasks.map(({ id, title, moved }) => (
          <li key={id}>
            {id} {title}：{moved.map(({ from, to }) => `${from} → ${to ?? text.gone}`).join('，')}
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

function Month({ year, month, calendar, text }: { year: string; month: string; calendar: WorkCalendar; text: Text }) {
  const first = `${year}-${month}-01`;
  const days: Day[] = [];
  for (let day = first; day.startsWith(`${year}-${month}`); day = addDays(day, 1)) days.push(day);
  const cells: (Day | null)[] = [...Array.from({ length: columnOf(first) }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  const working = days.filter((day) => isWorkingDay(calendar, day)).length;
  return (
    <table>
      <caption>
        {text.month(Number(month))} <span class="soft">{text.workingDays(working)}</span>
      </caption>
      <thead>
        <tr>
          {text.week.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, place) =>
              day === null ? (
                <td key={`before ${7 - place}`} />
              ) : (
                <DayCell key={day} day={day} calendar={calendar} text={text} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Monday is the first column. */
function columnOf(day: Day): number {
  return (weekdayOf(day) + 6) % 7;
}

function DayCell({ day, calendar, text }: { day: Day; calendar: WorkCalendar; text: Text }) {
  const year = calendar.years[day.slice(0, 4)];
  const isMakeUp = year?.on.includes(day) === true;
  const isOff = !isMakeUp && year?.off.includes(day) === true;
  const what = isMakeUp ? 'make-up' : isOff ? 'off' : columnOf(day) > 4 ? 'weekend' : undefined;
  return (
    <td class={what} title={isMakeUp ? text.makeUp : isOff ? text.off : undefined}>
      {Number(day.slice(8))}
    </td>
  );
}
