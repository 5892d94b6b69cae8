/** The day that a cell sets: a date, or words that name exactly one (2021年6月底前). What allows two is refused with its reason. */
import type { WorkCalendar } from '../../domain/calendar';
import { type Day, isDay } from '../../domain/days';
import { type DateContext, readDeadline } from '../grammar/deadlines';

/** As for the dates of moves; before, no plan was issued. */
const FIRST_DAY = '1990-01-01';
const LAST_DAY = '2099-12-31';

export interface DayReading {
  day: Day | null;
  /** Why there is none, without a full stop. */
  says: string;
  /** What was done to know it (the year supplied, a period reckoned), to be told. */
  told: string[];
}

/** @param issuedOn to supply a missing year and to reckon 印发之日起30日内 */
export function dayNamed(text: string, issuedOn: Day, calendar: WorkCalendar | null): DayReading {
  const no = (says: string): DayReading => ({ day: null, says, told: [] });
  // 44377: a date whose cell lost its format. Which day it was is Excel's to say.
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return no(`${text}是数字，请把单元格格式改为日期`);
  if (isDay(text)) return within(text) ? { day: text, says: '', told: [] } : no(outside(text));
  const context: DateContext = { yearGiven: null, yearStated: null, issuedOn, calendar };
  const { rule, doubts } = readDeadline(text, context);
  const says = doubts.map((doubt) => doubt.says);
  if (rule.type !== 'fixed' || rule.dueOn === null) {
    const other = rule.type === 'ongoing' || rule.type === 'conditional';
    return no(other ? `“${text}”不是日期，请在“时限种类”选择` : (says[0] ?? `“${text}”不是日期`));
  }
  if (!within(rule.dueOn)) return no(outside(rule.dueOn));
  return { day: rule.dueOn, says: '', told: says.map((said) => `${said}，读作${rule.dueOn}`) };
}

const within = (day: Day): boolean => day >= FIRST_DAY && day <= LAST_DAY;
const outside = (day: Day): string => `${day}不在${FIRST_DAY}至${LAST_DAY}之间`;
