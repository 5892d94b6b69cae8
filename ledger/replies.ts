/**
 * Mails that came back, each exactly once: what a mail was taken for and the moves it asks for are stored before the
 * first move is made, so that a crash in between repeats the same moves under the same ids (D4) and nothing else.
 */
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { NoticeKind } from '../domain/notices';
import type { TaskId, UnitId } from '../domain/plan';
import type { Task } from '../domain/task';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import type { RepliesTable, ReplyFile, ReplyMove, ReplyState, TakenAs } from './tables';

export interface Reply {
  id: string;
  messageId: string | null;
  /** When the mail server had it. */
  receivedAt: string;
  readAt: string;
  from: string | null;
  subject: string;
  letter: string | null;
  unit: UnitId | null;
  person: string | null;
  office: UnitId | null;
  takenAs: TakenAs;
  state: ReplyState;
  doubts: string[];
  body: string;
  files: ReplyFile[];
  /** The mail itself among the files of evidence; null: it is not kept. */
  whole: string | null;
  moves: ReplyMove[];
  settled: { at: string; by: string; how: string } | null;
}

/** What a reply's letter said to the unit, as far as an answer depends on it. */
export interface AnsweredLetter {
  id: string;
  unit: UnitId;
  office: UnitId;
  /** Whom it went to. */
  person: string | null;
  address: string | null;
  tasks: { task: Task; kinds: NoticeKind[] }[];
}

/** The state of a mail that was read before, or null. */
export async function replyState(db: Db, id: string): Promise<ReplyState | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('replies').select('state').where('id', '=', id).executeTakeFirst(),
  );
  return row?.state ?? null;
}

/** Stores what a mail was taken for. False: somebody did before, and his word counts. */
export async function storeReply(db: Db, reply: Omit<Reply, 'settled'>): Promise<boolean> {
  const stored = await withLedgerErrors(() =>
    db
      .insertInto('replies')
      .values({
        id: reply.id,
        message_id: reply.messageId,
        received_at: reply.receivedAt,
        read_at: reply.readAt,
        from_address: reply.from,
        subject: reply.subject,
        letter: reply.letter,
        unit: reply.unit,
        person: reply.person,
        office: reply.office,
        taken_as: reply.takenAs,
        state: reply.state,
        doubts: JSON.stringify(reply.doubts),
        body: reply.body,
        attachments: JSON.stringify(reply.files),
        whole: reply.whole,
        moves: JSON.stringify(reply.moves),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst(),
  );
  return stored !== undefined;
}

/** Replies whose moves are still to be made, oldest first. */
export async function pendingReplies(db: Db): Promise<Reply[]> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('replies').selectAll().where('state', '=', 'pending').orderBy('received_at').orderBy('id').execute(),
  );
  return rows.map(replyOf);
}

/** Ends the moves of a reply: done, or with doubts in the inbox. Changes nothing that was ended before. */
export async function finishReply(db: Db, id: string, moves: ReplyMove[], doubts: string[]): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('replies')
      .set({
        moves: JSON.stringify(moves),
        doubts: JSON.stringify(doubts),
        state: doubts.length > 0 ? 'open' : 'done',
      })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .execute(),
  );
}

export interface ReplyFilter {
  /** Everything that was read, not only what lies in the inbox. */
  all?: boolean;
  letter?: string;
  /** Only those of these offices, and those that nobody could place of whom they are the ones to ask. */
  offices?: readonly UnitId[];
  id?: string;
  /** 200 when left out. */
  limit?: number;
}

/** The inbox, oldest first: mails that a person must see to. With `all` everything, the newest first. */
export async function listReplies(
  db: Db,
  { all, id, letter, offices, limit = 200 }: ReplyFilter = {},
): Promise<Reply[]> {
  let query = db.selectFrom('replies').selectAll().limit(limit);
  query = all ? query.orderBy('received_at', 'desc').orderBy('id') : query.orderBy('received_at').orderBy('id');
  if (!all) query = query.where('state', 'in', ['open', 'pending']);
  if (letter !== undefined) query = query.where('letter', '=', letter);
  if (id !== undefined) query = query.where('id', '=', id);
  if (offices !== undefined) query = query.where(repliesOf(offices));
  const rows = await withLedgerErrors(() => query.execute());
  return rows.map(replyOf);
}

