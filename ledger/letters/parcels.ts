/**
 * The parcels of a letter: one for each of its addressee's channels, stored with it (D19) and tried in order. A channel
 * that fails hands the letter on to the next; it is one letter with the same notices all the while.
 */
import { type ExpressionBuilder, sql } from 'kysely';
import { CHANNEL_NAMES, type ChannelKind } from '../../domain/channels';
import type { LetterParcelsTable } from '../tables';
import { type MailDb, type MailTables, tryUntil } from './tables';

export interface NewParcel {
  channel: ChannelKind;
  address: string;
  /** What will be handed over; null for mail, whose bytes are the letter's. */
  body: string | null;
  /** Why it cannot be used at all; null: it can. */
  unusable: string | null;
  /** It is not the channel that is unusable, but this address on it. */
  isReturned?: boolean;
}

/** Where a letter starts: its first usable parcel, and until when that is tried. */
export interface Start {
  channel: ChannelKind;
  address: string;
  /** Null: the letter has no parcels, and goes by mail. */
  parcel: number | null;
  try_until: string;
}

/** Null: none of the parcels can be used. */
export function startOf(parcels: readonly NewParcel[], now: string): Start | null {
  const parcel = parcels.findIndex(({ unusable }) => unusable === null);
  const first = parcels[parcel];
  if (!first) return null;
  const { channel, address } = first;
  const isMailAlone = parcels.length === 1 && channel === 'mail';
  const hasNext = parcels.slice(parcel + 1).some(({ unusable }) => unusable === null);
  return { channel, address, parcel: isMailAlone ? null : parcel, try_until: tryUntil(now, hasNext) };
}

/** Keeps the parcels of a letter that was written a moment ago. */
export async function storeParcels(
  db: MailDb,
  letter: string,
  parcels: readonly NewParcel[],
  now: string,
): Promise<void> {
  if (parcels.length === 0) return;
  await db
    .insertInto('letter_parcels')
    .values(
      parcels.map(({ channel, address, body, unusable, isReturned }, ord) => ({
        letter,
        ord,
        channel,
        address,
        body,
        state: unusable === null ? ('waiting' as const) : ('failed' as const),
        outcome: unusable === null ? null : isReturned ? ('permanent' as const) : ('misconfigured' as const),
        answer: unusable,
        at: unusable === null ? null : now,
      })),
    )
    .execute();
}

export interface Failure {
  outcome: NonNullable<LetterParcelsTable['outcome']>;
  answer: string;
  now: string;
}

/**
 * Gives a letter, locked by the caller, to its next channel. False where there is none: then all have failed.
 * @param parcel the one that failed; null for a letter that goes by mail alone
 */
export async function handOn(db: MailDb, id: string, parcel: number | null, failure: Failure): Promise<boolean> {
  if (parcel === null) return false;
  const { outcome, answer, now } = failure;
  await db
    .updateTable('letter_parcels')
    .set({ state: 'failed', outcome, answer, at: now })
    .where('letter', '=', id)
    .where('ord', '=', parcel)
    .execute();
  const [next, ...others] = await db
    .selectFrom('letter_parcels')
    .select(['ord', 'channel', 'address'])
    .where('letter', '=', id)
    .where('ord', '>', parcel)
    .where('state', '=', 'waiting')
    .orderBy('ord')
    .execute();
  if (!next) return false;
  await db
    .updateTable('letters')
    .set({
      state: 'waiting',
      channel: next.channel,
      address: next.address,
      parcel: next.ord,
      try_until: tryUntil(now, others.length > 0),
      lease_until: null,
      failed_at: null,
    })
    .where('id', '=', id)
    .execute();
  return true;
}

/** For a query of letters: those that their present channel can hand on. */
export function hasNextChannel({ exists, selectFrom }: ExpressionBuilder<MailTables, 'letters'>) {
  return exists(
    selectFrom('letter_parcels')
      .select(sql.lit(1).as('one'))
      .whereRef('letter_parcels.letter', '=', 'letters.id')
      .whereRef('letter_parcels.ord', '>', 'letters.parcel')
      .where('letter_parcels.state', '=', 'waiting'),
  );
}

export type FailedParcel = Pick<LetterParcelsTable, 'channel' | 'address' | 'outcome' | 'answer'>;

/** What failed so far, in order. */
export function failedParcels(db: MailDb, id: string): Promise<FailedParcel[]> {
  return db
    .selectFrom('letter_parcels')
    .select(['channel', 'address', 'outcome', 'answer'])
    .where('letter', '=', id)
    .where('state', '=', 'failed')
    .orderBy('ord')
    .execute();
}

/** `企业微信（wangli）：81013 …；邮件（…）：550 …`. */
export function parcelsText(parcels: readonly FailedParcel[]): string {
  return parcels
    .map(({ channel, address, answer }) => `${CHANNEL_NAMES[channel]}（${address}）：${answer ?? '没有应答'}`)
    .join('；');
}
