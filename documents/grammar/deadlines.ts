/**
 * A deadline 时限规则 from the words of a cell, a bracket or a sentence. A day is given only where the words name one
 * (R5); everything else is a question.
 */
import { nextWorkingDay, type WorkCalendar, workingDay } from '../../domain/calendar';
import { addDays, type Day, isDay, lastDayOfMonth } from '../../domain/days';
import type { DeadlineRule } from '../../domain/plan';
import { type Doubt, doubt, quoted } from '../diagnostics';
import { plainDates } from '../number-words';
import { type TimePoint, timePoints } from './time-points';

/** What a date without a year may be completed from. */
export interface DateContext {
  /** `--year`: somebody decided. */
  yearGiven: number | null;
  /** The column's name or the document's title. */
  yearStated: number | null;
  issuedOn: Day | null;
  calendar: WorkCalendar | null;
}

export interface DeadlineReading {
  rule: DeadlineRule;
  doubts: Doubt[];
}

const ONGOING = /持续|长期|常态|经常性|日常|常年|滚动|不间断|贯穿/;
const AT_ONCE = /立即|即时|即日|马上|尽快|尽早|适时|择机|近期|即知即改|立行立改|随时|早日|[本当下]月|[本当下]周/;
const RECURS = /每(?:个)?(?:年|半年|季度?|月|周|旬|日)|按(?:年|季度?|月)|逐[年月季]/;
const PERIOD =
  /(?:印发|发布|发文|下发|公布|施行|实施|通知)(?:之日起?|起|后)(?:起|计|算)*[的,，]?(\d+)个?(工作日|日|天|个?月|年)(?:之|以)?内/;
const BARE_PERIOD =
  /^(?:在|于)?(\d+)(?:(?:个?(?:工作日|日|天|月|年|小时))(?:之|以)?内(?:完成|办结|落实)?|(?:个工作日|天|个月|小时)$)/;
/** 自收到之日起3个月内: it counts from something that has no day here. */
const FROM_AN_EVENT = /(?:之日|以后|后|起)\D{0,6}\d+个?(?:工作日|日|天|月|年)(?:之|以)?内/;
/** 根据…进度及时推进, 待…出台后, 视…情况: it waits for something that has no date. */
const CONDITION =
  /^(?:根据|依据|按照|按|视|结合|配合|跟随|待|等|与).*(?:进度|进展|部署|要求|情况|安排|推进|实施|出台|印发|开展|步骤|计划|同步|时间|规定|时限)|^.*(?:出台|印发|建成|上线|下发|明确|到位|具备条件|批复|批准|实施|开通|完成)后/;

const NONE: DeadlineRule = {
  type: 'none',
  dueOn: null,
  readyOn: null,
  notReadyOn: null,
  condition: null,
  inPrinciple: false,
  text: '',
};

/** Whether a text sets a deadline or a condition for one: what stands after a comma in a cell of units. */
export function speaksOfTime(text: string): boolean {
  const plain = plainDates(text.trim());
  return (
    timePoints(plain).length > 0 ||
    /^每(?:个)?(?:半年|[年季月周旬日])/.test(plain) ||
    CONDITION.test(plain) ||
    PERIOD.test(plain) ||
    ONGOING.test(plain)
  );
}

/** Reads the whole of a deadline cell, or a clause that is known to set a deadline. */
export function readDeadline(text: string, context: DateContext): DeadlineReading {
  const words = text.trim();
  if (words === '' || /^[-—–/\\无]+$/.test(words)) return { rule: { ...NONE, text: words }, doubts: [] };
  const plain = plainDates(words).replace(/(\d{4}-\d{1,2}-\d{1,2})[T ]\d{2}:\d{2}(:\d{2})?/, '$1');
  const base: DeadlineRule = { ...NONE, inPrinciple: /原则上/.test(words), text: words };
  const period = PERIOD.exec(plain);
  if (period) return fromIssue(base, period, context);
  const points = timePoints(plain);
  const limits = points.filter(sets);
  // 贯穿全年: through the year, and not by its end.
  if (/^贯穿/.test(plain)) return { rule: { ...base, type: 'ongoing' }, doubts: [] };
  if (limits.length > 0 && !isConditional(plain, limits)) return readPoints(base, points, context);
  if (CONDITION.test(plain) && !RECURS.test(plain)) {
    const says = `${quoted(words)}只有条件，没有日期`;
    return { rule: { ...base, type: 'conditional', condition: words }, doubts: [doubt('condition-read', says)] };
  }
  if (points.some((point) => point.recurs) || RECURS.test(plain)) {
    return {
      rule: { ...base, type: 'ongoing' },
      doubts: [doubt('recurring-deadline', `${quoted(words)}是按周期重复的，已按持续推进读取`)],
    };
  }
  if (ONGOING.test(plain)) return { rule: { ...base, type: 'ongoing' }, doubts: [] };
  if (AT_ONCE.test(plain) || BARE_PERIOD.test(plain) || FROM_AN_EVENT.test(plain) || points.length > 0) {
    return { rule: base, doubts: [doubt('date-not-exact', `${quoted(words)}没有写明完成日期`)] };
  }
  return { rule: base, doubts: [doubt('date-not-understood', `没有读懂时限${quoted(words)}`)] };
}

