/** A correction of a draft: several edits as one, in somebody's name, refused if another was first. */
import { type Change, correct, type Edit, isCorrectionProblem } from '../../domain/drafts/corrections';
import type { Plan } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import { editDraft, type StoredPlan } from '../../ledger/plans';
import { correctionRefused, notCorrected } from './correction-failure';
import { authorised } from './people';
import type { Session } from './session';

export interface CorrectionOptions {
  /** Why. */
  note?: string;
  /** The revision that the editor saw, where it was not `seen`. */
  revision?: number;
  /** Names the workbook that the edits were read from. */
  workbook?: string;
}

/**
 * Makes the edits, all or none, and keeps them with the draft.
 * @param seen the draft that the edits were made for
 * @throws CliFailure if one cannot be made, nothing would change, or the actor may not; LedgerRefusal `plan-changed`,
 * `plan-launched`
 */
export async function correctDraft(
  session: Session,
  seen: StoredPlan,
  edits: readonly Edit[],
  { note = '', revision, workbook }: CorrectionOptions,
): Promise<{ plan: Plan; revision: number; changes: Change[] }> {
  const { id, office } = seen.plan;
  const actor = await authorised(session, { office, by: ['coordinator', 'office-head'] });
  const result = correct(seen.plan, edits);
  if (isCorrectionProblem(result)) throw correctionRefused(id, result);
  const { changes } = result;
  const checked = planSchema.safeParse(result.plan);
  if (!checked.success) throw notCorrected(checked.error);
  const correction = { at: session.now(), by: actor.name, note, changes, ...(workbook && { workbook }) };
  const stored = await editDraft(await session.db(), id, revision ?? seen.revision, correction, () => checked.data);
  return { plan: stored.plan, revision: stored.revision, changes };
}
