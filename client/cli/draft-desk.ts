/** The desk on which commands prepare plans: in the name of `--actor` or of whoever runs the command. */
import type { DraftDesk, PlanDeed } from '../drafts/draft-desk';
import { actorFor, authorised, type Capacity } from './people';
import type { Session } from './session';

/** Who may do it. Reading what a plan would cause, and taking its papers along, is open until there is a login. */
const BY: Record<PlanDeed, readonly Capacity[] | null> = {
  importPlan: ['coordinator', 'office-head'],
  editPlan: ['coordinator', 'office-head'],
  launch: ['coordinator', 'office-head', 'supervisor'],
  rehearse: null,
  exportPlan: null,
};

export async function draftDesk(session: Session): Promise<DraftDesk> {
  const db = await session.db();
  return {
    desk: { db },
    authorise(act, { office }) {
      const by = BY[act];
      return by ? authorised(session, { office, by }) : actorFor(session, { office, by: ['coordinator'] });
    },
  };
}
