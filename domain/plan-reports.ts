/**
 * The plan's own obligation (R18): each quarter its addressees owe a report on the plan as a whole.
 * One durable process per plan; same A and P as a task's report. State, events and intents; the rules are in
 * plan-reports-decide.ts.
 */
import type { Day } from './days';
import type { Actor } from './events';
import type { PlanId, UnitId } from './plan';
import type { Alarm } from './task';

export interface PlanReports {
  id: PlanId;
  seq: number;
  at: string;
  status: 'open' | 'closed';
  title: string;
  office: UnitId;
  addressees: UnitId[];
  issuedOn: Day;
  asked: { quarter: string; askedOn: Day; dueOn: Day } | null;
  /** The last report of each unit. */
  reports: Record<UnitId, { on: Day; text: string }>;
  alarms: Alarm[];
  rung: string[];
}

export type PlanEventDraft = { alarm?: string } & (
  | {
      type: 'planIssued';
      id: PlanId;
      title: string;
      office: UnitId;
      addressees: UnitId[];
      issuedOn: Day;
    }
  | { type: 'planReportAsked'; quarter: string; askedOn: Day; dueOn: Day }
  | { type: 'planReminded'; quarter: string; rung: string; missed: boolean }
  | { type: 'planReported'; unit: UnitId; on: Day; text: string }
  | { type: 'planClosed'; on: Day }
  | { type: 'calendarChanged'; calendar: string }
  | { type: 'relaunched'; epoch: number }
);

export type PlanEvent = PlanEventDraft & { seq: number; at: string; actor: Actor; intent: string; agenda?: Alarm[] };

export type PlanIntent = { id: string; at: string; actor: Actor } & (
  | { type: 'issue'; plan: PlanId; title: string; office: UnitId; addressees: UnitId[] }
  | { type: 'ring' }
  | { type: 'report'; unit: UnitId; text: string }
  | { type: 'calendar' }
  | { type: 'relaunch'; epoch: number }
);
