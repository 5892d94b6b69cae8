/**
 * `fold(task, event) → task`: copies what was decided. It knows no rule and no calendar, so an old event means today
 * what it meant then. Total: an event that does not fit changes only the number and the instant.
 */
import { assertNever } from './assert-never';
import type { Day } from './days';
import type { TaskEvent } from './events';
import type { UnitId } from './plan';
import { owedReport } from './rules/reports';
import type { Acknowledgement, Breach, Contribution, Ladder, Slip, Task, TaskParty } from './task';
import { answerersOf } from './task';

type Of<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;

const FRESH_LADDER: Ladder = {
  slips: [],
  startOn: null,
  startColour: null,
  lastWeeklyOn: null,
  leftAtHandIn: null,
};

/** The task after the event. The first event is `issued`; anything else on no task is an error of the caller. */
export function fold(task: Task | null, event: TaskEvent): Task {
  if (!task) {
    if (event.type !== 'issued') throw new Error(`event ${event.type} before issued`);
    return stamp(issue(event), event);
  }
  return stamp(apply(task, event), event);
}

/** What every event does: number, instant, the alarm it did, the alarms to come. */
function stamp(task: Task, event: TaskEvent): Task {
  const { alarm, agenda } = event;
  const rung = alarm === undefined ? task.rung : [...task.rung, alarm];
  const alarms = agenda ?? (alarm === undefined ? task.alarms : task.alarms.filter((a) => a.id !== alarm));
  return { ...task, seq: event.seq, at: event.at, rung, alarms };
}

function issue(event: Of<'issued'>): Task {
  const acknowledgements: Record<UnitId, Acknowledgement> = {};
  for (const party of event.parties) {
    for (const unit of party.answerers) acknowledgements[unit] = freshAcknowledgement(event.handedOn, 0);
  }
  const { rule, issuedOn } = event;
  return {
    id: event.id,
    plan: event.plan,
    title: event.title,
    category: event.category,
    office: event.office,
    signedBy: event.signedBy,
    seq: 0,
    at: event.at,
    status: 'open',
    issuedOn,
    parties: event.parties,
    formerUnits: [],
    leadBasis: event.leadBasis,
    openEnded: event.openEnded,
    remark: event.remark,
    type: rule.type,
    conditionText: rule.condition,
    inPrinciple: rule.inPrinciple,
    dueOn: event.dueOn,
    originalDueOn: event.originalDueOn ?? event.dueOn,
    readyOn: rule.readyOn,
    notReadyOn: rule.notReadyOn,
    coveredOn: issuedOn,
    acknowledgements,
    declaration: event.declaration,
    reports: { asked: null, satisfiedOn: null, missedOn: null, coveredOn: issuedOn, last: null, explained: null },
    contributions: [],
    evidence: [],
    versions: [],
    review: null,
    grace: null,
    extension: null,
    extensionsApproved: 0,
    suspendedOn: null,
    ladder: FRESH_LADDER,
    pastSlips: [],
    breaches: [],
    firstCompletedOn: null,
    completedOn: null,
    reopenings: 0,
    unreached: {},
    instructions: [],
    weeklies: {},
    alarms: [],
    rung: [],
  };
}

