/** Who stands in for a unit's liaison, and when (R9). */
import type { Day } from './days';
import type { Substitute, Unit } from './unit';

/** Why the days cannot be so; null: they can. */
export function wrongDays({ from, to }: Pick<Substitute, 'from' | 'to'>, today: Day): 'reversed' | 'past' | null {
  if (to < from) return 'reversed';
  return to < today ? 'past' : null;
}

/** The unit with one more substitute, who takes the place of those whose days overlap with his. */
export function withSubstitute(unit: Unit, given: Substitute): Unit {
  const others = unit.substitutes.filter(({ from, to }) => to < given.from || given.to < from);
  return { ...unit, substitutes: [...others, given].sort((a, b) => (a.from < b.from ? -1 : 1)) };
}
