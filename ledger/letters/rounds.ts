/**
 * What a mail round asks of the ledger before it writes: who is still to ring (D22), what waits, and to whom nothing
 * may go. The decision itself is domain/rounds.ts, the same as the rehearsal's.
 */
import { sql } from 'kysely';
import { instantOf } from '../../domain/days';
import {
  type Correspondent,
  type Group,
  gather,
  ROUTINE_ROUNDS,
  receiverOf,
  type Sent,
  type Slot,
} from '../../domain/rounds';
import type { Db } from '../database';
import { LedgerUnavailable, ledgerErrorOf } from '../errors';
import { limitTransaction } from '../head';
import { planTitles } from '../plan-titles';
import { unitsById } from '../units';
import { caseShelf } from './cases';
import { letterNoticeOf } from './notice';
import { anyOf, LETTER_STATEMENT_SECONDS, ledgerTables, type MailDb, mailTables } from './tables';
import { type WaitingNotice, type WritingOptions, writeLetter } from './writing';

/** D22: streams whose next alarm counts before the slot, so that its notices belong in this round's letters. */
export async function alarmsBefore(db: Db, slot: Slot): Promise<number> {
  const row = await db
    .selectFrom('streams')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('next_alarm_at', '<', slot.at)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** R34: who would get what if the letters of this slot were written now. Reads only. */
export async function waitingGroups(db: Db, slot: Slot): Promise<Group<WaitingNotice>[]> {
  const tables = mailTables(db);
  return gather(await waitingNotices(tables, slot), await sentFor(tables, slot), slot);
}

export interface Written {
  letters: number;
  /** Addressees whom the directory gives no address (R33). */
  undeliverable: number;
  /** Whose letter could not be made, and why: a mistake of ours, for the next round and for a person to look at. */
  unwritten: string[];
}

/** Letters that are written side by side: while one waits for the disk, another is made. */
const AT_ONCE = 4;

/**
 * Writes the letters of a slot, each in a transaction of its own (D19), a few at once. Run again, or by two at once,
 * it writes none twice: an addressee is locked, what was sent to him is read under the lock, and addressee and slot are unique.
 * @param beat called after each letter
 */
export async function writeLetters(
  db: Db,
  round: Omit<WritingOptions, 'shelf' | 'titles'>,
  beat: () => void = () => undefined,
): Promise<Written> {
  const written: Written = { letters: 0, undeliverable: 0, unwritten: [] };
  const options: WritingOptions = { ...round, shelf: caseShelf(), titles: planTitles() };
  const groups = await waitingGroups(db, options.slot);
  const write = async (group: Group<WaitingNotice>) => {
    try {
      const outcome = await db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => writeGroup(mailTables(transaction), group, options));
      if (outcome !== 'nothing') written[outcome] += 1;
    } catch (error) {
      const known = ledgerErrorOf(error);
      if (known instanceof LedgerUnavailable) {
        // Nor would the others be written.
        groups.length = 0;
        throw known;
      }
      // Another try would meet it again, and nobody else's letter waits for this one.
      const { unit, office } = group.to;
      written.unwritten.push(`${unit} ${office}: ${known instanceof Error ? known.message : String(known)}`);
    }
    beat();
  };
  const writer = async () => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) await write(group);
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, writer));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return written;
}

async function writeGroup(
  db: MailDb,
  seen: Group<WaitingNotice>,
  options: WritingOptions,
): Promise<'letters' | 'undeliverable' | 'nothing'> {
  const { slot } = options;
  await limitTransaction(ledgerTables(db), LETTER_STATEMENT_SECONDS);
  // One writer per addressee and office, over all slots and kinds of round.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`letter ${seen.to.unit} ${seen.to.office} ${seen.office}`}, 0))`.execute(
    db,
  );
  const free = (await waitingNotices(db, slot, seen)).filter(
    ({ to }) => to.unit === seen.to.unit && to.office === seen.to.office,
  );
  const [group] = gather(free, await sentFor(db, slot, seen), slot);
  return group ? writeLetter(db, group, options) : 'nothing';
}

