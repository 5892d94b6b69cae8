/** How days, instants and distances are said to people. */
import { effective, isWorkingDay, type WorkCalendar, workingDaysBetween } from './calendar';
import { type Day, dayOf, timeOf, weekdayOf } from './days';
import type { Language } from './language';

const WEEKDAYS = '一二三四五六日';

/** `6月30日（周二）`; with its year where a reader on `today` would take it for this year's. */
export function dayText(day: Day, today: Day = day): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : `${day.slice(0, 4)}年`;
  return `${year}${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${WEEKDAYS[weekdayOf(day) - 1]}）`;
}

/** `2020年6月30日` */
export function fullDayText(day: Day): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

/** "Working days left on d": in (d, D]; 0 reads 今日到期, and a due date on a day off says that today is the last (R2). */
export function leftText(calendar: WorkCalendar, on: Day, dueOn: Day): string {
  if (on > dueOn) return `已逾期${Math.max(1, workingDaysBetween(calendar, dueOn, on))}个工作日`;
  const left = workingDaysBetween(calendar, on, dueOn);
  if (left > 0) return `还有${left}个工作日`;
  return on === effective(calendar, dueOn) && !isWorkingDay(calendar, dueOn)
    ? `${dayText(dueOn)}到期，今天是到期前最后一个工作日`
    : '今日到期';
}

/** An instant as people read it, in the plan's zone: 2026年6月30日 10:05, 2026-06-30 10:05. */
export function instantText(at: string, language: Language = 'zh-CN'): string {
  return `${language === 'en' ? dayOf(at) : fullDayText(dayOf(at))} ${timeOf(at)}`;
}
