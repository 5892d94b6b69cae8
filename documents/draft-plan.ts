/**
 * What was read as a draft plan: units by the ids of the directory, and what the document does not say by whoever
 * imports it. Nothing is guessed: what neither says is asked for.
 */
import type { Day } from '../domain/days';
import type { Party, Plan, PlanId, UnitId } from '../domain/plan';
import type { Unit } from '../domain/unit';
import { type DiagnosticCode, type Doubt, diagnose, doubt, quoted } from './diagnostics';
import { withDoubts } from './kept-doubts';
import { offered, unitFinder } from './known-units';
import type { Diagnostic, ReadPlan } from './result';

/** What may be given beside the document, and wins over what it says. */
export interface Given {
  id?: PlanId;
  city?: string;
  office?: UnitId;
  title?: string;
  number?: string;
  issuer?: string;
  issuedOn?: Day;
}

/** What a plan needs and neither the document, the directory nor the importer says. */
export type Lacking = 'city' | 'office' | 'title' | 'issuer' | 'issuedOn';

export type Head = Pick<Plan, 'id' | 'title' | 'number' | 'issuer' | 'issuedOn' | 'city' | 'office'>;

/**
 * The plan's head, or what is lacking for it. The directory proves two things: the office, where the issuer is one of
 * its units, and the city, where only one city has a unit that bears the name of the document's city.
 * @param directory units of all cities
 */
export function headOf({ plan }: ReadPlan, given: Given, directory: readonly Unit[]): Head | { lacking: Lacking[] } {
  const city = given.city ?? given.office?.split(':')[0] ?? cityNamed(plan.city, directory);
  const issuer = given.issuer ?? plan.issuer;
  const office =
    given.office ?? (issuer === null || city === null ? null : issuingUnit(issuer, inCity(directory, city)));
  const title = given.title ?? plan.title;
  const issuedOn = given.issuedOn ?? plan.issuedOn;
  if (city === null || office === null || title === null || issuer === null || issuedOn === null) {
    const found = { city, office, title, issuer, issuedOn };
    return { lacking: (Object.keys(found) as Lacking[]).filter((name) => found[name] === null) };
  }
  const id = given.id ?? `${city}-${issuedOn.slice(0, 4)}`;
  return { id, title, number: given.number ?? plan.number, issuer, issuedOn, city, office };
}

const inCity = (directory: readonly Unit[], city: string): Unit[] => directory.filter((unit) => unit.city === city);

/** The only city of the directory in which a unit is called 株洲市…. */
function cityNamed(name: string | null, directory: readonly Unit[]): string | null {
  if (name === null) return null;
  const bears = (unit: Unit) => [unit.name, ...unit.aliases].some((known) => known.startsWith(name));
  const [only, other] = [...new Set(directory.filter(bears).map(({ city }) => city))];
  return only !== undefined && other === undefined ? only : null;
}

/** The one unit among those that issued the document: a letterhead may name two. */
function issuingUnit(issuer: string, directory: Unit[]): UnitId | null {
  const find = unitFinder(directory);
  const names = [issuer, ...issuer.split(/[\s、，,]+/)];
  const [only, other] = [...new Set(names.flatMap((name) => find(name).unit?.id ?? []))];
  return only !== undefined && other === undefined ? only : null;
}

export interface Draft {
  plan: Plan;
  /** Units of the document that the directory does not know, as they would stand in it. */
  strangers: Unit[];
  diagnostics: Diagnostic[];
}

/** Doubts that an answer of the importer settles. */
const SETTLED: Partial<Record<DiagnosticCode, keyof Head>> = {
  'title-missing': 'title',
  'issuer-missing': 'issuer',
  'issue-date-missing': 'issuedOn',
};

/**
 * The draft under the plan's id, with units as the city's directory knows them. A unit that it does not know gets the
 * id that it would have there. Who owes reports on the plan as a whole is not known from a document.
 * @param adding whether a stranger is going to be added, which is then a note and no warning
 */
