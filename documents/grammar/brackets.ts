/** Assignments in brackets: （市发展改革委牵头，市财政局按职责分工负责，2021年6月底前完成）, 【责任单位：…】, […]. */
import { firstLeadsRule, withoutRuleNotes } from './document-rules';
import { labelledParts } from './labels';
import { looksLikeUnit } from './unit-names';
import { readUnits } from './units';

export interface BracketedAssignment {
  /** What stands inside. */
  text: string;
  start: number;
  end: number;
}

const PAIRS: Record<string, string> = { '（': '）', '(': ')', '【': '】', '[': ']', '〔': '〕', '［': '］' };
const CLOSES: Record<string, string> = { '）': ')', ')': ')', '】': ']', ']': ']', '〕': ']', '］': ']' };
const ROLE_WORDS = /牵头|负责|配合|主办|协办|统筹|参与|落实|责任|承办/;

/** Every bracket of a paragraph that assigns its text to units, in order. */
export function assignmentsIn(text: string): BracketedAssignment[] {
  return outerBrackets(text).filter((bracket) => isAssignment(bracket, text));
}

/** Brackets that stand in no other bracket; （ may be closed by ), as typists do. */
function outerBrackets(text: string): BracketedAssignment[] {
  const found: BracketedAssignment[] = [];
  const open: { sign: string; at: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (PAIRS[sign] !== undefined) open.push({ sign, at });
    else if (CLOSES[sign] !== undefined && open.length > 0) {
      const opener = open.pop();
      if (opener && open.length === 0)
        found.push({ text: text.slice(opener.at + 1, at).trim(), start: opener.at, end: at + 1 });
    }
  }
  return found;
}

function isAssignment({ text, start, end }: BracketedAssignment, whole: string): boolean {
  if (text.length < 3 || text.length > 600) return false;
  // （列第一位者为牵头单位，下同） behind a list says how to read it.
  if (firstLeadsRule(text) !== null && withoutRuleNotes(text) === '') return false;
  if (labelledParts(text)) return true;
  const closesSentence = /^\s*(?:[。；;]|$)/.test(whole.slice(end)) || /[。；;！]\s*$/.test(whole.slice(0, start));
  if (!closesSentence) return false;
  const { units, openEnded } = readUnits(text);
  const sure = units.filter((unit) => looksLikeUnit(unit.name) && unit.name.length >= 3);
  if (sure.length === 0 || sure.length < units.length)
    return sure.length > 0 && ROLE_WORDS.test(text) && units.length - sure.length <= 1;
  if (ROLE_WORDS.test(text) || openEnded) return true;
  // A bare list of names: brackets hold many other things, so each must be written as an office is.
  return sure.every(({ name }) => /^(?:市|省|区|县|各|州|团)|(?:局|委|厅|海关|银行|政府|管委会|法院)$/.test(name));
}
