/** Letters as programs read them: what was written, what became of it, who answered. */
import { simpleParser } from 'mailparser';
import type { Db } from '../../ledger/database';
import { type LetterPage, type LetterRow, showLetter } from '../../ledger/letters/list';
import { type LetterTruth, letterTruth } from '../../ledger/letters/truth';

const UNKNOWN: LetterTruth = { notices: 0, bouncedAt: null, bounce: null, openedAt: null, answers: [] };

export type KnownLetter = LetterRow & LetterTruth;

/** Rows of the list of letters with what is known of each. */
export async function lettersJson(db: Db, rows: readonly LetterRow[]): Promise<KnownLetter[]> {
  const truth = await letterTruth(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, ...(truth.get(row.id) ?? UNKNOWN) }));
}

export interface ReadLetter {
  letter: Omit<LetterPage, 'bytes'>;
  truth: LetterTruth;
  size: number;
  /** As it was sent, out of the stored message; null: it has no such part. */
  text: string | null;
  html: string | null;
}

/** One letter with its text; null if there is none of that id. */
export async function readLetter(db: Db, id: string): Promise<ReadLetter | null> {
  const found = /^[A-Za-z0-9-]{1,64}$/.test(id) ? await showLetter(db, id) : null;
  if (!found) return null;
  const { bytes, ...letter } = found;
  const truth = (await letterTruth(db, [id])).get(id) ?? UNKNOWN;
  const mail = await simpleParser(bytes);
  return {
    letter,
    truth,
    size: bytes.length,
    text: mail.text ?? null,
    html: typeof mail.html === 'string' ? mail.html : null,
  };
}

/** The letter as one value; its HTML only where it was asked for. */
export function letterJson({ letter, truth, size, text, html }: ReadLetter, withHtml: boolean) {
  return { ...letter, ...truth, notices: letter.notices, size, text, ...(withHtml && { html }) };
}
