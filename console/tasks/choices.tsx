/** The moves of a task's reader as buttons: each leads to its form, and one that cannot be made says why. */
import { moveLabel } from '../../domain/labels';
import type { MoveChoice } from '../../domain/move-choices';
import { refusalText } from '../refusal-text';
import { movePath } from './addresses';
import { Section } from './section';
import type { SectionProps } from './task-page';
import { words } from './words';

export function Choices({ ground: { task, choices }, language }: SectionProps) {
  const said = words[language];
  const open = choices.filter(({ refusal }) => refusal === null);
  const closed = choices.filter(({ refusal }) => refusal !== null);
  return (
    <Section id="moves" title={said.moves}>
      {choices.length === 0 && <p class="soft">{said.noMoves}</p>}
      <ul class="move-list">
        {open.map(({ move }) => (
          <li key={move}>
            <a class={`button ${STRONG.includes(move) ? '' : 'second'}`} href={movePath(task.id, move)}>
              {moveLabel(move, language)}
            </a>
          </li>
        ))}
        {closed.map(({ move, refusal }) => (
          <li key={move}>
            <button type="button" disabled aria-describedby={`why-${move}`}>
              {moveLabel(move, language)}
            </button>
            <span class="soft why" id={`why-${move}`}>
              {said.cannot}
              {refusal && refusalText(refusal, language)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What its reader most likely came for. */
const STRONG: readonly MoveChoice['move'][] = ['acknowledge', 'report', 'submitEvidence', 'acceptEvidence', 'instruct'];
