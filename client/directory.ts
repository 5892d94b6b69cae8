/** The directory of units 单位目录 as its readers and editors use it: console, HTTP API and command line alike. */
import { createHash } from 'node:crypto';
import type { Day } from '../domain/days';
import { cityOf } from '../domain/notices';
import type { UnitId } from '../domain/plan';
import { type Ground, officesOf, type User } from '../domain/rights';
import { unitId, unitSchema } from '../domain/schemas';
import { withSubstitute, wrongDays } from '../domain/substitutes';
import type { Substitute, Unit } from '../domain/unit';
import { currentFeed, renewFeed } from '../ledger/calendar-feeds';
import { canonicalJson } from '../ledger/canonical';
import { cityDirectory, districtsOf } from '../ledger/city-directory';
import type { Db } from '../ledger/database';
import { standstills } from '../ledger/tasks';
import { addUnit, editUnit, pageUnits } from '../ledger/units';
import { refuseTakenNames } from './drafts/unit-names';
import { Failure, wrongCall } from './failure';
import type { Reader } from './reader';

export interface UnitQuery {
  id?: UnitId;
  city?: string;
  /** In the name or an alias. */
  q?: string;
  /** Only units that lack something a letter needs. */
  gaps?: boolean;
  after?: UnitId;
  limit: number;
}

export interface KnownUnit extends Unit {
  /** Tasks that stand still because its letters do not arrive (R33). */
  standingStill: number;
}

/** Units that the user may read, by id. */
export async function unitsInSight(
  user: Reader,
  query: UnitQuery,
): Promise<{ items: KnownUnit[]; next: UnitId | null; total: number }> {
  const only = unitsReadBy(user);
  const { db } = user.desk;
  const { rows, total } = await pageUnits(db, { ...query, only, limit: query.limit + 1 });
  const still = await standstills(db);
  const items = rows.slice(0, query.limit).map((unit) => ({ ...unit, standingStill: still[unit.id] ?? 0 }));
  return { items, next: rows.length > items.length ? (items.at(-1)?.id ?? null) : null, total };
}

/** Which units' entries a reader sees: his own, or all where this is left out. */
export function unitsReadBy(user: Reader): readonly UnitId[] | undefined {
  // Who may read any unit may read one that is not his.
  const mayReadAll = user.may('readDirectory', { unit: '' }) === null;
  return mayReadAll || user.sight === 'everything' ? undefined : user.sight.units;
}

/** What rights on a unit's people are judged by. */
export async function groundOfUnit(db: Db, { capacities }: User, unit: UnitId): Promise<Ground> {
  // The operator's rights are judged by nothing.
  return capacities === 'operator'
    ? { unit }
    : { unit, directory: await cityDirectory(db, unit, officesOf(capacities)) };
}

/** What rights on what all offices share are judged by: calendar, library, mail rounds. */
export async function groundOfShared(db: Db, { capacities }: User): Promise<Ground> {
  return capacities === 'operator' ? {} : { directory: { districts: await districtsOf(db), parties: [] } };
}

/** Names what of a unit was seen, so that an edit is not made over another one (RFC 9110 entity tag). */
export function unitTag(unit: Unit): string {
  const { id, city, name, aliases, members, liaison, head, leader, substitutes, language } = unit;
  const seen = { id, city, name, aliases, members, liaison, head, leader, substitutes, language: language ?? null };
  return `"${createHash('sha256').update(canonicalJson(seen)).digest('base64url').slice(0, 22)}"`;
}

/**
 * Changes a unit.
 * @param seen the {@link unitTag} that the editor saw
 * @throws NotAllowed, Failure, LedgerRefusal `unknown-unit`
 */
export async function changeUnitAs(
  user: Reader,
  id: UnitId,
  change: (unit: Unit) => Unit,
  { seen }: { seen?: string } = {},
): Promise<Unit> {
  user.authorise('editUnit', await groundOfUnit(user.desk.db, user.user, id));
  return editUnit(user.desk.db, id, (unit, city) => {
    if (seen !== undefined && seen !== unitTag(unit)) {
      throw new Failure(4, 'changed', '此单位刚刚被他人修改，请重新查看。', 'somebody changed the unit; look again');
    }
    const changed = checkedUnit(change(unit));
    refuseTakenNames(
      city,
      id,
      changed.aliases.filter((alias) => !unit.aliases.includes(alias)),
    );
    return changed;
  });
}

