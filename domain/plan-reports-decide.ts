/**
 * The rules of the plan's own reports (R18): asked on A, due on P, reminded like a task's, owed by every addressee.
 * Same shape as a task's step: `stepPlan`, `foldPlan`, `standsPlan`.
 */
import { byTurn, dueAt } from './agenda';
import { assertNever } from './assert-never';
import { workingDay } from './calendar';
import { type Day, dayOf, FIRST_INSTANT, LAST_INSTANT, normalInstant, quarterMonthsStart } from './days';
import type { Context, Step } from './decider';
import { checkText } from './move-check';
import type { NoticeDraft, Obligation } from './notices';
import type { UnitId } from './plan';
import type { PlanEvent, PlanEventDraft, PlanIntent, PlanReports } from './plan-reports';
import { type Refusal, refuse } from './refusals';
import { alarm } from './rules/alarm';
import { nextAsking, reportDays } from './rules/reports';
import type { Alarm } from './task';
import { dayText } from './wording';

export type PlanStep = Step<PlanReports, PlanEvent, NoticeDraft>;

/** Addressees whose report on the asked quarter has not come. */
export function planReportsOwed(plan: PlanReports): UnitId[] {
  const { asked } = plan;
  if (!asked) return [];
  const since = quarterMonthsStart(asked.quarter)[2];
  return plan.addressees.filter((u) => !(plan.reports[u] && plan.reports[u].on >= since));
}

/** Decides an intent on the plan's own process; total like stepTask. */
export function stepPlan(plan: PlanReports | null, asked: PlanIntent, context: Context): PlanStep | Refusal {
  const at = normalInstant(asked.at);
  if (at === null || at < FIRST_INSTANT || at > LAST_INSTANT) return refuse('bad-date', { day: asked.at.slice(0, 40) });
  const intent = { ...asked, at };
  if (!plan) {
    if (intent.type !== 'issue') return refuse('not-launched');
    const { plan: id, title, office } = intent;
    // R10: the members of a collective answer for themselves.
    const addressees = [...new Set(intent.addressees.flatMap((u) => context.directory[u]?.members ?? [u]))];
    return finish(
      null,
      [{ type: 'planIssued', id, title, office, addressees, issuedOn: dayOf(intent.at) }],
      intent,
      context,
    );
  }
  const settled = settle(plan, intent, context);
  if (intent.type === 'ring') return settled;
  const decided = decide(settled.state, intent, context);
  if ('refused' in decided) return decided;
  const acted = finish(settled.state, decided, intent, context);
  return { ...acted, events: [...settled.events, ...acted.events], notices: [...settled.notices, ...acted.notices] };
}

function decide(
  plan: PlanReports,
  intent: Exclude<PlanIntent, { type: 'ring' }>,
  context: Context,
): PlanEventDraft[] | Refusal {
  switch (intent.type) {
    case 'issue':
      return refuse('already-launched');
    case 'report': {
      const { unit, text } = intent;
      if (plan.status !== 'open') return refuse('wrong-status', { status: '已结束' });
      if (!plan.addressees.includes(unit)) return refuse('not-a-party', { unit });
      const { role, unit: own } = intent.actor;
      if (role === 'supervisor' || role === 'system') return refuse('not-your-role', { needed: '责任单位、协调员' });
      if (own !== (role === 'unit' ? unit : plan.office)) return refuse('not-your-unit', { unit });
      if (typeof text !== 'string') return refuse('bad-field', { field: 'text' });
      return (
        checkText(text, { max: 5000, name: '进展' }) ?? [{ type: 'planReported', unit, on: dayOf(intent.at), text }]
      );
    }
    case 'calendar':
      return [{ type: 'calendarChanged', calendar: context.calendar.version }];
    case 'relaunch':
      return [{ type: 'relaunched', epoch: intent.epoch }];
    default:
      return assertNever(intent);
  }
}

function settle(plan: PlanReports, intent: PlanIntent, context: Context): PlanStep {
  let step: PlanStep = { events: [], state: plan, notices: [], numbered: { slip: 0, urging: 0 } };
  for (;;) {
    const { state } = step;
    const due = state.alarms.filter((a) => dueAt(a) <= intent.at);
    const [first] = due;
    if (!first) return step;
    const rung = finish(state, [ring(first, due, context)], intent, context);
    step = { ...rung, events: [...step.events, ...rung.events], notices: [...step.notices, ...rung.notices] };
  }
}

function ring(first: Alarm, due: Alarm[], context: Context): PlanEventDraft {
  const quarter = first.about ?? '';
  if (first.rung !== 'ask') {
    const missed = due.some((a) => a !== first && a.rung !== 'ask' && a.about === quarter);
    return { type: 'planReminded', alarm: first.id, quarter, rung: first.rung, missed };
  }
  if (context.openTasks === 0) return { type: 'planClosed', alarm: first.id, on: first.on };
  const { askOn, dueOn } = reportDays(context, quarter);
  return { type: 'planReportAsked', alarm: first.id, quarter, askedOn: askOn, dueOn };
}

