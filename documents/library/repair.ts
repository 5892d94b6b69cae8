/** Garbled lines of a text: moved back into step where their bytes are still there, marked where a sign is lost. */
import { isGarbled } from '../characters';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { evidenceOf, fillLost, MARK } from './lost-signs';
import { isLost, reshift, type Sign, vocabularyOf } from './reshift';

export interface Repaired {
  text: string;
  /** One for each line that was garbled: repaired in whole, or with marks. */
  doubts: { doubt: Doubt; line: number }[];
}

/** Longer texts than any book of cases are not repaired: what proves a sign is kept in memory. */
const LONGEST_TEXT = 2_000_000;

/** What a garbled line shows: a sign out of place, or a `?` beside ideographs where the text has full-width ones. */
const SUSPECT = /\?|[\ue000-\uf8ff\ufffd]/;

/**
 * Repairs a text, line by line.
 * @param names of cities, in the script of the text
 */
export function repairGarbled(text: string, names: readonly string[]): Repaired {
  const lines = text.split('\n');
  if (text.length > LONGEST_TEXT) return { text, doubts: stillGarbled(lines) };
  const vocabulary = vocabularyOf(lines.filter((line) => !SUSPECT.test(line)).join('\n'));
  const shifted = lines.map((line) => (SUSPECT.test(line) ? reshift(line, vocabulary) : null));
  if (shifted.every((line) => line === null)) return { text, doubts: stillGarbled(lines) };
  const read = lines.map((line, i): readonly Sign[] => shifted[i] ?? [...line]);
  const evidence = evidenceOf(read, names);
  const doubts: Repaired['doubts'] = [];
  const whole = lines.map((line, i) => {
    const moved = shifted[i];
    if (!moved) {
      doubts.push(...stillGarbled([line], i));
      return line;
    }
    const filled = fillLost(withoutIndent(moved), evidence);
    const repaired = filled.map((sign) => (isLost(sign) ? MARK : sign)).join('');
    doubts.push({ doubt: toldOf(line, repaired, filled, moved), line: i + 1 });
    return repaired;
  });
  return { text: whole.join('\n'), doubts };
}

/** The blank before a paragraph's first sign (　, A1A1) lost its first byte: nothing is missing. */
function withoutIndent(signs: readonly Sign[]): Sign[] {
  const first = signs.findIndex((sign) => isLost(sign) || sign.trim() !== '');
  const sign = signs[first];
  return isLost(sign) && sign.lead === null && sign.trail === 0xa1 ? signs.toSpliced(first, 1, '　') : [...signs];
}

function toldOf(line: string, repaired: string, filled: readonly Sign[], moved: readonly Sign[]): Doubt {
  const marks = [...repaired].filter((sign) => sign === MARK).length;
  const place = Math.max(0, [...line].findIndex((sign) => SUSPECT.test(sign)) - 2);
  const was = quoted([...line].slice(place).join(''), 14);
  const is = quoted([...repaired].slice(place).join(''), 14);
  const said = `${was}按字节还原为${is}`;
  if (marks === 0) {
    const byText = withoutIndent(moved).some(isLost) ? '，缺失的字依本文其他处的用字补全' : '';
    return doubt('garbled-repaired', said + byText);
  }
  const swallowed = filled.some(
    (sign, i) => isLost(sign) && sign.trail === null && !/^[,，、。;；]$/.test(`${filled[i + 1]}`),
  );
  const more = swallowed ? '，其后可能还少一个数字或符号' : '';
  return doubt('garbled-text', `${said}，其中${marks}处已丢失，以“${MARK}”标出${more}`);
}

function stillGarbled(lines: readonly string[], before = 0): Repaired['doubts'] {
  return lines.flatMap((line, i) =>
    isGarbled(line)
      ? [{ doubt: doubt('garbled-text', `${quoted(line, 20)}有无法还原的乱码`), line: before + i + 1 }]
      : [],
  );
}
