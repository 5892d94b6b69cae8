/** What a reader may see, in SQL: every list and every count goes through here, so that none says more than another. */
import { type RawBuilder, sql } from 'kysely';
import type { Sight } from '../../domain/rights';

/** The condition on the board (or another table with `office` and `units`). */
export function inSight(sight: Sight): RawBuilder<boolean> {
  if (sight === 'everything') return sql<boolean>`true`;
  const { offices, units } = sight;
  const byOffice = ofOffices(sight);
  const byUnit = sql<boolean>`units && ${units}::text[]`;
  if (units.length === 0) return offices.length === 0 ? sql<boolean>`false` : byOffice;
  return offices.length === 0 ? byUnit : sql<boolean>`(${byOffice} OR ${byUnit})`;
}

/** The condition on what belongs to an office alone: letters in trouble, mails nobody could place. */
export function ofOffices(sight: Sight): RawBuilder<boolean> {
  if (sight === 'everything') return sql<boolean>`true`;
  const [office, ...others] = sight.offices;
  // One office is the usual case, and an equality lets an index give the order too.
  return others.length === 0 && office !== undefined
    ? sql<boolean>`office = ${office}`
    : sql<boolean>`office = ANY(${sight.offices}::text[])`;
}
