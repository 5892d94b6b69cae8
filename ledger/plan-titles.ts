/** Titles of plans for the letters of a round: a plan of thousands of tasks is read once, not for each letter. */
import type { PlanId } from '../domain/plan';
import type { MailDb } from './letter-tables';

export type PlanTitles = (db: MailDb, plans: readonly PlanId[]) => Promise<Record<PlanId, string>>;

/** Remembers what it has read: a plan that notices speak of is launched, and changes no more. */
export function planTitles(): PlanTitles {
  const known = new Map<PlanId, string>();
  return async (db, plans) => {
    const wanted = [...new Set(plans)];
    const missing = wanted.filter((plan) => !known.has(plan));
    if (missing.length > 0) {
      const rows = await db.selectFrom('plans').select(['id', 'body']).where('id', 'in', missing).execute();
      for (const { id, body } of rows) known.set(id, titleOf(body));
    }
    return Object.fromEntries(wanted.flatMap((plan) => (known.has(plan) ? [[plan, known.get(plan) ?? '']] : [])));
  };
}

/** The plan is kept as a person stored it, JSON; only its title is read here. */
export function titleOf(body: string): string {
  const { title } = JSON.parse(body) as { title: string };
  return title;
}
