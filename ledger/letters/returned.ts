/**
 * A server may take every letter and send some back an hour later: the next letter would go the same way. So a mail
 * address from which letters came back is passed over for a while, where its addressee has another channel.
 */
import { instantAfter } from '../../domain/days';
import type { Correspondent } from '../../domain/rounds';
import type { NewParcel } from './parcels';
import type { MailDb } from './tables';

/** Then the address is tried again: a full mailbox may have been emptied, and nobody has to remember to say so. */
const PASSED_OVER_DAYS = 7;

/**
 * @param now ISO instant
 * @returns the parcels, mail marked as failed where the addressee's last letter to that address came back lately; as they
 * are where nothing else is left
 */
export async function withoutReturned(
  db: MailDb,
  { unit, office }: Correspondent['to'],
  parcels: readonly NewParcel[],
  now: string,
): Promise<readonly NewParcel[]> {
  if (!parcels.some(({ channel, unusable }) => channel !== 'mail' && unusable === null)) return parcels;
  const since = instantAfter(now, -PASSED_OVER_DAYS * 86_400_000);
  return Promise.all(
    parcels.map(async (parcel) => {
      if (parcel.channel !== 'mail') return parcel;
      const last = await db
        .selectFrom('letters')
        .select(['bounce', 'bounced_at'])
        .where('to_unit', '=', unit)
        .where('to_office', '=', office)
        .where('channel', '=', 'mail')
        .where('address', '=', parcel.address)
        .where(({ or, eb }) => or([eb('handed_at', 'is not', null), eb('bounced_at', 'is not', null)]))
        .orderBy(({ fn }) => fn.coalesce('handed_at', 'bounced_at'), 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!last?.bounced_at || last.bounced_at < since) return parcel;
      return { ...parcel, unusable: `近日退信：${last.bounce ?? ''}`, isReturned: true };
    }),
  );
}
