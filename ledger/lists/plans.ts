/** Plans in somebody's sight, without their tasks. */
import { sql } from 'kysely';
import type { PlanId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { type PlanRow, planRows } from '../plans';
import { inSight } from './sight';

/** Plans of the offices, drafts too, and launched ones in which the units have a task; the newest first. */
export async function planRowsInSight(db: Db, sight: Sight): Promise<PlanRow[]> {
  const rows = planRows(db)
    .orderBy('launch_on', (order) => order.desc().nullsFirst())
    .orderBy('id');
  return withLedgerErrors(() => rows.where(isSeen(sight)).execute());
}

/** One plan, or null where there is none in sight. */
export async function planRowInSight(db: Db, sight: Sight, id: PlanId): Promise<PlanRow | null> {
  const row = await withLedgerErrors(() => planRows(db).where('id', '=', id).where(isSeen(sight)).executeTakeFirst());
  return row ?? null;
}

function isSeen(sight: Sight) {
  if (sight === 'everything') return sql<boolean>`true`;
  const { offices, units } = sight;
  const own = sql<boolean>`plans.office = ANY(${offices}::text[])`;
  if (units.length === 0) return own;
  return sql<boolean>`(${own} OR plans.id IN (SELECT plan FROM board WHERE ${inSight({ offices: [], units })}))`;
}
