/**
 * What happened to a task, in the past tense. An event carries everything that was decided (days, limits, slip
 * numbers), so that fold/ only copies and a changed calendar never changes the past.
 */
import type { Day } from './days';
import type { LeadBasis, PlanId, Remark, Role, TaskId, UnitId } from './plan';
import type { SlipColour } from './policy';
import type { Alarm, Breach, Contribution, Declaration, EvidenceItem, ExtensionRequest, Slip, TaskParty } from './task';

/** Who acted: a person in his capacity, or the engine itself. */
export interface Actor {
  name: string;
  role: 'unit' | 'coordinator' | 'office-head' | 'supervisor' | 'system';
  /** The person's own unit; null for the system. */
  unit: UnitId | null;
}

export const SYSTEM: Actor = { name: 'duban', role: 'system', unit: null };

/** A new due date and what comes with it (R12): rungs on or before `coveredOn` are covered by the act's own notice. */
interface Dated {
  dueOn: Day;
  coveredOn: Day;
}

export type EventBody =
  | {
      type: 'issued';
      id: TaskId;
      plan: PlanId;
      title: string;
      category: string | null;
      office: UnitId;
      signedBy: string;
      issuedOn: Day;
      /** H assumed for the issue notices (R33). */
      handedOn: Day;
      parties: TaskParty[];
      leadBasis: LeadBasis;
      openEnded: boolean;
      remark: Remark | null;
      rule: {
        type: 'fixed' | 'two-track' | 'conditional' | 'ongoing' | 'none';
        condition: string | null;
        inPrinciple: boolean;
        readyOn: Day | null;
        notReadyOn: Day | null;
      };
      dueOn: Day | null;
      /** The document's date where it is not in force: marked as done, and passed before the launch (R11, R17). */
      originalDueOn?: Day | null;
      declaration: Declaration | null;
      calendar: string;
    }
  | { type: 'acknowledged'; unit: UnitId; on: Day; handler: string | null; byPhone: boolean }
  | ({ type: 'declared'; unit: UnitId; on: Day; ready: boolean; measures: string | null; originalDueOn: Day } & Dated)
  | ({ type: 'deemedReady'; on: Day } & Dated)
  | ({ type: 'conditionOpened'; on: Day; reason: string } & Dated)
  | { type: 'reportAsked'; quarter: string; askedOn: Day; dueOn: Day }
  | {
      type: 'reported';
      unit: UnitId;
      on: Day;
      text: string;
      percent: number | null;
      condition: boolean | null;
      byLead: boolean;
    }
  | { type: 'contributionAsked'; contribution: Contribution }
  | { type: 'contributionDone'; id: string; unit: UnitId; on: Day; text: string }
  | { type: 'evidenceAdded'; unit: UnitId; on: Day; items: EvidenceItem[] }
  | {
      type: 'evidenceSubmitted';
      unit: UnitId;
      on: Day;
      version: number;
      receivedOn: Day;
      onPaper: boolean;
      reason: string | null;
      late: boolean;
      items: string[];
      reviewDueOn: Day;
      /** R26: what was left of the open slip's limit. */
      leftAtHandIn: number | null;
    }
  | { type: 'evidenceAccepted'; on: Day; version: number }
  | {
      type: 'evidenceReturned';
      on: Day;
      version: number;
      reason: string;
      /** R, when this return grants one (R26). */
      graceLimitOn: Day | null;
      /** The ladder's first rung, when it has none yet and E has passed. */
      ladderStartOn: Day | null;
      /** New limit of the open slip, for late evidence. */
      slipLimitOn: Day | null;
    }
  | { type: 'extensionRequested'; request: ExtensionRequest }
  | ({ type: 'extensionApproved'; on: Day } & Dated)
  | { type: 'extensionRefused'; on: Day; reason: string; ladderStartOn: Day | null }
  | {
      type: 'extensionLapsed';
      on: Day;
      because: 'hand-in' | 'reassigned' | 'redated' | 'cancelled' | 'granted';
      /** The first rung, when the request had held the ladder back (R30). */
      ladderStartOn?: Day;
    }
  | ({ type: 'extensionGranted'; on: Day; reason: string } & Dated)
  | ({ type: 'redated'; on: Day; reason: string; basis: string } & Dated)
  | { type: 'suspended'; on: Day; reason: string }
  | {
      type: 'resumed';
      on: Day;
      workingDays: number;
      dueOn: Day | null;
      readyOn: Day | null;
      notReadyOn: Day | null;
      declaration: Declaration | null;
      graceLimitOn: Day | null;
      slipLimits: Record<string, Day>;
      handedOn: Record<UnitId, Day>;
      contributions: Record<string, Day>;
      ladderStartOn: Day | null;
    }
  | { type: 'cancelled'; on: Day; reason: string; document: string }
  | ({ type: 'reopened'; on: Day; reason: string } & Dated)
  | { type: 'breachRecorded'; breach: Breach }
  | { type: 'breachAnnulled'; dueOn: Day; on: Day; reason: string }
  | { type: 'breachLifted'; dueOn: Day; receivedOn: Day }
  | {
      type: 'reassigned';
      on: Day;
      from: UnitId;
      to: TaskParty;
      reason: string;
      handedOn: Day;
    }
  | { type: 'partyAdded'; on: Day; party: TaskParty; handedOn: Day }
  | { type: 'urged'; on: Day; unit: UnitId | null; text: string; number: string | null; weekly: boolean }
  /** `reason`: why a person issued it (R23). */
  | { type: 'slipIssued'; slip: Slip; quotes: string | null; reason?: string }
  | { type: 'slipLimitPassed'; number: string }
  | { type: 'listingLifted'; on: Day; reason: string }
  | { type: 'instructed'; on: Day; text: string }
  /** A reminder of any kind: it changes nothing but what has been said. `missed`: downtime made it pointless (R12). */
  | { type: 'reminded'; kind: Alarm['kind']; rung: string; about: string | null; on: Day; missed: boolean }
  /** Handed over after all: `issueHandedOn` restarts the acknowledgement's clock (R33). */
  | { type: 'delivered'; unit: UnitId; on: Day; issueHandedOn: Day | null; slipLimits: Record<string, Day> }
  | {
      type: 'deliveryFailed';
      unit: UnitId;
      on: Day;
      issueNotice: boolean;
      /** Numbers of slips that the unit did not get, of those that no lead got, and of those void by it (R33). */
      slips: string[];
      held: string[];
      voided: string[];
    }
  /** R6: days that letters had stated and that became days off, where they are now. */
  | {
      type: 'calendarChanged';
      calendar: string;
      slipLimits: Record<string, Day>;
      graceLimitOn: Day | null;
      declaration?: Declaration;
      reportDueOn?: Day;
      reviewDueOn?: Day;
      decideBy?: Day;
    }
  | { type: 'relaunched'; epoch: number };

