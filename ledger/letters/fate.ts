/**
 * What becomes of a letter: it is leased to one sender, and what the server said decides what is known of it (D20,
 * D21, R33). A letter that may have been taken is never written anew; its same bytes go again.
 */
import { type RawBuilder, sql } from 'kysely';
import { assertNever } from '../../domain/assert-never';
import type { WorkCalendar } from '../../domain/calendar';
import type { ChannelKind } from '../../domain/channels';
import { dayOf, instantAfter } from '../../domain/days';
import { ROUTINE_ROUNDS, type Slot } from '../../domain/rounds';
import type { Db } from '../database';
import { LedgerUnavailable, ledgerErrorOf } from '../errors';
import { limitTransaction } from '../head';
import { feedBackFailure } from './feedback';
import { freeNotices } from './freeing';
import { type HandOver, recordHandOvers } from './hand-overs';
import { failedParcels, handOn, hasNextChannel, parcelsText } from './parcels';
import { tellProblem } from './problems';
import { attemptsBegan, LETTER_STATEMENT_SECONDS, type LetterState, type MailDb, mailTables } from './tables';
import { withoutLinks } from './without-links';

/** Longer than the 90 s an attempt may take, so that a second sender never overlaps the first (D20). */
export const LEASE_MS = 120_000;

export interface Leased {
  id: string;
  channel: ChannelKind;
  address: string;
  /** The mail. */
  bytes: Buffer;
  /** The message for a channel that is not mail. */
  body: string | null;
  /** Its place in the order of channels; null: it goes by mail alone. */
  parcel: number | null;
  attempts: number;
  /** What it was before: `unsure`, and `sending` of a sender that died, may be with the server already. */
  was: LetterState;
}

/** As the post (mail/smtp.ts) and the channels (mail/channels/) say it. */
export interface Handing {
  /** misconfigured: it refuses us, whomever the letter is for. */
  outcome: 'handed' | 'temporary' | 'permanent' | 'unsure' | 'unreachable' | 'misconfigured';
  answer: string;
}

/** Letters that are not to be taken in this pass. Asked late, for other senders of the pass add to them meanwhile. */
export interface Apart {
  /** Tried already. */
  tried?: ReadonlySet<string>;
  /** Queues (`queueOf`) whose server is away, or asked for a pause. */
  paused?: () => string[];
}

/** One server, as far as letters can tell: each endpoint of the webhooks is one, and each other channel. */
export function queueOf({ channel, address }: Pick<Leased, 'channel' | 'address'>): string {
  return channel === 'webhook' ? `webhook/${address.split('/')[0]}` : channel;
}

/** The same in SQL. */
function queueColumn(letters: string): RawBuilder<string> {
  const [channel, address] = [sql.ref(`${letters}.channel`), sql.ref(`${letters}.address`)];
  return sql`CASE ${channel} WHEN 'webhook' THEN 'webhook/' || split_part(${address}, '/', 1) ELSE ${channel} END`;
}

/** An endpoint gets its letters in order: what comes later waits behind what is not settled. */
function comesNext(): RawBuilder<boolean> {
  return sql`(letters.channel <> 'webhook' OR NOT EXISTS (
    SELECT FROM letters earlier
    WHERE earlier.state IN ('waiting', 'sending', 'unsure') AND earlier.channel = 'webhook'
      AND ${queueColumn('earlier')} = ${queueColumn('letters')}
      AND (earlier.slot_at, earlier.id) < (letters.slot_at, letters.id)))`;
}

/**
 * Takes the next letters to send in a slot, each for one sender: letters of unknown fate first (D21), then those written
 * for rounds of this kind that are still to be tried, those tried less before others.
 * @param most so many at once; each is in one sender's hands from here on, for the time of its lease
 */
export async function leaseLetters(
  db: Db,
  slot: Slot,
  now: string,
  { tried = new Set(), paused = () => [] }: Apart,
  most: number,
): Promise<Leased[]> {
  return db.transaction().execute(async (transaction) => {
    await limitTransaction(transaction);
    const tables = mailTables(transaction);
    let next = toSend(tables, slot, now)
      .select(['id', 'state'])
      .where('address', 'is not', null)
      .where(comesNext())
      .where(isInTurn(now))
      // A webhook that failed is left alone for longer each time.
      .where(({ or, eb }) =>
        or([eb('state', '<>', 'waiting'), eb('lease_until', 'is', null), eb('lease_until', '<=', now)]),
      )
      .orderBy(({ eb }) => eb.case().when('state', '=', 'unsure').then(0).else(1).end())
      .orderBy('attempts')
      .orderBy('slot_at')
      .orderBy('id')
      .limit(most)
      .forUpdate()
      .skipLocked();
    if (tried.size > 0) next = next.where(sql<boolean>`id <> ALL (${[...tried]}::text[])`);
    const queues = paused();
    if (queues.length > 0) next = next.where(queueColumn('letters'), 'not in', queues);
    const taken = await tables
      .with('next', () => next)
      .updateTable('letters')
      .from('next')
      .set(({ eb }) => ({
        state: 'sending',
        lease_until: instantAfter(now, LEASE_MS),
        attempts: eb('letters.attempts', '+', 1),
      }))
      .whereRef('letters.id', '=', 'next.id')
      .returning(['letters.id', 'address', 'bytes', 'attempts', 'channel', 'parcel', 'slot_at', 'next.state as was'])
      .returning(({ selectFrom }) =>
        selectFrom('letter_parcels')
          .select('body')
          .whereRef('letter_parcels.letter', '=', 'letters.id')
          .whereRef('letter_parcels.ord', '=', 'letters.parcel')
          .as('body'),
      )
      .execute();
    return taken.sort(byTurn).map(({ slot_at: _, address, ...letter }) => ({ ...letter, address: address ?? '' }));
  });
}