export function draftOf(
  read: ReadPlan,
  head: Head,
  directory: readonly Unit[],
  adding: (written: string) => boolean,
): Draft {
  const known = inCity(directory, head.city);
  const find = unitFinder(known);
  const strangers = new Map<string, Unit>();
  const diagnostics = read.diagnostics.filter(({ code }) => SETTLED[code] === undefined);
  const tasks = read.tasks.map((task) => {
    const tell = (said: Doubt) => diagnostics.push(diagnose(said, task.line, task.id));
    const parties = task.parties.flatMap((party): { name: string; party: Party }[] => {
      const { unit, doubt: said } = find(party.unit);
      if (unit) {
        if (said) tell(said);
        return [{ name: party.unit, party: { unit: unit.id, role: party.role } }];
      }
      const stranger = strangerOf(party.unit, head.city);
      if (!stranger) {
        tell(doubt('not-a-unit', `${quoted(party.unit)}太长，不是单位名称，未列为责任方`));
        return [];
      }
      const isNew = said.code === 'unknown-unit';
      if (isNew) strangers.set(stranger.id, stranger);
      tell(isNew && adding(party.unit) ? doubt('unit-added', said.says) : said);
      return [{ name: party.unit, party: { unit: stranger.id, role: party.role } }];
    });
    return { ...task, id: `${head.id}/${task.id}`, parties: onceEach(parties, tell) };
  });
  return {
    plan: { ...head, reporting: null, tasks: withDoubts(tasks, diagnostics) },
    strangers: [...strangers.values()],
    diagnostics,
  };
}

/** The units of a plan with ids that the directory does not know, for a plan that was not read from a document. */
export function unknownUnits(plan: Plan, directory: readonly Unit[], adding: boolean): Omit<Draft, 'plan'> {
  const ids = new Set(directory.map(({ id }) => id));
  const strangers = new Map<string, Unit>();
  const told = new Map<string, string>();
  const places = [
    ...(plan.reporting?.addressees ?? []).map((unit) => ({ unit, line: null, task: null })),
    ...plan.tasks.flatMap(({ id: task, line, parties }) => parties.map(({ unit }) => ({ unit, line, task }))),
  ];
  const diagnostics = places.flatMap(({ unit, line, task }) => {
    if (ids.has(unit)) return [];
    const [city = '', name = ''] = unit.split(':');
    const stranger = strangerOf(name, city);
    if (stranger) strangers.set(unit, { ...stranger, id: unit });
    const says = told.get(unit) ?? `单位目录中没有${quoted(unit)}${offered(name, inCity(directory, city))}`;
    told.set(unit, says);
    return [diagnose(doubt(adding ? 'unit-added' : 'unknown-unit', says), line, task)];
  });
  return { strangers: [...strangers.values()], diagnostics };
}

/** The most that an id holds of a name. */
const LONGEST_NAME = 64;

/** A unit without people; 各县市区 is a collective whose members nobody has named yet (R10). */
function strangerOf(written: string, city: string): Unit | null {
  const name = written.replace(/\s+/g, '').replaceAll('/', '／').replaceAll('\\', '＼').replaceAll(':', '：');
  if (name === '' || name.length > LONGEST_NAME) return null;
  const members = name.startsWith('各') ? [] : null;
  const nobody = { liaison: null, head: null, leader: null, substitutes: [] };
  return { id: `${city}:${name}`, city, name, aliases: [], members, ...nobody };
}

/** Two names of one unit are one party: the lead if either leads, else as it was named first. */
function onceEach(parties: { name: string; party: Party }[], tell: (said: Doubt) => void): Party[] {
  const kept = new Map<UnitId, { name: string; party: Party }>();
  for (const one of parties) {
    const before = kept.get(one.party.unit);
    if (!before) {
      kept.set(one.party.unit, one);
      continue;
    }
    const says = `${quoted(before.name)}和${quoted(one.name)}是同一单位`;
    const leads = [before, one].some(({ party }) => party.role === 'lead');
    if (before.party.role === one.party.role) tell(doubt('unit-repeated', says));
    else tell(leads ? doubt('lead-also-co', says) : doubt('roles-differ', `${says}，保留了前一个角色`));
    if (one.party.role === 'lead') kept.set(one.party.unit, { ...before, party: one.party });
  }
  return [...kept.values()].map(({ party }) => party);
}
