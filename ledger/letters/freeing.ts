/** Notices whose letter did not leave wait again (D21), unless what they speak of was settled in the meantime (R35). */

import { RULES } from '../rules';
import { anyOf, type MailDb } from './tables';

/** What is told although its task is cancelled. */
const LAST_WORDS = ['cancelled', 'deliveryProblem'];

/** Unbinds the notices of a letter; those whose obligation no longer stands are recalled. */
export async function freeNotices(db: MailDb, letter: string, now: string): Promise<void> {
  const bound = await db
    .selectFrom('notices')
    .innerJoin('streams', 'streams.id', 'notices.stream')
    .select(['notices.id', 'notices.kind as about', 'notices.obligation', 'streams.kind', 'streams.state'])
    .where('notices.letter', '=', letter)
    .forUpdate('notices')
    // A step that is being written found the notice bound and recalled nothing: what it made of the state counts here.
    .forShare('streams')
    .execute();
  // What was in a letter was not recalled while it was (D19), so it is asked now.
  const pointless = bound
    .filter(({ kind, state, obligation, about }) => {
      if (!state) return false;
      // R35: only cancellation recalls information, and its own last word must leave.
      if (obligation.kind === 'information') return state.status === 'cancelled' && !LAST_WORDS.includes(about);
      return !RULES[kind].stands(state, obligation);
    })
    .map(({ id }) => id);
  if (pointless.length > 0) {
    await db
      .updateTable('notices')
      .set({ letter: null, recalled_at: now })
      .where('id', '=', anyOf(pointless))
      .execute();
  }
  await db.updateTable('notices').set({ letter: null }).where('letter', '=', letter).execute();
}