function apply(task: Task, event: TaskEvent): Task {
  switch (event.type) {
    case 'issued':
      return task;
    case 'acknowledged': {
      const { unit, on, handler, byPhone } = event;
      const known = task.acknowledgements[unit] ?? freshAcknowledgement(null, 0);
      const acknowledgement = { ...known, acknowledgedOn: on, handler, byPhone };
      return { ...task, acknowledgements: { ...task.acknowledgements, [unit]: acknowledgement } };
    }
    case 'declared':
      return declared(task, event);
    case 'deemedReady':
      return withDeclaration({ ...moveDate(task, event), originalDueOn: event.dueOn }, 'deemed', null);
    case 'conditionOpened':
      return { ...moveDate(task, event), originalDueOn: event.dueOn };
    case 'reportAsked':
      return reportAsked(task, event);
    case 'reported': {
      const { unit, on, text, percent, condition, byLead } = event;
      const satisfiedOn = byLead ? on : task.reports.satisfiedOn;
      const missedOn = byLead ? null : task.reports.missedOn;
      const explained = byLead ? { on, text } : task.reports.explained;
      const last = { unit, on, text, percent, condition };
      return { ...task, reports: { ...task.reports, satisfiedOn, missedOn, last, explained } };
    }
    case 'contributionAsked':
      return { ...task, contributions: [...task.contributions, event.contribution] };
    case 'contributionDone':
      return {
        ...task,
        contributions: task.contributions.map((c) =>
          c.id === event.id ? { ...c, doneOn: event.on, answer: event.text } : c,
        ),
      };
    case 'evidenceAdded':
      return { ...task, evidence: [...task.evidence, ...event.items] };
    case 'evidenceSubmitted':
      return submitted(task, event);
    case 'evidenceAccepted':
      return {
        ...decided(task, event.version, 'accepted', event.on),
        status: 'completed',
        completedOn: event.on,
        firstCompletedOn: task.firstCompletedOn ?? event.on,
        ladder: endSlips(task.ladder),
        pastSlips: task.pastSlips.map(ended),
        extension: null,
      };
    case 'evidenceReturned':
      return returned(task, event);
    case 'extensionRequested':
      return { ...actedAsReport(task, event.request.requestedOn), extension: event.request };
    case 'extensionApproved':
      return { ...redate(task, event), extensionsApproved: task.extensionsApproved + 1 };
    case 'extensionRefused':
    case 'extensionLapsed':
      return {
        ...task,
        extension: null,
        ladder: { ...task.ladder, startOn: event.ladderStartOn ?? task.ladder.startOn },
      };
    case 'extensionGranted':
    case 'redated':
      return redate(liftListing(task), event);
    case 'suspended':
      return {
        ...task,
        status: 'suspended',
        suspendedOn: event.on,
        reports: { ...task.reports, asked: null, missedOn: null },
      };
    case 'resumed':
      return resumed(task, event);
    case 'cancelled':
      return {
        ...task,
        status: 'cancelled',
        extension: null,
        review: null,
        ladder: endSlips(task.ladder),
        pastSlips: task.pastSlips.map(ended),
      };
    case 'reopened':
      return {
        ...redate(liftListing(task), event),
        status: 'open',
        completedOn: null,
        reopenings: task.reopenings + 1,
        reports: { ...task.reports, asked: null, missedOn: null, coveredOn: event.on },
      };
    case 'breachRecorded':
      return { ...task, breaches: [...task.breaches, event.breach] };
    case 'breachAnnulled':
      return changeBreach(task, event.dueOn, { annulled: { on: event.on, reason: event.reason } });
    case 'breachLifted':
      return {
        ...changeBreach(task, event.dueOn, { lifted: true }),
        ladder: {
          ...task.ladder,
          startOn: null,
          lastWeeklyOn: null,
          slips: task.ladder.slips.map((s) => (s.beforeDue ? s : { ...s, void: true })),
        },
      };
    case 'reassigned':
      return reassigned(task, event);
    case 'partyAdded':
      return withParty(task, event.party, event.handedOn, false);
    case 'urged':
      return event.weekly ? { ...task, ladder: { ...task.ladder, lastWeeklyOn: event.on } } : task;
    case 'slipIssued':
      return slipIssued(task, event);
    case 'slipLimitPassed':
      return changeSlip(task, event.number, (s) => ({ ...s, limitTold: true }));
    case 'listingLifted':
      return liftListing(task);
    case 'instructed':
      return { ...task, instructions: [...task.instructions, { on: event.on, text: event.text }] };
    case 'reminded':
      return event.rung === 'weekly'
        ? { ...task, weeklies: { ...task.weeklies, [`${event.kind}:${event.about ?? ''}`]: event.on } }
        : task;
    case 'delivered':
      return delivered(task, event);
    case 'deliveryFailed':
      return deliveryFailed(task, event);
    case 'calendarChanged':
      return calendarChanged(task, event);
    case 'relaunched':
      return task;
    default:
      return assertNever(event);
  }
}

