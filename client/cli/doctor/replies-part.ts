/** Answers by reply, as `doctor` sees them: is the mailbox read, and what waits for the coordinator. */
import type { Db } from '../../../ledger/database';
import { countInbox, mailboxPlace, mannedCities } from '../../../ledger/replies';
import { unitsById } from '../../../ledger/units';
import { mailboxAddressOf, mailboxName } from '../../../replies/mailbox';
import type { Session } from '../session';
import { timeText } from '../table';
import { type Finding, note, well, wrong } from './finding';

/** A mailbox is read every minute; a server that is away for a moment is no news. */
const SILENT_MS = 15 * 60_000;

export async function repliesFinding(db: Db, session: Session): Promise<Finding> {
  const { imap, headOffice } = session.config;
  if (headOffice !== null && !(await unitsById(db, [headOffice])).has(headOffice)) {
    return wrong('回信', `单位目录中没有DUBAN_HEAD_OFFICE所指的${headOffice}`, 'correct DUBAN_HEAD_OFFICE');
  }
  if (imap !== null && headOffice === null && (await mannedCities(db)) > 1) {
    const why = '有几个城市的协调机构，但没有设置DUBAN_HEAD_OFFICE：不明来信只有服务器上能看到';
    return note('回信', why, 'set DUBAN_HEAD_OFFICE; meanwhile: duban inbox list');
  }
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
