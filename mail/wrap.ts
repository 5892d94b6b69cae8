/** Lines of plain text: 76 columns, a Chinese character being two of them. */

const COLUMNS = 76;
/** East Asian wide: CJK, its punctuation, and full-width forms (UAX 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;
/** May not begin a line (GB/T 15834), or end one. */
const NOT_FIRST = /[，。、；：？！）》」』”’】〕％…—,.;:?!)\]}%]/u;
const NOT_LAST = /[（《「『“‘【〔([{]/u;
/** An address is never broken, however long it is: it would no longer lead anywhere. */
const PIECES = /https?:\/\/\S+|[A-Za-z0-9][^\s\u2e80-\uffef]*|\s+|./gsu;

/**
 * A paragraph as lines; none of an empty text.
 * @param next what the lines after the first begin with
 * @param first what the first begins with
 */
export function wrapped(text: string, next = '', first = ''): string[] {
  const paragraph = text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trimEnd();
  if (paragraph === '') return [];
  const lines: string[] = [];
  let line = first;
  let room = COLUMNS - first.length;
  const pieces = glued(paragraph.match(PIECES) ?? []);
  for (const piece of pieces) {
    const width = widthOf(piece.trimEnd());
    if (width > room && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = next;
      room = COLUMNS - next.length;
    }
    if (line === next && lines.length > 0 && piece.trim() === '') continue;
    line += piece;
    room -= widthOf(piece);
  }
  return [...lines, line.trimEnd()];
}

/** Pieces between which a line may end. */
function glued(pieces: readonly string[]): string[] {
  const whole: string[] = [];
  for (const piece of pieces) {
    const before = whole.at(-1);
    const sticks = before !== undefined && (NOT_FIRST.test(piece.slice(0, 1)) || NOT_LAST.test(before.slice(-1)));
    if (sticks) whole[whole.length - 1] = `${before}${piece}`;
    else whole.push(piece);
  }
  return whole;
}

function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += WIDE.test(sign) ? 2 : 1;
  return width;
}
