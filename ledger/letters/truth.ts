/**
 * What is known of letters beyond their hand-over: what stood in them, whether they came back, and what was answered.
 * For the list of letters; a letter's state alone is ledger/letters/list.ts.
 */
import { sql } from 'kysely';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { anyOf } from './tables';

/** One answer to a letter that a task took, or that waits for a person. */
interface LetterAnswer {
  by: 'reply' | 'link';
  at: string;
  who: string | null;
  /** done: every move of it was taken. open: it lies in the inbox, in part or as a whole. */
  state: 'done' | 'open';
}

export interface LetterTruth {
  /** How many notices stood in it. */
  notices: number;
  /** When it came back, and what the report said (R33). */
  bouncedAt: string | null;
  bounce: string | null;
  /** When one of its links was first opened, by somebody or by his mail scanner: it does not mean that it was read. */
  openedAt: string | null;
  /** Oldest first; mails of programs are none. */
  answers: LetterAnswer[];
}

/** By letter; one that is not there has no entry. */
export async function letterTruth(db: Db, letters: readonly string[]): Promise<Map<string, LetterTruth>> {
  return withLedgerErrors(async () => {
    const { rows } = await sql<Known>`
      SELECT l.id, l.bounced_at, l.bounce,
        (SELECT min(opened_at) FROM letter_opens o WHERE o.letter = l.id) AS opened_at,
        (SELECT count(*) FROM letter_notices said WHERE said.letter = l.id)::int AS notices
      FROM letters l WHERE l.id = ${anyOf(letters)}`.execute(db);
    const answers = await answersTo(db, letters);
    return new Map(
      rows.map(({ id, notices, bounced_at: bouncedAt, bounce, opened_at: openedAt }) => [
        id,
        { notices, bouncedAt, bounce, openedAt, answers: answers.get(id) ?? [] },
      ]),
    );
  });
}

interface Known {
  id: string;
  notices: number;
  bounced_at: string | null;
  bounce: string | null;
  opened_at: string | null;
}

async function answersTo(db: Db, letters: readonly string[]): Promise<Map<string, LetterAnswer[]>> {
  const { rows } = await sql<LetterAnswer & { letter: string }>`
    SELECT letter, 'reply' AS by, received_at AS at, coalesce(person, from_address) AS who,
      CASE WHEN state IN ('open', 'pending') THEN 'open' ELSE 'done' END AS state
    FROM replies WHERE letter = ${anyOf(letters)} AND taken_as IN ('answer', 'unmatched')
    UNION ALL
    SELECT letter, 'link', at, who, 'done' FROM link_answers
    WHERE letter = ${anyOf(letters)} AND outcome = 'recorded'
    ORDER BY at`.execute(db);
  const answers = new Map<string, LetterAnswer[]>();
  for (const { letter, ...answer } of rows) answers.set(letter, [...(answers.get(letter) ?? []), answer]);
  return answers;
}
