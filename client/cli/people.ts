/** In whose name a command acts, and in which capacity (docs/decisions/0007-actors-until-login.md). */
import type { Actor } from '../../domain/events';
import type { UnitId } from '../../domain/plan';
import { refuse } from '../../domain/refusals';
import type { Unit } from '../../domain/unit';
import { listUnits } from '../../ledger/units';
import { refused, wrongCall } from './failure';
import { asText, shown } from './inputs';
import type { Session } from './session';

export type Capacity = Exclude<Actor['role'], 'system'>;

/** What an act asks of whoever does it. */
export interface Needed {
  /** The coordination office of the plan. */
  office: UnitId;
  /** Capacities that may do it, the usual one first. */
  by: readonly Capacity[];
  /** The unit that acts, where a unit may. */
  unit?: UnitId;
}

/**
 * The actor of a command. With `--actor` a person of the directory in his own capacity, whatever that allows; without
 * it the usual capacity under the local user's name.
 */
export async function actorFor(session: Session, { office, by, unit }: Needed): Promise<Actor> {
  if (session.actorName === null) {
    const role = by.includes('unit') && unit === undefined ? by.find((r) => r !== 'unit') : by[0];
    const own = role === 'unit' ? (unit ?? office) : office;
    return { name: session.localName(), role: role ?? 'coordinator', unit: own };
  }
  const candidates = await capacitiesOf(session, session.actorName, office);
  const able = candidates.filter((actor) => actor.role !== 'system' && by.includes(actor.role));
  const inUnit = able.find((actor) => actor.role === 'unit' && actor.unit === unit);
  const [first] = candidates;
  if (!first) throw unknownPerson(session.actorName);
  return inUnit ?? able[0] ?? first;
}

/** For acts that no task judges: refuses who has none of the capacities. */
export async function authorised(session: Session, needed: Needed): Promise<Actor> {
  const actor = await actorFor(session, needed);
  if (actor.role !== 'system' && needed.by.includes(actor.role)) return actor;
  throw refused(refuse('not-your-role', { needed: needed.by.map((role) => CAPACITY_TEXT[role]).join('、') }));
}

/** Who changes what belongs to no plan: any person of the directory, or the local user. */
export async function editorName(session: Session): Promise<string> {
  const { actorName } = session;
  if (actorName === null) return session.localName();
  if ((await capacitiesOf(session, actorName, '')).length === 0) throw unknownPerson(actorName);
  return actorName;
}

const CAPACITY_TEXT: Record<Capacity, string> = {
  unit: '责任单位',
  coordinator: '协调员',
  'office-head': '办公室主要负责人',
  supervisor: '督查领导',
};

/** Everything that a person of this name is: one may answer for two units, and two may have one name. */
async function capacitiesOf(session: Session, typed: string, office: UnitId): Promise<Actor[]> {
  const name = asText('姓名', 60)(typed).normalize('NFC').trim();
  const units = await listUnits(await session.db());
  const today = session.today();
  return units.flatMap((unit) => {
    const offices = OFFICES.filter((place) => peopleOf(unit, place, today).includes(name));
    const roles = offices.map(({ role }) => role);
    const own: Actor[] = offices.length > 0 ? [{ name, role: 'unit', unit: unit.id }] : [];
    return unit.id === office ? [...roles.map((role): Actor => ({ name, role, unit: office })), ...own] : own;
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
