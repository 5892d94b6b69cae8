/** The views of a plan beneath its head: the list, the timeline, by unit, by category, who is silent. */

import { isProvisional, type WorkCalendar, workingDaysBetween } from '../../domain/calendar';
import { addDays, type Day, weekdayOf } from '../../domain/days';
import { moveLabel } from '../../domain/move-labels';
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import type { DueCount, Lights } from '../../ledger/lists/counts';
import type { SilentUnit } from '../../ledger/lists/silent-units';
import type { TaskPage } from '../../ledger/lists/tasks';
import type { PlanRow } from '../../ledger/plans';
import { CsrfField } from '../pages/form-parts';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { FilterForm } from './filter-form';
import { addLights, CountCells, countHeads, LightBar, totalOf } from './light-counts';
import { hrefOf, type ListAddress } from './list-address';
import { planList, planPath } from './plan-path';
import { SilentTable } from './silent-table';
import { Pager, TaskTable } from './task-table';
import { words } from './words';

interface ViewProps {
  signedIn: SignedIn;
  plan: PlanRow;
}

interface ListProps extends ViewProps {
  address: ListAddress;
  page: TaskPage;
  categories: readonly (string | null)[];
  units: readonly UnitId[];
}

/** Moves that are made on many tasks at once; the page behind the button asks for their fields. */
const BULK = ['urge', 'reassign', 'approveExtension', 'grantExtension'] as const;

export function ListView({ signedIn, plan, address, page, categories, units }: ListProps) {
  const { language, desk } = signedIn;
  const w = words[language];
  const moves = BULK.filter((move) => desk.may(move, { office: plan.office }) === null);
  const table = (
    <TaskTable
      rows={page.rows}
      language={language}
      {...(moves.length > 0 && { select: address.given.select === 'page' ? ('page' as const) : ('none' as const) })}
    />
  );
  return (
    <section>
      <FilterForm address={address} categories={categories} units={units} language={language} />
      {page.rows.length === 0 ? (
        <p class="empty">{w.nothing}</p>
      ) : moves.length === 0 ? (
        table
      ) : (
        <form method="post" action={planPath(plan.id, 'bulk')} class="bulk">
          <CsrfField signedIn={signedIn} />
          {table}
          <div class="row bulk-bar">
            <a href={hrefOf(address, { ...placeIn(address), select: 'page' })}>{w.selectPage}</a>
            <span>{w.bulk}</span>
            {moves.map((move) => (
              <button key={move} type="submit" name="move" value={move} class="second">
                {moveLabel(move, language)}
              </button>
            ))}
            <button type="submit" class="quiet">
              {w.otherMoves}
            </button>
          </div>
        </form>
      )}
      <Pager page={page} address={address} w={w} />
    </section>
  );
}

/** The page one is on, which a changed address would leave. */
function placeIn({ given: { after, before } }: ListAddress): Record<string, string | undefined> {
  return { after, before };
}

/** Weeks in which something is due, each with its working days. */
export function TimelineView({
  signedIn,
  plan,
  due,
  calendar,
}: ViewProps & { due: readonly DueCount[]; calendar: WorkCalendar }) {
  const { language, today } = signedIn;
  const w = words[language];
  const weeks = weeksOf(due);
  const most = Math.max(...weeks.map(({ lights }) => totalOf(lights)), 1);
  const thisWeek = mondayOf(today);
  return (
    <section>
      <h2>{w.timeline}</h2>
      {weeks.length === 0 ? (
        <p class="empty">{w.noTimeline}</p>
      ) : (
        <Table
          class="timeline"
          heads={[
            w.week,
            { text: w.workingDays, class: 'number' },
            { text: w.dueCount, class: 'number' },
            { text: w.lights, class: 'bar-column' },
          ]}
        >
          {weeks.map(({ monday, sunday, lights }) => (
            <tr key={monday} class={monday === thisWeek ? 'now' : undefined}>
              <th scope="row" class="day">
                <a href={planList(plan.id, { dueFrom: monday, dueTo: sunday })}>{`${monday} – ${sunday.slice(5)}`}</a>
                {monday === thisWeek && <span class="chip">{w.thisWeek}</span>}
              </th>
              <td class="number">
                {workingDaysBetween(calendar, addDays(monday, -1), sunday)}
                {isProvisional(calendar, monday) && <span class="soft"> {w.provisional}</span>}
              </td>
              <td class="number">{totalOf(lights)}</td>
              <td>
                <LightBar lights={lights} most={most} language={language} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

function weeksOf(due: readonly DueCount[]): { monday: Day; sunday: Day; lights: Lights }[] {
  const weeks = new Map<Day, DueCount[]>();
  for (const each of due) {
    const monday = mondayOf(each.on);
    weeks.set(monday, [...(weeks.get(monday) ?? []), each]);
  }
  return [...weeks].map(([monday, counts]) => ({ monday, sunday: addDays(monday, 6), lights: addLights(counts) }));
}

/** More rows nobody compares; red ones are first, and the filter finds the others. */
const MOST_UNITS = 40;

export function UnitsView({
  signedIn: { language },
  plan,
  leads,
}: ViewProps & { leads: readonly (Lights & { unit: UnitId })[] }) {
  const w = words[language];
  const rows = [...leads].sort(worstFirst).slice(0, MOST_UNITS);
  const most = Math.max(...rows.map(totalOf), 1);
  return (
    <section>
      <h2>{w.units}</h2>
      <p class="soft">{w.unitsShown(rows.length, leads.length)}</p>
      <Table heads={[w.unit, ...countHeads(language)]}>
        {rows.map(({ unit, ...lights }) => (
          <tr key={unit}>
            <th scope="row">
              <a href={planList(plan.id, { unit })}>{nameOf(unit)}</a>
            </th>
            <CountCells
              lights={lights}
              language={language}
              most={most}
              href={(light) => planList(plan.id, { unit, light })}
            />
          </tr>
        ))}
      </Table>
    </section>
  );
}

/** Most red first, then most yellow, then most at all. */
export function worstFirst(a: Lights, b: Lights): number {
  return b.red - a.red || b.yellow - a.yellow || totalOf(b) - totalOf(a);
}

export function CategoriesView({
  signedIn: { language },
  plan,
  categories,
}: ViewProps & { categories: readonly (Lights & { category: string | null })[] }) {
  const w = words[language];
  const most = Math.max(...categories.map(totalOf), 1);
  const list = (category: string | null, more: Record<string, string> = {}) =>
    planList(plan.id, category === null ? more : { category, ...more });
  return (
    <section>
      <h2>{w.categories}</h2>
      <Table heads={[w.category, ...countHeads(language)]}>
        {categories.map(({ category, ...lights }) => (
          <tr key={category ?? ''}>
            <th scope="row">{category === null ? w.noCategory : <a href={list(category)}>{category}</a>}</th>
            <CountCells lights={lights} language={language} most={most} href={(light) => list(category, { light })} />
          </tr>
        ))}
      </Table>
    </section>
  );
}

export function SilentView({ signedIn, plan, silent }: ViewProps & { silent: { units: SilentUnit[]; total: number } }) {
  const w = words[signedIn.language];
  return (
    <section>
      <h2>{`${w.silentUnits} · ${w.allSilent(silent.total)}`}</h2>
      <p class="soft">{w.silentHelp}</p>
      <SilentTable
        units={silent.units}
        language={signedIn.language}
        href={(unit) => planList(plan.id, { unit, status: 'open' })}
      />
    </section>
  );
}