/** Cities whose directory the user may add a unit to. */
export async function citiesToAdd(user: Reader): Promise<string[]> {
  const { capacities } = user.user;
  if (capacities === 'operator') return [];
  const own = [...new Set(officesOf(capacities).map(cityOf))].sort();
  const cities: string[] = [];
  for (const city of own) {
    // A name that no unit has: what is asked is whether the city's directory is in his hand, and not a district's alone.
    const ground = await groundOfUnit(user.desk.db, user.user, `${city}:?`);
    if (user.may('editUnit', ground) === null) cities.push(city);
  }
  return cities;
}

/**
 * Adds a unit to a city's directory; who answers for it is said afterwards.
 * @throws NotAllowed, Failure
 */
export async function addUnitAs(user: Reader, { city, name }: { city: string; name: string }): Promise<Unit> {
  const id = `${city}:${name}`;
  if (!unitId.safeParse(id).success) {
    throw wrongCall(
      'bad-unit',
      '单位名称不能为空，不能含空格、斜线或冒号，最多64字。',
      'a name has 1 to 64 characters, without blanks, slashes and colons',
    );
  }
  user.authorise('editUnit', await groundOfUnit(user.desk.db, user.user, id));
  const unit = { id, city, name, aliases: [], members: null, liaison: null, head: null, leader: null, substitutes: [] };
  const added = await addUnit(user.desk.db, checkedUnit(unit), (others) => refuseTakenNames(others, id, [name]));
  if (!added) throw wrongCall('unit-exists', `单位目录中已有${name}。`, `the directory has ${id} already`);
  return unit;
}

/**
 * Names who stands in for the liaison 代理; a substitute of the same days gives way.
 * @throws NotAllowed, Failure, LedgerRefusal `unknown-unit`
 */
export async function substituteAs(user: Reader, id: UnitId, named: Substitute, today: Day): Promise<Unit> {
  user.authorise('nameSubstitute', await groundOfUnit(user.desk.db, user.user, id));
  refuseDays(named, today);
  return editUnit(user.desk.db, id, (unit) => checkedUnit(withSubstitute(unit, named)));
}

/** Throws Failure where nobody could stand in on these days. */
function refuseDays({ from, to }: Pick<Substitute, 'from' | 'to'>, today: Day): void {
  const wrong = wrongDays({ from, to }, today);
  if (wrong === 'reversed')
    throw wrongCall(
      'days-reversed',
      `结束日期${to}早于开始日期${from}。`,
      `the last day, ${to}, is before the first, ${from}`,
    );
  if (wrong === 'past') throw wrongCall('days-past', `结束日期${to}已过。`, `the last day, ${to}, has passed`);
}

/** A unit as the directory may hold it. Throws Failure. */
export function checkedUnit(unit: Unit): Unit {
  const checked = unitSchema.safeParse(unit);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const [field] = issue?.path ?? [];
  const who = FIELDS[String(field)] ?? '单位信息';
  const what = PARTS[String(issue?.path.at(-1))] ?? '';
  throw wrongCall('bad-unit', `${who}${what}有误，请核对。`, `${issue?.path.join('.')}: ${issue?.message}`);
}

const FIELDS: Readonly<Partial<Record<string, string>>> = {
  liaison: '联络员',
  head: '主要负责人',
  leader: '分管领导',
  aliases: '别名',
  substitutes: '代理联络员',
};
const PARTS: Readonly<Partial<Record<string, string>>> = { name: '的姓名', mail: '的邮箱地址', channels: '的通道地址' };

/**
 * The serial of the unit's calendar address; `renew` ends all that were given out before.
 * @throws NotAllowed
 */
export async function feedAddress(
  user: Reader,
  id: UnitId,
  { renew, at }: { renew: boolean; at: string },
): Promise<number> {
  const { name: by } = user.authorise('handOutFeed', await groundOfUnit(user.desk.db, user.user, id));
  const { db } = user.desk;
  return renew ? renewFeed(db, id, { by, at }) : currentFeed(db, id, { by, at });
}
