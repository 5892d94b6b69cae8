/** Pages of a move on many tasks: what is to be done, what it would come to, and what came of it. */

import { slipText } from '../../domain/event-words';
import type { MoveName } from '../../domain/intents';
import { partyLabel } from '../../domain/labels';
import { moveLabel } from '../../domain/move-labels';
import { type MoveTexts, textsOfMove } from '../../domain/move-texts';
import { MOVES, type MoveRow } from '../../domain/moves';
import { nameOf } from '../../domain/notices';
import type { Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import type { Bulk, BulkTask } from '../../ledger/bulk';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import { refusalText } from '../refusal-text';
import type { SignedIn } from '../session/signed-in';
import { taskPath } from '../tasks/addresses';
import { Fields } from '../tasks/fields';
import { COLOURS, type FormField, ROLES } from '../tasks/move-form';
import { fieldWords } from '../tasks/words';
import { words } from './words';

interface Common {
  signedIn: SignedIn;
  plan: string;
}

export interface ChooseProps extends Common {
  tasks: readonly Task[];
  isCut: number | null;
  moves: readonly MoveName[];
  /** The move that was chosen, with its form. */
  chosen: { move: MoveName; fields: readonly FormField[]; unitNames: readonly string[] } | null;
  said: readonly string[];
}

export function ChoosePage({ signedIn, plan, tasks, isCut, moves, chosen, said }: ChooseProps) {
  const { language } = signedIn;
  const w = words[language];
  const ids = tasks.map(({ id }) => <input key={id} type="hidden" name="task" value={id} />);
  return (
    <Page signedIn={signedIn} title={w.title} styles={['task']}>
      <section>
        {tasks.length === 0 && <p class="empty">{w.nothing}</p>}
        {tasks.length > 0 && moves.length === 0 && <p class="empty">{w.noMoves}</p>}
        {tasks.length > 0 && (
          <details>
            <summary>{w.chosen(tasks.length)}</summary>
            <ul>
              {tasks.map((task) => (
                <li key={task.id}>
                  <a href={taskPath(task.id)}>
                    {numberOf(task.id)} {task.title}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
        {isCut !== null && <p class="notice">{w.tooMany(isCut)}</p>}
        {said.length > 0 && (
          <div class="notice bad" role="alert">
            {said.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        )}
        {tasks.length > 0 && moves.length > 0 && (
          <form method="post" action={`/plans/${plan}/bulk`} class="row">
            <CsrfField signedIn={signedIn} />
            {ids}
            <div>
              <label for="move">{w.move}</label>
              <select id="move" name="move" required>
                {moves.map((move) => (
                  <option key={move} value={move} selected={move === chosen?.move}>
                    {moveLabel(move, language)}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class={chosen ? 'second' : ''}>
              {w.next}
            </button>
          </form>
        )}
        {chosen && tasks.length > 0 && (
          <form method="post" action={`/plans/${plan}/bulk`}>
            <h2>{moveLabel(chosen.move, language)}</h2>
            <CsrfField signedIn={signedIn} />
            <input type="hidden" name="move" value={chosen.move} />
            <input type="hidden" name="look" value="yes" />
            {ids}
            <Fields fields={chosen.fields} language={language} unitNames={chosen.unitNames} />
            <button type="submit">{w.look}</button>
          </form>
        )}
        <p>
          <a href={`/plans/${plan}`}>{w.toPlan}</a>
        </p>
      </section>
    </Page>
  );
}

export interface BulkPageProps extends Common {
  bulk: Bulk;
  isRunning: boolean;
}

export function BulkPage({ signedIn, plan, bulk, isRunning }: BulkPageProps) {
  const { language } = signedIn;
  const w = words[language];
  const { tasks, move, startedAt, id } = bulk;
  const left = tasks.filter(({ outcome }) => outcome === null || outcome === 'unknown');
  const done = tasks.length - left.length;
  const able = tasks.filter(({ expected }) => expected === null).length;
  const hasWork = startedAt === null ? able > 0 : left.length > 0;
  return (
    <Page signedIn={signedIn} title={`${w.title}: ${moveLabel(move.move, language)}`} styles={['task']}>
      <section>
        <Said texts={textsOfMove(move)} move={move.move} language={language} />
        <p class="notice" role="status">
          {isRunning
            ? w.running(startedAt === null ? 0 : done, tasks.length)
            : startedAt === null
              ? w.preview(able, tasks.length - able)
              : left.length > 0
                ? w.stopped(done, tasks.length)
                : w.finished(tasks.filter(({ outcome }) => outcome === 'recorded').length, tasks.length)}
        </p>
        {(isRunning || startedAt !== null) && <progress max={tasks.length} value={done} aria-label={w.result} />}
        {!isRunning && hasWork && (
          <form method="post" action={`/plans/${plan}/bulk/${id}`}>
            <CsrfField signedIn={signedIn} />
            <button type="submit">{startedAt === null ? w.make(able) : w.goOn}</button>
          </form>
        )}
        <Table heads={[w.task, startedAt === null ? w.expected : w.result]}>
          {[...tasks.filter(isExpected), ...tasks.filter((line) => !isExpected(line))].map((line) => (
            <tr key={line.task}>
              <td>
                <a href={taskPath(line.task)}>
                  {numberOf(line.task)} {line.title}
                </a>
              </td>
              <td class={line.outcome === 'recorded' ? 'result good' : 'result'}>
                {resultText(line, startedAt !== null, language)}
              </td>
            </tr>
          ))}
        </Table>
        <p>
          <a href={`/plans/${plan}`}>{w.toPlan}</a>
        </p>
      </section>
    </Page>
  );
}

/** What will be made stands before what would be refused. */
function isExpected({ expected }: BulkTask): boolean {
  return expected === null;
}

function resultText(
  { outcome, refusal, expected }: BulkTask,
  isStarted: boolean,
  language: SignedIn['language'],
): string {
  const w = words[language];
  if (outcome === 'refused') return `${w.outcomes.refused}${refusal ? refusalText(refusal, language) : ''}`;
  if (outcome !== null) return w.outcomes[outcome];
  if (expected) return `${w.wouldNot}${refusalText(expected, language)}`;
  return isStarted ? w.waiting : w.would;
}

/** What was typed, once more, so that it is read before it is made. */
function Said({ texts, move, language }: { texts: MoveTexts; move: MoveName; language: SignedIn['language'] }) {
  const row: MoveRow = MOVES[move];
  const said = fieldWords(move, language);
  return (
    <dl>
      {Object.entries(texts).map(([name, text]) => (
        <div key={name}>
          <dt>{said.label(name) ?? row.texts[name]?.name ?? name}</dt>
          <dd class="worded">{sayField(row.fields[name], text ?? '', language)}</dd>
        </div>
      ))}
    </dl>
  );
}

function sayField(shape: string | undefined, text: string, language: SignedIn['language']): string {
  if (shape?.startsWith('id')) return nameOf(text);
  const role = shape === 'role' && ROLES.find((one) => one === text);
  if (role) return partyLabel(role, language);
  const colour = shape === 'colour' && COLOURS.find((one) => one === text);
  return colour ? slipText(colour, language) : text;
}
