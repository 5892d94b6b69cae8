/** The desk of a command that prepares a plan: the ledger, and the table of rights asked before each deed. */
import type { DraftDesk } from '../drafts/draft-desk';
import { authorised } from './people';
import type { Session } from './session';

export async function draftDesk(session: Session): Promise<DraftDesk> {
  const db = await session.db();
  return { desk: { db }, authorise: (act, ground) => authorised(session, act, ground) };
}
