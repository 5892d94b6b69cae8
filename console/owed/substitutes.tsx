/** Who answers for a unit while its liaison is away. */
import { CsrfField } from '../pages/form-parts';
import type { Part, Typed } from './parts';
import { words } from './words';

export function Substitutes({ signedIn, owes, typed }: Part & { typed: Typed }) {
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
