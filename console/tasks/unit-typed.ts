/** A unit as people write it: by its name, a name it is also known by, or its id. */
import type { UnitId } from '../../domain/plan';
import type { Unit } from '../../domain/unit';

/** @returns its id, or how many there are of that name: none, or several */
export function unitTyped(units: readonly Unit[], typed: string): UnitId | 0 | 2 {
  const name = typed.normalize('NFKC').trim();
  const exact = units.filter(({ id, name: own }) => id === name || own === name);
  const found = exact.length > 0 ? exact : units.filter(({ aliases }) => aliases.includes(name));
  const [only] = found;
  if (!only) return 0;
  return found.length === 1 ? only.id : 2;
}
