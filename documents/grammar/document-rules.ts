/**
 * Rules a document states once for many tasks: 排在第一位的为牵头部门, 各项任务6月30日前完成, the two tracks of a covering
 * letter, quarterly feedback. Each keeps the words it was read from, which are quoted wherever it is applied.
 */
import type { Paragraph } from '../blocks';
import { numberOf, plainDates } from '../number-words';
import { timePoints } from './time-points';
import { looksLikeUnit } from './unit-names';

export interface StatedRule {
  text: string;
  line: number;
}

/** A deadline for the tasks its sentence speaks of. */
export interface DeadlineStatement extends StatedRule {
  /** The whole sentence: its words and counts say which tasks are meant. */
  sentence: string;
  /** 已具备相关条件的,… ;暂不具备相关条件的,… */
  tracks: { ready: string; notReady: string; condition: string } | null;
}

export interface DocumentRules {
  firstLeads: StatedRule | null;
  deadlines: DeadlineStatement[];
  reporting: StatedRule | null;
}

const FIRST = '(?:首位|首个|第一位|第一个|第一名|第一|最前|前面|首)';
const FIRST_LEADS = new RegExp(
  `(?:排|列|位|放|署名|排名|排序|排列|注明)[^。；;]{0,8}${FIRST}[^。；;]{0,14}(?:牵头|主办|主责)|(?:牵头|主办|主责)(?:单位|部门)?(?:为|是|均为|系)[^。；;]{0,8}(?:排|列|位)[^。；;]{0,8}${FIRST}|${FIRST}(?:个)?(?:责任)?(?:单位|部门)?(?:为|是|作为|系|即为)[^。；;]{0,4}(?:牵头|主办|主责)`,
);
const NOTE_IN_CELL = /[（(【[]([^（()）]*)[）)】\]]/g;

/** The rule that the first unit leads, if a text states it, in its own words. */
export function firstLeadsRule(text: string): string | null {
  for (const [, note = ''] of text.matchAll(NOTE_IN_CELL)) if (FIRST_LEADS.test(note)) return note.trim();
  const sentence = text.split(/(?<=[。；;\n])/).find((part) => FIRST_LEADS.test(part));
  return sentence === undefined
    ? null
    : besideUnits(sentence)
        .rule.trim()
        .replace(/^(?:注|备注|说明)\s*[：:]\s*/, '')
        .replace(/[。；;]$/, '');
}

/** 市税务局、市财政局，排在首位的为牵头单位，下同: the units, and the rule behind them. */
function besideUnits(sentence: string): { units: string; rule: string } {
  const clauses = sentence.split(/(?<=[，,])/);
  const from = clauses.findLastIndex((_, i) => FIRST_LEADS.test(clauses.slice(i).join('')));
  const units = clauses.slice(0, from);
  const areUnits =
    units.length > 0 &&
    units.every((clause) =>
      clause
        .split(/[、，,]/)
        .filter(Boolean)
        .every(looksLikeUnit),
    );
  return areUnits
    ? { units: units.join('').replace(/[，,]$/, ''), rule: clauses.slice(from).join('') }
    : { units: '', rule: sentence };
}

/** A cell of units without such a note. */
export function withoutRuleNotes(text: string): string {
  return text
    .replace(NOTE_IN_CELL, (all, note: string) => (FIRST_LEADS.test(note) ? '' : all))
    .split(/(?<=[。；;\n])/)
    .map((part) => (FIRST_LEADS.test(part) ? besideUnits(part).units : part))
    .join('')
    .trim();
}

const DONE = /完成|办结|落实到位|落地|建成|见效|到位/;
const WORK = /任务|举措|事项|工作|改革|措施|项目|整改|清单/;
const REPORTS = /报送|上报|报至|反馈|报告|联系人|联络员|名单|总结|信息|报我|报市|报省|印发/;
const TRACKS =
  /((?:对)?(?:已|目前已|凡|现已)?(?:经)?具备[^，,；;。]{0,6}条件)的?[，,：:]([^；;。]*)[；;，,。]?\s*((?:对)?(?:暂|尚|目前|还)?(?:时|未|不|无法)+(?:完全)?具备[^，,；;。]{0,6}条件[^。]*)/;
const EVERY_PERIOD = /每(?:个)?(?:季度?|月|半年|年|周)|按(?:季度?|月)|(?:季度|月)末/;

