/** The names of a plan against a directory of units: aliases resolved aloud, unknown names with the nearest known ones. */
import { distance } from 'fastest-levenshtein';
import { type Doubt, diagnose, doubt, quoted } from './diagnostics';
import type { Diagnostic, ReadTask } from './result';

/** What this needs of a unit of the directory. */
export interface KnownUnit {
  name: string;
  aliases: string[];
}

/** How many names are offered for an unknown one, and how far they may differ: half of its letters. */
const MOST_OFFERED = 3;
const MOST_DIFFERENCE = 0.5;

/** The one unit of a name or alias, or why there is none. */
export type UnitFinder<U> = (name: string) => { unit: U; doubt: Doubt | null } | { unit: null; doubt: Doubt };

/** Finds units as documents write them. A name counts before an alias; an alias of two units means neither. */
export function unitFinder<U extends KnownUnit>(directory: readonly U[]): UnitFinder<U> {
  const byName = new Map(directory.map((unit) => [unit.name, unit]));
  const byAlias = new Map<string, U[]>();
  for (const unit of directory)
    for (const alias of unit.aliases) byAlias.set(alias, [...(byAlias.get(alias) ?? []), unit]);
  const asked = new Map<string, ReturnType<UnitFinder<U>>>();
  const find: UnitFinder<U> = (name) => {
    const named = byName.get(name);
    if (named) return { unit: named, doubt: null };
    const [known, other] = byAlias.get(name) ?? [];
    if (known && other) {
      const names = [known, other].map((unit) => quoted(unit.name)).join('和');
      return { unit: null, doubt: doubt('unit-ambiguous', `${quoted(name)}在单位目录中是${names}的别名`) };
    }
    if (known) {
      return { unit: known, doubt: doubt('known-by-alias', `${quoted(name)}在单位目录中叫${quoted(known.name)}`) };
    }
    return { unit: null, doubt: doubt('unknown-unit', `单位目录中没有${quoted(name)}${offered(name, directory)}`) };
  };
  // A document names the same units again and again, and the nearest names of an unknown one are dear.
  return (name) => {
    const answer = asked.get(name) ?? find(name);
    asked.set(name, answer);
    return answer;
  };
}

/**
 * Says of every party whether the directory knows it. The tasks keep the document's names; the import resolves them.
 */
export function checkUnits(tasks: ReadTask[], directory: readonly KnownUnit[]): Diagnostic[] {
  const find = unitFinder(directory);
  return tasks.flatMap(({ parties, line, id }) =>
    parties.flatMap(({ unit }) => {
      const { doubt: said } = find(unit);
      return said ? [diagnose(said, line, id)] : [];
    }),
  );
}

/** `，相近的有“市市场监管局”`, or nothing. */
export function offered(name: string, directory: readonly KnownUnit[]): string {
  const near = nearestUnits(name, directory).map((unit) => quoted(unit.name));
  return near.length > 0 ? `，相近的有${near.join('、')}` : '';
}

/** The units whose names or aliases are nearest to an unknown name, the nearest first. */
export function nearestUnits<U extends KnownUnit>(name: string, directory: readonly U[]): U[] {
  const known = directory.flatMap((unit) => [unit.name, ...unit.aliases].map((other) => ({ other, unit })));
  const near = known
    .map(({ other, unit }) => ({ unit, away: distance(name, other) / Math.max(name.length, other.length) }))
    .filter(({ away }) => away <= MOST_DIFFERENCE)
    .sort((a, b) => a.away - b.away)
    .slice(0, MOST_OFFERED)
    .map(({ unit }) => unit);
  return [...new Set(near)];
}
