/** Answers by reply, as `doctor` sees them: is the mailbox read, and what waits for the coordinator. */
import type { Db } from '../../../ledger/database';
import { countInbox, mailboxPlace } from '../../../ledger/replies';
import { mailboxAddressOf, mailboxName } from '../../../replies/mailbox';
import type { Session } from '../session';
import { timeText } from '../table';
import { type Finding, note, well, wrong } from './finding';

/** A mailbox is read every minute; a server that is away for a moment is no news. */
const SILENT_MS = 15 * 60_000;

export async function repliesFinding(db: Db, session: Session): Promise<Finding> {
  const { imap } = session.config;
  const { open, since } = await countInbox(db);
  const inbox = open === 0 ? '收件箱没有待处理的邮件' : `收件箱有${open}封待处理，最早${timeText(since)}`;
  const next = open === 0 ? null : 'duban inbox list';
  if (imap === null) return note('回信', `没有设置收回信的邮箱；${inbox}`, next);
  const place = await mailboxPlace(db, mailboxName(mailboxAddressOf(imap.url)));
  if (!place) return wrong('回信', `邮箱还没有读过；${inbox}`, 'duban replies, or duban up');
  const readText = `最近读取${timeText(place.readAt)}`;
  if (Date.parse(session.now()) - Date.parse(place.readAt) > SILENT_MS) {
    return wrong('回信', `${readText}，已超过15分钟；${inbox}`, 'look at what duban replies says');
  }
  return open === 0 ? well('回信', `${readText}；${inbox}`) : note('回信', `${readText}；${inbox}`, next);
}
