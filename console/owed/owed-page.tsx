/** What a unit owes, the most urgent first, on one page that a telephone can show. */
import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { MoveName } from '../../domain/intents';
import { WORDS } from '../../domain/letter-words/by-language';
import { nameOf } from '../../domain/notices';
import { type Owed, URGENCIES } from '../../domain/owed';
import type { Task } from '../../domain/task';
import { CsrfField } from '../pages/form-parts';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { movePath, taskPath } from '../tasks/addresses';
import { isOpen, type UnitOwes } from './owed-ground';
import { words } from './words';

/** More than a screen or two is looked through only by who asks for it. */
const SHOWN = 60;

export interface Again {
  /** What came of the last form. */
  notice?: { tone: 'good' | 'bad' | 'calm'; lines: readonly string[] };
  /** What was typed into a form that is shown again. */
  typed?: Readonly<Partial<Record<string, string>>>;
}

export interface OwedPageProps extends Again {
  signedIn: SignedIn;
  units: readonly UnitOwes[];
  all: boolean;
}

export function OwedPage({ signedIn, units, all, notice, typed = {} }: OwedPageProps) {
  const w = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={w.title} styles={['task']}>
      {notice && (
        <div class={`notice ${notice.tone}`} role={notice.tone === 'bad' ? 'alert' : 'status'}>
          {notice.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {units.length === 0 && <p class="empty">{w.noUnit}</p>}
      <Live signedIn={{ ...signedIn, url: all ? '/owed?all=1' : '/owed' }} of="everything">
        {units.map((unit) => (
          <OfUnit key={unit.id} signedIn={signedIn} owes={unit} all={all} isOnly={units.length === 1} typed={typed} />
        ))}
      </Live>
    </Page>
  );
}

interface OfUnitProps {
  signedIn: SignedIn;
  owes: UnitOwes;
  all: boolean;
  isOnly: boolean;
  typed: NonNullable<Again['typed']>;
}

function OfUnit({ signedIn, owes, all, isOnly, typed }: OfUnitProps) {
  const w = words[signedIn.language];
  const { owed } = owes;
  const toSign = owed.filter(({ kind }) => kind === 'acknowledge');
  const others = owed.filter(({ kind }) => kind !== 'acknowledge');
  const shown = all ? others : others.slice(0, SHOWN);
  return (
    <>
      {!isOnly && <h2>{nameOf(owes.id)}</h2>}
      {owed.length === 0 && (
        <section class="empty">
          <p>{w.nothing}</p>
          <p class="soft">{w.nothingMore}</p>
        </section>
      )}
      {toSign.length > 0 && <ToSign signedIn={signedIn} owes={owes} items={toSign} />}
      {URGENCIES.map((urgency) => {
        const items = shown.filter((one) => one.urgency === urgency);
        return items.length === 0 ? null : (
          <section key={urgency} aria-label={w.urgencies[urgency]} class={`owed-${urgency}`}>
            <h2>
              {w.urgencies[urgency]} ({items.length})
            </h2>
            <ul class="owed-list">
              {items.map((one) => (
                <li key={`${one.kind} ${one.task ?? one.plan} ${one.about}`}>
                  <Item signedIn={signedIn} owes={owes} one={one} typed={typed} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {shown.length < others.length && (
        <p>
          <a href="/owed?all=1">
            {w.more} ({others.length})
          </a>
        </p>
      )}
      <Leads signedIn={signedIn} owes={owes} all={all} />
      <Substitutes signedIn={signedIn} owes={owes} typed={typed} />
    </>
  );
}

interface Part {
  signedIn: SignedIn;
  owes: UnitOwes;
}

function ToSign({ signedIn, owes, items }: Part & { items: readonly Owed[] }) {
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

function Item({ signedIn, owes, one, typed }: Part & { one: Owed; typed: OfUnitProps['typed'] }) {
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

function PlanReport({ signedIn, one, typed }: { signedIn: SignedIn; one: Owed; typed: OfUnitProps['typed'] }) {
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

function Leads({ signedIn, owes, all }: Part & { all: boolean }) {
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

function Substitutes({ signedIn, owes, typed }: Part & { typed: OfUnitProps['typed'] }) {
  const w = words[signedIn.language];
  const { unit, id } = owes;
  if (!unit) return null;
  const coming = unit.substitutes.filter(({ to }) => to >= signedIn.today);
  const isThis = typed.unit === id && typed.from !== undefined;
  const value = (name: string) => (isThis ? (typed[name] ?? '') : '');
  return (
    <section aria-label={w.substitutes}>
      <h2>{w.substitutes}</h2>
      <p class="soft">{w.substitutesHelp}</p>
      {coming.length > 0 && (
        <ul>
          {coming.map(({ from, to, name, mail }) => (
            <li key={from}>
              {from} – {to}: {name} ({mail})
            </li>
          ))}
        </ul>
      )}
      <details open={isThis}>
        <summary>{w.nameHim}</summary>
        <form method="post" action="/owed/substitute">
          <CsrfField signedIn={signedIn} />
          <input type="hidden" name="unit" value={id} />
          <div class="row">
            <div>
              <label for={`from-${id}`}>{w.from}</label>
              <input id={`from-${id}`} name="from" type="date" value={value('from')} required />
            </div>
            <div>
              <label for={`to-${id}`}>{w.to}</label>
              <input id={`to-${id}`} name="to" type="date" value={value('to')} required />
            </div>
            <div>
              <label for={`name-${id}`}>{w.name}</label>
              <input id={`name-${id}`} name="name" maxLength={60} value={value('name')} required />
            </div>
            <div>
              <label for={`mail-${id}`}>{w.mail}</label>
              <input id={`mail-${id}`} name="mail" type="email" maxLength={254} value={value('mail')} required />
            </div>
          </div>
          <button type="submit">{w.nameHim}</button>
        </form>
      </details>
    </section>
  );
}

function numberOf(task: string): string {
  return task.slice(task.indexOf('/') + 1);
}
