/**
 * The dates of a unit's tasks that belong in its own calendar: due dates, limits, decision days, reports. Read off the
 * state that the rules left; nothing is reckoned here but the next report, by the rule of reports itself (R18).
 */
import { isProvisional, type WorkCalendar } from './calendar';
import { addDays, type Day, dayOf } from './days';
import type { PlanId, TaskId, UnitId } from './plan';
import type { PlanReports } from './plan-reports';
import { planReportsOwed } from './plan-reports-decide';
import type { Policy } from './policy';
import { owedReport, reportDays } from './rules/reports';
import { answerersOf, isLead, type Task } from './task';

/** What happens on a day; with the task (or plan and quarter) it makes the entry the same one while its day moves. */
export type DateKind =
  | 'due'
  | 'grace'
  | 'slip'
  | 'proposed'
  | 'extensionDecision'
  | 'reviewDecision'
  | 'declaration'
  | 'contribution'
  | 'report';

/** 已办结, 已撤销, 已改由他单位, 已由新时限取代; 中止, 尚未申报, 延期待批. */
type Ended = 'completed' | 'cancelled' | 'handedOn' | 'superseded';
type Reason = Ended | 'suspended' | 'undeclared' | 'undecided';
const ENDED: readonly (Reason | null)[] = ['completed', 'cancelled', 'handedOn', 'superseded'] satisfies Ended[];

export interface CalendarDate {
  /** The same for ever: `zhuzhou-2020/1-07 due`, `zhuzhou-2020 report 2020Q2`. */
  key: string;
  kind: DateKind;
  plan: PlanId;
  /** Null where it is about a plan. */
  task: TaskId | null;
  title: string | null;
  on: Day;
  /** `tentative`: 暂定, while undecided or suspended; `cancelled`: no longer asked of this unit. */
  state: 'firm' | 'tentative' | 'cancelled';
  /** Why it is not firm, where that is not only the calendar. */
  because: Reason | null;
  /** Rises with everything that happens, so that of two states of an entry the later one is known. */
  sequence: number;
  /** ISO instant of the last event that it was read from. */
  changedAt: string;
  /** The document's date, where another is in force. */
  originalOn: Day | null;
  /** A slip's number, what was asked of a co-unit, how many tasks a report covers. */
  detail: string | null;
}

/** What the rules of reports need beside the state. */
export interface DateRules {
  calendar: WorkCalendar;
  policy: Policy;
}

/** So long after its end an entry still says that it is cancelled: a calendar that is read once a month learns of it. */
const CANCELLED_DAYS = 90;
/** What a unit that handed a task on is shown as gone; the rest is its successor's: slips, declarations, extensions. */
const OWN: readonly DateKind[] = ['due', 'contribution'];

/**
 * The dates of one task for one unit, reports left out (see {@link reportDates}). A closed task, and one that the unit
 * handed on, give their dates as cancelled.
 */
export function taskDates(task: Task, unit: UnitId, calendar: WorkCalendar): CalendarDate[] {
  const isParty = isPartyOf(task, unit);
  const isFormer = !isParty && task.formerUnits.includes(unit);
  const drafts = isParty || isFormer ? partyDates(task, unit, isFormer || isLead(task, unit)) : [];
  const decisions = task.office === unit || (isParty && isLead(task, unit)) ? decisionDates(task) : [];
  const end = endOf(task, isFormer);
  return [...drafts, ...(end ? [] : decisions)].map(({ kind, on, about, because, detail }) => ({
    key: [task.id, kind, about].filter(Boolean).join(' '),
    kind,
    plan: task.plan,
    task: task.id,
    title: task.title,
    on,
    ...stateOf(on, end ?? because ?? (task.status === 'suspended' ? 'suspended' : null), calendar),
    sequence: task.seq,
    changedAt: task.at,
    originalOn: kind === 'due' && task.originalDueOn !== on ? task.originalDueOn : null,
    detail: detail ?? null,
  }));
}

function isPartyOf(task: Task, unit: UnitId): boolean {
  return answerersOf(task).includes(unit) || task.parties.some((party) => party.unit === unit);
}

interface DraftDate {
  kind: DateKind;
  on: Day;
  about?: string;
  because?: Reason | null;
  detail?: string;
}

function partyDates(task: Task, unit: UnitId, leads: boolean): DraftDate[] {
  const due: DraftDate[] = task.dueOn ? [{ kind: 'due', on: task.dueOn }] : [];
  const asked = task.contributions.filter((one) => one.unit === unit && one.doneOn === null);
  const parts = asked.map(
    ({ id, dueOn, text }): DraftDate => ({ kind: 'contribution', about: id, on: dueOn, detail: text }),
  );
  return leads ? [...due, ...leadDates(task), ...parts] : [...due, ...parts];
}