/** Addresses of the directory, in lower case, with the city that knows them. */
const known = sql`(
  SELECT city, lower(person ->> 'mail') AS address FROM units, LATERAL (
    SELECT body -> 'liaison' AS person UNION ALL SELECT body -> 'head' UNION ALL SELECT body -> 'leader'
    UNION ALL SELECT jsonb_array_elements(body -> 'substitutes')) AS people
  WHERE jsonb_typeof(person) = 'object' AND person ->> 'mail' IS NOT NULL)`;

/** Cities in which somebody sees to mails. */
const manned = sql`(
  SELECT DISTINCT split_part(capacity ->> 'unit', ':', 1) AS city FROM users, jsonb_array_elements(capacities) AS capacity
  WHERE disabled_at IS NULL AND capacity ->> 'role' IN ('coordinator', 'office-head'))`;

/**
 * Whose a mail is: of the office of its letter, or that it was given to; else of the offices of a city whose directory
 * knows the sender; and where no directory does, of the offices of the one city that has any.
 */
export function repliesOf(offices: readonly UnitId[]): RawBuilder<SqlBool> {
  const own = sql`ANY(${[...offices]}::text[])`;
  const cities = sql`(SELECT city FROM units WHERE id = ${own})`;
  const sender = sql`lower(coalesce(replies.from_address, ''))`;
  return sql<SqlBool>`(replies.office = ${own} OR (replies.office IS NULL AND (
    EXISTS (SELECT FROM ${known} AS known WHERE address = ${sender} AND city IN ${cities})
    OR (NOT EXISTS (SELECT FROM ${known} AS known WHERE address = ${sender})
      AND (SELECT count(*) FROM ${manned} AS manned) = 1 AND EXISTS (SELECT FROM ${manned} AS manned WHERE city IN ${cities})))))`;
}

/** Whether somebody in a directory has this address. */
export async function isKnownSender(db: Db, from: string | null): Promise<boolean> {
  const { rows } = await withLedgerErrors(() =>
    sql<{
      some: boolean;
    }>`SELECT EXISTS (SELECT FROM ${known} AS known WHERE address = ${(from ?? '').toLowerCase()}) AS some`.execute(db),
  );
  return rows[0]?.some ?? false;
}

/** How many cities have somebody who sees to mails. */
export async function mannedCities(db: Db): Promise<number> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ cities: number }>`SELECT count(*)::int AS cities FROM ${manned} AS manned`.execute(db),
  );
  return rows[0]?.cities ?? 0;
}

/** How many mails lie in the inbox, and since when the oldest does. */
export async function countInbox(db: Db): Promise<{ open: number; since: string | null }> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ open: number; since: string | null }>`
      SELECT count(*)::int AS open, min(received_at) AS since FROM replies WHERE state IN ('open', 'pending')`.execute(
      db,
    ),
  );
  return rows[0] ?? { open: 0, since: null };
}

/** One mail, or null. */
export async function showReply(db: Db, id: string): Promise<Reply | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('replies').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  return row ? replyOf(row) : null;
}

/** A person saw to it. False when there was nothing to see to any more: somebody else did. */
export async function settleReply(
  db: Db,
  id: string,
  { at, by, how }: { at: string; by: string; how: string },
): Promise<boolean> {
  const row = await withLedgerErrors(() =>
    db
      .updateTable('replies')
      .set({ state: 'settled', settled_at: at, settled_by: by, settled_how: how })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .returning('id')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/** A letter as a reply can be placed to it, or null. */
export async function letterOfReply(
  db: Db,
  id: string,
): Promise<{ letter: string; unit: UnitId; office: UnitId; person: string | null } | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('letters').select(['id', 'to_unit', 'office', 'person']).where('id', '=', id).executeTakeFirst(),
  );
  return row ? { letter: row.id, unit: row.to_unit, office: row.office, person: row.person } : null;
}

