/** `/cockpit`: where plans stand, what is due, who is silent, and what waits for the office. */
import { isWorkingDay, type WorkCalendar } from '../../domain/calendar';
import { addDays, type Day, dayOf, weekdayOf } from '../../domain/days';
import type { Language } from '../../domain/language';
import { nameOf } from '../../domain/notices';
import type { DueCount } from '../../ledger/lists/counts';
import type { SilentUnit } from '../../ledger/lists/silent-units';
import type { TaskPage } from '../../ledger/lists/tasks';
import type { Waiting, WaitingList } from '../../ledger/lists/waiting';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';
import { addLights, LightBar, totalOf } from './light-counts';
import { PlanTable, type SeenPlan } from './plans-page';
import { SilentTable } from './silent-table';
import { TaskTable } from './task-table';
import { UnitNames } from './unit-names';
import { words } from './words';

export interface CockpitProps {
  signedIn: SignedIn;
  /** Those with most red lights, and how many there are. */
  plans: readonly SeenPlan[];
  planCount: number;
  due: readonly DueCount[];
  /** What is due in these days and not closed, most urgent first. */
  nearest: TaskPage;
  silent: { units: SilentUnit[]; total: number };
  waiting: Waiting;
  calendar: WorkCalendar;
}

export function CockpitPage(props: CockpitProps) {
  const { signedIn, plans, planCount, silent } = props;
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={w.cockpit} styles={['lists']} wide>
      <Live signedIn={signedIn} of="everything">
        <WaitingSection {...props} />
        <DueSection {...props} />
        <section>
          <h2>{w.plans}</h2>
          {plans.length === 0 ? <p class="empty">{w.noPlans}</p> : <PlanTable signedIn={signedIn} plans={plans} />}
          {planCount > plans.length && (
            <p>
              <a href="/plans">{w.more(planCount)}</a>
            </p>
          )}
        </section>
        <section>
          <h2>{`${w.silentUnits} · ${w.allSilent(silent.total)}`}</h2>
          <p class="soft">{w.silentHelp}</p>
          <SilentTable units={silent.units} language={signedIn.language} />
        </section>
      </Live>
    </Page>
  );
}

function WaitingSection({ signedIn: { language, today }, waiting }: CockpitProps) {
  const w = words[language];
  const { reviews, extensions, replies, problems } = waiting;
  return (
    <section>
      <h2>{w.waits}</h2>
      {reviews.total + extensions.total + replies.open + problems.total === 0 && <p class="empty">{w.nothingWaits}</p>}
      <div class="waits">
        <Decisions title={w.reviews} list={reviews} today={today} language={language} />
        <Decisions title={w.extensions} list={extensions} today={today} language={language} />
        {replies.open > 0 && (
          <div>
            <h3>{w.replies}</h3>
            <p>
              <a href="/inbox">{w.repliesOpen(replies.open, replies.since === null ? '' : dayOf(replies.since))}</a>
            </p>
          </div>
        )}
        {problems.total > 0 && (
          <div>
            <h3>{`${w.problems} · ${problems.total}`}</h3>
            <ul>
              {problems.first.map(({ unit, to, letter, on, state, answer }) => (
                <li key={`${unit} ${to}`}>
                  <a href={`/letters/${encodeURIComponent(letter)}`}>{nameOf(unit)}</a> {on} {w.problemStates[state]}
                  {answer !== null && <span class="soft"> {answer.slice(0, 80)}</span>}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

function Decisions({
  title,
  list,
  today,
  language,
}: {
  title: string;
  list: WaitingList;
  today: Day;
  language: Language;
}) {
  const w = words[language];
  if (list.total === 0) return null;
  return (
    <div>
      <h3>{`${title} · ${list.total}`}</h3>
      <ul>
        {list.first.map(({ task, title: name, leads, dueOn }) => (
          <li key={task}>
            <a href={taskPath(task)}>{name}</a> <UnitNames units={leads} w={w} />{' '}
            <span class={dueOn < today ? 'late' : 'soft'}>{w.decideBy(dueOn)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function DueSection({ signedIn: { language, today }, due, nearest, calendar }: CockpitProps) {
  const w = words[language];
  const monday = mondayOf(today);
  const most = Math.max(
    ...days(monday)
      .concat(days(addDays(monday, 7)))
      .map((on) => totalOf(lightsOn(due, on))),
    1,
  );
  return (
    <section>
      <h2>{w.dueSoon}</h2>
      <div class="weeks">
        {[monday, addDays(monday, 7)].map((from, index) => (
          <table key={from}>
            <caption>{index === 0 ? w.thisWeek : w.nextWeek}</caption>
            <tbody>
              {days(from).map((on) => (
                <DueRow key={on} on={on} {...{ due, calendar, language, today, most }} />
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <h3>{w.nearest}</h3>
      {nearest.rows.length === 0 ? (
        <p class="empty">{w.nothingDue}</p>
      ) : (
        <TaskTable rows={nearest.rows} language={language} />
      )}
    </section>
  );
}

interface DueRowProps extends Pick<CockpitProps, 'due' | 'calendar'> {
  on: Day;
  language: Language;
  today: Day;
  most: number;
}

function DueRow({ on, due, calendar, language, today, most }: DueRowProps) {
  const w = words[language];
  const lights = lightsOn(due, on);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${on}T00:00Z`),
  );
  return (
    <tr class={on === today ? 'now' : undefined}>
      <th scope="row" class="day">
        {on.slice(5)} {weekday}
        {!isWorkingDay(calendar, on) && <span class="soft"> {w.dayOff}</span>}
      </th>
      <td class="number">{totalOf(lights)}</td>
      <td class="bar-column">{totalOf(lights) > 0 && <LightBar lights={lights} most={most} language={language} />}</td>
    </tr>
  );
}

export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

const days = (monday: Day): Day[] => Array.from({ length: 7 }, (_, i) => addDays(monday, i));

function lightsOn(due: readonly DueCount[], on: Day) {
  return addLights(due.filter((count) => count.on === on));
}
