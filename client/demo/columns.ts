/** Text in columns of the screen, where a Chinese character takes two. */

/** Wide characters by East Asian Width (Unicode TR 11): CJK, its punctuation, full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);
}

/** Filled with spaces up to the width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** As many of the names as fit, and how many there are if that is not all. */
export function listed(names: readonly string[], width: number, counter: string): string {
  const all = names.join('、');
  if (widthOf(all) <= width) return all;
  const more = `等${names.length}${counter}`;
  const fitting = [...names];
  while (fitting.length > 1 && widthOf(fitting.join('、')) + widthOf(more) > width) fitting.pop();
  return fitting.join('、') + more;
}