function finish(plan: PlanReports | null, drafts: PlanEventDraft[], intent: PlanIntent, context: Context): PlanStep {
  const events: PlanEvent[] = [];
  const notices: NoticeDraft[] = [];
  let state = plan;
  for (const draft of drafts) {
    const at = state && state.at > intent.at ? state.at : intent.at;
    const event: PlanEvent = { ...draft, seq: (state?.seq ?? 0) + 1, at, actor: intent.actor, intent: intent.id };
    const folded = foldPlan(state, event);
    const agenda = agendaOf(folded, context);
    state = { ...folded, alarms: agenda };
    events.push({ ...event, agenda });
    notices.push(...noticesOf(event, state));
  }
  if (!state) throw new Error('a step without a plan');
  return { events, state, notices, numbered: { slip: 0, urging: 0 } };
}

function agendaOf(plan: PlanReports, context: Context): Alarm[] {
  if (plan.status !== 'open' || plan.addressees.length === 0) return [];
  const { asked } = plan;
  const next = nextAsking(context, plan.issuedOn, null, asked?.quarter ?? null);
  const reminders =
    asked && planReportsOwed(plan).length > 0
      ? context.policy.report.remindOn
          .map((n) => {
            const on = workingDay(context.calendar, asked.dueOn, n);
            return alarm(context, 'report', asked.quarter, n, on, { about: asked.quarter });
          })
          .filter((a) => a.on > asked.askedOn)
      : [];
  const done = new Set(plan.rung);
  const ask = alarm(context, 'report', next.quarter, 'ask', next.askOn, { about: next.quarter });
  return [...reminders, ask].filter((a) => !done.has(a.id)).sort(byTurn);
}

/** Copies what was decided; see fold/. */
export function foldPlan(plan: PlanReports | null, event: PlanEvent): PlanReports {
  const { alarm: done, agenda, seq, at } = event;
  const state = plan ?? fresh(event);
  const rung = done === undefined ? state.rung : [...state.rung, done];
  const alarms = agenda ?? (done === undefined ? state.alarms : state.alarms.filter((a) => a.id !== done));
  return { ...apply(state, event), seq, at, rung, alarms };
}

function fresh(event: PlanEvent): PlanReports {
  if (event.type !== 'planIssued') throw new Error(`event ${event.type} before planIssued`);
  const { id, title, office, addressees, issuedOn, at } = event;
  return {
    id,
    seq: 0,
    at,
    status: 'open',
    title,
    office,
    addressees,
    issuedOn,
    asked: null,
    reports: {},
    alarms: [],
    rung: [],
  };
}

function apply(plan: PlanReports, event: PlanEvent): PlanReports {
  switch (event.type) {
    case 'planReportAsked': {
      const { quarter, askedOn, dueOn } = event;
      return { ...plan, asked: { quarter, askedOn, dueOn } };
    }
    case 'planReported':
      return { ...plan, reports: { ...plan.reports, [event.unit]: { on: event.on, text: event.text } } };
    case 'planClosed':
      return { ...plan, status: 'closed' };
    case 'planIssued':
    case 'planReminded':
    case 'calendarChanged':
    case 'relaunched':
      return plan;
    default:
      return assertNever(event);
  }
}

function noticesOf(event: PlanEvent, plan: PlanReports): NoticeDraft[] {
  const { asked } = plan;
  if (!asked || (event.type !== 'planReportAsked' && event.type !== 'planReminded')) return [];
  if (event.type === 'planReminded' && event.missed) return [];
  const ask = event.type === 'planReportAsked';
  const text = ask
    ? `请于${dayText(asked.dueOn)}前反馈本季度方案整体进展。`
    : `本季度方案整体进展反馈应于${dayText(asked.dueOn)}前报送，请反馈。`;
  return planReportsOwed(plan).map((unit) => notice(plan, unit, ask ? 'ask' : event.rung, asked, text));
}

function notice(
  plan: PlanReports,
  unit: UnitId,
  rung: string,
  asked: { quarter: string; dueOn: Day },
  text: string,
): NoticeDraft {
  return {
    kind: 'report',
    to: { unit, office: 'liaison' },
    office: plan.office,
    plan: plan.id,
    task: null,
    rung,
    section: 'due',
    urgent: false,
    text,
    dueOn: asked.dueOn,
    provisional: false,
    obligation: { kind: 'planReport', quarter: asked.quarter, unit },
    onlyIfTold: false,
    slip: null,
  };
}

/** R35 for the plan's own notices. */
export function standsPlan(plan: PlanReports, obligation: Obligation): boolean {
  if (obligation.kind !== 'planReport') return plan.status === 'open';
  return plan.asked?.quarter === obligation.quarter && planReportsOwed(plan).includes(obligation.unit);
}
