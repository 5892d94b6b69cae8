/** Printed lines of a PDF: letters on one base line, and whether a line goes on with the one above it. */
import { headingOf } from '../grammar/headings';

/** Letters that touch each other. */
export interface PdfText {
  letters: string[];
  /** Left end of the base line, from the page's lower left. */
  x: number;
  y: number;
  height: number;
  /** Where each letter ends. */
  ends: number[];
}

export interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export interface PrintedLine {
  text: string;
  left: number;
  right: number;
  y: number;
  /** Height of its letters. */
  size: number;
  /** Width of what stands at its beginning and cannot be broken: a letter with its punctuation, a number, a word. */
  first: number;
}

export const rightOf = (text: PdfText): number => text.ends.at(-1) ?? text.x;

/** Texts on one base line, left to right; lines from top to bottom. */
function byLine(texts: PdfText[]): PdfText[][] {
  const lines: PdfText[][] = [];
  for (const text of [...texts].sort((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line && first && Math.abs(first.y - text.y) < 0.5 * Math.max(text.height, first.height, 4)) line.push(text);
    else lines.push([text]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** The lines of some texts. `gaps`: whether a gap wider than a letter is kept as two spaces, as between columns. */
export function printedLines(texts: PdfText[], gaps: boolean): PrintedLine[] {
  return byLine(texts).flatMap((parts) => {
    const text = joined(parts, gaps);
    if (text === '') return [];
    const [first] = parts;
    return [
      {
        text,
        left: Math.min(...parts.map((part) => part.x)),
        right: Math.max(...parts.map(inkEnd)),
        y: first?.y ?? 0,
        size: Math.max(...parts.map((part) => part.height)),
        first: unbroken(parts),
      },
    ];
  });
}

function joined(parts: PdfText[], gaps: boolean): string {
  let text = '';
  let end = Number.NaN;
  for (const part of parts) {
    const words = part.letters.join('');
    const gap = (part.x - end) / part.height;
    if (gaps && gap > 1.2) text += '  ';
    else if (gap > 0.2 && /[A-Za-z0-9]$/.test(text) && /^[A-Za-z0-9]/.test(words)) text += ' ';
    text += words;
    end = rightOf(part);
  }
  return text.trim();
}

/** Where the letters end, without blank space behind them. */
function inkEnd(text: PdfText): number {
  for (let i = text.letters.length - 1; i >= 0; i--) if (text.letters[i]?.trim() !== '') return text.ends[i] ?? text.x;
  return text.x;
}

const OPENS = /^[（(《〈“‘【〔「『[]$/;
const CLOSES = /^[，。、；：！？）)》〉”’】〕」』\],.;:!?%％]$/;
const WORD = /^[A-Za-z0-9.,%％/_+~-]$/;

function unbroken(parts: PdfText[]): number {
  const letters = parts.flatMap((part) => part.letters);
  const ends = parts.flatMap((part) => part.ends);
  const x = parts[0]?.x ?? 0;
  let n = 0;
  while (n < letters.length && OPENS.test(letters[n] ?? '')) n += 1;
  if (WORD.test(letters[n] ?? '')) while (n < letters.length && WORD.test(letters[n] ?? '')) n += 1;
  else n += 1;
  while (n < letters.length && CLOSES.test(letters[n] ?? '')) n += 1;
  // Writer programs keep a number on the line of the comma before it.
  if (/[，、]/.test(letters[n - 1] ?? '')) while (n < letters.length && WORD.test(letters[n] ?? '')) n += 1;
  return (ends[Math.min(n, letters.length) - 1] ?? x) - x;
}

/** Where lines may stand: the column's or the page's inner sides. */
export interface Bounds {
  left: number;
  right: number;
}

/**
 * Whether `next` goes on with `line`: what it begins with would not have fitted there. A numbered item never does, nor
 * does a first line that is set in.
 */
export function goesOn(line: PrintedLine, next: PrintedLine, { left, right }: Bounds): boolean {
  if (headingOf(next.text) !== null) return false;
  // No paragraph begins with a comma.
  if (CLOSES.test(next.text.charAt(0))) return true;
  const [before, behind] = [line.left - left, right - line.right];
  const centred = before > 0.3 * line.size && Math.abs(before - behind) < 0.8 * line.size;
  const free = centred ? before + behind : behind;
  const setIn = next.left - left;
  const fitted = next.first <= free - 0.15 * line.size;
  const begins = !centred && setIn > 1.5 * next.size && setIn < 2.6 * next.size && right - next.right < 2 * next.size;
  return !fitted && !begins;
}

/** Lines as text: those that go on joined, the others below each other. */
export function textOf(lines: PrintedLine[], bounds: Bounds): string {
  let text = '';
  lines.forEach((line, i) => {
    const above = lines[i - 1];
    if (above === undefined) text = line.text;
    else if (!goesOn(above, line, bounds)) text += `\n${line.text}`;
    else text += (/[A-Za-z0-9]$/.test(text) && /^[A-Za-z]/.test(line.text) ? ' ' : '') + line.text;
  });
  return text;
}
