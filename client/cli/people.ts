/** In whose name a command acts, and with whose rights (docs/decisions/0022-rights-in-one-table.md). */
import type { UnitId } from '../../domain/plan';
import type { Capacity, Deed, Ground, User } from '../../domain/rights';
import type { Unit } from '../../domain/unit';
import { findUser } from '../../ledger/accounts/users';
import { listPlans } from '../../ledger/plans';
import { listUnits } from '../../ledger/units';
import { groundOfShared, groundOfUnit } from '../directory';
import { type Acting, authorise, type Reader, readerAs } from '../reader';
import { wrongCall } from './failure';
import { asText, shown } from './inputs';
import type { Session } from './session';

/**
 * Whose rights a command has: the operator's, or with `--actor` those of that person and no others.
 * @param office a coordination office, also before it has its first plan
 */
export async function userOf(session: Session, office?: UnitId): Promise<User> {
  const { actorName } = session;
  if (actorName === null) return { login: '', name: session.localName(), capacities: 'operator', language: 'zh-CN' };
  const name = asText('姓名', 60)(actorName).normalize('NFC').trim();
  const db = await session.db();
  const account = await findUser(db, name.toLowerCase());
  if (account && account.disabledAt === null) return account;
  const offices = new Set((await listPlans(db)).map((plan) => plan.office));
  if (office !== undefined) offices.add(office);
  const capacities = capacitiesOf(await listUnits(db), offices, name, session.today());
  if (capacities.length === 0) throw unknownPerson(actorName);
  return { login: '', name, capacities, language: 'zh-CN' };
}

/** The ledger as far as this command's person sees it. */
export async function readerOf(session: Session): Promise<Reader> {
  return readerAs(await session.db(), await userOf(session));
}

/** Who does something that is no move on a task. Throws NotAllowed when the table of rights says no. */
export async function authorised(session: Session, deed: Deed, ground: Ground): Promise<Acting> {
  const user = await userOf(session, ground.office);
  if (ground.unit === undefined) return authorise(user, deed, ground);
  return authorise(user, deed, { ...ground, ...(await groundOfUnit(await session.db(), user, ground.unit)) });
}

/** Who changes what all offices share. Throws NotAllowed when the table of rights says no. */
export async function authorisedForAll(session: Session, deed: Deed): Promise<Acting> {
  const user = await userOf(session);
  return authorise(user, deed, await groundOfShared(await session.db(), user));
}

/** Everything that a person of this name is: one may answer for two units, and two may have one name. */
function capacitiesOf(units: Unit[], offices: ReadonlySet<UnitId>, name: string, today: string): Capacity[] {
  return units.flatMap((unit) => {
    const places = OFFICES.filter((place) => peopleOf(unit, place, today).includes(name));
    const own: Capacity[] = places.length > 0 ? [{ role: 'unit', unit: unit.id }] : [];
    const officer = offices.has(unit.id) ? places.map(({ role }): Capacity => ({ role, unit: unit.id })) : [];
    return [...officer, ...own];
  });
}

/** The three people of the coordination office, by where the directory has them. */
const OFFICES = [
  { of: 'liaison', role: 'coordinator' },
  { of: 'head', role: 'office-head' },
  { of: 'leader', role: 'supervisor' },
] as const;

function peopleOf(unit: Unit, { of }: (typeof OFFICES)[number], today: string): string[] {
  const substitutes = of === 'liaison' ? unit.substitutes.filter((s) => s.from <= today && today <= s.to) : [];
  return [unit[of]?.name, ...substitutes.map((s) => s.name)].filter((name) => name !== undefined);
}

function unknownPerson(name: string) {
  return wrongCall(
    'unknown-person',
    `单位目录中没有“${shown(name)}”。`,
    `the directory knows nobody called "${shown(name)}"`,
    {
      next: 'duban unit list, or leave --actor out',
    },
  );
}
