/** The desk of a program that acts for a user: what his token does not cover is refused before his rights are asked. */
import { refuse } from '../domain/refusals';
import type { Act } from '../domain/rights';
import { isInScope, type TokenScope } from '../domain/token-scope';
import type { UserDesk } from './as-user';
import { NotAllowed } from './errors';

/** @param of the user's own desk */
export function scopedDesk(of: UserDesk, scope: readonly TokenScope[]): UserDesk {
  const beyond = (act: Act) => (isInScope(scope, act) ? null : refuse('not-in-scope', { act }));
  return {
    ...of,
    task: async (id) => (beyond('readPlan') ? null : of.task(id)),
    async move(id, move, options = {}) {
      const refusal = beyond(move.move);
      return refusal ? { outcome: 'refused', refusal, moveId: options.moveId ?? '' } : of.move(id, move, options);
    },
    async reportOnPlan(plan, report, options = {}) {
      const refusal = beyond('reportOnPlan');
      if (refusal) return { outcome: 'refused', refusal, moveId: options.moveId ?? '' };
      return of.reportOnPlan(plan, report, options);
    },
    async launch(request) {
      const refusal = beyond('launch');
      if (refusal) throw new NotAllowed(refusal);
      return of.launch(request);
    },
    may: (act, ground) => beyond(act) ?? of.may(act, ground),
    authorise(act, ground) {
      const refusal = beyond(act);
      if (refusal) throw new NotAllowed(refusal);
      return of.authorise(act, ground);
    },
  };
}
