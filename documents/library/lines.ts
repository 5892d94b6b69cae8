/** What the readers of library documents share: numbered lines, and doubts with their places. */
import { type Doubt, doubt, quoted } from '../diagnostics';

export interface Line {
  text: string;
  /** Of the file, from 1. */
  line: number;
}

export interface PlacedDoubt {
  doubt: Doubt;
  line: number | null;
}

export interface Numbered {
  no: number;
  text: string;
}

/** `1、 实现网上办理` or `(1) …`; null for any other line. */
export function numbered(text: string, mark: 'comma' | 'brackets'): Numbered | null {
  const match = (
    mark === 'comma' ? /^(\d{1,3})\s*[、．.](?!\d)\s*(\S.*)$/ : /^[(（]\s*(\d{1,3})\s*[)）]\s*(\S.*)$/
  ).exec(text);
  return match?.[1] && match[2] ? { no: Number(match[1]), text: match[2] } : null;
}

/** Says where numbers of one list repeat or leave a gap. */
export function checkSequence(found: readonly (Numbered & { line: number })[], what: string): PlacedDoubt[] {
  return found.flatMap(({ no, text, line }, i) => {
    const last = found[i - 1]?.no ?? 0;
    if (no === last + 1) return [];
    const says = `${what}${quoted(text, 20)}编号为${no}，前一个为${last}`;
    return [{ doubt: doubt(no > last ? 'number-skips' : 'number-repeats', says), line }];
  });
}
