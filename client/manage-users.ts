/**
 * Users as one who may manage them adds and changes them: officers of his own office, units of its city. Auditors read
 * every city, so nobody but whoever runs the server makes them.
 */

import { endUnfitTokens } from '../accounts/api-tokens';
import { type FirstLink, makeFirstLink } from '../accounts/first-link';
import { AccountRefused } from '../accounts/refusals';
import { isLogin } from '../domain/logins';
import { cityOf } from '../domain/notices';
import type { UnitId } from '../domain/plan';
import { type Capacity, isOfDistrict, type User } from '../domain/rights';
import type { UserRole } from '../domain/user-roles';
import { dropFactor } from '../ledger/accounts/credentials';
import { endSessions } from '../ledger/accounts/sessions';
import { addUser, changeUser, findUser, listUsers, type UserChange, type UserRow } from '../ledger/accounts/users';
import { districtsOf } from '../ledger/city-directory';
import { LedgerRefusal } from '../ledger/errors';
import { listUnits, unitsById } from '../ledger/units';
import type { Reader } from './reader';

export type NewUser = Pick<UserRow, 'login' | 'name' | 'capacities' | 'language'>;

/** As a part of the console and the command line have it: the users' desk, or the ledger with whoever runs the server. */
export type Manager = Pick<Reader, 'user' | 'desk' | 'authorise'>;

/**
 * Adds a user, who sets his password by the link.
 * @param now ISO instant
 * @throws AccountRefused, NotAllowed; LedgerRefusal `unknown-unit`
 */
export async function addUserBy(by: Manager, user: NewUser, now: string): Promise<FirstLink> {
  const { login, capacities } = user;
  const { db } = by.desk;
  const name = user.name.normalize('NFC').trim();
  if (!isLogin(login)) throw new AccountRefused('bad-login');
  if (name === '' || name.length > 60 || /\p{Cc}/u.test(name)) throw new AccountRefused('bad-name');
  await refuseBeyond(by, capacities);
  if (await findUser(db, login)) throw new AccountRefused('login-taken', { login });
  await addUser(db, { ...user, name, createdAt: now, createdBy: by.user.name }).catch((error) => {
    // Somebody added the same login at this moment.
    if (error instanceof LedgerRefusal && error.code === 'user-exists')
      throw new AccountRefused('login-taken', { login });
    throw error;
  });
  return makeFirstLink(db, login, { by: by.user.name, now });
}

/**
 * Changes a user. Where his rights change, or he is disabled, he is signed in nowhere any more.
 * @param seen the capacities that his manager saw: with others by now nothing is changed
 * @throws AccountRefused, NotAllowed
 */
export async function changeUserBy(
  by: Manager,
  login: string,
  change: UserChange,
  now: string,
  seen?: UserRow['capacities'],
): Promise<void> {
  const { db } = by.desk;
  await managed(by, login);
  if (change.capacities) {
    // Whoever gives rights gives none to himself.
    if (login === by.user.login) throw new AccountRefused('not-oneself');
    await refuseBeyond(by, change.capacities);
  }
  const refused = await changeUser(db, login, change, seen);
  if (refused) throw new AccountRefused(refused);
  if (change.capacities || change.disabledAt) await endSessions(db, login, now);
  if (change.capacities) await endUnfitTokens(db, login, change.capacities, now);
}

/** A new link to set a password; whoever was signed in stays so until it is used. Not for oneself: see {@link another}. */
export async function linkUserBy(by: Manager, login: string, now: string): Promise<FirstLink> {
  await another(by, login);
  return makeFirstLink(by.desk.db, login, { by: by.user.name, now });
}

/** Ends every session of a user. */
export async function signOutUserBy(by: Manager, login: string, now: string): Promise<void> {
  await managed(by, login);
  await endSessions(by.desk.db, login, now);
}

/** For a lost telephone without recovery codes: he sets up another at his next sign-in. */
export async function dropFactorBy(by: Manager, login: string, now: string): Promise<void> {
  await another(by, login);
  await dropFactor(by.desk.db, login);
  await endSessions(by.desk.db, login, now);
}

/** Somebody else: how one proves who one is oneself is changed at `/account`, with the password. Throws AccountRefused. */
async function another(by: Manager, login: string): Promise<void> {
  await managed(by, login);
  if (login === by.user.login) throw new AccountRefused('own-proof');
}

/** The users whom he manages. Throws NotAllowed. */
export async function usersBy(by: Manager): Promise<UserRow[]> {
  const { users, his } = await usersKnownTo(by);
  return users.filter(({ login }) => his.has(login));
}

