/**
 * Notices of a ledger that came back from an older copy (D12, D24): where a round has been held since they were made, a
 * letter may have left that this ledger does not know. They are listed as assumed sent, and never mailed again.
 */
import { type WorkCalendar, workingDay } from '../../domain/calendar';
import { dayOf, instantOf } from '../../domain/days';
import { OFFICE_CLOSES, type RoundKind, slotAt } from '../../domain/rounds';
import type { Db } from '../database';

/**
 * Marks what waits for a round that was past at `now`.
 * @param stream only this one's; all when left out
 */
export async function assumeSent(db: Db, calendar: WorkCalendar, now: string, stream?: string): Promise<void> {
  for (const kind of ['routine', 'urgent'] as const) {
    let query = db
      .updateTable('notices')
      .set({ assumed_sent: true })
      .where('letter', 'is', null)
      .where('recalled_at', 'is', null)
      .where('assumed_sent', '=', false)
      .where('urgent', '=', kind === 'urgent')
      .where('made_at', '<=', lastRound(calendar, now, kind));
    if (stream !== undefined) query = query.where('stream', '=', stream);
    await query.execute();
  }
}

/**
 * Letters that were under way when the copy was made: they may have left since. They count as handed over, say so, and
 * are not sent; nor is what stood in them written anew.
 */
export async function assumeHandedOver(db: Db): Promise<void> {
  await db
    .updateTable('letters')
    .set({ state: 'handed', lease_until: null, answer: '由备份恢复：推定已在备份之后送出' })
    .where('state', 'in', ['waiting', 'sending', 'unsure'])
    .execute();
}

/** The slot of the last round that could have been held by `now`, today or on an earlier working day. */
function lastRound(calendar: WorkCalendar, now: string, kind: RoundKind): string {
  const closing = instantOf(dayOf(now), OFFICE_CLOSES);
  const today = slotAt(calendar, Date.parse(now) < Date.parse(closing) ? now : closing, kind);
  if (today) return today.at;
  const before = slotAt(calendar, instantOf(workingDay(calendar, dayOf(now), -1), OFFICE_CLOSES), kind);
  if (!before) throw new Error(`no round at the end of the working day before ${now}`);
  return before.at;
}