function freshAcknowledgement(handedOn: Day | null, clock: number): Acknowledgement {
  return { handedOn, clock: clock + 1, acknowledgedOn: null, handler: null, byPhone: false };
}

/** A first date, or one that the lead itself declared: a slip by hand goes on, and the ladder will start at it (R23). */
function moveDate(task: Task, { dueOn, coveredOn }: { dueOn: Day; coveredOn: Day }): Task {
  return { ...task, dueOn, coveredOn, grace: null, extension: null };
}

/**
 * A new due date: a fresh ladder, no grace, no pending request; slips already issued stay on record. Only a listing by
 * hand goes on, because it ends by completion or a supervisor's act alone (R23).
 */
function redate(task: Task, to: { dueOn: Day; coveredOn: Day }): Task {
  const { slips } = task.ladder;
  const listed = slips.filter((s) => s.colour === 'red' && s.beforeDue && !s.ended && !s.void);
  const closed = slips.filter((s) => !listed.includes(s)).map((s) => (s.colour === 'red' ? s : ended(s)));
  return {
    ...moveDate(task, to),
    ladder: { ...FRESH_LADDER, slips: listed, startColour: listed.length > 0 ? 'red' : null },
    pastSlips: [...task.pastSlips, ...closed],
  };
}

function ended(slip: Slip): Slip {
  return { ...slip, ended: true };
}

/** 摘牌: only completion or a supervisor's act ends a listing (R23). */
function liftListing(task: Task): Task {
  const lift = (slip: Slip) => (slip.colour === 'red' ? ended(slip) : slip);
  const slips = task.ladder.slips.map(lift);
  const startColour = slips.findLast((s) => s.beforeDue && !s.ended && !s.void)?.colour ?? null;
  return { ...task, pastSlips: task.pastSlips.map(lift), ladder: { ...task.ladder, slips, startColour } };
}

function endSlips(ladder: Ladder): Ladder {
  return { ...ladder, slips: ladder.slips.map(ended) };
}

function withDeclaration(task: Task, said: 'ready' | 'not-ready' | 'deemed', measures: string | null): Task {
  if (!task.declaration) return task;
  // The first track stays void: only the measures were asked for (R15).
  const state = task.declaration.state === 'void' && said === 'not-ready' ? 'void' : said;
  return { ...task, declaration: { ...task.declaration, state, measures } };
}

function declared(task: Task, event: Of<'declared'>): Task {
  const dated = event.dueOn === task.dueOn ? task : moveDate(task, event);
  const state = event.ready ? 'ready' : 'not-ready';
  return withDeclaration({ ...dated, originalDueOn: event.originalDueOn }, state, event.measures);
}

function reportAsked(task: Task, event: Of<'reportAsked'>): Task {
  const { quarter, askedOn, dueOn } = event;
  const { missedOn } = task.reports;
  const unanswered = owedReport(task)?.dueOn ?? null;
  const asking = { quarter, askedOn, dueOn };
  return { ...task, reports: { ...task.reports, asked: asking, missedOn: missedOn ?? unanswered } };
}

/** A hand-in or an extension request by a lead counts as its report (R18). */
function actedAsReport(task: Task, on: Day): Task {
  return { ...task, reports: { ...task.reports, satisfiedOn: on, missedOn: null } };
}

function decided(task: Task, version: number, outcome: 'accepted' | 'returned', on: Day): Task {
  const versions = task.versions.map((v) => (v.version === version ? { ...v, outcome, decidedOn: on } : v));
  return { ...task, versions, review: null };
}

