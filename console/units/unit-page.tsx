/** One unit: who answers for it, who stands in, how letters reach them, and its calendar. */
import { type KnownUnit, unitTag } from '../../client/directory';
import { nameOf } from '../../domain/notices';
import type { Ground } from '../../domain/rights';
import type { Office, Person } from '../../domain/unit';
import { CsrfField } from '../pages/form-parts';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { gapsOf } from './list-page';
import { words } from './words';

interface UnitPageProps {
  signedIn: SignedIn;
  unit: KnownUnit;
  /** What rights on it are judged by. */
  ground: Ground;
  saved: boolean;
  /** Why the last change was not made. */
  said?: string;
  /** What was typed then. */
  typed?: Record<string, string>;
  /** The address of its calendar, when it was asked for. */
  feed?: string;
}

export function UnitPage({ signedIn, unit, ground, saved, said, typed = {}, feed }: UnitPageProps) {
  const { language, desk } = signedIn;
  const text = words[language];
  const mayEdit = desk.may('editUnit', ground) === null;
  const mayName = desk.may('nameSubstitute', ground) === null;
  const gaps = gapsOf(unit, language);
  const at = `/units/${encodeURIComponent(unit.id)}`;
  return (
    <Page signedIn={signedIn} title={unit.name} styles={['office']}>
      <p class="soft">
        <a href="/units">{text.back}</a> · {unit.id}
      </p>
      {saved && !said && (
        <p class="notice good" role="status">
          {text.saved}
        </p>
      )}
      {said && (
        <p class="notice bad" role="alert">
          {said}
        </p>
      )}
      {gaps.length > 0 && <p class="notice bad">{gaps.join('；')}</p>}
      {unit.members && (
        <p>
          {text.members}：{unit.members.map(nameOf).join('、')}
        </p>
      )}
      <section>
        <form method="post" action={at}>
          <CsrfField signedIn={signedIn} />
          <input type="hidden" name="seen" value={unitTag(unit)} />
          <fieldset disabled={!mayEdit}>
            {(['liaison', 'head', 'leader'] as const).map((office) => (
              <PersonFields key={office} office={office} person={unit[office]} typed={typed} text={text} />
            ))}
            <div class="row">
              <div>
                <label for="aliases">{text.aliases}</label>
                <textarea id="aliases" name="aliases" rows={3}>
                  {typed.aliases ?? unit.aliases.join('\n')}
                </textarea>
              </div>
              <div>
                <label for="language">{text.language}</label>
                <select id="language" name="language">
                  <option value="zh-CN" selected={unit.language !== 'en'}>
                    中文
                  </option>
                  <option value="en" selected={unit.language === 'en'}>
                    English
                  </option>
                </select>
              </div>
            </div>
            {mayEdit ? <button type="submit">{text.save}</button> : <p class="soft">{text.mayNot}</p>}
          </fieldset>
        </form>
      </section>
      <section>
        <h2>{text.substitutes}</h2>
        {unit.substitutes.length === 0 ? (
          <p class="soft">{text.noSubstitutes}</p>
        ) : (
          <ul>
            {unit.substitutes.map(({ from, to, name, mail }) => (
              <li key={from}>
                {from} – {to} {name} &lt;{mail}&gt;
              </li>
            ))}
          </ul>
        )}
        {mayName && (
          <form method="post" action={`${at}/substitutes`} class="row">
            <CsrfField signedIn={signedIn} />
            <div>
              <label for="from">{text.from}</label>
              <input id="from" name="from" type="date" value={typed.from ?? ''} required />
            </div>
            <div>
              <label for="to">{text.to}</label>
              <input id="to" name="to" type="date" value={typed.to ?? ''} required />
            </div>
            <div>
              <label for="name">{text.name}</label>
              <input id="name" name="name" maxLength={60} value={typed.name ?? ''} required />
            </div>
            <div>
              <label for="mail">{text.mail}</label>
              <input id="mail" name="mail" type="email" maxLength={254} value={typed.mail ?? ''} required />
            </div>
            <button type="submit" class="second">
              {text.nameSubstitute}
            </button>
          </form>
        )}
      </section>
      {mayName && (
        <section>
          <h2>{text.feed}</h2>
          {feed && <p class="hash">{feed}</p>}
          <p class="soft">{text.feedHelp}</p>
          <form method="post" action={`${at}/feed`} class="row">
            <CsrfField signedIn={signedIn} />
            <button type="submit" class="second">
              {text.showFeed}
            </button>
            <button type="submit" class="quiet" name="renew" value="1">
              {text.renewFeed}
            </button>
          </form>
        </section>
      )}
    </Page>
  );
}

interface PersonFieldsProps {
  office: Office;
  person: Person | null;
  typed: Record<string, string>;
  text: (typeof words)['zh-CN'] | (typeof words)['en'];
}

function PersonFields({ office, person, typed, text }: PersonFieldsProps) {
  const [name, mail, channels] = [`${office}Name`, `${office}Mail`, `${office}Channels`];
  const order = person?.channels?.map((use) => (use.kind === 'mail' ? 'mail' : `${use.kind}:${use.to}`)).join(',');
  return (
    <fieldset class="person">
      <legend>{text[office]}</legend>
      <div class="row">
        <div>
          <label for={name}>{text.name}</label>
          <input id={name} name={name} maxLength={60} value={typed[name] ?? person?.name ?? ''} />
        </div>
        <div>
          <label for={mail}>{text.mail}</label>
          <input id={mail} name={mail} type="email" maxLength={254} value={typed[mail] ?? person?.mail ?? ''} />
        </div>
        <div>
          <label for={channels}>{text.channels}</label>
          <input
            id={channels}
            name={channels}
            maxLength={300}
            value={typed[channels] ?? order ?? ''}
            placeholder={text.channelsHelp}
          />
        </div>
      </div>
    </fieldset>
  );
}
