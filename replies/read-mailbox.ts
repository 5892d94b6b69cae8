/**
 * One pass over a mailbox: what is new is stored, marked and answered for, each mail once. A crash at any step is made
 * good by the next pass, because the place in the mailbox moves last.
 */
import type { Desk } from '../client';
import { LedgerRefusal } from '../ledger/errors';
import { keepPlace, mailboxPlace, pendingReplies, replyState } from '../ledger/replies';
import type { Lying, Mailbox } from './mailbox';
import { makeMoves } from './make-moves';
import { type Head, headOf, readMail } from './read-mail';
import { listUnread, type TakingParts, takeMail } from './take-mail';

export interface ReadingParts extends TakingParts {
  desk: Pick<Desk, 'move'>;
  /** Larger mails are listed by their head, and not read. */
  largestMail: number;
}

export interface PassResult {
  /** Mails that the ledger did not know. */
  taken: number;
  /** There was more than one pass takes. */
  more: boolean;
}

/** Some seconds' work; whoever wants to stop does not wait for a flood. */
const MAILS_IN_A_PASS = 50;
const DAY_MS = 86_400_000;
/** Of a mailbox that was never read: what may still be answered, not its whole past. */
const FIRST_DAYS = 7;

/**
 * Reads what is new.
 * @param name under which the ledger remembers the place
 * @throws LedgerUnavailable, and what the mail server says; the next pass goes on where this one stopped
 */
export async function readMailbox(parts: ReadingParts, mailbox: Mailbox, name: string): Promise<PassResult> {
  const { db, clock } = parts;
  let answering = await settlePending(parts);
  const place = await mailboxPlace(db, name);
  const known = place?.uidValidity === mailbox.uidValidity ? place : null;
  const fresh = await mailbox.newer(
    known ? { uid: known.lastUid } : { since: sinceWhen(place?.readAt ?? null, clock()) },
  );
  let taken = 0;
  let lastUid = known?.lastUid ?? 0;
  for (const uid of fresh.slice(0, MAILS_IN_A_PASS)) {
    if (await takeOne(parts, mailbox, uid)) taken += 1;
    await keepPlace(db, name, { uidValidity: mailbox.uidValidity, lastUid: uid, readAt: clock() });
    lastUid = uid;
    // Nobody waits ten seconds for each mail while no process answers: the next pass asks again.
    if (answering) answering = await settlePending(parts);
  }
  await keepPlace(db, name, { uidValidity: mailbox.uidValidity, lastUid, readAt: clock() });
  return { taken, more: fresh.length > MAILS_IN_A_PASS };
}

/** A day is added: SINCE counts days of the server's zone. UIDs that became others make nothing unread (its id is known). */
function sinceWhen(readAt: string | null, now: string): Date {
  return new Date(readAt === null ? Date.parse(now) - FIRST_DAYS * DAY_MS : Date.parse(readAt) - DAY_MS);
}

/** True if the ledger did not know it. */
async function takeOne(parts: ReadingParts, mailbox: Mailbox, uid: number): Promise<boolean> {
  const lying = await mailbox.look(uid);
  if (!lying) return false;
  const head = await headOf(lying.head);
  const isNew = (await replyState(parts.db, head.id)) === null;
  if (isNew) await store(parts, mailbox, lying, head);
  // Only after the ledger knows it.
  await mailbox.markSeen(uid);
  return isNew;
}

async function store(
  parts: ReadingParts,
  mailbox: Mailbox,
  { uid, receivedAt, size }: Lying,
  head: Head,
): Promise<void> {
  if (size > parts.largestMail) {
    const megabytes = Math.round(size / 1024 / 1024);
    return listUnread(parts, head, receivedAt, `邮件过大（${megabytes} MB），未读取；请到邮箱中查看。`);
  }
  const bytes = await mailbox.fetch(uid);
  if (!bytes) return;
  const mail = await readMail(bytes).catch((error: unknown) => ({ unreadable: wordsOf(error) }));
  if ('unreadable' in mail) {
    return listUnread(parts, head, receivedAt, `邮件格式有误，不能读取（${mail.unreadable}）；请到邮箱中查看。`);
  }
  try {
    await takeMail(parts, { ...mail, id: head.id }, bytes, receivedAt);
  } catch (error) {
    // What the ledger will never store must not stop the mails behind it.
    if (!(error instanceof LedgerRefusal)) throw error;
    await listUnread(parts, head, receivedAt, `邮件不能保存（${error.code}）；请到邮箱中查看。`);
  }
}

/** Makes the moves that are still to be made, the oldest first; false when nobody could say what became of one. */
async function settlePending({ db, desk }: ReadingParts): Promise<boolean> {
  for (const reply of await pendingReplies(db)) {
    if (!(await makeMoves(desk, db, reply))) return false;
  }
  return true;
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 100);
}
