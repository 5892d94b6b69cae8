/** A substitute for an absence, named by the unit itself or by its coordinator. */
import type { Day } from '../domain/days';
import type { UnitId } from '../domain/plan';
import { unitSchema } from '../domain/schemas';
import { withSubstitute, wrongDays } from '../domain/substitutes';
import type { Substitute, Unit } from '../domain/unit';
import { editUnit } from '../ledger/units';
import type { UserDesk } from './as-user';

export type Named = { outcome: 'named'; unit: Unit } | { outcome: 'wrong'; what: 'reversed' | 'past' | 'fields' };

/**
 * Names him.
 * @throws NotAllowed, LedgerRefusal `unknown-unit`
 */
export async function nameSubstitute(desk: UserDesk, id: UnitId, given: Substitute, today: Day): Promise<Named> {
  desk.authorise('nameSubstitute', { unit: id });
  const wrong = wrongDays(given, today);
  if (wrong) return { outcome: 'wrong', what: wrong };
  let isWrong = false;
  const unit = await editUnit(desk.desk.db, id, (before) => {
    const checked = unitSchema.safeParse(withSubstitute(before, given));
    isWrong = !checked.success;
    return checked.success ? checked.data : before;
  });
  return isWrong ? { outcome: 'wrong', what: 'fields' } : { outcome: 'named', unit };
}