/** 待省2020年6月文件出台后: the date belongs to the condition. */
function isConditional(plain: string, limits: TimePoint[]): boolean {
  return /^(?:待|视)/.test(plain) && !limits.some((point) => /完成|前/.test(plain.slice(point.end - 1, point.end + 4)));
}

/** Whether a point ends something, once. */
const sets = (point: TimePoint): boolean => !point.begins && !point.recurs;

/** The rule that points of time give: the last of them is the due date. */
export function readPoints(base: DeadlineRule, points: TimePoint[], context: DateContext): DeadlineReading {
  const doubts: Doubt[] = [];
  const unclear = points.find((point) => sets(point) && point.doubt !== null);
  if (unclear) {
    const ambiguous = unclear.doubt === 'ambiguous';
    const says = ambiguous
      ? `${quoted(unclear.text)}可以理解为这段时间开始之前，也可以理解为结束之前`
      : `${quoted(unclear.text)}没有写明日期`;
    return { rule: base, doubts: [doubt(ambiguous ? 'date-ambiguous' : 'date-not-exact', says)] };
  }
  const days: Day[] = [];
  let year: number | null = null;
  for (const point of points) {
    if (!sets(point)) {
      // Where it begins, the year of the dates behind it may be told.
      if (typeof point.year === 'number') year = point.year;
      continue;
    }
    const resolved: YearReading = yearFor(point, year, context);
    doubts.push(...resolved.doubts);
    if (resolved.year === null) return { rule: base, doubts };
    year = resolved.year;
    const day = dayFor(point, year);
    if (day === null) {
      return {
        rule: base,
        doubts: [...doubts, doubt('date-impossible', `${quoted(point.text)}不是日历上的日期`)],
      };
    }
    days.push(day);
  }
  const dueOn = days.sort().at(-1) ?? null;
  const told = doubts.find(({ code }) => code === 'year-supplied');
  if (told && dueOn !== null && context.issuedOn !== null && dueOn < context.issuedOn && context.yearGiven === null) {
    const says = `${quoted(base.text)}没有年份，按文件的年份应为${dueOn}，却早于印发日期${context.issuedOn}，未采用`;
    return { rule: base, doubts: [doubt('year-unclear', says)] };
  }
  if (new Set(days).size > 1) {
    doubts.push(doubt('several-milestones', `${quoted(base.text)}有${days.length}个日期，以最后的${dueOn}为时限`));
  }
  return {
    rule: { ...base, type: 'fixed', dueOn },
    doubts: doubts.filter((d, i) => doubts.findIndex((e) => e.code === d.code) === i),
  };
}

interface YearReading {
  year: number | null;
  doubts: Doubt[];
}

/** The point's own year, that of the date before it in the same words, or the document's. */
function yearFor(point: TimePoint, before: number | null, context: DateContext): YearReading {
  if (typeof point.year === 'number') return { year: point.year, doubts: [] };
  if (point.year === null && before !== null) return { year: before, doubts: [] };
  const issued = context.issuedOn === null ? null : Number(context.issuedOn.slice(0, 4));
  const year = context.yearGiven ?? context.yearStated ?? issued;
  if (year === null) return { year, doubts: [doubt('year-missing', `${quoted(point.text)}没有年份`)] };
  const source = context.yearGiven !== null ? '--year 指明' : context.yearStated !== null ? '标题' : '印发日期';
  const meant = point.year === 'next' ? year + 1 : year;
  return {
    year: meant,
    doubts: [doubt('year-supplied', `${quoted(point.text)}没有年份，已按${source}的年份读作${meant}年`)],
  };
}

function dayFor(point: TimePoint, year: number): Day | null {
  if (point.month < 1 || point.month > 12 || year < 1990 || year > 2100) return null;
  if (point.day === 'last') return lastDayOfMonth(year, point.month);
  const day = `${year}-${String(point.month).padStart(2, '0')}-${String(point.day).padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** 印发之日起30日内: the day of issue is day 0, and a limit on a day off ends on the next working day (R1, R2). */
function fromIssue(base: DeadlineRule, period: RegExpExecArray, context: DateContext): DeadlineReading {
  const [words = '', count = '', unit = ''] = period;
  const { issuedOn, calendar } = context;
  if (issuedOn === null) {
    return {
      rule: base,
      doubts: [doubt('date-not-exact', `${quoted(words)}从印发之日起算，而文件没有写明印发日期`)],
    };
  }
  if (calendar === null && unit === '工作日') {
    return { rule: base, doubts: [doubt('calendar-needed', `${quoted(words)}按工作日计算，手头没有工作日历`)] };
  }
  const n = Number(count);
  if (n > 3660) return { rule: base, doubts: [doubt('date-impossible', `${quoted(words)}不是合理的期限`)] };
  const end =
    unit === '工作日' && calendar
      ? workingDay(calendar, issuedOn, n)
      : /月|年/.test(unit)
        ? monthsLater(issuedOn, unit === '年' ? 12 * n : n)
        : addDays(issuedOn, n);
  const dueOn = calendar ? nextWorkingDay(calendar, end) : end;
  const says = `${quoted(words)}从${issuedOn}起算，截止${dueOn}${calendar ? '' : '（未计节假日）'}`;
  return { rule: { ...base, type: 'fixed', dueOn }, doubts: [doubt('period-from-issue', says)] };
}

function monthsLater(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const last = lastDayOfMonth(Math.floor(month / 12), (month % 12) + 1);
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return isDay(same) ? same : last;
}
