/** The inbox 收件箱 as a coordinator uses it: mails that could not be matched, or not wholly be carried out. */
import type { UnitId } from '../domain/plan';
import { isInSight } from '../domain/rights';
import { letterOfReply, listReplies, matchReply, type Reply, settleReply } from '../ledger/replies';
import { Failure, wrongCall } from './failure';
import type { Reader } from './reader';

/** Mails that the user may see to (ledger/replies.ts says whose a mail is). None for who settles no reply. */
export async function inboxOf(user: Reader, { all }: { all: boolean }): Promise<Reply[]> {
  return mayRead(user) ? listReplies(user.desk.db, { all, ...sightOf(user) }) : [];
}

/** One mail; null if there is none, or it is out of sight. */
export async function replyInSight(user: Reader, id: string): Promise<Reply | null> {
  if (!/^[0-9a-f]{24}$/.test(id) || !mayRead(user)) return null;
  const [found] = await listReplies(user.desk.db, { all: true, id, ...sightOf(user), limit: 1 });
  return found ?? null;
}

function sightOf({ sight }: Reader): { offices?: readonly UnitId[] } {
  return sight === 'everything' ? {} : { offices: sight.offices };
}

/**
 * Says that a mail was seen to, and how.
 * @throws NotAllowed; Failure when somebody else was first
 */
export async function settleReplyAs(
  user: Reader,
  mail: Reply,
  { how, at }: { how: string; at: string },
): Promise<void> {
  const { name: by } = user.authorise('settleReply', groundOf(mail));
  if (how.trim() === '' || how.length > 500) {
    throw wrongCall('text-needed', '请填写处理情况（最多500字）。', 'say what was done, in at most 500 characters');
  }
  if (await settleReply(user.desk.db, mail.id, { at, by, how: how.trim() })) return;
  throw new Failure(4, 'not-open', '此邮件正在办理或已经处理过。', 'the mail does not wait any more');
}

/**
 * Places a mail that nobody could place: it is the answer to this letter, and its office's to see to.
 * @throws NotAllowed, Failure
 */
export async function matchReplyAs(user: Reader, mail: Reply, letter: string): Promise<void> {
  user.authorise('settleReply', groundOf(mail));
  const found = /^[A-Za-z0-9-]{1,64}$/.test(letter) ? await letterOfReply(user.desk.db, letter) : null;
  if (!found || !isInSight(user.sight, found.office, [])) {
    throw wrongCall('unknown-letter', '没有这封信件。', 'there is no such letter');
  }
  if (await matchReply(user.desk.db, mail.id, found)) return;
  throw new Failure(4, 'not-open', '此邮件已经对应或处理过。', 'the mail is placed already, or does not wait any more');
}

function groundOf({ office }: Reply) {
  return office === null ? {} : { office };
}

/** Who settles replies somewhere, and who reads everything. */
function mayRead(user: Reader): boolean {
  return user.sight === 'everything' || user.may('settleReply', {}) === null;
}
