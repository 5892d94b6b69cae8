/** Headings and numbered items: 一、…（13项）, （一）…, 1.…, （1）…, 第一部分 …, 附件2. */
import { numberOf } from '../number-words';

export interface Heading {
  /** 1: 一、 or 第一部分; 2: （一）; 3: 1.; 4: （1） or ①. */
  level: 1 | 2 | 3 | 4;
  no: number;
  /** Without the mark and the stated count. */
  text: string;
  /** （13项） */
  stated: number | null;
}

const CHINESE = '[一二三四五六七八九十百]{1,4}';
const MARKS: [Heading['level'], RegExp][] = [
  [1, new RegExp(`^(${CHINESE})\\s*[、.．]\\s*(?=\\S)`)],
  [1, new RegExp(`^第(${CHINESE})(?:部分|篇|章|编)\\s*[、：:]?\\s*(?=\\S)`)],
  [2, new RegExp(`^[（(]\\s*(${CHINESE})\\s*[）)]\\s*[、.]?\\s*(?=\\S)`)],
  [2, new RegExp(`^第(${CHINESE})[节条]\\s*[、：:]?\\s*(?=\\S)`)],
  [3, /^(\d{1,3})\s*(?:[、．]|\.(?!\d))\s*(?=\S)/],
  [3, /^(\d{1,3})\s*[)）]\s*(?=\S)/],
  [4, /^[（(]\s*(\d{1,2})\s*[）)]\s*[、.]?\s*(?=\S)/],
];
const CIRCLED = /^([①-⑳])\s*(?=\S)/;
const STATED =
  /\s*[（(]\s*(?:共\s*)?(\d+|[一二三四五六七八九十百]+)\s*(?:项|条|个|大项|件)(?:任务|措施|举措|指标)?\s*[）)]\s*$/;

/** The heading or numbered item a line is, or null. A line that only begins with a number (2020年…) is none. */
export function headingOf(line: string): Heading | null {
  const text = line.trim();
  for (const [level, mark] of MARKS) {
    const match = mark.exec(text);
    const no = match?.[1] === undefined ? null : numberOf(match[1]);
    if (match && no !== null && no > 0) return { level, no, ...withoutCount(text.slice(match[0].length)) };
  }
  const circled = CIRCLED.exec(text)?.[1];
  if (circled === undefined) return null;
  return { level: 4, no: circled.charCodeAt(0) - 0x245f, ...withoutCount(text.slice(1)) };
}

function withoutCount(text: string): { text: string; stated: number | null } {
  const count = STATED.exec(text);
  return { text: text.slice(0, count?.index).trim(), stated: count?.[1] === undefined ? null : numberOf(count[1]) };
}

/** Whether a heading heads something: a line of its own, not a paragraph that begins with a number. */
export function isTitleLine(heading: Heading): boolean {
  return heading.text.length <= 60 && !/[。；;]/.test(heading.text.replace(/[。；;]$/, ''));
}

/** What a heading names: its text up to the first full stop (（一）市场准入。深入推进…). */
export function headingName(heading: Heading): string {
  return (heading.text.split(/[。：:]/)[0] ?? heading.text).trim();
}

/** 附件, 附件2, 附件1：, 附表: what follows is another document. */
export const isAnnexMark = (line: string): boolean =>
  /^附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*[：:]?$/.test(line.trim());

/** A title for a task whose document gives it only text: the first sentence, or its first clauses where it is long. */
export function headline(text: string): string {
  const first = (text.trim().split(/[。！\n]/)[0] ?? '').trim().replace(/[：:；;，,]$/, '');
  if (first.length <= MOST_TITLE) return first;
  const clauses = first.split(/(?<=[，,；;：:])/);
  let title = clauses[0] ?? first;
  for (const clause of clauses.slice(1)) {
    if (title.length + clause.length > MOST_TITLE) break;
    title += clause;
  }
  return title.replace(/[，,；;：:]$/, '').slice(0, LONGEST_TITLE);
}

/** What fits on one line of a list; a first clause without any comma may be longer. */
const MOST_TITLE = 60;
const LONGEST_TITLE = 200;