/** As leaseLetters orders them: what was written for an earlier slot goes before. */
function byTurn(a: Turn, b: Turn): number {
  if ((a.was === 'unsure') !== (b.was === 'unsure')) return a.was === 'unsure' ? -1 : 1;
  if (a.attempts !== b.attempts) return a.attempts - b.attempts;
  if (a.slot_at !== b.slot_at) return a.slot_at < b.slot_at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

type Turn = Pick<Leased, 'id' | 'was' | 'attempts'> & { slot_at: string };

/**
 * An addressee gets his letters in the order in which they were written: a later one waits for an earlier one that is
 * still to be tried, or may have been taken. Found for all letters under way in one go: looked for letter by letter, and
 * with statistics from before the round, PostgreSQL compares each with each.
 */
function isInTurn(now: string): RawBuilder<boolean> {
  return sql`letters.id NOT IN (
    SELECT id
    FROM (SELECT id, slot_at, min(slot_at) FILTER (WHERE state <> 'waiting' OR try_until > ${now})
            OVER (PARTITION BY to_unit, to_office, office) AS first_at
          FROM letters WHERE state IN ('waiting', 'sending', 'unsure')) AS under_way
    WHERE first_at < slot_at)`;
}

/** Gives back letters that were leased and not begun: they are as they were. */
export async function giveBack(db: Db, letters: readonly Leased[]): Promise<void> {
  for (const letter of letters) {
    await markIfOurs(mailTables(db), letter, {
      state: letter.was === 'waiting' ? 'waiting' : 'unsure',
      attempts: letter.attempts - 1,
    });
  }
}

/** How many letters this slot still has to send, those in another sender's hands included: he may have died. */
export async function lettersLeft(db: Db, slot: Slot, now: string): Promise<number> {
  const tables = mailTables(db);
  const free = await toSend(tables, slot, now)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const leased = await tables
    .selectFrom('letters')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round', 'in', roundsOf(slot))
    .where('state', '=', 'sending')
    .where('lease_until', '>=', now)
    .executeTakeFirstOrThrow();
  // Not tried any more where they are, and not yet with their next channel.
  const between = await tables
    .selectFrom('letters')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('round', 'in', roundsOf(slot))
    .where('state', '=', 'waiting')
    .where('slot_on', '=', dayOf(now))
    .where('try_until', '<=', now)
    .where(hasNextChannel)
    .executeTakeFirstOrThrow();
  return free.count + leased.count + between.count;
}

function roundsOf(slot: Slot): Slot['round'][] {
  return slot.round === 'urgent' ? ['urgent'] : [...ROUTINE_ROUNDS];
}

function toSend(db: MailDb, slot: Slot, now: string) {
  return db
    .selectFrom('letters')
    .where('round', 'in', roundsOf(slot))
    .where('slot_at', '<=', slot.at)
    .where(({ or, and, eb }) =>
      or([
        // Tried without an answer before this slot; in it, once.
        and([eb('state', '=', 'unsure'), or([eb('lease_until', 'is', null), eb('lease_until', '<', slot.at)])]),
        and([eb('state', '=', 'waiting'), eb('try_until', '>', now)]),
        // Its sender died: the lease is over and nobody else has it.
        and([eb('state', '=', 'sending'), eb('lease_until', '<', now), eb('try_until', '>', now)]),
      ]),
    );
}

export interface Attempt {
  slot: Slot;
  letter: Leased;
  handing: Handing;
  now: string;
  calendar: WorkCalendar;
}

/**
 * Records what the server said to a leased letter, and owes the tasks what they cannot assume (R33).
 * @returns whether its next channel has it now
 */
export async function settleAttempt(db: Db, attempt: Attempt): Promise<{ handedOn: boolean }> {
  return db.transaction().execute(async (transaction) => {
    await limitTransaction(transaction, LETTER_STATEMENT_SECONDS);
    return { handedOn: await settle(mailTables(transaction), attempt) };
  });
}

/**
 * Records hand-overs, many in one transaction: what costs is its end, which waits for the disk. One that cannot be
 * recorded does not take the others with it.
 */
export async function settleHanded(db: Db, attempts: readonly Attempt[]): Promise<void> {
  const [first] = attempts;
  if (!first) return;
  try {
    await db.transaction().execute(async (transaction) => {
      await limitTransaction(transaction, LETTER_STATEMENT_SECONDS);
      await recordHandOvers(mailTables(transaction), attempts.map(handOverOf), first.calendar);
    });
  } catch (error) {
    if (attempts.length < 2 || ledgerErrorOf(error) instanceof LedgerUnavailable) throw error;
    for (const attempt of attempts) await settleAttempt(db, attempt);
  }
}

function handOverOf({ letter: { id, channel, address, parcel }, handing, now }: Attempt): HandOver {
  return { letter: id, channel, address, parcel, answer: withoutLinks(handing.answer), at: now };
}

async function settle(tables: MailDb, { slot, letter, handing, now, calendar }: Attempt): Promise<boolean> {
  const { id, channel, parcel } = letter;
  const { outcome } = handing;
  const answer = withoutLinks(handing.answer);
  switch (outcome) {
    case 'handed':
      await recordHandOvers(tables, [handOverOf({ slot, letter, handing, now, calendar })], calendar);
      return false;
    case 'permanent':
      if (!(await markIfOurs(tables, letter, { state: 'failed', answer, failed_at: now }))) return false;
      if (await handOn(tables, id, parcel, { outcome, answer, now })) return true;
      await failLetter(tables, id, 'refused', now);
      return false;
    case 'unsure': {
      // Mail repeats in the next slot. The channels know a message again by its id or its words: they are asked at once.
      const lease_until = channel === 'mail' ? triedIn(slot, now) : againAt(slot, now);
      await markIfOurs(tables, letter, { state: 'unsure', answer, lease_until });
      return false;
    }
    case 'misconfigured':
    case 'temporary':
    case 'unreachable': {
      // What an earlier try may have left with the server is not undone by a refusal of this one.
      const state = letter.was === 'waiting' ? 'waiting' : 'unsure';
      const lease_until =
        state === 'waiting' && channel === 'webhook' ? later(now, letter.attempts) : againAt(slot, now);
      const ours = await markIfOurs(tables, letter, { state, answer, lease_until });
      if (!ours || state !== 'waiting' || outcome !== 'misconfigured') return false;
      // It refuses us now and in five minutes. The last channel is tried on, for somebody may mend it.
      return handOn(tables, id, parcel, { outcome, answer, now });
    }
    default:
      return assertNever(outcome);
  }
}

/** One of unknown fate is tried again within the minutes of its slot (null); in a round that is held late, once. */
function againAt(slot: Slot, now: string): string | null {
  const isInItsMinutes = slot.at > attemptsBegan(now) && slot.at <= now;
  return isInItsMinutes ? null : triedIn(slot, now);
}

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MINUTES = 8;

/** After 1, 2, 4 and 8 minutes; passes come a minute apart, and one that is a moment early is not to miss its turn. */
function later(now: string, attempts: number): string {
  const minutes = Math.min(2 ** (attempts - 1), LONGEST_PAUSE_MINUTES);
  return instantAfter(now, minutes * MINUTE_MS - 5_000);
}

/** When a letter of unknown fate was tried: not before its slot, which a round by hand does not wait for. */
function triedIn(slot: Slot, now: string): string {
  return now < slot.at ? slot.at : now;
}

interface Mark {
  state: LetterState;
  answer?: string;
  attempts?: number;
  failed_at?: string;
  lease_until?: string | null;
}

/** False when the lease was over and another sender took the letter: his word counts. */
async function markIfOurs(db: MailDb, { id, attempts }: Leased, values: Mark): Promise<boolean> {
  const row = await db
    .updateTable('letters')
    .set({ lease_until: null, ...values })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A letter that will not be sent again: its notices go into another one, tomorrow at the earliest (R33). */
export async function failLetter(db: MailDb, id: string, kind: 'refused' | 'no-answer', now: string): Promise<void> {
  const { slot_on } = await db.selectFrom('letters').select('slot_on').where('id', '=', id).executeTakeFirstOrThrow();
  const failed = await failedParcels(db, id);
  if (failed.length > 0) {
    await db
      .updateTable('letters')
      .set({ answer: parcelsText(failed) })
      .where('id', '=', id)
      .execute();
  }
  await feedBackFailure(db, id, slot_on);
  await tellProblem(db, id, { kind, on: slot_on, now });
  await freeNotices(db, id, now);
}
