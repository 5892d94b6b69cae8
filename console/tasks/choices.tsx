/** The moves of a task's reader as buttons: each leads to its form, and one that cannot be made says why. */
import type { MoveName } from '../../domain/intents';
import type { Language } from '../../domain/language';
import type { MoveChoice } from '../../domain/move-choices';
import { moveLabel } from '../../domain/move-labels';
import { MOVES, type MoveRow } from '../../domain/moves';
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
        {open.map((choice) => (
          <li key={choice.move}>
            <a class={`button ${isStrong(choice) ? '' : 'second'}`} href={movePath(task.id, choice.move)}>
              {labelOf(choice, language)}
            </a>
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <details>
          <summary>{said.closedMoves(closed.length)}</summary>
          <ul class="move-list">
            {closed.map((choice) => (
              <li key={choice.move}>
                <button type="button" disabled aria-describedby={`why-${choice.move}`}>
                  {labelOf(choice, language)}
                </button>
                <span class="soft why" id={`why-${choice.move}`}>
                  {said.cannot}
                  {choice.refusal && refusalText(choice.refusal, language)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

/** What its reader most likely came for. */
function isStrong({ move, actor }: MoveChoice): boolean {
  return (actor.role === 'unit' ? OF_UNITS : OF_OFFICES).includes(move);
}

const OF_UNITS: readonly MoveName[] = ['acknowledge', 'declare', 'report', 'submitEvidence', 'completeContribution'];
const OF_OFFICES: readonly MoveName[] = ['acceptEvidence', 'returnEvidence', 'approveExtension', 'instruct'];

/** An office that acts in a unit's place is told so. */
function labelOf({ move, actor }: MoveChoice, language: Language): string {
  const row: MoveRow = MOVES[move];
  const isForUnit = row.as !== null && actor.role !== 'unit';
  return `${moveLabel(move, language)}${isForUnit ? ` (${words[language].forUnit})` : ''}`;
}