/** @param only these, locked; what another transaction holds is left to it (D19) */
async function waitingNotices(db: MailDb, slot: Slot, only?: Group<WaitingNotice>): Promise<WaitingNotice[]> {
  let query = db
    .selectFrom('notices')
    .selectAll('notices')
    .select(rangByAlarm().as('by_alarm'))
    .where('letter', 'is', null)
    .where('recalled_at', 'is', null)
    .where('assumed_sent', '=', false)
    .orderBy('made_at')
    .orderBy('stream')
    .orderBy('seq')
    .orderBy('ord')
    .orderBy('id');
  if (slot.round === 'urgent') query = query.where('urgent', '=', true);
  if (only) {
    query = query
      .where('id', '=', anyOf(only.notices.map(({ id }) => id)))
      // As the index of what waits is made: without them it is read from end to end for each letter.
      .where('office', '=', only.office)
      .where('to_unit', '=', anyOf([...new Set(only.notices.map(({ notice }) => notice.to.unit))]))
      .forUpdate('notices')
      .skipLocked();
  }
  const rows = await query.execute();
  const directory = await unitsById(ledgerTables(db), [...new Set(rows.map(({ to_unit }) => to_unit))]);
  return rows.map((row) => {
    const notice = letterNoticeOf(row);
    return {
      id: row.id,
      stream: row.stream,
      to: receiverOf({ to: notice.to, office: row.office }, directory.get(row.to_unit), slot.on),
      office: row.office,
      urgent: row.urgent,
      madeAt: countedFrom(row),
      notice,
    };
  });
}

/**
 * An alarm counts at 05:00 whenever it rang (R4): what it had to tell belongs in the letters of 09:00 for which the
 * round has waited (D22), although its event carries the later instant.
 */
function countedFrom(row: { made_at: string; made_on: string; by_alarm: boolean }): string {
  const from = instantOf(row.made_on, '05:00');
  return row.by_alarm && from < row.made_at ? from : row.made_at;
}

function rangByAlarm() {
  return sql<boolean>`EXISTS (
    SELECT FROM events e JOIN intents i ON i.stream = e.stream AND i.intent = e.intent
    WHERE e.stream = notices.stream AND e.seq = notices.seq AND i.type = 'ring')`;
}

/** R34, D21: who had a routine letter on the slot's day, and to whom nothing may go in it. */
async function sentFor(db: MailDb, slot: Slot, only?: Correspondent): Promise<Sent> {
  let query = db
    .selectFrom('letters')
    .select(['to_unit', 'to_office', 'office', 'round', 'state', 'slot_on', 'slot_at']);
  if (only) {
    query = query
      .where('to_unit', '=', only.to.unit)
      .where('to_office', '=', only.to.office)
      .where('office', '=', only.office);
  }
  const dayBegan = instantOf(slot.on, '00:00');
  const rows = await query
    .where(({ or, and, eb }) =>
      or([
        eb('state', '=', 'unsure'),
        // Of unknown fate too, and just being repeated.
        and([eb('state', '=', 'sending'), eb('slot_at', '<', slot.at)]),
        // Of an earlier day, and just given to its next channel.
        and([eb('state', '=', 'waiting'), eb('slot_on', '<', slot.on)]),
        // Refused for good today; goes again tomorrow. Who had no address may get one in the meantime.
        and([eb('state', '=', 'failed'), eb('address', 'is not', null), eb('failed_at', '>=', dayBegan)]),
        and([
          eb('slot_on', '=', slot.on),
          eb('round', 'in', [...ROUTINE_ROUNDS]),
          eb('state', 'not in', ['superseded', 'failed']),
        ]),
      ]),
    )
    .execute();
  const correspondent = (row: (typeof rows)[number]): Correspondent => ({
    to: { unit: row.to_unit, office: row.to_office },
    office: row.office,
  });
  return {
    lettered: rows.filter((row) => row.slot_on === slot.on && row.round !== 'urgent').map(correspondent),
    held: rows
      .filter(
        ({ state, slot_on, slot_at }) =>
          ['unsure', 'failed'].includes(state) ||
          (state === 'sending' && slot_at < slot.at) ||
          (state === 'waiting' && slot_on < slot.on),
      )
      .map(correspondent),
  };
}
