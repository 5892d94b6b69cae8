/** The daily seal of every launched plan (D11). */
import { type Day, dayOf } from '../domain/days';
import type { PlanId } from '../domain/plan';
import { LedgerRefusal } from '../ledger/errors';
import { beat } from './beat';

export interface SealActivities {
  /** Seals every launched plan for the day of this instant; a day that is sealed stays as it is. */
  sealPlans(at: string): Promise<{ on: Day; sealed: number }>;
}

export interface SealLedger {
  launchedPlans(): Promise<PlanId[]>;
  sealPlan(plan: PlanId, on: Day): Promise<unknown>;
}

/** False when a later day is sealed already: that stays so, and must keep no other plan from its seal. */
async function seals(ledger: SealLedger, plan: PlanId, on: Day): Promise<boolean> {
  try {
    await ledger.sealPlan(plan, on);
    return true;
  } catch (error) {
    if (error instanceof LedgerRefusal && error.code === 'already-sealed') return false;
    throw error;
  }
}

export function createSeal(ledger: SealLedger): SealActivities {
  return {
    async sealPlans(at) {
      const on = dayOf(at);
      let sealed = 0;
      for (const plan of await ledger.launchedPlans()) {
        if (await seals(ledger, plan, on)) sealed += 1;
        beat(sealed);
      }
      return { on, sealed };
    },
  };
}
