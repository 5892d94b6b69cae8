/** What the library has for a task: its indicator, its figures beside the best values, and cases to read. */
import { figureText } from '../../domain/library/figures';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Library({ ground: { linked, figures, cases }, language }: SectionProps) {
  const said = words[language];
  const { indicator } = linked;
  if (indicator === null && figures.length + cases.length === 0) return null;
  return (
    <Section id="library" title={said.library}>
      {indicator && (
        <p>
          {said.indicator}: {indicator.no} {indicator.name}
        </p>
      )}
      {figures.length > 0 && (
        <>
          <h3>{said.figures}</h3>
          <ul>
            {figures.map((figure) => (
              <li key={figure.item}>{figureText(figure)}</li>
            ))}
          </ul>
        </>
      )}
      {cases.length > 0 && (
        <>
          <h3>{said.cases}</h3>
          <ul>
            {cases.map(({ id, name, source }) => (
              <li key={id}>
                <a href={`/library/${id}`}>{name}</a> <span class="soft">{source}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
