/** Titles of plans for the letters of a round: each is read once, not for each letter. */
import type { PlanId } from '../domain/plan';
import type { MailDb } from './letters/tables';

export type PlanTitles = (db: MailDb, plans: readonly PlanId[]) => Promise<Record<PlanId, string>>;

/** Remembers what it has read: a plan that notices speak of is launched, and changes no more. */
export function planTitles(): PlanTitles {
  const known = new Map<PlanId, string>();
  return async (db, plans) => {
    const wanted = [...new Set(plans)];
    const missing = wanted.filter((plan) => !known.has(plan));
    if (missing.length > 0) {
      const rows = await db.selectFrom('plans').select(['id', 'title']).where('id', 'in', missing).execute();
      for (const { id, title } of rows) known.set(id, title);
    }
    return Object.fromEntries(wanted.flatMap((plan) => (known.has(plan) ? [[plan, known.get(plan) ?? '']] : [])));
  };
}
