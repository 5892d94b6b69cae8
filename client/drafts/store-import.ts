/** A document that was read, checked and corrected becomes a draft: stored whole, with the units it adds, or not at all. */
import type { Plan } from '../../domain/plan';
import { unitsOf } from '../../domain/rules/issue';
import type { Unit } from '../../domain/unit';
import { type Alongside, storeDraft } from '../../ledger/plans';
import type { Correction } from '../../ledger/tables';
import type { DraftDesk } from './draft-desk';

export interface ImportedWith {
  /** Units that shall be added to the directory, where the plan still names them. */
  strangers?: readonly Unit[];
  /** Made before it was stored, in the name of whoever imports. */
  corrections?: (by: string) => Correction[];
  /** Written in the same transaction. */
  alongside?: Alongside;
}

/**
 * Stores the draft.
 * @throws LedgerRefusal `plan-exists`; what the desk throws of who may not
 */
export async function storeImport(
  desk: DraftDesk,
  plan: Plan,
  { strangers = [], corrections = () => [], alongside }: ImportedWith,
): Promise<{ added: Unit[]; corrections: number }> {
  const named = new Set(unitsOf(plan));
  const added = strangers.filter(({ id }) => named.has(id));
  const actor = await desk.authorise('importPlan', { office: plan.office });
  const made = corrections(actor.name);
  await storeDraft(desk.desk.db, plan, { units: added, corrections: made, alongside });
  return { added, corrections: made.length };
}
