/** `/users`: who can sign in, and as what. */
import type { Capacity } from '../../domain/rights';
import { USER_ROLES, userRoleLabel } from '../../domain/user-roles';
import { instantText } from '../../domain/wording';
import type { UserStanding } from '../../ledger/accounts/users';
import { CsrfField } from '../pages/form-parts';
import { marks } from '../pages/marks';
import { Page } from '../pages/page';
import { Table } from '../pages/table';
import type { SignedIn } from '../session/signed-in';
import { Outcome, type Told } from './account-page';
import { capacityText } from './capacity-text';
import { words } from './words';

/** A link that was just made, shown this once. */
export interface MadeLink {
  login: string;
  address: string;
  endsAt: string;
}

interface Typed {
  login: string;
  name: string;
  role: string;
  unit: string;
}

interface UsersPageProps {
  signedIn: SignedIn;
  users: readonly UserStanding[];
  /** Logins of those whom he manages; the others lead his office, and are only shown. */
  his: ReadonlySet<string>;
  told: Told;
  made: MadeLink | null;
  typed: Typed;
}

export function UsersPage({ signedIn, users, his, told, made, typed }: UsersPageProps) {
  const { language } = signedIn;
  const said = words[language];
  return (
    <Page signedIn={signedIn} title={said.users} styles={['account']}>
      <Outcome told={told} />
      <LinkShown signedIn={signedIn} made={made} />
      <section>
        {users.length === 0 ? (
          <p class="empty">{said.noUsers}</p>
        ) : (
          <Table heads={[said.login, said.name, said.capacities, said.status, said.seen, said.by]}>
            {users.map((user) => (
              <tr key={user.login}>
                <td>{his.has(user.login) ? <a href={`/users/${user.login}`}>{user.login}</a> : user.login}</td>
                <td>{user.name}</td>
                <td class="long">
                  {user.capacities.map((one) => capacityText(one, language)).join(marks[language].semicolon)}
                </td>
                <td>{said[statusOf(user)]}</td>
                <td class="day">{user.seenAt ? instantText(user.seenAt, language) : said.never}</td>
                <td>{user.createdBy}</td>
              </tr>
            ))}
          </Table>
        )}
        {users.some(({ login }) => !his.has(login)) && <p class="soft">{said.leadersElsewhere}</p>}
      </section>
      <section>
        <h2>{said.addUser}</h2>
        <form method="post" action="/users">
          <CsrfField signedIn={signedIn} />
          <label for="login">{said.login}</label>
          <input id="login" name="login" value={typed.login} maxLength={64} autocomplete="off" required />
          <p class="soft">{said.loginHint}</p>
          <label for="name">{said.name}</label>
          <input id="name" name="name" value={typed.name} maxLength={60} autocomplete="off" required />
          <CapacityFields signedIn={signedIn} chosen={typed.role} unit={typed.unit} />
          <button type="submit">{said.add}</button>
        </form>
      </section>
    </Page>
  );
}

function statusOf({ disabledAt, hasPassword }: UserStanding): 'disabled' | 'fresh' | 'active' {
  if (disabledAt !== null) return 'disabled';
  return hasPassword ? 'active' : 'fresh';
}

function CapacityFields({ signedIn, chosen, unit }: { signedIn: SignedIn; chosen: string; unit: string }) {
  const { language } = signedIn;
  const said = words[language];
  return (
    <>
      <label for="role">{said.role}</label>
      <select id="role" name="role">
        {USER_ROLES.filter((one) => one !== 'auditor').map((one) => (
          <option key={one} value={one} selected={one === chosen}>
            {userRoleLabel(one, language)}
          </option>
        ))}
      </select>
      <label for="unit">{said.unit}</label>
      <input id="unit" name="unit" value={unit} maxLength={100} autocomplete="off" />
      <p class="soft">{said.unitHint}</p>
    </>
  );
}

function LinkShown({ signedIn, made }: { signedIn: SignedIn; made: MadeLink | null }) {
  if (!made) return null;
  const said = words[signedIn.language];
  return (
    <section aria-live="polite">
      <p>
        <strong>{made.login}</strong> {said.linkMade}
      </p>
      <code class="token">{made.address}</code>
      <p class="soft">{said.linkEnds(instantText(made.endsAt, signedIn.language))}</p>
    </section>
  );
}

interface UserPageProps {
  signedIn: SignedIn;
  user: UserStanding;
  told: Told;
  made: MadeLink | null;
}

/** What a change of capacities was made on. */
export function seenText(capacities: readonly Capacity[]): string {
  return JSON.stringify(capacities.map(({ role, unit }) => [role, unit]));
}

export function UserPage({ signedIn, user, told, made }: UserPageProps) {
  const { language } = signedIn;
  const said = words[language];
  const act = (what: string) => `/users/${user.login}/${what}`;
  return (
    <Page signedIn={signedIn} title={`${user.name}${marks[language].aside(user.login)}`} styles={['account']}>
      <Outcome told={told} />
      <LinkShown signedIn={signedIn} made={made} />
      <section>
        <h2>{said.capacities}</h2>
        <ul class="items">
          {user.capacities.map((one) => (
            <li key={`${one.role} ${one.unit}`}>
              <form method="post" action={act('capacities')} class="row">
                <CsrfField signedIn={signedIn} />
                <input type="hidden" name="seen" value={seenText(user.capacities)} />
                <input type="hidden" name="take" value={`${one.role} ${one.unit}`} />
                <span>{capacityText(one, language)}</span>
                <button type="submit" class="quiet" aria-label={`${said.remove} ${capacityText(one, language)}`}>
                  {said.remove}
                </button>
              </form>
            </li>
          ))}
        </ul>
        <details>
          <summary>{said.addCapacity}</summary>
          <form method="post" action={act('capacities')}>
            <CsrfField signedIn={signedIn} />
            <input type="hidden" name="seen" value={seenText(user.capacities)} />
            <CapacityFields signedIn={signedIn} chosen="unit" unit="" />
            <button type="submit">{said.addCapacity}</button>
          </form>
        </details>
      </section>
      <section>
        <h2>{said.status}</h2>
        <p>
          {said[statusOf(user)]} · {said.seen} {user.seenAt ? instantText(user.seenAt, language) : said.never}
        </p>
        {(
          [
            ['link', said.newLink],
            ['sign-out', said.signOutUser],
            ['reset-factor', said.resetFactor],
            user.disabledAt === null ? ['disable', said.disable] : ['enable', said.enable],
          ] as const
        ).map(([what, label]) => (
          <form key={what} method="post" action={act(what)}>
            <CsrfField signedIn={signedIn} />
            <button type="submit" class={what === 'disable' ? 'danger' : 'second'}>
              {label}
            </button>
          </form>
        ))}
      </section>
      <p>
        <a href="/users">{said.allUsers}</a>
      </p>
    </Page>
  );
}
