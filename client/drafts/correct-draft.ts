/** A correction of a draft: several edits as one, in somebody's name, refused if another was first. */
import { type Change, correct, type Edit, isCorrectionProblem } from '../../domain/drafts/corrections';
import type { Plan } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import { editDraft, type StoredPlan } from '../../ledger/plans';
import { correctionRefused, notCorrected } from './correction-failure';
import type { DraftDesk } from './draft-desk';

export interface CorrectionOptions {
  /** When, as an ISO instant. */
  at: string;
  /** Why. */
  note?: string;
  /** The revision that the editor saw, where it was not `seen`. */
  revision?: number;
  /** Names the workbook that the edits were read from. */
  workbook?: string;
}

/** The draft after a correction. */
export interface CorrectedDraft {
  plan: Plan;
  revision: number;
  changes: Change[];
}

/**
 * Makes the edits, all or none, and keeps them with the draft.
 * @param seen the draft that the edits were made for
 * @throws Failure if one cannot be made or nothing would change; LedgerRefusal `plan-changed`, `plan-launched`; what
 * the desk throws of who may not
 */
export async function correctDraft(
  desk: DraftDesk,
  seen: StoredPlan,
  edits: readonly Edit[],
  { at, note = '', revision, workbook }: CorrectionOptions,
): Promise<CorrectedDraft> {
  const { id, office } = seen.plan;
  const actor = await desk.authorise('editPlan', { office });
  const result = correct(seen.plan, edits);
  if (isCorrectionProblem(result)) throw correctionRefused(id, result);
  const { changes } = result;
  const checked = planSchema.safeParse(result.plan);
  if (!checked.success) throw notCorrected(checked.error);
  const correction = { at, by: actor.name, note, changes, ...(workbook && { workbook }) };
  const stored = await editDraft(desk.desk.db, id, revision ?? seen.revision, correction, () => checked.data);
  return { plan: stored.plan, revision: stored.revision, changes };
}
