/** The directory as a table: who answers for each unit, and what a letter to it lacks. */
import type { KnownUnit } from '../../client/directory';
import { addressesOf, type Person } from '../../domain/unit';
import { CsrfField } from '../pages/form-parts';
import { NextPage } from '../pages/next-page';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

interface UnitListProps {
  signedIn: SignedIn;
  page: { items: KnownUnit[]; next: string | null; total: number };
  filters: UnitFilters;
  /** Cities that the reader may add a unit to. */
  cities: readonly string[];
  typed: TypedUnit;
}

export interface UnitFilters {
  q?: string;
  city?: string;
  after?: string;
  gaps: boolean;
}

/** A unit that was not added, and why. */
export interface TypedUnit {
  city?: string;
  name?: string;
  said?: string;
}

export function UnitListPage({ signedIn, page, filters, cities, typed }: UnitListProps) {
  const { language, url } = signedIn;
  const said = words[language];
  const who = (person: Person | null) => person?.name ?? <span class="soft">{said.missing}</span>;
  return (
    <Page signedIn={signedIn} title={said.title} styles={['office']} wide>
      <form class="row filters" method="get" action="/units">
        <div>
          <label for="q">{said.search}</label>
          <input id="q" name="q" value={filters.q ?? ''} maxLength={60} />
        </div>
        <div>
          <label for="city">{said.city}</label>
          <input id="city" name="city" value={filters.city ?? ''} maxLength={32} />
        </div>
        <label class="check">
          <input type="checkbox" name="gaps" value="1" checked={filters.gaps} />
          {said.gaps}
        </label>
        <button type="submit" class="second">
          {said.find}
        </button>
      </form>
      {page.items.length === 0 ? (
        <p class="empty">{said.none}</p>
      ) : (
        <Table card heads={[said.unit, said.liaison, said.head, said.leader, said.gap]}>
          {page.items.map((unit) => (
            <tr key={unit.id}>
              <th scope="row" class="name">
                <a href={`/units/${encodeURIComponent(unit.id)}`}>{unit.name}</a> <span class="soft">{unit.city}</span>
              </th>
              <td>{who(unit.liaison)}</td>
              <td>{who(unit.head)}</td>
              <td>{who(unit.leader)}</td>
              <td>
                {gapsOf(unit, language).map((gap) => (
                  <span class="chip bad" key={gap}>
                    {gap}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {cities.length > 0 && (
        <section class="no-print">
          <h2>{said.add}</h2>
          <p class="soft">{said.addHelp}</p>
          {typed.said && (
            <p class="notice bad" role="alert">
              {typed.said}
            </p>
          )}
          <form method="post" action="/units" class="row">
            <CsrfField signedIn={signedIn} />
            <div>
              <label for="new-city">{said.city}</label>
              <select id="new-city" name="city">
                {cities.map((city) => (
                  <option key={city} value={city} selected={city === typed.city}>
                    {city}
                  </option>
                ))}
              </select>
            </div>
            <div>
              <label for="new-name">{said.newName}</label>
              <input id="new-name" name="name" maxLength={64} value={typed.name} required />
            </div>
            <button type="submit" class="second">
              {said.addIt}
            </button>
          </form>
        </section>
      )}
      <NextPage language={language} url={url} next={page.next} total={page.total} />
    </Page>
  );
}

/** What keeps letters from the unit. */
export function gapsOf(unit: KnownUnit, language: SignedIn['language']): string[] {
  const said = words[language];
  const { liaison, members, standingStill } = unit;
  // A collective gets no letters: its members do.
  const lacking = members
    ? []
    : !liaison
      ? [said.noLiaison]
      : addressesOf(liaison).length === 0
        ? [said.noAddress]
        : [];
  return [...lacking, ...(standingStill > 0 ? [said.still(standingStill)] : [])];
}
