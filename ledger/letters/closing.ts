/**
 * What time does to letters: attempts end, a day ends, an unknown fate is no longer waited for (D21, R33). Every round
 * runs it first, so that a round that died leaves nothing undone; run twice, it changes nothing twice.
 */
import { sql } from 'kysely';
import { type WorkCalendar, workingDay } from '../../domain/calendar';
import { dayOf, instantOf } from '../../domain/days';
import { OFFICE_CLOSES } from '../../domain/rounds';
import type { Db } from '../database';
import { limitTransaction } from '../head';
import { failLetter } from './fate';
import { feedBackFailure } from './feedback';
import { freeNotices } from './freeing';
import { handOn, hasNextChannel } from './parcels';
import { tellProblem } from './problems';
import { type MailDb, mailTables } from './tables';

/** A letter that gets no answer is repeated through the next working day and then counts as refused. */
const UNSURE_WORKING_DAYS = 1;

export interface Closed {
  /** Not accepted in time: their notices wait for the next slot. */
  superseded: number;
  /** Given up after being tried without an answer again and again. */
  failed: number;
  /** Letters of a day that were not handed over by its 18:00, newly reported. */
  reported: number;
}

/** Ends what is over by `now`. */
export async function closeLetters(db: Db, now: string, calendar: WorkCalendar): Promise<Closed> {
  await forgetDeadSenders(db, now);
  return {
    superseded: await each(db, tiredLetters(now), (tables, id) => supersede(tables, id, now)),
    failed: await each(db, unansweredLetters(now, calendar), (tables, id) => giveUp(tables, id, now)),
    reported: await each(db, unhandedLetters(now), (tables, id) => report(tables, id, now)),
  };
}

/** A sender that died in mid-sending may have been heard: nobody knows (D21). */
async function forgetDeadSenders(db: Db, now: string): Promise<void> {
  await db
    .updateTable('letters')
    .set({ state: 'unsure', lease_until: null, answer: '发送程序中断，结果不明' })
    .where('state', '=', 'sending')
    .where('lease_until', '<', now)
    .where('try_until', '<=', now)
    .execute();
}

type Which = (db: MailDb) => Promise<{ id: string }[]>;

/** One transaction per letter, locked first; who finds one locked leaves it to the other. */
async function each(db: Db, which: Which, work: (db: MailDb, id: string) => Promise<boolean>): Promise<number> {
  let count = 0;
  for (const { id } of await which(mailTables(db))) {
    count += await db.transaction().execute(async (transaction) => {
      await limitTransaction(transaction);
      const tables = mailTables(transaction);
      const mine = await tables
        .selectFrom('letters')
        .select('id')
        .where('id', '=', id)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      return mine && (await work(tables, id)) ? 1 : 0;
    });
  }
  return count;
}

function tiredLetters(now: string): Which {
  return (db) =>
    db.selectFrom('letters').select('id').where('state', '=', 'waiting').where('try_until', '<=', now).execute();
}

/** A channel that did not take the letter in time hands it on; the last one gives its notices back to the next slot. */
async function supersede(db: MailDb, id: string, now: string): Promise<boolean> {
  if (await handOnTired(db, id, now)) return false;
  const row = await db
    .updateTable('letters')
    .set({ state: 'superseded' })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  if (row) await freeNotices(db, id, now);
  return row !== undefined;
}

function unansweredLetters(now: string, calendar: WorkCalendar): Which {
  const today = dayOf(now);
  const last = now >= instantOf(today, OFFICE_CLOSES) ? today : workingDay(calendar, today, -1);
  const before = workingDay(calendar, last, -UNSURE_WORKING_DAYS);
  return (db) =>
    db.selectFrom('letters').select('id').where('state', '=', 'unsure').where('slot_on', '<=', before).execute();
}

async function giveUp(db: MailDb, id: string, now: string): Promise<boolean> {
  const row = await db
    .updateTable('letters')
    .set({ state: 'failed', failed_at: now })
    .where('id', '=', id)
    .where('state', '=', 'unsure')
    .returning(['parcel', 'answer'])
    .executeTakeFirst();
  if (!row) return false;
  const answer = row.answer ?? '没有应答';
  if (await handOn(db, id, row.parcel, { outcome: 'no-answer', answer, now })) return false;
  await failLetter(db, id, 'no-answer', now);
  return true;
}

/**
 * Hands on every letter of today that its channel did not take in time: for whoever sends, so that nobody waits for the
 * next round.
 * @returns how many
 */
export function handOnTiredLetters(db: Db, now: string): Promise<number> {
  const withNext: Which = (tables) =>
    tables
      .selectFrom('letters')
      .select('id')
      .where('state', '=', 'waiting')
      .where('try_until', '<=', now)
      .where('slot_on', '=', dayOf(now))
      .where(hasNextChannel)
      .execute();
  return each(db, withNext, (tables, id) => handOnTired(tables, id, now));
}

/** Not one of an earlier day, whose words are of that day: its notices are said anew. */
async function handOnTired(db: MailDb, id: string, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('letters')
    .select(['parcel', 'answer'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('try_until', '<=', now)
    .where('slot_on', '=', dayOf(now))
    .executeTakeFirst();
  if (!row) return false;
  return handOn(db, id, row.parcel, { outcome: 'temporary', answer: row.answer ?? '没有发送', now });
}

/**
 * R33: letters of a day past its 18:00 that nobody handed over, with a notice that was not handed over otherwise, not
 * recalled, and not reported before. Looked for over a month: nobody looks on the eight days and more of a holiday.
 */
function unhandedLetters(now: string, only?: string): Which {
  const today = dayOf(now);
  const closed = now >= instantOf(today, OFFICE_CLOSES);
  return async (db) => {
    const { rows } = await sql<{ id: string }>`
      SELECT l.id FROM letters l
      WHERE l.state IN ('superseded', 'unsure') AND l.slot_on > ${today}::date - 31
        AND (l.slot_on < ${today} OR ${closed}) AND (${only ?? null}::text IS NULL OR l.id = ${only ?? null})
        AND EXISTS (
          SELECT FROM letter_notices said JOIN notices n ON n.id = said.notice
          WHERE said.letter = l.id AND n.recalled_at IS NULL AND NOT n.assumed_sent AND NOT EXISTS (
            SELECT FROM letter_notices other JOIN letters o ON o.id = other.letter
            WHERE other.notice = n.id AND (o.state = 'handed' OR o.reported_at IS NOT NULL)))
      ORDER BY l.slot_at, l.id`.execute(db);
    return rows;
  };
}

async function report(db: MailDb, id: string, now: string): Promise<boolean> {
  // Its notices may have been reported a moment ago, with an earlier letter of the day.
  const [still] = await unhandedLetters(now, id)(db);
  if (!still) return false;
  const { slot_on } = await db
    .updateTable('letters')
    .set({ reported_at: now })
    .where('id', '=', id)
    .returning('slot_on')
    .executeTakeFirstOrThrow();
  await feedBackFailure(db, id, slot_on);
  await tellProblem(db, id, { kind: 'not-handed', on: slot_on, now });
  return true;
}
