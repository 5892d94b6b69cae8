/**
 * `fold(task, event) → task`: copies what was decided. It knows no rule and no calendar, so an old event means today
 * what it meant then. Total: an event that does not fit changes only the number and the instant.
 */
import { assertNever } from '../assert-never';
import type { TaskEvent } from '../events';
import type { Task } from '../task';
import { calendarChanged, declared, moveDate, redate, resumed, withDeclaration } from './dates';
import { delivered, deliveryFailed } from './delivery';
import { issue } from './issue';
import { freshAcknowledgement, reassigned, withParty } from './parties';
import { actedAsReport, decided, reportAsked, returned, submitted } from './reports';
import { changeBreach, changeSlip, ended, endSlips, liftListing, slipIssued } from './slips';

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
