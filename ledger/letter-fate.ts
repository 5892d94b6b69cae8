/**
 * What becomes of a letter: it is leased to one sender, and what the server said decides what is known of it (D20,
 * D21, R33). A letter that may have been taken is never written anew; its same bytes go again.
 */
import type { WorkCalendar } from '../domain/calendar';
import { dayOf } from '../domain/days';
import { ROUTINE_ROUNDS, type Slot } from '../domain/rounds';
import type { Db } from './database';
import { limitTransaction } from './head';
import { feedBackFailure, feedBackHandOver } from './letter-feedback';
import { freeNotices } from './letter-freeing';
import { tellProblem } from './letter-problems';
import { attemptsBegan, LETTER_STATEMENT_SECONDS, type LetterState, type MailDb, mailTables } from './letter-tables';

/** Longer than the 90 s an attempt may take, so that a second sender never overlaps the first (D20). */
export const LEASE_MS = 120_000;

export interface Leased {
  id: string;
  address: string;
  bytes: Buffer;
  attempts: number;
  /** What it was before: `unsure`, and `sending` of a sender that died, may be with the server already. */
  was: LetterState;
}

/** As the post says it (mail/smtp.ts). */
export interface Handing {
  outcome: 'handed' | 'temporary' | 'permanent' | 'unsure' | 'unreachable' | 'misconfigured';
  answer: string;
}

/**
 * Takes the next letter to send in a slot, for one sender: letters of unknown fate first (D21), then those written for
 * rounds of this kind that are still to be tried. Null: there is none.
 * @param tried letters that this pass has tried already
 */
export async function leaseLetter(db: Db, slot: Slot, now: string, tried: readonly string[]): Promise<Leased | null> {
  return db.transaction().execute(async (transaction) => {
    await limitTransaction(transaction);
    let query = toSend(mailTables(transaction), slot, now)
      .select(['id', 'address', 'bytes', 'attempts', 'state'])
      .orderBy(({ eb }) => eb.case().when('state', '=', 'unsure').then(0).else(1).end())
      .orderBy('slot_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked();
    if (tried.length > 0) query = query.where('id', 'not in', [...tried]);
    const row = await query.executeTakeFirst();
    if (row?.address == null) return null;
    const { id, address, bytes, attempts, state } = row;
    const lease = new Date(Date.parse(now) + LEASE_MS).toISOString();
    await transaction
      .updateTable('letters')
      .set({ state: 'sending', lease_until: lease, attempts: attempts + 1 })
      .where('id', '=', id)
      .execute();
    return { id, address, bytes, attempts: attempts + 1, was: state };
  });
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
  return free.count + leased.count;
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
        and([eb('state', '=', 'waiting'), eb('made_at', '>', attemptsBegan(now))]),
        // Its sender died: the lease is over and nobody else has it.
        and([eb('state', '=', 'sending'), eb('lease_until', '<', now), eb('made_at', '>', attemptsBegan(now))]),
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

/** Records what the server said to a leased letter, and owes the tasks what they cannot assume (R33). */
export async function settleAttempt(db: Db, { slot, letter, handing, now, calendar }: Attempt): Promise<void> {
  const { id } = letter;
  await db.transaction().execute(async (transaction) => {
    await limitTransaction(transaction, LETTER_STATEMENT_SECONDS);
    const tables = mailTables(transaction);
    switch (handing.outcome) {
      case 'handed':
        // Whoever handed it over was told so: true even if his lease was over and somebody else has the letter.
        await mark(tables, id, { state: 'handed', answer: handing.answer, handed_at: now });
        await bindAgain(tables, id);
        return feedBackHandOver(tables, id, dayOf(now), calendar);
      case 'permanent':
        if (!(await markIfOurs(tables, letter, { state: 'failed', answer: handing.answer, failed_at: now }))) return;
        return failLetter(tables, id, 'refused', now);
      case 'unsure':
        await markIfOurs(tables, letter, { state: 'unsure', answer: handing.answer, lease_until: triedIn(slot, now) });
        return;
      case 'temporary':
      case 'unreachable':
      case 'misconfigured': {
        // What an earlier try may have left with the server is not undone by a refusal of this one.
        const state = letter.was === 'waiting' ? 'waiting' : 'unsure';
        // One of unknown fate is tried again within the minutes of its slot; in a round that is held late, once.
        const isInItsMinutes = slot.at > attemptsBegan(now) && slot.at <= now;
        const lease_until = isInItsMinutes ? null : triedIn(slot, now);
        await markIfOurs(tables, letter, { state, answer: handing.answer, lease_until });
      }
    }
  });
}

/** When a letter of unknown fate was tried: not before its slot, which a round by hand does not wait for. */
function triedIn(slot: Slot, now: string): string {
  return now < slot.at ? slot.at : now;
}

interface Mark {
  state: LetterState;
  answer: string;
  handed_at?: string;
  failed_at?: string;
  lease_until?: string | null;
}

async function mark(db: MailDb, id: string, values: Mark): Promise<void> {
  await db
    .updateTable('letters')
    .set({ lease_until: null, ...values })
    .where('id', '=', id)
    .execute();
}

/** What was freed while the letter was under way has been said now. */
async function bindAgain(db: MailDb, id: string): Promise<void> {
  await db
    .updateTable('notices')
    .set({ letter: id })
    .where('id', 'in', db.selectFrom('letter_notices').select('notice').where('letter', '=', id))
    .where('letter', 'is', null)
    .where('recalled_at', 'is', null)
    .execute();
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
  await feedBackFailure(db, id, slot_on);
  await tellProblem(db, id, { kind, on: slot_on, now });
  await freeNotices(db, id, now);
}