/** Deadlines and reporting duties in the paragraphs around the tasks. */
export function rulesIn(paragraphs: Paragraph[]): Omit<DocumentRules, 'firstLeads'> {
  const deadlines: DeadlineStatement[] = [];
  let reporting: StatedRule | null = null;
  for (const { text, line } of paragraphs) {
    for (const sentence of text.split(/(?<=。)/)) {
      if (
        !reporting &&
        EVERY_PERIOD.test(sentence) &&
        /反馈|报送|上报|报至|报告|汇报|报[市区县省州我]/.test(sentence)
      ) {
        reporting = { text: sentence.trim(), line };
      }
      const tracks = tracksOf(sentence);
      if (tracks) {
        deadlines.push({ text: tracks.text, line, sentence, tracks: tracks.tracks });
        continue;
      }
      // 第一部分6月底前完成；第二部分11月底前完成: each speaks of its own tasks.
      const segments = sentence.split(/[；;]/).flatMap((segment) => {
        const stated = deadlineClause(segment);
        return stated === null ? [] : [{ text: stated, line, sentence: segment, tracks: null }];
      });
      const [only] = segments;
      deadlines.push(...(segments.length === 1 && only ? [{ ...only, sentence }] : segments));
    }
  }
  return { deadlines, reporting };
}

function tracksOf(sentence: string): { text: string; tracks: NonNullable<DeadlineStatement['tracks']> } | null {
  const match = TRACKS.exec(sentence);
  if (!match) return null;
  const [, condition = '', ready = '', notReady = ''] = match;
  if (timePoints(plainDates(notReady)).length === 0) return null;
  const text = sentence.slice(match.index).trim().replace(/。$/, '');
  return { text, tracks: { ready, notReady: notReady.trim(), condition: condition.replace(/^对/, '') } };
}

/** The clauses that set days for the completion of work, from the first to the last, and not for a report about it. */
function deadlineClause(segment: string): string | null {
  if (!WORK.test(segment) || !DONE.test(segment)) return null;
  const clauses = segment
    .trim()
    .replace(/。$/, '')
    .split(/(?<=[，,；;])/);
  const sets = clauses.map((clause) => {
    const limits = timePoints(plainDates(clause)).filter((point) => !point.begins && !point.recurs && point.isLimit);
    return limits.length > 0 && DONE.test(clause) && !REPORTS.test(clause);
  });
  if (!sets.includes(true)) return null;
  const text = clauses.slice(sets.indexOf(true), sets.lastIndexOf(true) + 1).join('');
  return text.trim().replace(/[，,；;]$/, '');
}

/** A part of the document as a rule's sentence may speak of it. */
export interface RuleScope {
  heading: string;
  stated: number | null;
  found: number;
}

/**
 * Which of the parts a sentence speaks of: by the count it gives (13 项) and the words it shares with the heading.
 * `all` if it names no part; null if it names something that is none of them.
 */
export function scopeOf(sentence: string, parts: RuleScope[]): number | 'all' | null {
  const named = /第([一二三四五六七八九十\d]+)(?:部分|类|大类)|附件\s*(\d+)/.exec(sentence);
  if (named) {
    const at = (numberOf(named[1] ?? named[2] ?? '') ?? 0) - 1;
    return at >= 0 && at < parts.length ? at : null;
  }
  const counts = [...sentence.matchAll(/(\d+|[一二三四五六七八九十]+)\s*(?:项|条|个)/g)].map((m) =>
    numberOf(m[1] ?? ''),
  );
  const scores = parts.map((part) => {
    const counted = counts.includes(part.stated ?? -1) || counts.includes(part.found) ? 10 : 0;
    const shared = longestShared(
      part.heading.replace(/的?(?:改革|工作|重点|主要)*(?:举措|任务|措施|事项)$/, ''),
      sentence,
    );
    return counted + (shared >= 4 ? shared : 0);
  });
  const best = Math.max(0, ...scores);
  if (best > 0)
    return scores.filter((score) => score === best).length === 1 ? scores.indexOf(best) : parts.length === 1 ? 0 : null;
  return counts.length > 0 &&
    /\d+\s*项|[一二三四五六七八九十]\s*项/.test(sentence) &&
    parts.length > 1 &&
    !/全部|共/.test(sentence)
    ? null
    : 'all';
}

function longestShared(a: string, b: string): number {
  let longest = 0;
  for (let start = 0; start < a.length; start++) {
    while (start + longest < a.length && b.includes(a.slice(start, start + longest + 1))) longest += 1;
  }
  return longest;
}
