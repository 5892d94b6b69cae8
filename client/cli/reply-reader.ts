/** Reads answers by reply in this process: the desk they go to, the mailbox, and how to stop. */
import type { Config } from '../../config';
import { openEvidence } from '../../ledger/evidence/store';
import { keepReading } from '../../replies/keep-reading';
import { mailboxAddressOf, mailboxName } from '../../replies/mailbox';
import type { Say } from '../../tools/say';
import type { Places } from '../../worker/places';
import { openDesk } from '..';

export interface RunningReader {
  /** `user@host:993/INBOX`. */
  mailbox: string;
  stop(): Promise<void>;
}

/** Base64 in a mail is a third longer than what it carries; head and text need little. */
const MAIL_BYTES_PER_FILE_BYTE = 1.4;
const MEGABYTE = 1024 * 1024;
/** A mail is held in memory while it is read, however large files of evidence may be. */
const LARGEST_MAIL_MB = 100;

/**
 * Starts reading; what goes wrong with the mailbox is said, and tried again.
 * @public read by later.ts
 */
export async function startReplies(
  config: Config,
  places: Places,
  imap: NonNullable<Config['imap']>,
  say: Say,
): Promise<RunningReader> {
  const address = mailboxAddressOf(imap.url);
  const desk = await openDesk(places);
  const stopping = new AbortController();
  const largest = Math.min(config.evidenceMaxMb * MAIL_BYTES_PER_FILE_BYTE + 1, LARGEST_MAIL_MB);
  const reading = keepReading(
    {
      db: desk.db,
      desk,
      evidence: openEvidence(desk.db, config.evidenceDir, config.evidenceMaxMb * MEGABYTE),
      own: [places.mail.from.address.toLowerCase()],
      authServer: imap.authServer,
      headOffice: config.headOffice,
      clock: () => new Date().toISOString(),
      largestMail: largest * MEGABYTE,
    },
    address,
    { say, signal: stopping.signal },
  );
  return {
    mailbox: mailboxName(address),
    async stop() {
      stopping.abort();
      await reading;
      await desk.close();
    },
  };
}