function submitted(task: Task, event: Of<'evidenceSubmitted'>): Task {
  const { version, unit, receivedOn, onPaper, late, items } = event;
  const versions = [
    ...task.versions.map((v) => (v.outcome === 'waiting' ? { ...v, outcome: 'superseded' as const } : v)),
    { version, unit, receivedOn, onPaper, late, items, outcome: 'waiting' as const, decidedOn: null },
  ];
  return {
    ...actedAsReport(task, event.on),
    versions,
    review: { version, submittedOn: event.on, dueOn: event.reviewDueOn },
    ladder: { ...task.ladder, leftAtHandIn: event.leftAtHandIn },
  };
}

function returned(task: Task, event: Of<'evidenceReturned'>): Task {
  const { graceLimitOn, ladderStartOn, slipLimitOn, on } = event;
  const slip = task.ladder.slips.filter((s) => !s.void).at(-1);
  const slips = task.ladder.slips.map((s) => (s === slip && slipLimitOn ? { ...s, limitOn: slipLimitOn } : s));
  return {
    ...decided(task, event.version, 'returned', on),
    grace: graceLimitOn && task.dueOn ? { dueOn: task.dueOn, limitOn: graceLimitOn } : task.grace,
    ladder: { ...task.ladder, slips, startOn: ladderStartOn ?? task.ladder.startOn, leftAtHandIn: null },
    coveredOn: on > task.coveredOn ? on : task.coveredOn,
    reports: { ...task.reports, coveredOn: on },
  };
}

function resumed(task: Task, event: Of<'resumed'>): Task {
  const { on, dueOn, readyOn, notReadyOn, declaration, graceLimitOn, handedOn, contributions } = event;
  const acknowledgements = Object.fromEntries(
    Object.entries(task.acknowledgements).map(([unit, a]) => [
      unit,
      handedOn[unit] === undefined ? a : { ...a, handedOn: handedOn[unit] },
    ]),
  );
  const { ladder } = withSlipLimits(task, event.slipLimits);
  return {
    ...task,
    status: 'open',
    suspendedOn: null,
    dueOn,
    readyOn,
    notReadyOn,
    declaration,
    coveredOn: on,
    acknowledgements,
    grace: task.grace && graceLimitOn && dueOn ? { dueOn, limitOn: graceLimitOn } : task.grace,
    contributions: task.contributions.map((c) => ({ ...c, dueOn: contributions[c.id] ?? c.dueOn, coveredOn: on })),
    ladder: {
      ...ladder,
      startOn: event.ladderStartOn ?? ladder.startOn,
      lastWeeklyOn: ladder.lastWeeklyOn && on,
    },
    weeklies: Object.fromEntries(Object.keys(task.weeklies).map((key) => [key, on])),
    reports: { ...task.reports, coveredOn: on },
  };
}

function reassigned(task: Task, event: Of<'reassigned'>): Task {
  const kept = task.parties.filter(
    (p) => p.unit !== event.to.unit && !(p.unit === event.from && p.role === event.to.role),
  );
  const left = task.parties
    .filter((p) => p.unit === event.from && p.role === event.to.role)
    .flatMap((p) => p.answerers);
  const joined = withParty({ ...task, parties: kept }, event.to, event.handedOn, true);
  const answerers = new Set(answerersOf(joined));
  const formerUnits = [...new Set([...task.formerUnits, ...left])].filter((u) => !answerers.has(u));
  const acknowledgements = Object.fromEntries(
    Object.entries(joined.acknowledgements).filter(([u]) => answerers.has(u)),
  );
  const contributions = task.contributions.map((c) => (c.doneOn === null ? inherited(c, left, event.to) : c));
  return { ...joined, acknowledgements, formerUnits, contributions };
}

/** What was asked of a unit, or by it, passes to the one that takes its place. */
function inherited(asked: Contribution, left: UnitId[], to: TaskParty): Contribution {
  const heir = to.answerers[0] ?? to.unit;
  if (to.role === 'lead') return left.includes(asked.lead) ? { ...asked, lead: heir } : asked;
  return left.includes(asked.unit) ? { ...asked, unit: heir } : asked;
}