export type EventType = EventBody['type'];

/** What a rule decides: not yet numbered. */
export type EventDraft = EventBody & {
  /** The alarm that this event does (D5). */
  alarm?: string;
};

/** An event as the ledger keeps it. `agenda` is the alarms to come, on the last event of a step that changed them. */
export type TaskEvent = EventDraft & {
  seq: number;
  at: string;
  actor: Actor;
  intent: string;
  agenda?: Alarm[];
};

/** An event of one type. */
export type EventOf<T extends TaskEvent['type']> = Extract<TaskEvent, { type: T }>;

export type SlipSeries = 'slip' | 'urging';

/**
 * The document number of a slip or urging: 督办单〔2026〕12号 (R20, R21).
 * @param ordinal the office's gapless count of that series in that year, from 1
 */
export function documentNumber(series: SlipSeries, year: string, ordinal: number): string {
  return `${series === 'slip' ? '督办单' : '催办'}〔${year}〕${ordinal}号`;
}

/** What each colour is called in letters when the policy names nothing else. */
export const COLOUR_NAMES: Record<SlipColour, string> = { blue: '蓝色', orange: '橙色', red: '红色' };

/** Roles in a letter. */
export const ROLE_NAMES: Record<Role, string> = { lead: '牵头', co: '配合', support: '支持', district: '县市区' };
