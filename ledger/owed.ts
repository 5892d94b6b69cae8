/** The open streams that name a unit: what its page is made of. */
import { sql } from 'kysely';
import type { PlanId, UnitId } from '../domain/plan';
import type { PlanReports } from '../domain/plan-reports';
import { DEFAULT_POLICY, type Policy } from '../domain/policy';
import type { Task } from '../domain/task';
import { loadCalendar } from './calendars';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

export interface UnitStreams {
  /** Open or suspended, in which the unit is a party or answers for one; by id. */
  tasks: Task[];
  /** Whose report it owes each quarter. */
  plans: PlanReports[];
  titles: Record<PlanId, string>;
  policyOf: (plan: PlanId) => Policy;
  calendar: Awaited<ReturnType<typeof loadCalendar>>;
}

/** Everything open that asks something of the unit, with the calendar and policies by which it is judged. */
export async function unitStreams(db: Db, unit: UnitId): Promise<UnitStreams> {
  return withLedgerErrors(async () => {
    const rows = await db
      .selectFrom('streams')
      .select('state')
      .where('units', '@>', sql<string[]>`ARRAY[${unit}]::text[]`)
      .where('status', 'in', ['open', 'suspended'])
      .where('state', 'is not', null)
      .orderBy('id')
      .execute();
    const states = rows.flatMap(({ state }) => (state ? [state] : []));
    const tasks = states.filter((state): state is Task => 'parties' in state);
    const plans = states.filter((state): state is PlanReports => !('parties' in state));
    const ids = [...new Set([...tasks.map(({ plan }) => plan), ...plans.map(({ id }) => id)])];
    const stored =
      ids.length === 0
        ? []
        : await db.selectFrom('plans').select(['id', 'title', 'policy']).where('id', 'in', ids).execute();
    const policies = new Map(stored.map(({ id, policy }) => [id, policy && { ...DEFAULT_POLICY, ...policy }]));
    return {
      tasks,
      plans,
      titles: Object.fromEntries(stored.map(({ id, title }) => [id, title])),
      policyOf: (plan) => policies.get(plan) ?? DEFAULT_POLICY,
      calendar: await loadCalendar(db),
    };
  });
}
