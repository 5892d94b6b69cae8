/** The deadline of each task: its own words, else what the document states for it, else a date in its text. */
import type { DeadlineRule } from '../../domain/plan';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { plainDates } from '../number-words';
import { type DateContext, type DeadlineReading, readDeadline, readPoints } from './deadlines';
import { type DeadlineStatement, scopeOf } from './document-rules';
import type { Part, RawTask } from './raw-task';
import { type TimePoint, timePoints } from './time-points';

const NO_DATE: DeadlineRule = {
  type: 'none',
  dueOn: null,
  readyOn: null,
  notReadyOn: null,
  condition: null,
  inPrinciple: false,
  text: '',
};

/** Which stated deadlines are meant for which part, and those whose part is unclear. */
export interface StatedDeadlines {
  byPart: Map<number, DeadlineStatement[]>;
  forAll: DeadlineStatement[];
  unclear: DeadlineStatement[];
}

export function distribute(statements: DeadlineStatement[], parts: Part[], tasks: RawTask[]): StatedDeadlines {
  const scopes = parts.map((part, i) => ({
    heading: part.heading,
    stated: part.stated,
    found: tasks.filter((t) => t.part === i).length,
  }));
  const stated: StatedDeadlines = { byPart: new Map(), forAll: [], unclear: [] };
  for (const statement of statements) {
    const scope = scopeOf(statement.sentence, scopes);
    if (scope === null) stated.unclear.push(statement);
    else if (scope === 'all') stated.forAll.push(statement);
    else stated.byPart.set(scope, [...(stated.byPart.get(scope) ?? []), statement]);
  }
  return stated;
}

/** Reads a task's deadline. `time` is what its cells of units say of it. */
export function deadlineOf(
  task: RawTask,
  time: string | null,
  stated: StatedDeadlines,
  all: DeadlineStatement[],
  context: DateContext,
): DeadlineReading {
  const own = { ...context, yearStated: task.yearStated ?? context.yearStated };
  const { deadline, schedule } = task.assignment;
  if (deadline !== '') return withSchedule(task, readDeadline(deadline, own), own);
  if (time !== null) return readDeadline(time, own);
  if (schedule !== '') return readDeadline(schedule, own);
  const rules = stated.byPart.get(task.part) ?? stated.forAll;
  if (rules.length > 0) return fromStatements(rules, all, own);
  const inText = task.dateInText ? fromText(task.content, own) : null;
  if (inText) return inText;
  return { rule: NO_DATE, doubts: [doubt('no-deadline', `${quoted(task.title)}没有时限`)] };
}

/** 进度安排 beside 完成时限: a later date there contradicts the limit. */
function withSchedule(task: RawTask, read: DeadlineReading, context: DateContext): DeadlineReading {
  const { schedule } = task.assignment;
  if (read.rule.dueOn === null || schedule === '') return read;
  const other = readDeadline(schedule, context).rule.dueOn;
  if (other === null || other <= read.rule.dueOn) return read;
  const says = `${quoted(read.rule.text)}和${quoted(schedule)}截止日期不同，分别是${read.rule.dueOn}和${other}，均未采用`;
  return { rule: { ...NO_DATE, text: `${read.rule.text}；${schedule}` }, doubts: [doubt('dates-conflict', says)] };
}

function fromStatements(rules: DeadlineStatement[], all: DeadlineStatement[], context: DateContext): DeadlineReading {
  const tracked = rules.find((rule) => rule.tracks !== null);
  if (tracked?.tracks) return fromTracks(tracked, tracked.tracks, all, context);
  const readings = rules.map((rule) => readDeadline(rule.text, context));
  const [first] = readings;
  if (!first) return { rule: NO_DATE, doubts: [] };
  if (new Set(readings.map(({ rule }) => rule.dueOn)).size > 1) {
    const says = `文件对同样的任务写了不同时限：${readings.map(({ rule }) => quoted(rule.text)).join('和')}，均未采用`;
    return {
      rule: { ...NO_DATE, text: rules.map((rule) => rule.text).join('；') },
      doubts: [doubt('dates-conflict', says)],
    };
  }
  return first;
}

/** 已具备条件的,参照上述要求…;暂不具备的,…9月30日前完成: two tracks (R15). */
function fromTracks(
  rule: DeadlineStatement,
  tracks: NonNullable<DeadlineStatement['tracks']>,
  all: DeadlineStatement[],
  context: DateContext,
): DeadlineReading {
  const above = all.findLast(
    (other) =>
      other.tracks === null &&
      (other.line < rule.line || (other.line === rule.line && all.indexOf(other) < all.indexOf(rule))),
  );
  const refers =
    /上述|前述|前款|同样|同等|参照/.test(tracks.ready) && timePoints(plainDates(tracks.ready)).length === 0;
  const ready = readDeadline(refers ? (above?.text ?? '') : tracks.ready, context);
  const notReady = readDeadline(tracks.notReady, context);
  const doubts = [...ready.doubts, ...notReady.doubts].filter(({ code }) => code !== 'several-milestones');
  const inPrinciple = /原则上/.test(rule.text);
  if (ready.rule.dueOn === null || notReady.rule.dueOn === null) {
    return {
      rule: { ...NO_DATE, text: rule.text, inPrinciple },
      doubts: [...doubts, doubt('rule-unclear', `${quoted(rule.text)}没有写全“具备条件”和“不具备条件”两个日期`)],
    };
  }
  const days = { readyOn: ready.rule.dueOn, notReadyOn: notReady.rule.dueOn };
  return {
    rule: { type: 'two-track', dueOn: null, ...days, condition: tracks.condition, inPrinciple, text: rule.text },
    doubts,
  };
}

const ACHIEVED =
  /^(?:我市|全市|各区)?(?:要|将|应|力争|确保|基本|全面|初步|率先)*(?:实现|完成|建成|公布|出台|上线|启用|形成|达到|发布|印发|投入|办结|建立|取得)/;

/** A date that the text of a task sets for its completion: 2021年6月底前上线, 2021年基本实现…. A date in passing is none. */
function fromText(content: string, context: DateContext): DeadlineReading | null {
  for (const clause of content.replace(/《[^》]*》/g, '').split(/[，,；;。\n]/)) {
    const plain = plainDates(clause);
    const limits = timePoints(plain).filter((point) => setsLimit(point, plain));
    if (limits.length === 0) continue;
    const read = readPoints({ ...NO_DATE, text: clause.trim(), inPrinciple: /原则上/.test(clause) }, limits, context);
    const says = `${quoted(clause)}写在任务正文里，已当作时限`;
    return {
      rule: read.rule,
      doubts: read.rule.dueOn === null ? read.doubts : [...read.doubts, doubt('date-in-text', says)],
    };
  }
  return null;
}

function setsLimit(point: TimePoint, plain: string): boolean {
  if (point.begins || point.recurs || /^[^，,]*(?:以来|出台的|印发的|通过的)/.test(plain.slice(point.end)))
    return false;
  const said = /[底末前内]$/.test(point.text);
  return said || ((point.year !== null || point.isLimit) && ACHIEVED.test(plain.slice(point.end)));
}

/** Notes on the whole document for rules whose tasks are not clear. */
export const unclearRules = (stated: StatedDeadlines): { doubt: Doubt; line: number }[] =>
  stated.unclear.map(({ text, line }) => ({
    doubt: doubt('rule-unclear', `${quoted(text)}所指的任务在文件中找不到`),
    line,
  }));
