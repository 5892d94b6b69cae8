/** Every document of the library with its indicators and cases. */
import type { Library } from '../../domain/library/entries';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { words } from './words';

export function LibraryPage({ signedIn, library }: { signedIn: SignedIn; library: Library }) {
  const text = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={text.title} styles={['office']}>
      {library.sources.length === 0 && <p class="empty">{text.empty}</p>}
      {library.sources.map(({ id, name, content }) => (
        <section key={id}>
          <h2>《{name}》</h2>
          {content.indicators.length > 0 && (
            <Table
              heads={[
                text.indicators,
                { text: text.best, class: 'number' },
                { text: text.practices, class: 'number' },
                text.cities,
              ]}
            >
              {content.indicators.map((one) => (
                <tr key={one.no}>
                  <th scope="row" class="name">
                    <a href={`/library/${id}/${one.no}`}>
                      {one.no} {one.name}
                    </a>
                  </th>
                  <td class="number">{one.subIndicators.flatMap(({ best }) => best).length + one.otherBest.length}</td>
                  <td class="number">{one.practiceGroups.length}</td>
                  <td>{one.bestCities.join('、')}</td>
                </tr>
              ))}
            </Table>
          )}
          {content.cases.length > 0 && (
            <>
              <h3>{text.cases}</h3>
              <ul>
                {content.cases.map((one) => (
                  <li key={one.id}>
                    <a href={`/library/${id}/${one.id}`}>{one.title}</a> <span class="soft">{one.place?.name}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      ))}
    </Page>
  );
}
