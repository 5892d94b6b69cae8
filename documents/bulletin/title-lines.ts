/** Breaks a title into lines as the standard asks (GB/T 9704-2012, 7.3.1): words stay whole, lines are of like length. */

const CLOSING = /^[》〉）」』，。、；：！？”’\p{Pe}\p{Pf}]/u;
const OPENING = /[《〈（「『“‘\p{Ps}\p{Pi}]$/u;

/**
 * @param room how many characters a line holds
 * @returns as few lines as possible, none longer than `room` unless a single word is
 */
export function titleLines(title: string, room: number): string[] {
  const words = wordsOf(title);
  const fewest = Math.max(1, Math.ceil(lengthOf(title) / room));
  for (let lines = fewest; lines < words.length; lines++) {
    const found = evenLines(words, lines, room);
    if (found) return found;
  }
  return words.length === 0 ? [title] : words;
}

/** The narrowest width, up to the room there is, with which the words fit into so many lines. */
function evenLines(words: readonly string[], lines: number, room: number): string[] | null {
  const total = words.reduce((sum, word) => sum + lengthOf(word), 0);
  for (let width = Math.ceil(total / lines); width <= room; width++) {
    const filled = fill(words, width);
    if (filled.length <= lines) return filled;
  }
  return null;
}

function fill(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + lengthOf(word) <= width) lines[lines.length - 1] = last + word;
    else lines.push(word);
  }
  return lines;
}

/** Words with the marks that may not begin or end a line. */
function wordsOf(title: string): string[] {
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)) {
    const last = words.at(-1);
    if (last !== undefined && (CLOSING.test(segment) || OPENING.test(last))) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return words;
}

/** In characters of full width; Latin letters and digits take half. */
function lengthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u0020-\u007e]/.test(character) ? 0.5 : 1), 0);
}
