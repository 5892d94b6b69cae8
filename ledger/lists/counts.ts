/** How many tasks have which light, by plan, unit and category, and what is due when. Counted from indexes. */
import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../domain/days';
import type { Colour } from '../../domain/light';
import type { PlanId, UnitId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import { URGENCY } from '../board';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { inSight } from './sight';

/** Tasks of each colour; a colour without any is 0. */
export type Lights = Record<Colour, number>;

export interface LightCount {
  plan: PlanId;
  colour: Colour;
  reason: string;
  count: number;
}

/** By plan, colour and reason; of all plans in sight, or of one. */
export async function lightsByPlan(db: Db, sight: Sight, plan?: PlanId): Promise<LightCount[]> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ plan: PlanId; urgency: number; reason: string; count: number }>`
      SELECT plan, urgency, reason, count(*) AS count FROM board WHERE ${inSight(sight)} AND ${ofPlan(plan)}
      GROUP BY plan, urgency, reason ORDER BY plan, urgency, reason`.execute(db),
  );
  return rows.map(({ urgency, ...row }) => ({ ...row, colour: colourOf(urgency) }));
}

/** By leading unit: each lead of a task counts it, so the sum may be more than there are tasks. */
export async function lightsByLead(db: Db, sight: Sight, plan?: PlanId): Promise<(Lights & { unit: UnitId })[]> {
  const { rows } = await withLedgerErrors(() =>
    sql<Lights & { leads: string }>`
      SELECT lead_key AS leads, ${lights} FROM board WHERE ${inSight(sight)} AND ${ofPlan(plan)}
      GROUP BY lead_key`.execute(db),
  );
  const found = new Map<UnitId, Lights>();
  for (const { leads, ...counts } of rows) {
    // One text for those who lead together (0012).
    for (const unit of leads.split('\t')) {
      const sum = found.get(unit) ?? { red: 0, yellow: 0, blue: 0, grey: 0, green: 0, none: 0 };
      for (const colour of COLOURS.values()) sum[colour] += counts[colour];
      found.set(unit, sum);
    }
  }
  return [...found].map(([unit, counts]) => ({ unit, ...counts })).sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** By category; null: tasks without one. */
export async function lightsByCategory(
  db: Db,
  sight: Sight,
  plan: PlanId,
): Promise<(Lights & { category: string | null })[]> {
  const { rows } = await withLedgerErrors(() =>
    sql<Lights & { category: string | null }>`
      SELECT category, ${lights} FROM board WHERE plan = ${plan} AND ${inSight(sight)}
      GROUP BY category ORDER BY category`.execute(db),
  );
  return rows;
}

/** A column for each colour: a row for each group, and not one for each colour of it. */
const lights = sql.join(
  Object.entries(URGENCY).map(
    ([colour, urgency]) => sql`count(*) FILTER (WHERE urgency = ${sql.lit(urgency)}) AS ${sql.ref(colour)}`,
  ),
);

export interface DueCount {
  on: Day;
  colour: Colour;
  count: number;
}

/** What is due on each day from one to another, both included; closed tasks with it, for they were due too. */
export async function countDue(
  db: Db,
  sight: Sight,
  { plan, from, to }: { plan?: PlanId; from?: Day; to?: Day },
): Promise<DueCount[]> {
  const within = [
    sql`due_key < 'infinity'`,
    ...(from === undefined ? [] : [sql`due_key >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`due_key <= ${to}::date`]),
  ];
  const { rows } = await withLedgerErrors(() =>
    sql<{ on: Day; urgency: number; count: number }>`
      SELECT due_key AS "on", urgency, count(*) AS count FROM board
      WHERE ${sql.join(within, sql` AND `)} AND ${ofPlan(plan)} AND ${inSight(sight)}
      GROUP BY due_key, urgency ORDER BY due_key, urgency`.execute(db),
  );
  return rows.map(({ on, urgency, count }) => ({ on, colour: colourOf(urgency), count }));
}

function ofPlan(plan: PlanId | undefined): RawBuilder<boolean> {
  return plan === undefined ? sql<boolean>`true` : sql<boolean>`plan = ${plan}`;
}

const COLOURS = new Map(Object.entries(URGENCY).map(([colour, urgency]) => [urgency, colour as Colour]));

function colourOf(urgency: number): Colour {
  const colour = COLOURS.get(urgency);
  if (colour === undefined) throw new RangeError(`no colour has urgency ${urgency}`);
  return colour;
}
