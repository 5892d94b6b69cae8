/** What a reissued plan leaves to look at: dates that the new year's calendar puts elsewhere, and words of the old year. */
import { effective, isProvisional, isWorkingDay, type WorkCalendar } from '../calendar';
import type { Day } from '../days';
import type { Plan, PlanTask, TaskId } from '../plan';

export interface ReissueNotes {
  /** Every date with the working day by which it must really be done (R2), where the date itself is none. */
  daysOff: { task: TaskId; day: Day; lastWorkingDay: Day }[];
  /** Years with dates whose calendar is not published, so that their working days may change (R6). */
  provisionalYears: string[];
  /** Tasks whose words, or the plan whose title (null), still name a year of the plan that it came from. */
  oldYears: { task: TaskId | null; years: string[] }[];
  /** Tasks that were 已完成 in the plan that it came from. */
  doneRemarks: TaskId[];
}

/**
 * @param original the plan that was reissued
 * @param calendar the working calendar in force
 */
export function reissueNotes(reissued: Plan, original: Plan, calendar: WorkCalendar): ReissueNotes {
  const dates = reissued.tasks.flatMap((task) => datesOf(task).map((day) => ({ task: task.id, day })));
  const stated = original.tasks.flatMap(datesOf);
  const old = new Set([original.issuedOn, ...stated].map((day) => day.slice(0, 4)));
  const named = (text: string) => [...new Set(yearsIn(text))].filter((year) => old.has(year));
  const words = [
    { task: null, years: named(reissued.title) },
    ...reissued.tasks.map((task) => ({ task: task.id, years: named(wordsOf(task)) })),
  ];
  return {
    daysOff: dates
      .filter(({ day }) => !isWorkingDay(calendar, day))
      .map(({ task, day }) => ({ task, day, lastWorkingDay: effective(calendar, day) })),
    provisionalYears: [
      ...new Set(dates.filter(({ day }) => isProvisional(calendar, day)).map(({ day }) => day.slice(0, 4))),
    ].sort(),
    oldYears: reissued.issuedOn === original.issuedOn ? [] : words.filter(({ years }) => years.length > 0),
    doneRemarks: reissued.tasks.filter(({ remark }) => remark?.status === 'done').map(({ id }) => id),
  };
}

function datesOf({ deadline: { dueOn, readyOn, notReadyOn } }: PlanTask): Day[] {
  return [dueOn, readyOn, notReadyOn].filter((day) => day !== null);
}

function wordsOf({ title, content, measures, deadline, remark }: PlanTask): string {
  return [title, content, ...measures, deadline.text, deadline.condition ?? '', remark?.text ?? ''].join('\n');
}

/** `2020年`, `2020 年`, `２０２０年`; not the year of a document number `〔2020〕2号`, which stays true. */
function yearsIn(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(/(?<!\d)(20\d\d)\s*年/g)].map(([, year]) => year ?? '');
}
