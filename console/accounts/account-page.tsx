/** `/account`: who one is, by what one proves it, where one is signed in, and which programs act in one's name. */

import { SCOPE_NAMES, TOKEN_SCOPES, type TokenScope } from '../../domain/token-scopes';
import { instantText } from '../../domain/wording';
import type { ApiToken } from '../../ledger/accounts/api-tokens';
import type { OpenSession } from '../../ledger/accounts/sessions';
import { ActForm, CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import { NewPasswordFields } from '../session/door-pages';
import type { SignedIn } from '../session/signed-in';
import { capacityText } from './capacity-text';
import { deviceText } from './device-text';
import { words } from './words';

export interface AccountFacts {
  hasPassword: boolean;
  /** He signed in too long ago to be taken for himself. */
  asks: boolean;
  factor: { madeAt: string; left: number } | null;
  mustHaveFactor: boolean;
  sessions: readonly OpenSession[];
  tokens: readonly ApiToken[];
  now: string;
}

/** What became of the last form. */
export interface Told {
  done?: string;
  problem?: string;
  /** Shown this once. */
  token?: string;
  /** What was typed for a token that was refused. */
  asked?: AskedToken;
}

export interface AskedToken {
  name: string;
  days: number;
  scope: readonly string[];
}

export function AccountPage({ signedIn, facts, told }: { signedIn: SignedIn; facts: AccountFacts; told: Told }) {
  const said = words[signedIn.language];
  return (
    <Page signedIn={signedIn} title={said.account} styles={['account']}>
      <Outcome told={told} />
      {told.token && (
        <section aria-live="polite">
          <p>{said.tokenMade}</p>
          <code class="token">{told.token}</code>
        </section>
      )}
      <Who signedIn={signedIn} />
      {facts.hasPassword && <Password signedIn={signedIn} />}
      <Factor signedIn={signedIn} facts={facts} />
      <Sessions signedIn={signedIn} facts={facts} />
      <Tokens signedIn={signedIn} facts={facts} asked={told.asked} />
    </Page>
  );
}

export function Outcome({ told: { done, problem } }: { told: Told }) {
  return (
    <>
      {done && (
        <p class="notice good" role="status">
          {done}
        </p>
      )}
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

type Part = { signedIn: SignedIn };
type PartOfFacts = Part & { facts: AccountFacts };

function Who({ signedIn }: Part) {
  const { user, language } = signedIn;
  const said = words[language];
  return (
    <section>
      <dl class="typed">
        <div>
          <dt>{said.login}</dt>
          <dd>{user.login}</dd>
        </div>
        <div>
          <dt>{said.name}</dt>
          <dd>{user.name}</dd>
        </div>
        <div>
          <dt>{said.capacities}</dt>
          <dd>
            {user.capacities === 'operator'
              ? ''
              : user.capacities.map((one) => capacityText(one, language)).join(marks[language].semicolon)}
          </dd>
        </div>
      </dl>
      <form method="post" action="/account/language" class="row">
        <CsrfField signedIn={signedIn} />
        <div>
          <label for="language">{said.language}</label>
          <select id="language" name="language">
            <option value="zh-CN" selected={language === 'zh-CN'}>
              中文
            </option>
            <option value="en" selected={language === 'en'}>
              English
            </option>
          </select>
        </div>
        <button type="submit" class="second">
          {said.change}
        </button>
      </form>
    </section>
  );
}

function Password({ signedIn }: Part) {
  const said = words[signedIn.language];
  return (
    <section>
      <h2>{said.password}</h2>
      <details>
        <summary>{said.changePassword}</summary>
        <form method="post" action="/account/password">
          <CsrfField signedIn={signedIn} />
          <input type="hidden" name="username" value={signedIn.user.login} autocomplete="username" />
          <CurrentPassword signedIn={signedIn} id="current-for-password" />
          <NewPasswordFields language={signedIn.language} />
          <button type="submit">{said.changePassword}</button>
        </form>
      </details>
    </section>
  );
}

export function CurrentPassword({ signedIn, id }: Part & { id: string }) {
  const said = words[signedIn.language];
  return (
    <>
      <label for={id}>{said.current}</label>
      <input id={id} name="current" type="password" maxLength={256} autocomplete="current-password" required />
      <p class="soft">{said.currentHint}</p>
    </>
  );
}

function Factor({ signedIn, facts: { factor, mustHaveFactor, hasPassword, asks } }: PartOfFacts) {
  const said = words[signedIn.language];
  return (
    <section>
      <h2>{said.factor}</h2>
      <p>{factor ? said.factorOn(factor.madeAt.slice(0, 10), factor.left) : said.factorOff}</p>
      <p>
        <a href="/account/factor">{factor ? said.factorAnew : said.factorSet}</a>
      </p>
      {factor && !mustHaveFactor && (
        <details>
          <summary>{said.factorRemove}</summary>
          <form method="post" action="/account/factor/remove">
            <CsrfField signedIn={signedIn} />
            {hasPassword && asks && <CurrentPassword signedIn={signedIn} id="current-for-factor" />}
            <button type="submit" class="danger">
              {said.factorRemove}
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

function Sessions({ signedIn, facts: { sessions } }: PartOfFacts) {
  const said = words[signedIn.language];
  return (
    <section>
      <h2>{said.sessions}</h2>
      <Table heads={[said.device, said.address, said.since, said.seen, null]}>
        {sessions.map(({ digest, userAgent, address, madeAt, seenAt }) => (
          <tr key={digest}>
            <td title={userAgent ?? undefined}>{deviceText(userAgent)}</td>
            <td class="day">{address}</td>
            <td class="day">{instantText(madeAt, signedIn.language)}</td>
            <td class="day">{instantText(seenAt, signedIn.language)}</td>
            <td>
              {digest === signedIn.session ? (
                <span class="chip">{said.here}</span>
              ) : (
                <ActForm signedIn={signedIn} action="/account/sessions/end" label={said.end} of={{ session: digest }} />
              )}
            </td>
          </tr>
        ))}
      </Table>
      {sessions.length > 1 && (
        <form method="post" action="/account/sessions/end">
          <CsrfField signedIn={signedIn} />
          <button type="submit" class="second">
            {said.endOthers}
          </button>
        </form>
      )}
    </section>
  );
}

function Tokens({
  signedIn,
  facts: { tokens, hasPassword, asks, now },
  asked,
}: PartOfFacts & { asked: AskedToken | undefined }) {
  const { language } = signedIn;
  const said = words[language];
  const scopeText = (scope: readonly TokenScope[]) =>
    scope.map((one) => SCOPE_NAMES[one][language === 'en' ? 'en' : 'zh']).join(marks[language].semicolon);
  return (
    <section>
      <h2>{said.tokens}</h2>
      <p class="soft">{said.tokensWhy}</p>
      {tokens.length === 0 ? (
        <p class="empty">{said.noTokens}</p>
      ) : (
        <Table heads={[said.tokenName, said.tokenScope, said.tokenEnds, said.tokenUsed, null]}>
          {tokens.map(({ id, name, scope, endsAt, lastUsedAt, revokedAt }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{scopeText(scope)}</td>
              <td class="day">{endsAt.slice(0, 10)}</td>
              <td class="day">{lastUsedAt ? instantText(lastUsedAt, language) : said.never}</td>
              <td>
                {revokedAt || endsAt <= now ? (
                  <span class="chip">{said.revoked}</span>
                ) : (
                  <ActForm signedIn={signedIn} action="/account/tokens/revoke" label={said.revoke} of={{ id }} />
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <details open={asked !== undefined}>
        <summary>{said.makeToken}</summary>
        <form method="post" action="/account/tokens">
          <CsrfField signedIn={signedIn} />
          <label for="token-name">{said.tokenName}</label>
          <input id="token-name" name="name" maxLength={60} value={asked?.name} required />
          <fieldset class="checks">
            <legend>{said.tokenScope}</legend>
            {TOKEN_SCOPES.map((scope) => (
              <label key={scope}>
                <input
                  type="checkbox"
                  name="scope"
                  value={scope}
                  checked={(asked?.scope ?? ['read']).includes(scope)}
                />
                {scopeText([scope])}
              </label>
            ))}
          </fieldset>
          <label for="token-days">{said.tokenDays}</label>
          <input id="token-days" name="days" type="number" min={1} max={366} value={asked?.days ?? 90} required />
          {hasPassword && asks && <CurrentPassword signedIn={signedIn} id="current-for-token" />}
          <button type="submit">{said.makeToken}</button>
        </form>
      </details>
    </section>
  );
}
