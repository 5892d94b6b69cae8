/** What events do to reports and to the evidence that counts as one (R18, R25, R26). */
import type { Day } from '../days';
import type { EventOf } from '../events';
import { owedReport } from '../rules/reports';
import type { Task } from '../task';

/** A quarter is asked for; what was owed before and not given is missed. */
export function reportAsked(task: Task, event: EventOf<'reportAsked'>): Task {
  const { quarter, askedOn, dueOn } = event;
  const { missedOn } = task.reports;
  const unanswered = owedReport(task)?.dueOn ?? null;
  const asking = { quarter, askedOn, dueOn };
  return { ...task, reports: { ...task.reports, asked: asking, missedOn: missedOn ?? unanswered } };
}

/** A hand-in or an extension request by a lead counts as its report (R18). */
export function actedAsReport(task: Task, on: Day): Task {
  return { ...task, reports: { ...task.reports, satisfiedOn: on, missedOn: null } };
}

/** A version of the evidence waits for its review; an earlier one that waits is superseded. */
export function submitted(task: Task, event: EventOf<'evidenceSubmitted'>): Task {
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

/** A version was returned: grace, slip and ladder run on from the days that were decided (R26). */
export function returned(task: Task, event: EventOf<'evidenceReturned'>): Task {
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

/** A version with its outcome; nothing waits for a review any more. */
export function decided(task: Task, version: number, outcome: 'accepted' | 'returned', on: Day): Task {
  const versions = task.versions.map((v) => (v.version === version ? { ...v, outcome, decidedOn: on } : v));
  return { ...task, versions, review: null };
}
