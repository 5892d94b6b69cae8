/**
 * Rights 权限: the one table of who may do what, on what is his own. Moves take their roles from the table of moves;
 * everything else that people do stands here. The client layer asks it for console, HTTP API and command line alike.
 */
import type { Actor } from './events';
import type { Move, MoveName } from './intents';
import type { Language } from './language';
import { MOVES } from './moves';
import { cityOf, nameOf } from './notices';
import type { UnitId } from './plan';
import { type Refusal, refuse } from './refusals';
import { BY_HAND } from './rules/ladder';
import { rolesNamed, USER_ROLES, type UserRole } from './user-roles';

/** A role in a unit: for officers 协调员、主要负责人、督查领导 the coordination office; null only for an auditor. */
export interface Capacity {
  role: UserRole;
  unit: UnitId | null;
}

/** Somebody who can sign in, or a program that acts for him. One person may have several capacities. */
export interface User {
  login: string;
  name: string;
  /** `operator`: whoever runs the command line on the server acts in the capacity that is needed (decision 22). */
  capacities: readonly Capacity[] | 'operator';
  language: Language;
}

/** What people do beside the moves on one task. */
export const DEEDS = [
  'readPlan',
  'importPlan',
  'editPlan',
  'rehearse',
  'launch',
  'reportOnPlan',
  'exportPlan',
  'readLetters',
  'settleReply',
  'revokeLinks',
  'readDirectory',
  'editUnit',
  'nameSubstitute',
  'handOutFeed',
  'changeCalendar',
  'verifyRecord',
  'manageUsers',
  'makeToken',
  'linkLibrary',
  'importLibrary',
  'runRound',
] as const;
export type Deed = (typeof DEEDS)[number];
export type Act = MoveName | Deed;

/**
 * `own`: an officer on plans of his office, a unit for itself. `city`: an office of the city on units of the city, one of a
 * district 县市区 on units of the district. `shared`: on what all offices share, which a district's may not change for the
 * city. `any`: on everything.
 */
type Reach = 'own' | 'city' | 'shared' | 'any';
export type RightsRow = Partial<Record<UserRole, Reach>>;

const OFFICERS = { coordinator: 'own', 'office-head': 'own' } as const satisfies RightsRow;
const LEADERS = { ...OFFICERS, supervisor: 'own' } as const satisfies RightsRow;
const EVERYBODY = { ...LEADERS, unit: 'own', auditor: 'any' } as const satisfies RightsRow;

const DEED_RIGHTS = {
  // What a unit reads of a plan are the tasks in which it is a party (sightOf).
  readPlan: EVERYBODY,
  importPlan: OFFICERS,
  editPlan: OFFICERS,
  rehearse: { ...LEADERS, auditor: 'any' },
  launch: LEADERS,
  reportOnPlan: { unit: 'own' },
  exportPlan: { ...LEADERS, auditor: 'any' },
  readLetters: EVERYBODY,
  settleReply: OFFICERS,
  revokeLinks: LEADERS,
  readDirectory: { coordinator: 'any', 'office-head': 'any', supervisor: 'any', unit: 'own', auditor: 'any' },
  // The directory belongs to the city: one office corrects a telephone list that another will use tomorrow. A district's
  // office has no hand in whom letters of the city's office go to.
  editUnit: { coordinator: 'city', 'office-head': 'city' },
  // Letters go to whoever stands in the directory: no office says so for another city.
  nameSubstitute: { unit: 'own', coordinator: 'city', 'office-head': 'city' },
  // A unit's calendar address opens its dates to whoever has it.
  handOutFeed: { unit: 'own', coordinator: 'city', 'office-head': 'city' },
  // Every date of every office stands on the one calendar.
  changeCalendar: { coordinator: 'shared', 'office-head': 'shared' },
  verifyRecord: { auditor: 'any', ...LEADERS },
  manageUsers: { coordinator: 'own', 'office-head': 'own' },
  makeToken: EVERYBODY,
  linkLibrary: OFFICERS,
  importLibrary: { coordinator: 'shared', 'office-head': 'shared' },
  runRound: { coordinator: 'shared', 'office-head': 'shared' },
} as const satisfies Record<Deed, RightsRow>;

/** Role × act × own, city, shared or any. */
export const RIGHTS: Readonly<Record<Act, RightsRow>> = { ...moveRights(), ...DEED_RIGHTS };

function moveRights(): Record<MoveName, RightsRow> {
  const rows = Object.entries(MOVES).map(([name, { by }]) => [
    name,
    Object.fromEntries(by.map((role) => [role, 'own'])),
  ]);
  return Object.fromEntries(rows) as Record<MoveName, RightsRow>;
}

/** What an act is about. */
export interface Ground {
  /** The coordination office of the plan; left out where there is no plan. */
  office?: UnitId;
  /** The unit that acts, or that is acted on. */
  unit?: UnitId;
  /** What rights of the reaches `city` and `shared` are judged by; without it they reach nothing. */
  directory?: CityDirectory;
}

/** What of a city's directory says how far an office reaches in it. */
export interface CityDirectory {
  /** 县市区: members of the city's collectives. */
  districts: readonly UnitId[];
  /** Parties of the user's own plans that no other office has to do with. */
  parties: readonly UnitId[];
}

/** The capacity in which the user may do it, the table's first that fits, or why he may not. */
export function capacityFor(user: User, act: Act, ground: Ground): Capacity | Refusal {
  return capacityIn(RIGHTS[act], user, ground);
}