function leadDates(task: Task): DraftDate[] {
  const { declaration, readyOn, dueOn, extension, review } = task;
  const dates: DraftDate[] = [];
  if (declaration?.state === 'undecided') {
    dates.push({ kind: 'declaration', on: declaration.askOn });
    // R15: what holds unless the lead declares otherwise.
    if (!dueOn && readyOn) dates.push({ kind: 'due', on: readyOn, because: 'undeclared' });
  }
  const { grace, ladder, pastSlips } = task;
  if (grace && grace.limitOn > grace.dueOn)
    dates.push({ kind: 'grace', on: grace.limitOn, because: grace.dueOn === dueOn ? null : 'superseded' });
  const slip = [...pastSlips, ...ladder.slips].findLast(({ limitOn }) => limitOn !== null);
  if (slip?.limitOn) {
    // Evidence that is reviewed stops the ladder, and with it the limit (R22).
    const runs = ladder.slips.includes(slip) && !slip.ended && !slip.void && !review;
    dates.push({ kind: 'slip', on: slip.limitOn, because: runs ? null : 'superseded', detail: slip.number });
  }
  if (extension) dates.push({ kind: 'proposed', on: extension.to, because: 'undecided' });
  return dates;
}

/** Days by which the coordination office owes an answer (R25, R27): its own, and the leads who wait for it. */
function decisionDates({ extension, review }: Task): DraftDate[] {
  return [
    ...(extension ? [{ kind: 'extensionDecision', on: extension.decideBy } as const] : []),
    ...(review
      ? [{ kind: 'reviewDecision', about: `${review.version}`, on: review.dueOn, detail: `${review.version}` } as const]
      : []),
  ];
}

function endOf(task: Task, isFormer: boolean): Ended | null {
  if (isFormer) return 'handedOn';
  if (task.status === 'cancelled') return 'cancelled';
  return task.status === 'completed' ? 'completed' : null;
}

function stateOf(on: Day, because: Reason | null, calendar: WorkCalendar): Pick<CalendarDate, 'state' | 'because'> {
  const firm = because === null && !isProvisional(calendar, on);
  return { because, state: ENDED.includes(because) ? 'cancelled' : firm ? 'firm' : 'tentative' };
}

/**
 * Everything that a unit's calendar shows on a day: the dates of its tasks, and one entry per plan and quarter for the
 * reports of all tasks it leads (R18: one form). What ended long ago is left out.
 * @param tasks all that name the unit as party, as former party or as coordination office, closed ones too
 * @param plans the plans' own processes of which it is an addressee
 */
export function unitDates(
  unit: UnitId,
  on: Day,
  { tasks, plans }: { tasks: readonly Task[]; plans: readonly PlanReports[] },
  rulesOf: (plan: PlanId) => DateRules,
): CalendarDate[] {
  const since = addDays(on, -CANCELLED_DAYS);
  const dates = tasks.flatMap((task) => taskDates(task, unit, rulesOf(task.plan).calendar));
  const current = dates.filter(
    (date) =>
      date.state !== 'cancelled' ||
      (date.on >= since && dayOf(date.changedAt) >= since && (date.because !== 'handedOn' || OWN.includes(date.kind))),
  );
  const ofPlans = [...new Set([...tasks.map(({ plan }) => plan), ...plans.map(({ id }) => id)])].sort();
  const reports = ofPlans.flatMap((plan) => {
    const streams = { tasks: tasks.filter((task) => task.plan === plan), own: plans.find(({ id }) => id === plan) };
    return reportDates(unit, plan, streams, rulesOf(plan));
  });
  return [...current, ...reports].sort((a, b) => (a.on + a.key < b.on + b.key ? -1 : 1));
}

/** The report that is owed, and the next one that will be asked. */
function reportDates(
  unit: UnitId,
  plan: PlanId,
  { tasks, own }: { tasks: readonly Task[]; own?: PlanReports },
  { calendar, policy }: DateRules,
): CalendarDate[] {
  const led = tasks.filter((task) => task.status === 'open' && isLead(task, unit));
  const streams = [
    ...tasks.filter((task) => isPartyOf(task, unit) || task.formerUnits.includes(unit)),
    ...(own ? [own] : []),
  ];
  if (led.length === 0 && own?.status !== 'open') return [];
  const days = new Map<string, { on: Day; tasks: number }>();
  const add = (quarter: string, dueOn: Day, count: number) =>
    days.set(quarter, { on: dueOn, tasks: (days.get(quarter)?.tasks ?? 0) + count });
  const addNext = (stream: Task | PlanReports, count: number) => {
    const quarter = stream.alarms.find(({ kind, rung }) => kind === 'report' && rung === 'ask')?.about;
    if (quarter) add(quarter, reportDays({ calendar, policy }, quarter).dueOn, count);
  };
  for (const task of led) {
    const owed = task.review ? null : owedReport(task);
    if (owed) add(owed.quarter, owed.dueOn, 1);
    addNext(task, 1);
  }
  if (own?.status === 'open') {
    if (own.asked && planReportsOwed(own).includes(unit)) add(own.asked.quarter, own.asked.dueOn, 0);
    addNext(own, 0);
  }
  // A sum over all the streams, closed ones too, so that it never falls when one of them leaves.
  const sequence = streams.reduce((sum, { seq }) => sum + seq, 0);
  const changedAt =
    streams
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '';
  return [...days].map(([quarter, day]) => ({
    key: `${plan} report ${quarter}`,
    kind: 'report',
    plan,
    task: null,
    title: null,
    on: day.on,
    ...stateOf(day.on, null, calendar),
    sequence,
    changedAt,
    originalOn: null,
    detail: day.tasks > 0 ? `${day.tasks}` : null,
  }));
}
