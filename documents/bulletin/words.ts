/** How a bulletin says days, lights, units and counts. */
import { assertNever } from '../../domain/assert-never';
import type { BulletinFacts } from '../../domain/bulletin/bulletin';
import type { BulletinPeriod } from '../../domain/bulletin/period';
import type { ScoreLine } from '../../domain/bulletin/score';
import { type Day, quarterOf } from '../../domain/days';
import { COLOUR_NAMES } from '../../domain/events';
import type { Colour, Light } from '../../domain/light';
import { nameOf } from '../../domain/notices';
import type { UnitId } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import { fullDayText } from '../../domain/wording';

export const COLOUR_WORDS: Record<Colour, string> = {
  none: '无灯',
  grey: '灰灯',
  green: '绿灯',
  yellow: '黄灯',
  blue: '蓝灯',
  red: '红灯',
};

export function lightWords({ colour, reason }: Light): string {
  return `${COLOUR_WORDS[colour]}·${reason}`;
}

/** Days within the period's own year go without it: 6月30日, 2028年1月5日. */
export function dayIn({ to }: BulletinPeriod): (day: Day | null) => string {
  return (day) => {
    if (day === null) return '—';
    const text = fullDayText(day);
    return day.slice(0, 4) === to.slice(0, 4) ? text.slice(5) : text;
  };
}

/** 2027年3月份, 2027年第一季度. */
export function periodWords({ kind, to }: BulletinPeriod): string {
  const year = to.slice(0, 4);
  if (kind === 'month') return `${year}年${Number(to.slice(5, 7))}月份`;
  return `${year}年第${NUMERALS[Number(quarterOf(to).slice(5))] ?? ''}季度`;
}

/** 本月, 本季度. */
export function thisPeriod({ kind }: BulletinPeriod): string {
  return kind === 'month' ? '本月' : '本季度';
}

const NUMERALS = '零一二三四五六七八九十';

/** 一, 十, 二十三: the ordinals of sections, up to 99. */
export function numeral(n: number): string {
  if (n <= 10) return NUMERALS[n] ?? '';
  const tens = n < 20 ? '' : NUMERALS[Math.floor(n / 10)];
  return `${tens}十${n % 10 === 0 ? '' : NUMERALS[n % 10]}`;
}

/** 27.8%; a share of nothing is a dash. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '—' : `${Math.round((part * 1000) / whole) / 10}%`;
}

/** 《…》, with marks inside it turned as the standard for punctuation has it, and on one line. */
export function quoted(title: string): string {
  return `《${clean(title).replaceAll('《', '〈').replaceAll('》', '〉')}》`;
}

/** What XML and a table's cell can hold: no control characters, no breaks, no marks that turn the rest of a line round. */
export function clean(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A long text by its beginning; all of it stands in the ledger. */
export function brief(text: string, length = 80): string {
  const characters = [...clean(text)];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length).join('')}……`;
}

/** Names of units without their city, except where two cities of one paper have the same name. */
export function unitNames(facts: BulletinFacts): (units: readonly UnitId[]) => string {
  const all = new Set([
    ...facts.units.map(({ unit }) => unit),
    ...facts.tasks.flatMap(({ leads }) => leads),
    ...(facts.missingReports ?? []).flatMap(({ units }) => units),
    ...(facts.figures ?? []).map(({ unit }) => unit),
  ]);
  const count = new Map<string, number>();
  for (const unit of all) count.set(nameOf(unit), (count.get(nameOf(unit)) ?? 0) + 1);
  const one = (unit: UnitId) => {
    const name = clean(nameOf(unit));
    return (count.get(nameOf(unit)) ?? 0) > 1 ? `${name}（${unit.slice(0, unit.indexOf(':'))}）` : name;
  };
  return (units) => (units.length === 0 ? '—' : units.map(one).join('、'));
}

/** Which task a line of a score is about, with the slip's number. */
export function markedTask(line: ScoreLine): string {
  const task = line.task === null ? '方案整体' : numberOf(line.task);
  return line.kind === 'slip' ? `${task}（${line.number}）` : task;
}

/** What a line of a score says happened; which task it was, and the slip's number, stand beside it. */
export function markWords(line: ScoreLine, day: (day: Day | null) => string): string {
  const excuse =
    line.excuse === null ? '' : line.excuse === 'undelivered' ? '（未送达，不计）' : '（已撤销误记，不计）';
  switch (line.kind) {
    case 'breach':
      return `逾期（时限${day(line.dueOn)}）${excuse}`;
    case 'slip':
      return `${COLOUR_NAMES[line.colour]}督办单${excuse}`;
    case 'missingReport':
      return `${line.quarter.slice(0, 4)}年第${line.quarter.slice(5)}季度进展缺报${excuse}`;
    case 'lateAcknowledgement':
      return `逾期签收（应于${day(line.limitOn)}前）${excuse}`;
    case 'early':
      return `提前${line.workingDays}个工作日办结`;
    default:
      return assertNever(line);
  }
}
