/** Who answers for a task and why: the columns' lists of units joined into parties, with the basis of the lead. */
import { ROLE_NAMES } from '../../domain/events';
import type { LeadBasis, Role } from '../../domain/plan';
import { type Doubt, doubt, quoted } from '../diagnostics';
import type { ReadParty } from '../result';
import { withoutRuleNotes } from './document-rules';
import type { RawTask } from './raw-task';
import { isDistricts } from './unit-names';
import { type NamedUnit, readUnits, type UnitList } from './units';

export interface PartiesReading {
  parties: ReadParty[];
  leadBasis: LeadBasis;
  openEnded: boolean;
  /** What the cells of units say of time. */
  time: string | null;
  doubts: Doubt[];
}

const COLUMNS = ['lead', 'responsible', 'co', 'support', 'district'] as const;
type UnitColumn = (typeof COLUMNS)[number];

/**
 * @param firstLeads whether the document states that the first of several units leads
 */
export function readParties(task: RawTask, firstLeads: boolean): PartiesReading {
  const lists = new Map<UnitColumn, UnitList>();
  for (const column of COLUMNS) {
    const text = withoutRuleNotes(task.assignment[column]);
    if (text !== '') for (const [at, list] of divided(task, column, text)) lists.set(at, list);
  }
  const doubts = [...lists.values()].flatMap((list) => list.doubts);
  const openEnded = [...lists.values()].some((list) => list.openEnded);
  const times = [...lists.values()].flatMap((list) => (list.time === null ? [] : [list.time]));
  const { parties, leadBasis } = withRoles(lists, firstLeads, openEnded);
  const kept = once(parties, doubts);
  if (kept.length === 0) doubts.push(doubt('no-unit', `${quoted(task.title)}没有写明单位`));
  else if (leadBasis === 'unstated') {
    doubts.push(doubt('lead-unstated', `${quoted(kept.map((p) => p.unit).join('、'))}没有写明哪个牵头`));
  }
  return { parties: kept, leadBasis, openEnded, time: times.length > 0 ? times.join('，') : null, doubts };
}

/** One column for both roles, 牵头单位/配合单位: the slash of its cells divides them; without one nothing does. */
function divided(task: RawTask, column: UnitColumn, text: string): [UnitColumn, UnitList][] {
  const parts = text.split(/\s*[/／]\s*/);
  if (column !== 'responsible' || !task.slashDivides || parts.length < 2) return [[column, readUnits(text)]];
  const lead = readUnits(parts[0] ?? '');
  const rest = readUnits(parts.slice(1).join('、'));
  return [
    ['lead', lead],
    ['co', rest],
  ];
}

function withRoles(
  lists: Map<UnitColumn, UnitList>,
  firstLeads: boolean,
  openEnded: boolean,
): { parties: ReadParty[]; leadBasis: LeadBasis } {
  const units = COLUMNS.flatMap((column) => (lists.get(column)?.units ?? []).map((unit) => ({ ...unit, column })));
  const says = units.some((unit) => unit.role === 'lead' && unit.byVerb);
  const leadColumn = units.some((unit) => unit.column === 'lead');
  const explicit = says || leadColumn;
  const named = units.filter((unit) => unit.column === 'responsible' || unit.column === 'lead');
  // 责任单位 with one name and nobody meant besides leads, also where 配合单位 stand in a column of their own.
  const responsible = lists.get('responsible');
  const alone =
    (units.length === 1 && !openEnded) ||
    (lists.size > 1 && responsible?.units.length === 1 && !responsible.openEnded && !leadColumn);
  const basis: LeadBasis = explicit
    ? 'explicit'
    : alone
      ? 'sole'
      : firstLeads && named.length > 0
        ? 'first'
        : 'unstated';
  const first = basis === 'first' || basis === 'sole' ? (named[0] ?? null) : null;
  const parties = units.map(
    (unit): ReadParty => ({ unit: unit.name, role: unit === first ? 'lead' : roleOf(unit, unit.column) }),
  );
  return { parties, leadBasis: parties.some((party) => party.role === 'lead') ? basis : 'unstated' };
}

/** The verb beside the name, else the column. Districts together are a party of their own kind unless they lead. */
function roleOf(unit: NamedUnit, column: UnitColumn): Role {
  if (unit.role === 'lead') return 'lead';
  if (column === 'lead' && !unit.byVerb) return 'lead';
  if (isDistricts(unit.name) || column === 'district') return 'district';
  if (unit.role === 'support' || column === 'support') return 'support';
  return 'co';
}

/** Each unit once: a lead that stands beside itself stays lead. */
function once(parties: ReadParty[], doubts: Doubt[]): ReadParty[] {
  const kept: ReadParty[] = [];
  for (const party of parties) {
    const before = kept.find((other) => other.unit === party.unit);
    if (!before) kept.push(party);
    else if (before.role === party.role)
      doubts.push(doubt('unit-repeated', `${quoted(party.unit)}写了两次，已只留一个`));
    else {
      doubts.push(
        doubt('lead-also-co', `${quoted(party.unit)}既列为${ROLE_NAMES[before.role]}，又列为${ROLE_NAMES[party.role]}`),
      );
      if (party.role === 'lead') before.role = 'lead';
    }
  }
  return kept;
}
