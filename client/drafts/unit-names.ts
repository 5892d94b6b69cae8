/** Units as people write them: a name or an alias within the plan's city, or the full id. */
import { distance } from 'fastest-levenshtein';
import type { UnitId } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import type { Db } from '../../ledger/database';
import { listUnits } from '../../ledger/units';
import { shown, wrongCall } from '../failure';

/** Resolves a name to a unit's id. Throws a wrong call with the nearest known names. */
export type UnitNames = (text: string) => UnitId;

/** A few edits away is a slip of the pen; more is another name. */
const NEAR = 3;
const SUGGESTIONS = 3;

/**
 * The names of a city's units; of all cities when left out, where a name that two cities have must be written in full.
 * A full id is taken from anywhere.
 */
export async function unitNames(db: Db, city?: string): Promise<UnitNames> {
  return unitNamesIn(await listUnits(db), city);
}

/** The same among units at hand. */
export function unitNamesIn(all: readonly Unit[], city?: string): UnitNames {
  const local = city === undefined ? all : all.filter((unit) => unit.city === city);
  return (text) => {
    const wanted = text.normalize('NFC').trim();
    const full = all.find((unit) => unit.id === wanted);
    if (full) return full.id;
    const found = local.filter((unit) => unit.name === wanted || unit.aliases.includes(wanted));
    const [only] = found;
    if (only && found.length === 1) return only.id;
    throw found.length > 1 ? ambiguous(wanted, found) : unknown(wanted, local);
  };
}

/**
 * A name that means two units means none.
 * @param directory the units of its city
 * @param id the unit that shall be called so
 */
export function refuseTakenNames(directory: readonly Unit[], id: UnitId, names: readonly string[]): void {
  const others = directory.filter((unit) => unit.id !== id);
  for (const name of names) {
    const taken = others.find((unit) => unit.name === name || unit.aliases.includes(name));
    if (!taken) continue;
    throw wrongCall('alias-taken', `“${name}”已是${taken.name}的名称。`, `"${name}" is a name of ${taken.id} already`);
  }
}

function ambiguous(wanted: string, found: Unit[]) {
  const ids = found.map(({ id }) => id);
  return wrongCall(
    'ambiguous-unit',
    `“${shown(wanted)}”不止一个：${ids.join('、')}。`,
    `several units are called "${shown(wanted)}"`,
    { next: `write one of: ${ids.join(', ')}`, details: { candidates: ids } },
  );
}

function unknown(wanted: string, units: readonly Unit[]) {
  const nearest = nearestNames(wanted, units);
  const hint = nearest.length > 0 ? `是否指：${nearest.join('、')}？` : '';
  return wrongCall(
    'unknown-unit',
    `单位目录中没有“${shown(wanted)}”。${hint}`,
    `the directory has no unit "${shown(wanted)}"`,
    {
      next:
        nearest.length > 0
          ? `did you mean: ${nearest.join(', ')}?`
          : 'duban unit list, or duban unit add NAME --city CODE for a new one',
      details: { nearest },
    },
  );
}

/** Names that contain what was typed or are few edits away, the nearest first. */
function nearestNames(wanted: string, units: readonly Unit[]): string[] {
  if (wanted.length > 60) return [];
  const rated = units.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((known) => {
      const within = wanted.length >= 2 && (known.includes(wanted) || wanted.includes(known));
      return { name, edits: within ? 0.5 : distance(wanted, known), limit: Math.min(NEAR, known.length - 2) };
    }),
  );
  const near = rated.filter(({ edits, limit }) => edits <= limit || edits < 1).sort((a, b) => a.edits - b.edits);
  return [...new Set(near.map(({ name }) => name))].slice(0, SUGGESTIONS);
}
