/**
 * Hand-overs as the ledger keeps them, many at once: however many letters servers have taken, each table is written
 * once, for what costs is the way to the database and not the rows (D20, R33).
 */
import { sql } from 'kysely';
import type { WorkCalendar } from '../../domain/calendar';
import type { ChannelKind } from '../../domain/channels';
import { dayOf } from '../../domain/days';
import { feedBackHandOvers } from './feedback';
import { tellDetour } from './problems';
import type { MailDb } from './tables';

/** One letter that a server took. */
export interface HandOver {
  letter: string;
  channel: ChannelKind;
  address: string;
  /** Its place in the order of channels; null: it goes by mail alone. */
  parcel: number | null;
  /** What the server said. */
  answer: string;
  /** ISO instant. */
  at: string;
}

/**
 * Records hand-overs inside the caller's transaction. Whoever handed a letter over was told so: it counts even if his
 * lease was over and somebody else has the letter. Not one that came back before it could be recorded: its notices wait
 * for another letter already.
 */
export async function recordHandOvers(
  db: MailDb,
  handOvers: readonly HandOver[],
  calendar: WorkCalendar,
): Promise<void> {
  // In one order for all, so that two who record the same letters do not wait for each other.
  const told = [...handOvers].sort((a, b) => (a.letter < b.letter ? -1 : 1));
  const marked = await mark(db, told);
  const handed = told.filter(({ letter }) => marked.has(letter));
  await markParcels(
    db,
    handed.filter(({ parcel }) => parcel !== null),
  );
  await bindAgain(db, handed);
  for (const { letter, parcel, at } of handed) if (parcel) await tellDetour(db, letter, { on: dayOf(at), now: at });
  await feedBackHandOvers(
    db,
    handed.map(({ letter, at }) => ({ letter, on: dayOf(at) })),
    calendar,
  );
}

/** @returns those that had not come back */
async function mark(db: MailDb, handed: readonly HandOver[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    UPDATE letters SET state = 'handed', lease_until = NULL, answer = t.answer, handed_at = t.at, channel = t.channel,
      address = t.address, parcel = t.parcel
    FROM unnest(${handed.map(({ letter }) => letter)}::text[], ${handed.map(({ answer }) => answer)}::text[],
      ${handed.map(({ at }) => at)}::timestamptz[], ${handed.map(({ channel }) => channel)}::text[],
      ${handed.map(({ address }) => address)}::text[], ${handed.map(({ parcel }) => parcel)}::integer[])
      AS t (letter, answer, at, channel, address, parcel)
    WHERE letters.id = t.letter AND letters.bounced_at IS NULL
    RETURNING letters.id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

async function markParcels(db: MailDb, handed: readonly HandOver[]): Promise<void> {
  if (handed.length === 0) return;
  await sql`
    UPDATE letter_parcels SET state = 'handed', outcome = NULL, answer = t.answer, at = t.at
    FROM unnest(${handed.map(({ letter }) => letter)}::text[], ${handed.map(({ parcel }) => parcel)}::integer[],
      ${handed.map(({ answer }) => answer)}::text[], ${handed.map(({ at }) => at)}::timestamptz[])
      AS t (letter, ord, answer, at)
    WHERE letter_parcels.letter = t.letter AND letter_parcels.ord = t.ord`.execute(db);
}

/** What was freed while a letter was under way has been said now. */
async function bindAgain(db: MailDb, handed: readonly HandOver[]): Promise<void> {
  const letters = handed.map(({ letter }) => letter);
  // The list beside the join is the same again: with it the notices are looked up, and not walked through.
  await sql`
    UPDATE notices SET letter = said.letter FROM letter_notices said
    WHERE said.letter = ANY (${letters}::text[]) AND notices.id = said.notice
      AND notices.id = ANY (ARRAY(SELECT notice FROM letter_notices WHERE letter = ANY (${letters}::text[])))
      AND notices.letter IS NULL AND notices.recalled_at IS NULL`.execute(db);
}
