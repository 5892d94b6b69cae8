/** The task as its issue makes it. */
import type { EventOf } from '../events';
import type { UnitId } from '../plan';
import type { Acknowledgement, Task } from '../task';
import { freshAcknowledgement } from './parties';
import { FRESH_LADDER } from './slips';

/** The task of its first event, before any other. */
export function issue(event: EventOf<'issued'>): Task {
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