/** `anew`: a unit that has signed in another role signs again (R30); else it need not (R10). */
function withParty(task: Task, party: TaskParty, handedOn: Day, anew: boolean): Task {
  const acknowledgements = { ...task.acknowledgements };
  for (const unit of party.answerers) {
    const known = acknowledgements[unit];
    if (!known || anew) acknowledgements[unit] = freshAcknowledgement(handedOn, known?.clock ?? 0);
  }
  return { ...task, parties: [...task.parties, party], acknowledgements };
}

function slipIssued(task: Task, event: Of<'slipIssued'>): Task {
  const { slip } = event;
  return {
    ...task,
    ladder: {
      ...task.ladder,
      slips: [...task.ladder.slips, slip],
      startColour: slip.beforeDue ? slip.colour : task.ladder.startColour,
    },
  };
}

function changeSlip(task: Task, number: string, change: (slip: Slip) => Slip): Task {
  const slips = task.ladder.slips.map((s) => (s.number === number ? change(s) : s));
  return { ...task, ladder: { ...task.ladder, slips } };
}

function withSlipLimits(task: Task, limits: Record<string, Day>): Task {
  const slips = task.ladder.slips.map((s) => ({ ...s, limitOn: limits[s.number] ?? s.limitOn }));
  return { ...task, ladder: { ...task.ladder, slips } };
}

function changeBreach(task: Task, dueOn: Day, change: Partial<Breach>): Task {
  const last = task.breaches.findLast((b) => b.dueOn === dueOn && !b.lifted);
  return { ...task, breaches: task.breaches.map((b) => (b === last ? { ...b, ...change } : b)) };
}

function delivered(task: Task, event: Of<'delivered'>): Task {
  const { [event.unit]: _, ...unreached } = task.unreached;
  const known = task.acknowledgements[event.unit];
  const restarted =
    known && event.issueHandedOn ? { ...known, handedOn: event.issueHandedOn, clock: known.clock + 1 } : known;
  const acknowledgements = restarted ? { ...task.acknowledgements, [event.unit]: restarted } : task.acknowledgements;
  // A rung that had reached no lead counts as issued on the day it is handed over (R33).
  const slips = task.ladder.slips.map((s) => ({
    ...s,
    issuedOn: event.slipLimits[s.number] === undefined ? s.issuedOn : event.on,
    failedUnits: s.failedUnits.filter((u) => u !== event.unit),
  }));
  return {
    ...withSlipLimits({ ...task, ladder: { ...task.ladder, slips } }, event.slipLimits),
    unreached,
    acknowledgements,
  };
}

function calendarChanged(task: Task, event: Of<'calendarChanged'>): Task {
  const { graceLimitOn, declaration, reportDueOn, reviewDueOn, decideBy } = event;
  const { grace, reports, review, extension } = task;
  return {
    ...withSlipLimits(task, event.slipLimits),
    grace: grace && graceLimitOn ? { ...grace, limitOn: graceLimitOn } : grace,
    declaration: declaration ?? task.declaration,
    reports: reports.asked && reportDueOn ? { ...reports, asked: { ...reports.asked, dueOn: reportDueOn } } : reports,
    review: review && reviewDueOn ? { ...review, dueOn: reviewDueOn } : review,
    extension: extension && decideBy ? { ...extension, decideBy } : extension,
  };
}

function deliveryFailed(task: Task, event: Of<'deliveryFailed'>): Task {
  const known = task.acknowledgements[event.unit];
  const acknowledgements =
    known && event.issueNotice
      ? { ...task.acknowledgements, [event.unit]: { ...known, handedOn: null } }
      : task.acknowledgements;
  const slips = task.ladder.slips.map((s) => ({
    ...s,
    failedUnits: event.slips.includes(s.number) ? [...s.failedUnits, event.unit] : s.failedUnits,
    limitOn: event.held.includes(s.number) ? null : s.limitOn,
    void: s.void || event.voided.includes(s.number),
  }));
  return {
    ...task,
    acknowledgements,
    unreached: { ...task.unreached, [event.unit]: event.on },
    ladder: { ...task.ladder, slips },
  };
}
