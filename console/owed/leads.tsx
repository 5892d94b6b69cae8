/** What a unit leads: its co-units, who of them has signed, and how their parts stand. */
import type { ComponentChildren } from 'preact';
import { nameOf } from '../../domain/notices';
import type { Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import type { SignedIn } from '../session/signed-in';
import { movePath, taskPath } from '../tasks/addresses';
import { isOpen } from './owed-ground';
import { type Part, SHOWN } from './parts';
import { words } from './words';

export function Leads({ signedIn, owes, all }: Part & { all: boolean }) {
  const w = words[signedIn.language];
  if (owes.leads.length === 0) return null;
  const shown = all ? owes.leads : owes.leads.slice(0, SHOWN);
  return (
    <section aria-label={w.leads}>
      <h2>
        {w.leads} ({owes.leads.length})
      </h2>
      <ul class="owed-list">
        {shown.map((task) => (
          <li key={task.id}>
            <p class="owed-title">
              <a href={taskPath(task.id)}>
                {numberOf(task.id)} {task.title}
              </a>{' '}
              {task.dueOn && <span class="soft">{task.dueOn}</span>}{' '}
              {task.review && <span class="chip">{w.review}</span>}
              {task.extension && <span class="chip">{w.extension}</span>}
            </p>
            <p class="co-units">
              {w.state}: <CoUnits task={task} language={signedIn.language} />
            </p>
            {isOpen(task, signedIn, 'askContribution') && (
              <p class="no-print">
                <a href={`${movePath(task.id, 'askContribution')}?back=/owed`}>{w.ask}</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Each with its signature and its parts. */
function CoUnits({ task, language }: { task: Task; language: SignedIn['language'] }) {
  const w = words[language];
  const units = [...new Set(task.parties.filter(({ role }) => role !== 'lead').flatMap(({ answerers }) => answerers))];
  if (units.length === 0) return <span class="soft">{w.alone}</span>;
  return (
    <>
      {units.map((unit) => {
        const signed = task.acknowledgements[unit]?.acknowledgedOn;
        const parts = task.contributions.filter((part) => part.unit === unit);
        return (
          <Chip key={unit} isBehind={!signed || parts.some(({ doneOn }) => doneOn === null)}>
            {nameOf(unit)} {signed ? `${w.signedOn} ${signed.slice(5)}` : w.unsigned}
            {parts.map(
              ({ id, doneOn, dueOn }) => ` · ${w.part}${id} ${doneOn ? w.partDone : `${w.partOpen} ${dueOn}`}`,
            )}
          </Chip>
        );
      })}
    </>
  );
}

function Chip({ isBehind, children }: { isBehind: boolean; children: ComponentChildren }) {
  return <span class={`chip ${isBehind ? 'behind' : ''}`}>{children}</span>;
}
