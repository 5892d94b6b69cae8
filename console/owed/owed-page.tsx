/** What a unit owes, the most urgent first, on one page that a telephone can show. */
import { nameOf } from '../../domain/notices';
import { URGENCIES } from '../../domain/owed';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { Leads } from './leads';
import type { UnitOwes } from './owed-ground';
import { Item, ToSign } from './owed-items';
import { type Again, type Part, SHOWN, type Typed } from './parts';
import { Substitutes } from './substitutes';
import { words } from './words';

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

interface OfUnitProps extends Part {
  all: boolean;
  isOnly: boolean;
  typed: Typed;
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
