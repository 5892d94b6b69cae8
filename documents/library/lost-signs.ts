/**
 * Signs of which one byte was lost. The other byte leaves some hundred candidates; one is taken only where the document
 * itself proves it, else the place is marked. No sign is taken because it would make sense.
 */
import { gbk } from './gbk';
import { isLost, type Lost, type Sign } from './reshift';

/** What stands for a sign that cannot be restored, as in editions of old texts. */
export const MARK = '□';

/** The text of the repaired lines: what is read of it proves or does not prove a sign. */
export interface Evidence {
  /** How often each sign, each pair and each three in a row stand in it. */
  counts: ReadonlyMap<string, number>;
  /** Names that may stand between two signs of punctuation: cities. */
  names: readonly string[];
}

const IDEOGRAPH = /^[\u3400-\u9fff]$/;
/** A pair is a word where its first sign is followed by its second nearly everywhere. */
const WORD = { times: 10, share: 0.8 };

export function evidenceOf(lines: readonly (readonly Sign[])[], names: readonly string[]): Evidence {
  // A sign that is not known is no evidence, nor what stands round it.
  const text = lines.map((line) => line.map((sign) => (isLost(sign) ? '\n' : sign)).join('')).join('\n');
  const counts = new Map<string, number>();
  const signs = [...text];
  signs.forEach((sign, i) => {
    const pair = sign + (signs[i + 1] ?? '');
    for (const key of [sign, pair, pair + (signs[i + 2] ?? '')]) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return { counts, names };
}

/**
 * The line with what can be proven filled in. A trail byte that was lost may have taken a digit or letter behind it
 * along (电商9810 became 电?810), so that place is marked too.
 */
export function fillLost(line: readonly Sign[], evidence: Evidence): Sign[] {
  const named = withNames(line, evidence.names);
  return named.flatMap((sign, i): Sign[] => {
    if (!isLost(sign)) return [sign];
    const proven = provenSign(named, i, sign, evidence);
    if (proven === null) return [sign];
    const next = named[i + 1];
    return sign.trail === null && typeof next === 'string' && /^[\w./]$/.test(next) ? [proven, MARK] : [proven];
  });
}

function provenSign(line: readonly Sign[], place: number, lost: Lost, evidence: Evidence): string | null {
  const candidates =
    lost.lead !== null
      ? gbk().signsWith('lead', lost.lead)
      : lost.trail !== null
        ? gbk().signsWith('trail', lost.trail)
        : [];
  return byNeighbours(line, place, candidates, evidence) ?? byWord(line, place, candidates, evidence);
}

/** Three signs in a row, two of them known, stand elsewhere in the document with one candidate and no other. */
function byNeighbours(
  line: readonly Sign[],
  place: number,
  candidates: readonly string[],
  { counts }: Evidence,
): string | null {
  const around = (from: number): [Sign | undefined, Sign | undefined] =>
    from === -2
      ? [line[place - 2], line[place - 1]]
      : from === -1
        ? [line[place - 1], line[place + 1]]
        : [line[place + 1], line[place + 2]];
  const found = new Set<string>();
  for (const from of [-2, -1, 0]) {
    const [a, b] = around(from);
    if (!isIdeograph(a) || !isIdeograph(b)) continue;
    for (const candidate of candidates) {
      const words = from === -2 ? a + b + candidate : from === -1 ? a + candidate + b : candidate + a + b;
      if (counts.has(words)) found.add(candidate);
    }
  }
  const [only] = found;
  if (found.size !== 1 || only === undefined) return null;
  // Words that end a sentence elsewhere need not end one here, unless a quotation begins behind them.
  const next = line[place + 1];
  return IDEOGRAPH.test(only) || next === '“' || next === '《' ? only : null;
}

/** The sign before is followed by one candidate nearly everywhere, and by no other candidate anywhere: 服务, 咨询. */
function byWord(
  line: readonly Sign[],
  place: number,
  candidates: readonly string[],
  { counts }: Evidence,
): string | null {
  const before = line[place - 1];
  if (!isIdeograph(before)) return null;
  const following = candidates.filter((candidate) => counts.has(before + candidate));
  const [only] = following;
  if (following.length !== 1 || only === undefined || !IDEOGRAPH.test(only)) return null;
  const times = counts.get(before + only) ?? 0;
  return times >= WORD.times && times >= WORD.share * (counts.get(before) ?? 0) ? only : null;
}

/** A name with lost signs that stands alone between punctuation, or before 市, and can be one known name only. */
function withNames(line: readonly Sign[], names: readonly string[]): Sign[] {
  const signs = [...line];
  for (let start = 0; start < signs.length; start++) {
    if (start > 0 && isPartOfName(signs[start - 1])) continue;
    let end = start;
    while (end < signs.length && isPartOfName(signs[end])) end++;
    const word = signs.slice(start, signs[end - 1] === '市' ? end - 1 : end);
    if (!word.some(isLost)) continue;
    const [only, ...others] = names.filter((name) => couldBe(word, [...name]));
    if (only !== undefined && others.length === 0) signs.splice(start, word.length, ...only);
  }
  return signs;
}

const isPartOfName = (sign: Sign | undefined): boolean => isLost(sign) || isIdeograph(sign);

function couldBe(word: readonly Sign[], name: readonly string[]): boolean {
  return (
    word.length === name.length &&
    word.every((sign, i) => (isLost(sign) ? fits(sign, name[i] ?? '') : sign === name[i]))
  );
}

function fits({ lead, trail }: Lost, sign: string): boolean {
  const [first, second] = gbk().bytesOf(sign) ?? [];
  return first !== undefined && (lead ?? first) === first && (trail ?? second) === second;
}

function isIdeograph(sign: Sign | undefined): sign is string {
  return typeof sign === 'string' && IDEOGRAPH.test(sign);
}
