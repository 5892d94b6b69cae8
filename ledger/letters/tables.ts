/** The tables of letters as the mail round uses them: the ledger's, and what each letter said. */

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { instantAfter } from '../../domain/days';
import type { Db } from '../database';
import type { LettersTable, Tables } from '../tables';

export interface MailTables extends Omit<Tables, 'letters'> {
  letters: LettersTable & { reported_at: string | null };
  letter_notices: { letter: string; notice: string };
}

export type MailDb = Kysely<MailTables>;

/** The same database with the columns of 0003. */
export function mailTables(db: Db): MailDb {
  return db as unknown as MailDb;
}

/** And back, for what needs no more than the ledger's own tables. */
export function ledgerTables(db: MailDb): Db {
  return db as unknown as Db;
}

/**
 * For `= any of these`, as one parameter however many there are: a query has 65,535 at most, and a deadline that a whole
 * province shares makes more notices than that for one leader.
 */
export function anyOf(ids: readonly string[]): RawBuilder<string> {
  return sql<string>`any(${[...ids]}::text[])`;
}

export type LetterState = LettersTable['state'];

const MINUTE_MS = 60_000;

/** D21: a letter that the server does not take is tried for so long, counted from when it was written. */
const ATTEMPTS_MINUTES = 20;
/** Where another channel stands behind this one, nobody waits that long: five tries, a minute apart. */
const ATTEMPTS_BEFORE_NEXT_MINUTES = 5;

/** What began at or before this instant is no longer tried. */
export function attemptsBegan(now: string): string {
  return instantAfter(now, -ATTEMPTS_MINUTES * MINUTE_MS);
}

/** Until when a letter is tried over the channel that it is given to now. */
export function tryUntil(now: string, hasNext: boolean): string {
  const minutes = hasNext ? ATTEMPTS_BEFORE_NEXT_MINUTES : ATTEMPTS_MINUTES;
  return instantAfter(now, minutes * MINUTE_MS);
}

/** For one statement on the notices of one letter: of 70,000 notices it took 4 s on a quiet machine. */
export const LETTER_STATEMENT_SECONDS = 20;