/** Places a mail that was never placed. False: it does not wait any more, or somebody placed it before. */
export async function matchReply(
  db: Db,
  id: string,
  { letter, unit, office, person }: { letter: string; unit: UnitId; office: UnitId; person: string | null },
): Promise<boolean> {
  const row = await withLedgerErrors(() =>
    db
      .updateTable('replies')
      .set({ letter, unit, office, person })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .where('letter', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/**
 * The letter that a mail refers to.
 * @param messageIds In-Reply-To first, then References from the newest; the first that is a letter of ours counts
 */
export async function answeredLetter(db: Db, messageIds: string[]): Promise<AnsweredLetter | null> {
  if (messageIds.length === 0) return null;
  return withLedgerErrors(async () => {
    const found = await db
      .selectFrom('letters')
      .select(['id', 'message_id', 'to_unit', 'office', 'person', 'address'])
      .where('message_id', 'in', messageIds)
      .execute();
    const [letter] = found.sort((a, b) => messageIds.indexOf(a.message_id) - messageIds.indexOf(b.message_id));
    if (!letter) return null;
    const { id, to_unit: unit, office, person, address } = letter;
    return { id, unit, office, person, address, tasks: await spokenOf(db, id, unit) };
  });
}

async function spokenOf(db: Db, letter: string, unit: UnitId): Promise<AnsweredLetter['tasks']> {
  const said = await db
    .selectFrom('letter_notices')
    .innerJoin('notices', 'notices.id', 'letter_notices.notice')
    .innerJoin('streams', 'streams.id', 'notices.stream')
    .select(['notices.task', 'notices.kind', 'streams.state'])
    .where('letter_notices.letter', '=', letter)
    // What stood in it for somebody else (R9) is not this unit's to answer.
    .where('notices.to_unit', '=', unit)
    .orderBy('notices.id')
    .execute();
  const tasks = new Map<TaskId, AnsweredLetter['tasks'][number]>();
  for (const { task, kind, state } of said) {
    if (task === null || !state || !('parties' in state)) continue;
    const known = tasks.get(task) ?? { task: state, kinds: [] };
    known.kinds.push(kind as NoticeKind);
    tasks.set(task, known);
  }
  return [...tasks.values()];
}

export interface MailboxPlace {
  uidValidity: string;
  lastUid: number;
  readAt: string;
}

/** How far a mailbox was read; null: never. */
export async function mailboxPlace(db: Db, mailbox: string): Promise<MailboxPlace | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('reply_mailboxes').selectAll().where('mailbox', '=', mailbox).executeTakeFirst(),
  );
  return row ? { uidValidity: row.uid_validity, lastUid: row.last_uid, readAt: row.read_at } : null;
}

/** Remembers how far a mailbox was read. */
export async function keepPlace(
  db: Db,
  mailbox: string,
  { uidValidity, lastUid, readAt }: MailboxPlace,
): Promise<void> {
  const place = { uid_validity: uidValidity, last_uid: lastUid, read_at: readAt };
  await withLedgerErrors(() =>
    db
      .insertInto('reply_mailboxes')
      .values({ mailbox, ...place })
      .onConflict((conflict) => conflict.column('mailbox').doUpdateSet(place))
      .execute(),
  );
}

function replyOf(row: Selectable<RepliesTable>): Reply {
  const { settled_at: at, settled_by: by, settled_how: how } = row;
  return {
    id: row.id,
    messageId: row.message_id,
    receivedAt: row.received_at,
    readAt: row.read_at,
    from: row.from_address,
    subject: row.subject,
    letter: row.letter,
    unit: row.unit,
    person: row.person,
    office: row.office,
    takenAs: row.taken_as,
    state: row.state,
    doubts: row.doubts,
    body: row.body,
    files: row.attachments,
    whole: row.whole,
    moves: row.moves,
    settled: at !== null && by !== null && how !== null ? { at, by, how } : null,
  };
}
