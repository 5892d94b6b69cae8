/** Letters as far as their reader may see them: an officer his office's, a unit its own. Links in them are keys, and are left out. */
import { type LetterFilter, type LetterRow, listLetters } from '../../ledger/letters/list';
import { withoutLinks } from '../../ledger/letters/without-links';
import type { Reader } from '../reader';
import { type ReadLetter, readLetter } from './letter-json';

/** A page of letters, the newest first. */
export async function lettersInSight(
  { desk, sight }: Reader,
  filter: Omit<LetterFilter, 'sight'> & { limit: number },
): Promise<{ rows: LetterRow[]; next: string | null }> {
  const found = await listLetters(desk.db, { ...filter, sight, limit: filter.limit + 1 });
  const rows = found.slice(0, filter.limit);
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}

/** One letter; null if there is none, or it is out of sight. */
export async function letterInSight({ desk, sight }: Reader, id: string): Promise<ReadLetter | null> {
  const found = await readLetter(desk.db, id);
  if (!found) return null;
  const { letter, text, html } = found;
  const isOwn = sight === 'everything' || sight.offices.includes(letter.office) || sight.units.includes(letter.to.unit);
  if (!isOwn) return null;
  return {
    ...found,
    letter: {
      ...letter,
      parcels: letter.parcels.map((parcel) => ({ ...parcel, body: parcel.body && withoutLinks(parcel.body) })),
    },
    text: text && withoutLinks(text),
    html: html && withoutLinks(html),
  };
}
