/**
 * Garbled lines whose bytes are still there. Some pages replaced punctuation byte by byte in GBK text, and from there on
 * every sign was read from the second byte of one and the first of the next: `（一）知识` became `?。ㄒ唬┲R`, with `?` where
 * a byte was left over. Moved back by one byte the text is there again; only signs that lost a byte are open.
 */
import { gbk } from './gbk';

/** A sign of which one byte was lost, as null. */
export interface Lost {
  lead: number | null;
  trail: number | null;
}

export type Sign = string | Lost;

export const isLost = (sign: Sign | undefined): sign is Lost => typeof sign === 'object';

/** What the clean text of the same document is made of: what a reading is judged by. */
export interface Vocabulary {
  signs: ReadonlySet<string>;
  pairs: ReadonlySet<string>;
}

export function vocabularyOf(clean: string): Vocabulary {
  const signs = [...clean];
  return { signs: new Set(signs), pairs: new Set(signs.map((sign, i) => sign + (signs[i + 1] ?? ''))) };
}

/** Letters, digits and punctuation, which a text may have in one place only. */
const USUAL = /^[\x20-\x7e\u2010-\u203b\u3000-\u301f\uff00-\uff5e]$/;

/** Longer lines than any paragraph are left as they are. */
const LONGEST_LINE = 20_000;

/** A sign that the document has nowhere else; a pair it has nowhere else; a lost sign; a `?` that is meant. */
const COST = { sign: 1, pair: 0.15, lost: 0.6, questionMark: 0.9 };

/** A reading so far: the last sign and what came before it. */
interface Reading {
  cost: number;
  sign: Sign | null;
  /** Made of bytes out of step. */
  moved: boolean;
  before: Reading | null;
}

/** Which byte waits for the next sign's first one: `lost` where it was the byte left over. */
type Pending = number | 'lost' | null;

/**
 * The line moved back into step where that makes a text of the document's own signs, else null. Of all ways to read
 * it (each `?` meant or a lost byte, each half-width sign a byte or two) the one that fits the document best.
 */
export function reshift(line: string, vocabulary: Vocabulary): Sign[] | null {
  const signs = [...line];
  if (signs.length > LONGEST_LINE) return null;
  let open = new Map<Pending, Reading>([[null, { cost: 0, sign: null, moved: false, before: null }]]);
  for (const sign of signs) open = after(open, sign, vocabulary);
  const best = readingsOf(open.get(null) ?? null);
  const moved = best.filter((reading) => reading.moved);
  const strange = moved.filter(
    ({ sign }) => typeof sign === 'string' && !USUAL.test(sign) && !vocabulary.signs.has(sign),
  );
  // What comes out must be words of this document: any text can be moved by a byte, and becomes signs that nobody uses.
  if (moved.length === 0 || strange.length > moved.length / 3) return null;
  return best.map(({ sign }) => sign);
}

function after(open: Map<Pending, Reading>, sign: string, vocabulary: Vocabulary): Map<Pending, Reading> {
  const next = new Map<Pending, Reading>();
  const keep = (pending: Pending, reading: Reading) => {
    const other = next.get(pending);
    if (!other || reading.cost < other.cost) next.set(pending, reading);
  };
  for (const [pending, reading] of open) {
    if (pending === null) {
      keep(null, withSign(reading, sign, vocabulary, false));
      if (sign === '?') keep('lost', reading);
      continue;
    }
    for (const { first, second } of bytesOf(sign)) {
      const made = signOf(pending, first);
      if (made !== undefined) keep(second, withSign(reading, made, vocabulary, true));
    }
  }
  return next;
}

/** How a sign may have come about: two bytes, one, a full-width sign made half-width, a byte lost (`first` null). */
function bytesOf(sign: string): { first: number | null; second: number | null }[] {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x80) {
    const [first, second = null] = gbk().bytesOf(sign) ?? [];
    return first === undefined ? [] : [{ first, second }];
  }
  const ways: { first: number | null; second: number | null }[] = [];
  if (code >= 0x40 && code < 0x7f) ways.push({ first: code, second: null });
  if (code > 0x20 && code < 0x7f) ways.push({ first: 0xa3, second: code | 0x80 });
  if (sign === '?') ways.push({ first: null, second: null });
  return ways;
}

function signOf(lead: number | 'lost', trail: number | null): Sign | undefined {
  if (lead === 'lost') return trail === null ? undefined : { lead: null, trail };
  return trail === null ? { lead, trail } : gbk().signOf(lead, trail);
}

function withSign(before: Reading, sign: Sign, { signs, pairs }: Vocabulary, moved: boolean): Reading {
  let cost = before.cost;
  if (isLost(sign)) cost += COST.lost;
  else {
    // A letter or digit may stand anywhere, were it the document's only one.
    const known = sign < '\x80' || signs.has(sign);
    cost += sign === '?' ? COST.questionMark : known ? 0 : COST.sign;
    const last = before.sign;
    if (typeof last === 'string' && !pairs.has(last + sign)) cost += COST.pair;
  }
  return { cost, sign, moved, before };
}

function readingsOf(last: Reading | null): (Reading & { sign: Sign })[] {
  const readings: (Reading & { sign: Sign })[] = [];
  for (let reading = last; reading; reading = reading.before) {
    if (reading.sign !== null) readings.push({ ...reading, sign: reading.sign });
  }
  return readings.reverse();
}
