/** 重新印发: a plan as the draft of another year, with what the new year leaves to look at. */
import { reissue } from '../../domain/drafts/reissue';
import { type ReissueNotes, reissueNotes } from '../../domain/drafts/reissue-notes';
import type { Plan, PlanId } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import { loadCalendar } from '../../ledger/calendars';
import { showPlan, storeDraft } from '../../ledger/plans';
import { wrongCall } from '../failure';
import type { DraftDesk } from './draft-desk';

/** The id that a plan gets in another year when nobody chooses one. */
export function reissuedId(id: PlanId, year: number): PlanId {
  return `${id.replace(/-\d{4}$/, '')}-${year}`;
}

/**
 * Stores a draft with every date moved by whole years.
 * @throws Failure `bad-year`; LedgerRefusal `unknown-plan`, `plan-exists`; what the desk throws of who may not
 */
export async function reissueDraft(
  desk: DraftDesk,
  id: PlanId,
  year: number,
  newId: PlanId,
): Promise<{ plan: Plan; notes: ReissueNotes }> {
  const { db } = desk.desk;
  const { plan: original, status } = await showPlan(db, id);
  await desk.authorise('importPlan', { office: original.office });
  const checked = planSchema.safeParse(reissue(original, year, newId, status === 'draft' ? 'open' : 'settled'));
  if (!checked.success) throw wrongCall('bad-year', `不能改到${year}年。`, checked.error.issues[0]?.message ?? '');
  const plan = checked.data;
  await storeDraft(db, plan);
  return { plan, notes: reissueNotes(plan, original, await loadCalendar(db)) };
}
