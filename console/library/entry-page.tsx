/** One indicator with its best values, practices and linked tasks; one case as its document tells it. */
import type { Indicator, LibraryCase, LibrarySource } from '../../domain/library/entries';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';
import { words } from './words';

interface IndicatorPageProps {
  signedIn: SignedIn;
  source: LibrarySource;
  indicator: Indicator;
  cases: LibraryCase[];
  tasks: { id: string; title: string }[];
}

export function IndicatorPage({ signedIn, source, indicator, cases, tasks }: IndicatorPageProps) {
  const text = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={`${indicator.no} ${indicator.name}`} styles={['office']}>
      <Back source={source} text={text} />
      <p>{indicator.about}</p>
      <section>
        <h2>{text.best}</h2>
        <ul>
          {indicator.subIndicators.map(({ id, name, about, best }) => (
            <li key={id}>
              {id} {name} {about && <span class="soft">{about}</span>}
              {best.length > 0 && (
                <ul>
                  {best.map((value) => (
                    <li key={value.text}>{value.text}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
          {indicator.otherBest.map((value) => (
            <li key={value.text}>{value.text}</li>
          ))}
        </ul>
        {indicator.bestCities.length > 0 && (
          <p>
            {text.cities}：{indicator.bestCities.join('、')}
          </p>
        )}
      </section>
      {indicator.practiceGroups.length > 0 && (
        <section>
          <h2>{text.practices}</h2>
          {indicator.practiceGroups.map(({ no, title, practices }) => (
            <details key={no}>
              <summary>{title}</summary>
              {practices.map((practice) => (
                <p key={practice}>{practice}</p>
              ))}
            </details>
          ))}
        </section>
      )}
      {cases.length > 0 && (
        <section>
          <h2>{text.cases}</h2>
          <ul>
            {cases.map(({ id, title }) => (
              <li key={id}>
                <a href={`/library/${source.id}/${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{text.tasks}</h2>
        {tasks.length === 0 ? (
          <p class="soft">{text.noTasks}</p>
        ) : (
          <ul>
            {tasks.map(({ id, title }) => (
              <li key={id}>
                <a href={taskPath(id)}>
                  {id} {title}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  );
}

interface CasePageProps {
  signedIn: SignedIn;
  source: LibrarySource;
  found: LibraryCase;
}

export function CasePage({ signedIn, source, found }: CasePageProps) {
  const text = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={found.title} styles={['office']}>
      <Back source={source} text={text} />
      {found.place && <p class="soft">{found.place.name}</p>}
      {found.summary.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {found.sections.map(({ title, paragraphs, line }) => (
        <section key={line}>
          <h2>{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      {found.figures.length > 0 && (
        <section>
          <h2>{text.figures}</h2>
          <ul>
            {found.figures.map((figure) => (
              <li key={figure.text}>{figure.text}</li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}

function Back({ source, text }: { source: LibrarySource; text: { back: string } }) {
  return (
    <p class="soft">
      <a href="/library">{text.back}</a> · 《{source.name}》
    </p>
  );
}
