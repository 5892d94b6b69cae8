/** What a unit owes, one by one: until when, and the moves that answer it; signatures for several at once. */
import { randomUUID } from 'node:crypto';
import type { MoveName } from '../../domain/intents';
import { WORDS } from '../../domain/letter-words/by-language';
import { nameOf } from '../../domain/notices';
import type { Owed } from '../../domain/owed';
import type { Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { CsrfField } from '../pages/form-parts';
import type { SignedIn } from '../session/signed-in';
import { movePath, taskPath } from '../tasks/addresses';
import { isOpen } from './owed-ground';
import type { Part, Typed } from './parts';
import { words } from './words';

/** Tasks that wait for a signature. */
export function ToSign({ signedIn, owes, items }: Part & { items: readonly Owed[] }) {
  const w = words[signedIn.language];
  return (
    <section aria-label={w.toSign}>
      <h2>
        {w.toSign} ({items.length})
      </h2>
      <form method="post" action="/owed/acknowledge">
        <CsrfField signedIn={signedIn} />
        <input type="hidden" name="unit" value={owes.id} />
        <ul class="owed-list">
          {items.map((one) => {
            const task = owes.tasks.get(one.task ?? '');
            return (
              task && (
                <li key={task.id}>
                  <label class="tick">
                    {/* The move's id is made with the page: a second click is the same signature (D4). */}
                    <input type="checkbox" name="task" value={`${task.id} ${randomUUID()}`} checked />{' '}
                    {numberOf(task.id)} {task.title}
                  </label>
                  <Where signedIn={signedIn} owes={owes} one={one} />
                </li>
              )
            );
          })}
        </ul>
        <label for={`handler-${owes.id}`}>{w.handler}</label>
        <input id={`handler-${owes.id}`} name="handler" maxLength={60} />
        <button type="submit">{w.sign}</button>
      </form>
    </section>
  );
}

/** One thing that is owed. */
export function Item({ signedIn, owes, one, typed }: Part & { one: Owed; typed: Typed }) {
  const w = words[signedIn.language];
  const task = one.task === null ? null : owes.tasks.get(one.task);
  return (
    <>
      <p class="owed-title">
        <span class="chip">{w.kinds[one.kind]}</span>{' '}
        {task ? (
          <a href={taskPath(task.id)}>
            {numberOf(task.id)} {one.title}
          </a>
        ) : (
          one.title
        )}
      </p>
      <Where signedIn={signedIn} owes={owes} one={one} />
      {one.text && <p class="asked">{one.text}</p>}
      {task ? (
        <Buttons signedIn={signedIn} task={task} one={one} />
      ) : (
        <PlanReport signedIn={signedIn} one={one} typed={typed} />
      )}
    </>
  );
}

function Where({ signedIn, owes, one }: Part & { one: Owed }) {
  const { language, today } = signedIn;
  const w = words[language];
  const letter = WORDS[language];
  return (
    <p class={one.urgency === 'overdue' ? 'late' : 'soft'}>
      {one.dueOn === null
        ? w.urgencies.undated
        : `${letter.date(one.dueOn, today)}${one.provisional ? ` (${w.provisional})` : ''}, ${letter.left(owes.calendar, today, one.dueOn)}`}
      {one.kind === 'handIn' && one.about && ` · ${one.about}`}
      {one.kind === 'planReport' && ` · ${one.about}`}
      {one.task && <span class="soft"> · {owes.titles[one.plan]}</span>}
    </p>
  );
}

const MOVES_OF: Record<Exclude<Owed['kind'], 'acknowledge' | 'planReport'>, readonly MoveName[]> = {
  declare: ['declare'],
  contribution: ['completeContribution'],
  report: ['report'],
  handIn: ['addEvidence', 'submitEvidence', 'requestExtension', 'askContribution'],
};

function Buttons({ signedIn, task, one }: { signedIn: SignedIn; task: Task; one: Owed }) {
  if (one.kind === 'acknowledge' || one.kind === 'planReport') return null;
  const w = words[signedIn.language];
  const labels: Partial<Record<MoveName, string>> = {
    declare: w.declare,
    completeContribution: w.done,
    report: w.report,
    addEvidence: w.add,
    submitEvidence: w.submit,
    requestExtension: w.extend,
    askContribution: w.ask,
  };
  const open = MOVES_OF[one.kind].filter((move) => isOpen(task, signedIn, move));
  return (
    <p class="row">
      {open.map((move, i) => (
        <a key={move} class={`button ${i === 0 ? '' : 'second'}`} href={formPath(task, move, one)}>
          {labels[move]}
        </a>
      ))}
    </p>
  );
}

function formPath(task: Task, move: MoveName, { unit, about }: Owed): string {
  const query = new URLSearchParams({ back: '/owed', unit });
  if (move === 'completeContribution' && about) query.set('contribution', about);
  return `${movePath(task.id, move)}?${query}`;
}

function PlanReport({ signedIn, one, typed }: { signedIn: SignedIn; one: Owed; typed: Typed }) {
  const w = words[signedIn.language];
  const isThis = typed.plan === one.plan && typed.unit === one.unit;
  const id = `text-${one.plan}-${nameOf(one.unit)}`;
  return (
    <details open={isThis}>
      <summary>{w.report}</summary>
      <form method="post" action={`/owed/report/${one.plan}`}>
        <CsrfField signedIn={signedIn} />
        <input type="hidden" name="moveId" value={(isThis && typed.moveId) || randomUUID()} />
        <input type="hidden" name="unit" value={one.unit} />
        <label for={id}>{w.planReport}</label>
        <textarea id={id} name="text" rows={4} maxLength={5000} required>
          {isThis ? (typed.text ?? '') : ''}
        </textarea>
        <button type="submit">{w.send}</button>
      </form>
    </details>
  );
}