/**
 * The users whom he manages, and who leads his own offices without being his to manage: he may know them.
 * @returns the users, and the logins of those whom he manages
 * @throws NotAllowed
 */
export async function usersKnownTo(by: Manager): Promise<{ users: UserRow[]; his: Set<string> }> {
  by.authorise('manageUsers', {});
  const isWithin = await reachOf(by);
  const own = officesRunBy(by.user);
  const isLeader = ({ role, unit }: Capacity) => isLeading(role) && unit !== null && own.includes(unit);
  const known = await listUsers(by.desk.db);
  const his = known.filter(({ capacities }) => capacities.every(isWithin)).map(({ login }) => login);
  const users = known.filter(({ capacities }) => capacities.every((one) => isWithin(one) || isLeader(one)));
  return { users, his: new Set(his) };
}

/** One whom he manages. Throws AccountRefused `unknown-login`, also for one who is not his. */
export async function managed(by: Manager, login: string): Promise<UserRow> {
  const found = (await usersBy(by)).find((user) => user.login === login);
  if (!found) throw new AccountRefused('unknown-login', { login: isLogin(login) ? login : '…' });
  return found;
}

/**
 * The unit that somebody typed for a role: by its id, its name or an alias within the manager's cities; left out for an
 * officer, his own office.
 * @throws AccountRefused `unknown-unit`
 */
export async function unitTyped({ user, desk }: Manager, role: UserRole, typed: string): Promise<UnitId | null> {
  const name = typed.normalize('NFC').trim();
  if (role === 'auditor') return null;
  const own = officesRunBy(user);
  const [office] = own;
  if (name === '' && role !== 'unit' && office !== undefined && own.length === 1) return office;
  const units = await listUnits(desk.db);
  const cities = new Set(units.filter(({ id }) => own.includes(id)).map(({ city }) => city));
  const found = units.filter(
    ({ id, city, name: of, aliases }) =>
      id === name || ((cities.size === 0 || cities.has(city)) && (of === name || aliases.includes(name))),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new AccountRefused('unknown-unit', { unit: name.slice(0, 60) });
  return only.id;
}

async function refuseBeyond(by: Manager, capacities: readonly Capacity[]): Promise<void> {
  by.authorise('manageUsers', {});
  if (capacities.length === 0) throw new AccountRefused('no-capacity');
  const isWithin = await reachOf(by);
  if (!capacities.every(isWithin)) throw new AccountRefused('not-yours');
  const units = capacities.flatMap(({ unit }) => (unit === null ? [] : [unit]));
  const known = await unitsById(by.desk.db, units);
  const missing = units.find((unit) => !known.has(unit));
  if (missing !== undefined) throw new AccountRefused('unknown-unit', { unit: missing });
}

/**
 * Which capacities are within his reach to give and to take. A coordinator gives his office its first head and its first
 * supervisor; from then on he has no hand in who they are, because they decide what he may not.
 */
async function reachOf({ user, desk }: Manager): Promise<(capacity: Capacity) => boolean> {
  const { capacities } = user;
  if (capacities === 'operator') return ({ role, unit }) => (role === 'auditor') === (unit === null);
  const offices = officesRunBy(user);
  const districts = await districtsOf(desk.db);
  const isHeadOf = (unit: UnitId) => capacities.some((own) => own.role === 'office-head' && own.unit === unit);
  const leaders = (await listUsers(desk.db)).flatMap((one) => one.capacities.filter(({ role }) => isLeading(role)));
  const isVacant = ({ role, unit }: Capacity) => !leaders.some((one) => one.role === role && one.unit === unit);
  return ({ role, unit }) => {
    if (role === 'auditor' || unit === null) return false;
    // A unit's id begins with its city; for the city's units a district's office makes nobody.
    if (role === 'unit')
      return offices.some((own) => cityOf(own) === cityOf(unit) && isOfDistrict(own, unit, districts));
    if (!offices.includes(unit)) return false;
    return !isLeading(role) || isHeadOf(unit) || isVacant({ role, unit });
  };
}

function isLeading(role: UserRole): boolean {
  return role === 'office-head' || role === 'supervisor';
}

/** The offices that he runs. */
function officesRunBy({ capacities }: User): UnitId[] {
  if (capacities === 'operator') return [];
  return capacities.flatMap(({ role, unit }) =>
    (role === 'coordinator' || role === 'office-head') && unit !== null ? [unit] : [],
  );
}
