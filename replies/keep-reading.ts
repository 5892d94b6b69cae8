/** Reads a mailbox until it is told to stop: one process at a time, whatever the server or the database does meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Mailbox, type MailboxAddress, mailboxName, openMailbox } from './mailbox';
import { type ReadingParts, readMailbox } from './read-mailbox';

export interface KeepingOptions {
  /** How long to wait where the server does not say by itself that something arrived. */
  everyMs?: number;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** Servers that know IDLE say at once what arrived; the others are asked so often. */
const EVERY_MS = 60_000;

/** Ends when the signal is given, at the latest after the mail in hand. Throws nothing: what goes wrong is said once. */
export async function keepReading(
  parts: ReadingParts,
  address: MailboxAddress,
  { everyMs = EVERY_MS, say, signal }: KeepingOptions,
): Promise<void> {
  const name = mailboxName(address);
  // Kept from pass to pass: some servers refuse who logs in every minute.
  const kept: { mailbox: Mailbox | null } = { mailbox: null };
  let trouble = '';
  const saying = (line: string) => {
    if (line !== trouble) say(line);
    trouble = line;
  };
  while (!signal.aborted) {
    let wait = everyMs;
    try {
      const held = await whileHeld(parts, name, async () => {
        if (!kept.mailbox?.usable()) kept.mailbox = await openMailbox(address);
        return readMailbox(parts, kept.mailbox, name);
      });
      if (!held) saying(`replies: another process reads ${name}; waiting`);
      else if (trouble !== '') saying('');
      if (held && held.taken > 0) say(`replies: ${held.taken} mails read`);
      if (held?.more) wait = 0;
    } catch (error) {
      saying(`replies: ${wordsOf(error)}; tried again in ${Math.round(everyMs / 1000)} s`);
      await kept.mailbox?.close();
      kept.mailbox = null;
    }
    await idle(kept.mailbox, wait, signal);
  }
  await kept.mailbox?.close();
}

/** Null: another process holds it. A lock that a lost connection lets go early costs nothing: ids keep moves single. */
async function whileHeld<T>({ db }: Pick<ReadingParts, 'db'>, name: string, work: () => Promise<T>): Promise<T | null> {
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`replies ${name}`}, 0)`;
    const { rows } = await sql<{ held: boolean }>`SELECT pg_try_advisory_lock(${key}) AS held`.execute(connection);
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await sql`SELECT pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}

async function idle(mailbox: Mailbox | null, waitMs: number, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const slept = pause(waitMs, undefined, { signal: both }).catch(() => undefined);
  await Promise.race(mailbox ? [slept, mailbox.arrival(both)] : [slept]);
  stop.abort();
}

/** What a server said, without what it was told: no library puts the password there, and this makes sure of the line. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = 'responseText' in error && typeof error.responseText === 'string' ? `: ${error.responseText}` : '';
  return `${error.message}${said}`.split('\n')[0] ?? '';
}
