/** The daily seal of every launched plan (D11). */
import { type Day, dayOf } from '../domain/days';
import type { PlanId } from '../domain/plan';
import { beat } from './beat';

export interface SealActivities {
  /** Seals every launched plan for the day of this instant; a day that is sealed stays as it is. */
  sealPlans(at: string): Promise<{ on: Day; sealed: number }>;
}

export interface SealLedger {
  launchedPlans(): Promise<PlanId[]>;
  sealPlan(plan: PlanId, on: Day): Promise<unknown>;
}

export function createSeal(ledger: SealLedger): SealActivities {
  return {
    async sealPlans(at) {
      const on = dayOf(at);
      let sealed = 0;
      for (const plan of await ledger.launchedPlans()) {
        await ledger.sealPlan(plan, on);
        beat(++sealed);
      }
      return { on, sealed };
    },
  };
}
