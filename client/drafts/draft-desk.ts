/** What preparing a plan needs of whoever does it: the ledger, and a yes to each deed before it is done. */
import type { UnitId } from '../../domain/plan';
import type { Deed } from '../../domain/rights';
import type { Db } from '../../ledger/database';

export type PlanDeed = Extract<Deed, 'importPlan' | 'editPlan' | 'rehearse' | 'launch' | 'exportPlan'>;

/** A user's desk is one; so is a command's. */
export interface DraftDesk {
  readonly desk: { readonly db: Db };
  /**
   * Who acts, for the record.
   * @param ground the plan's coordination office
   * @throws when he may not
   */
  authorise(act: PlanDeed, ground: { office: UnitId }): { name: string } | Promise<{ name: string }>;
}
