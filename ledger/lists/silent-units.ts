/** Units that owe an answer and are late with it: which, of what kind, in how many tasks, since when. */
import { sql } from 'kysely';
import type { Day } from '../../domain/days';
import type { PlanId, UnitId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import type { SilenceKind } from '../../domain/silences';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

export interface SilentUnit {
  unit: UnitId;
  /** Tasks in which something is owed, by what. */
  owes: Partial<Record<SilenceKind, number>>;
  /** Since when its oldest answer is waited for. */
  sinceOn: Day;
  /** The first day on which it was late. */
  silentOn: Day;
}

/**
 * Who is silent on a day, longest first.
 * @param limit how many units; `total` counts all
 */
export async function silentUnits(
  db: Db,
  sight: Sight,
  { on, plan, limit }: { on: Day; plan?: PlanId; limit: number },
): Promise<{ units: SilentUnit[]; total: number }> {
  const ofPlan = plan === undefined ? sql`true` : sql`plan = ${plan}`;
  const { rows } = await withLedgerErrors(() =>
    sql<{ unit: UnitId; kinds: SilenceKind[]; counts: number[]; sinceOn: Day; silentOn: Day; total: number }>`
      SELECT unit, array_agg(kind) AS kinds, array_agg(count) AS counts, min(since_on) AS "sinceOn",
        min(silent_on) AS "silentOn", count(*) OVER () AS total
      FROM (SELECT unit, kind, count(*)::integer AS count, min(since_on) AS since_on, min(silent_on) AS silent_on
            FROM silences WHERE ${hearing(sight)} AND ${ofPlan} AND silent_on <= ${on}::date GROUP BY unit, kind) AS owed
      GROUP BY unit ORDER BY min(silent_on), unit LIMIT ${limit}`.execute(db),
  );
  return {
    units: rows.map(({ unit, kinds, counts, sinceOn, silentOn }) => ({
      unit,
      owes: Object.fromEntries(kinds.map((kind, index) => [kind, counts[index] ?? 0])),
      sinceOn,
      silentOn,
    })),
    total: rows[0]?.total ?? 0,
  };
}

/** A unit sees its own silence, and no other's: not even in a task that it has a part in. */
function hearing(sight: Sight) {
  if (sight === 'everything') return sql<boolean>`true`;
  const { offices, units } = sight;
  if (units.length === 0) return sql<boolean>`office = ANY(${offices}::text[])`;
  return sql<boolean>`(office = ANY(${offices}::text[]) OR unit = ANY(${units}::text[]))`;
}
