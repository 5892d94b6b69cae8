/** Quarterly reports of a task (R18); the plan's own are plan-reports-decide.ts, on the same days. */
import { effective, firstWorkingDayOfMonth, workingDay } from '../calendar';
import { type Day, quarterMonthsStart, quarterOf } from '../days';
import type { Context } from '../decider';
import { refuse } from '../refusals';
import { isLead, type Task } from '../task';
import { alarm, reminded } from './alarm';
import type { AgendaRule, MoveRule, RingRule } from './turn';

/** A, P and the first day from which an act counts, for one quarter (R18). */
export interface ReportDays {
  quarter: string;
  since: Day;
  askOn: Day;
  dueOn: Day;
}

export function reportDays(context: Pick<Context, 'calendar' | 'policy'>, quarter: string): ReportDays {
  const since = quarterMonthsStart(quarter)[2];
  const month = since.slice(0, 7);
  const askOn = firstWorkingDayOfMonth(context.calendar, month);
  const nominal = `${month}-${String(context.policy.report.dueDayOfMonth).padStart(2, '0')}`;
  return { quarter, since, askOn, dueOn: effective(context.calendar, nominal) };
}

/** The next quarter's name: 2020Q4 → 2021Q1. */
function quarterAfter(quarter: string): string {
  const year = Number(quarter.slice(0, 4));
  const number = Number(quarter.slice(5));
  return number === 4 ? `${year + 1}Q1` : `${year}Q${number + 1}`;
}

/** The first quarter that is asked after a day, leaving out those answered already and those asked before. */
export function nextAsking(context: Context, after: Day, answeredOn: Day | null, lastAsked: string | null): ReportDays {
  let days = reportDays(context, lastAsked ? quarterAfter(lastAsked) : quarterOf(after));
  while (days.askOn <= after || (answeredOn !== null && answeredOn >= days.since))
    days = reportDays(context, quarterAfter(days.quarter));
  return days;
}

/** The report that was asked and has not come, with the first day that counts for it. */
export function owedReport(task: Task): { quarter: string; askedOn: Day; dueOn: Day } | null {
  const { asked, satisfiedOn } = task.reports;
  if (!asked) return null;
  return satisfiedOn !== null && satisfiedOn >= quarterMonthsStart(asked.quarter)[2] ? null : asked;
}

export const reportAgenda: AgendaRule = (task, context) => {
  if (task.review) return [];
  const { coveredOn, satisfiedOn, asked } = task.reports;
  const next = nextAsking(context, coveredOn, satisfiedOn, asked?.quarter ?? null);
  const owed = owedReport(task);
  const reminders = owed
    ? context.policy.report.remindOn
        .map((n) => alarm(context, 'report', owed.quarter, n, workingDay(context.calendar, owed.dueOn, n)))
        .filter((a) => a.on > owed.askedOn && a.on > coveredOn)
    : [];
  return [...reminders, alarm(context, 'report', next.quarter, 'ask', next.askOn, { about: next.quarter })];
};

export const ringReport: RingRule = (_task, a, turn, missed) => {
  if (a.rung !== 'ask' || a.about === undefined) return [reminded(a, turn, missed)];
  const { quarter, askOn, dueOn } = reportDays(turn.context, a.about);
  return [{ type: 'reportAsked', alarm: a.id, quarter, askedOn: askOn, dueOn }];
};

export const report: MoveRule<'report'> = (task, move, turn) => {
  const { unit, text, percent, condition } = move;
  if (percent !== undefined && (percent < 0 || percent > 100)) return refuse('percent-range');
  const byLead = isLead(task, unit);
  return [
    { type: 'reported', unit, on: turn.on, text, percent: percent ?? null, condition: condition ?? null, byLead },
  ];
};
