/**
 * A letter that was handed over and came back: what a delivery status notification says of it (RFC 3464, R33). Only one
 * about a letter of ours to that very recipient is believed; anybody can write such a mail.
 */
import { type Day, dayOf } from '../../domain/days';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { limitTransaction } from '../head';
import { feedBackBounce } from './feedback';
import { freeNotices } from './freeing';
import { tellProblem } from './problems';
import { LETTER_STATEMENT_SECONDS, mailTables } from './tables';
import { withoutLinks } from './without-links';

/** A failed delivery, as its report has it. */
export interface Bounce {
  /** The Message-ID of the letter, without angle brackets. */
  messageId: string;
  /** Final-Recipient or Original-Recipient. */
  recipient: string;
  /** Status and diagnostic, short. */
  said: string;
}

/**
 * failed: the letter counts as not delivered now. already: it did before. other-recipient, unknown: it is not about a
 * letter of ours to that address.
 */
export type Bounced =
  | { outcome: 'failed' | 'already'; letter: string; office: string }
  | { outcome: 'other-recipient'; letter: string; office: string }
  | { outcome: 'unknown' };

/**
 * Records that a letter came back, once: its notices go into another one, and the tasks hear of the failure (R33).
 * Throws LedgerUnavailable.
 */
export function bounceLetter(db: Db, { messageId, recipient, said }: Bounce, now: string): Promise<Bounced> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction): Promise<Bounced> => {
      await limitTransaction(transaction, LETTER_STATEMENT_SECONDS);
      const tables = mailTables(transaction);
      const letter = await tables
        .selectFrom('letters')
        .select(['id', 'office', 'address', 'state', 'slot_on', 'handed_at', 'bounced_at'])
        .where('message_id', '=', messageId)
        .forUpdate()
        .executeTakeFirst();
      if (!letter) return { outcome: 'unknown' };
      const { id, office, address, state } = letter;
      if (address?.toLowerCase() !== recipient.toLowerCase()) return { outcome: 'other-recipient', letter: id, office };
      // Refused before, or written anew since: its notices have gone their way.
      if (state === 'failed' || state === 'superseded') return { outcome: 'already', letter: id, office };
      await tables
        .updateTable('letters')
        .set({ state: 'failed', failed_at: now, bounced_at: now, bounce: withoutLinks(said), lease_until: null })
        .where('id', '=', id)
        .execute();
      const handedOn: Day = letter.handed_at ? dayOf(letter.handed_at) : letter.slot_on;
      await feedBackBounce(tables, id, handedOn);
      await tellProblem(tables, id, { kind: 'bounced', on: handedOn, now });
      await freeNotices(tables, id, now);
      return { outcome: 'failed', letter: id, office };
    }),
  );
}