/** The same for a whole move, whose content may narrow who makes it. */
export function capacityForMove(user: User, move: Move, ground: Ground): Capacity | Refusal {
  return capacityIn(rightsOfMove(move), user, ground);
}

/** A slip by hand belongs to one role by its colour (R23); what came by telephone or on paper is recorded by the office (R13, R25). */
function rightsOfMove(move: Move): RightsRow {
  switch (move.move) {
    case 'issueSlip':
      return Object.hasOwn(BY_HAND, move.colour) && BY_HAND[move.colour].role === 'supervisor'
        ? { supervisor: 'own' }
        : OFFICERS;
    case 'acknowledge':
      return move.byPhone ? OFFICERS : RIGHTS.acknowledge;
    case 'submitEvidence':
      return move.receivedOn === undefined ? RIGHTS.submitEvidence : OFFICERS;
    default:
      return RIGHTS[move.move];
  }
}

function capacityIn(row: RightsRow, { capacities }: User, ground: Ground): Capacity | Refusal {
  const roles = rolesIn(row);
  if (capacities === 'operator') return neededCapacity(roles, ground);
  const able = roles.flatMap((role) => capacities.filter((capacity) => capacity.role === role));
  if (able.length === 0) return refuse('not-your-role', { needed: rolesNamed(roles) });
  const fits = able.find((capacity) => reaches(row[capacity.role], capacity, ground));
  if (fits) return fits;
  const isShared = able.every(({ role }) => row[role] === 'shared');
  return isShared ? refuse('district-office') : refuse('not-your-unit', { unit: whose(able, ground) });
}

/** The roles of a row, in its order. */
function rolesIn(row: RightsRow): UserRole[] {
  return Object.keys(row).filter((role): role is UserRole => USER_ROLES.some((one) => one === role));
}

/** The usual capacity of an act: the unit where one acts, else the office. */
function neededCapacity(roles: readonly UserRole[], { office, unit }: Ground): Capacity {
  const role = roles.find((one) => one !== 'unit' || unit !== undefined) ?? roles[0] ?? 'coordinator';
  return { role, unit: (role === 'unit' ? unit : office) ?? office ?? unit ?? null };
}

function reaches(reach: Reach | undefined, capacity: Capacity, ground: Ground): boolean {
  if (reach === 'any') return true;
  if (reach === 'shared') return isOfCity(capacity, ground.directory);
  if (reach !== 'city') return isOwn(capacity, ground);
  if (ground.unit === undefined) return true;
  return capacity.unit !== null && reachesUnit(capacity.unit, ground.unit, ground.directory);
}

function reachesUnit(office: UnitId, unit: UnitId, directory: CityDirectory | undefined): boolean {
  if (!directory || cityOf(office) !== cityOf(unit)) return false;
  return isOfDistrict(office, unit, directory.districts) || directory.parties.includes(unit);
}

/** Whether an office has to do with the people of a unit: the city's with all of the city, a district's with its own. */
export function isOfDistrict(office: UnitId, unit: UnitId, districts: readonly UnitId[]): boolean {
  const own = districtOf(office, districts);
  return own === null || districtOf(unit, districts) === own;
}

function isOfCity({ unit }: Capacity, directory: CityDirectory | undefined): boolean {
  return unit !== null && directory !== undefined && districtOf(unit, directory.districts) === null;
}

/** The district that a unit is, or whose name its own begins with; null: it is the city's. */
function districtOf(unit: UnitId, districts: readonly UnitId[]): UnitId | null {
  return districts.find((one) => cityOf(one) === cityOf(unit) && nameOf(unit).startsWith(nameOf(one))) ?? null;
}

function isOwn({ role, unit }: Capacity, ground: Ground): boolean {
  const about = role === 'unit' ? ground.unit : ground.office;
  return about === undefined || about === unit;
}

function whose(able: Capacity[], { office, unit }: Ground): string {
  return (able.every(({ role }) => role === 'unit') ? unit : office) ?? unit ?? office ?? '';
}

/** What a user sees: plans of his offices, tasks in which his units are parties. */
export type Sight = 'everything' | { offices: UnitId[]; units: UnitId[] };

export function sightOf({ capacities }: User): Sight {
  if (capacities === 'operator' || capacities.some(({ role }) => role === 'auditor')) return 'everything';
  return { offices: officesOf(capacities), units: unitsOf(capacities) };
}

/** Coordination offices in which somebody is an officer. */
export function officesOf(capacities: readonly Capacity[]): UnitId[] {
  return capacities.flatMap(({ role, unit }) => (role !== 'unit' && unit !== null ? [unit] : []));
}

/** Units in whose name somebody acts. */
export function unitsOf(capacities: readonly Capacity[]): UnitId[] {
  return capacities.flatMap(({ role, unit }) => (role === 'unit' && unit !== null ? [unit] : []));
}

/** Whether something of this office and these units is in sight. */
export function isInSight(sight: Sight, office: UnitId, units: readonly UnitId[]): boolean {
  return sight === 'everything' || sight.offices.includes(office) || sight.units.some((unit) => units.includes(unit));
}

/** Who acts, for the record of a task. Null for an auditor, who has no moves. */
export function actorOf(name: string, { role, unit }: Capacity): Actor | null {
  return role === 'auditor' ? null : { name, role, unit };
}
