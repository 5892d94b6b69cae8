/** The names of a plan against a directory of units: aliases resolved aloud, unknown names with the nearest known ones. */
import { distance } from 'fastest-levenshtein';
import { diagnose, doubt, quoted } from './diagnostics';
import type { Diagnostic, ReadTask } from './result';

/** What this needs of a unit of the directory. */
export interface KnownUnit {
  name: string;
  aliases: string[];
}

/** How many names are offered for an unknown one, and how far they may differ: half of its letters. */
const MOST_OFFERED = 3;
const MOST_DIFFERENCE = 0.5;

/**
 * Says of every party whether the directory knows it. The tasks keep the document's names; the import resolves them.
 */
export function checkUnits(tasks: ReadTask[], directory: KnownUnit[]): Diagnostic[] {
  const names = new Set(directory.map((unit) => unit.name));
  const byAlias = new Map(directory.flatMap((unit) => unit.aliases.map((alias) => [alias, unit.name] as const)));
  return tasks.flatMap((task) =>
    task.parties.flatMap(({ unit }): Diagnostic[] => {
      if (names.has(unit)) return [];
      const known = byAlias.get(unit);
      if (known !== undefined) {
        return [diagnose(doubt('known-by-alias', `${quoted(unit)}在单位目录中叫${quoted(known)}`), task.line, task.id)];
      }
      const near = nearest(unit, [...names, ...byAlias.keys()]).map((name) => quoted(byAlias.get(name) ?? name));
      const offered = near.length > 0 ? `，相近的有${[...new Set(near)].join('、')}` : '';
      return [diagnose(doubt('unknown-unit', `单位目录中没有${quoted(unit)}${offered}`), task.line, task.id)];
    }),
  );
}

function nearest(name: string, known: string[]): string[] {
  return known
    .map((other) => ({ other, away: distance(name, other) / Math.max(name.length, other.length) }))
    .filter(({ away }) => away <= MOST_DIFFERENCE)
    .sort((a, b) => a.away - b.away)
    .slice(0, MOST_OFFERED)
    .map(({ other }) => other);
}
