/**
 * The state of a task 任务 after launch: plain JSON, so that it survives continue-as-new, hashing and the ledger.
 * Only fold/ makes a new one; every date in it was copied from an event.
 */
import type { Day } from './days';
import type { LeadBasis, PlanId, Remark, Role, TaskId, UnitId } from './plan';
import type { SlipColour } from './policy';

export type Status = 'draft' | 'open' | 'suspended' | 'completed' | 'cancelled';

/** A closed task rests in the ledger and costs nothing; a move on one starts a new run from there (R24, R32). */
export const CLOSED: readonly Status[] = ['completed', 'cancelled'];

/** Same-instant order of R4: the place in this list. */
export const ALARM_KINDS = [
  'ladder',
  'acknowledgement',
  'declaration',
  'reminder',
  'report',
  'contribution',
  'review',
  'extension',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/**
 * Something that happens by itself on a day: an expiry counts at 00:00, an alarm at 05:00 (R4).
 * The id says everything that makes it the same alarm, so that it is done once (D5).
 */
export interface Alarm {
  id: string;
  kind: AlarmKind;
  /** Which rung: `20`, `blue`, `breach`, `weekly`, `ask`, … */
  rung: string;
  on: Day;
  time: '00:00' | '05:00';
  /** The unit or contribution it is about, where the kind needs one. */
  about?: string;
  /** Reckoned with a year that the State Council has not published (R6). */
  provisional: boolean;
}

/** 责任方 with the units that answer for a collective (R10). */
export interface TaskParty {
  unit: UnitId;
  role: Role;
  /** Who acknowledges: the unit itself, or a collective's members. */
  answerers: UnitId[];
}

/** 签收 of one answering unit (R13). */
export interface Acknowledgement {
  /** H, or null while the issue notice has not been handed over (R33). */
  handedOn: Day | null;
  /** How often the clock was started; part of the alarm ids, so that a restarted clock rings anew. */
  clock: number;
  acknowledgedOn: Day | null;
  handler: string | null;
  byPhone: boolean;
}

/** 两轨 declaration (R15). `void`: launch came too late for the first track. */
export interface Declaration {
  askOn: Day;
  deemedOn: Day;
  state: 'undecided' | 'ready' | 'not-ready' | 'deemed' | 'void';
  measures: string | null;
}

/** 配合事项 (R19). */
export interface Contribution {
  id: string;
  lead: UnitId;
  unit: UnitId;
  text: string;
  dueOn: Day;
  /** Rungs on or before this day are covered by the asking or the resumption (R12). */
  coveredOn: Day;
  doneOn: Day | null;
  answer: string | null;
}

export type EvidenceKind = 'file' | 'link' | 'number' | 'figure';

/** 佐证材料: one item; files are digests of stored bytes (D25), everything else is its text. */
export interface EvidenceItem {
  id: string;
  unit: UnitId;
  on: Day;
  kind: EvidenceKind;
  /** sha256 of a file, address of a link, document number, or `indicator=value`. */
  value: string;
  name: string | null;
  bytes: number | null;
}

/** A hand-in is a version (R25). */
export interface EvidenceVersion {
  version: number;
  unit: UnitId;
  receivedOn: Day;
  onPaper: boolean;
  late: boolean;
  items: string[];
  outcome: 'waiting' | 'accepted' | 'returned' | 'superseded';
  decidedOn: Day | null;
}

/** 督办单: one rung, issued. */
export interface Slip {
  number: string;
  colour: SlipColour;
  issuedOn: Day;
  /** 整改时限; null while no lead has it in hand (R33). */
  limitOn: Day | null;
  /** Issued by a person (R23), before or after the due date. */
  byHand: boolean;
  beforeDue: boolean;
  /** Leads whom it could not reach. */
  failedUnits: UnitId[];
  /** Its ground fell away: a late bounce (R33) or a hand-in that had been received in time (D5). */
  void: boolean;
  /** Ended by completion, a new date or 摘牌. */
  ended: boolean;
  /** The limit's passing was told to the coordinator (before D, R23). */
  limitTold: boolean;
}

/** Where the ladder stands for the due date in force (R20 to R23, R26). */
export interface Ladder {
  /** Slips of this due date, in order of issue; earlier ones are in `pastSlips`. */
  slips: Slip[];
  /** The day on which the first rung falls when it is not W(E,1) (R26, R27). */
  startOn: Day | null;
  /** The colour that a slip by hand before D made the first one (R23). */
  startColour: SlipColour | null;
  lastWeeklyOn: Day | null;
  /** Working days that were left of the limit when late evidence was handed in (R26). */
  leftAtHandIn: number | null;
}

/** 逾期记录 (R24): never removed. */
export interface Breach {
  dueOn: Day;
  breachedOn: Day;
  leads: UnitId[];
  /** 未送达: no lead had been reached (R33). */
  undelivered: boolean;
  annulled: { on: Day; reason: string } | null;
  /** Lifted because a hand-in had been received in time (D5, R25). */
  lifted: boolean;
}

export interface ExtensionRequest {
  unit: UnitId;
  to: Day;
  reason: string;
  progress: string;
  requestedOn: Day;
  decideBy: Day;
}

export interface ReportState {
  asked: { quarter: string; askedOn: Day; dueOn: Day } | null;
  /** The last act by a lead that counts as a report (R18). */
  satisfiedOn: Day | null;
  /** An earlier report that never came: the day it was due. */
  missedOn: Day | null;
  /** No asking on or before this day: launch, resumption, return. */
  coveredOn: Day;
  last: { unit: UnitId; on: Day; text: string; percent: number | null; condition: boolean | null } | null;
  /** What a lead last said for itself: the next slip quotes it (R22). */
  explained: { on: Day; text: string } | null;
}

export interface Task {
  id: TaskId;
  plan: PlanId;
  title: string;
  category: string | null;
  office: UnitId;
  signedBy: string;
  /** Number and instant of the last event. */
  seq: number;
  at: string;
  status: Status;
  issuedOn: Day;
  parties: TaskParty[];
  /** Units that were parties once and were told about the task (R31). */
  formerUnits: UnitId[];
  leadBasis: LeadBasis;
  openEnded: boolean;
  remark: Remark | null;
  type: 'fixed' | 'two-track' | 'conditional' | 'ongoing' | 'none';
  conditionText: string | null;
  inPrinciple: boolean;
  /** D, the due date in force; null until there is one. */
  dueOn: Day | null;
  originalDueOn: Day | null;
  readyOn: Day | null;
  notReadyOn: Day | null;
  /** Reminders on or before this day are covered by an act's own notice (R12). */
  coveredOn: Day;
  acknowledgements: Record<UnitId, Acknowledgement>;
  declaration: Declaration | null;
  reports: ReportState;
  contributions: Contribution[];
  evidence: EvidenceItem[];
  versions: EvidenceVersion[];
  /** The version that awaits review, and when the review is due (R25). */
  review: { version: number; submittedOn: Day; dueOn: Day } | null;
  /** R (R26) with the due date it was given for. */
  grace: { dueOn: Day; limitOn: Day } | null;
  extension: ExtensionRequest | null;
  extensionsApproved: number;
  suspendedOn: Day | null;
  ladder: Ladder;
  pastSlips: Slip[];
  breaches: Breach[];
  firstCompletedOn: Day | null;
  completedOn: Day | null;
  reopenings: number;
  /** Units whose letters cannot be handed over, since when (R33). */
  unreached: Record<UnitId, Day>;
  instructions: { on: Day; text: string }[];
  /** When each weekly reminder was last sent, by `<kind>:<about>`. */
  weeklies: Record<string, Day>;
  /** Alarms to come, earliest first (R4). */
  alarms: Alarm[];
  /** Ids of alarms done, newest last. */
  rung: string[];
}

/** The units that lead the task. */
export function leadsOf(task: Task): UnitId[] {
  return task.parties.filter((p) => p.role === 'lead').map((p) => p.unit);
}

/** Units that answer for a lead party: the lead itself, or the members of a leading collective (R10). */
export function leadUnits(task: Task): UnitId[] {
  return task.parties.filter((p) => p.role === 'lead').flatMap((p) => p.answerers);
}

/** Whether the unit may do what only a lead may (R7). */
export function isLead(task: Task, unit: UnitId): boolean {
  return leadsOf(task).includes(unit) || leadUnits(task).includes(unit);
}

/** Every unit that answers for itself in the task, members of collectives included (R10). */
export function answerersOf(task: Task): UnitId[] {
  return [...new Set(task.parties.flatMap((p) => p.answerers))];
}

/** Every party, and the members that answer for a collective: whoever has a part in the task. */
export function unitsOf(task: Task): UnitId[] {
  return [...new Set([...task.parties.map((p) => p.unit), ...answerersOf(task)])];
}

/** E = max(D, R), or null without a due date. */
export function lastDayOf(task: Task): Day | null {
  const { dueOn, grace } = task;
  return dueOn && grace && grace.dueOn === dueOn && grace.limitOn > dueOn ? grace.limitOn : dueOn;
}

/** The slip of the due date in force that stands last on the ladder. */
export function currentSlip(task: Task): Slip | null {
  return task.ladder.slips.filter((s) => !s.void).at(-1) ?? null;
}

/** Whether every lead is known to be out of reach of our letters (R33). */
export function noLeadReached(task: Task): boolean {
  const leads = leadUnits(task);
  return leads.length > 0 && leads.every((u) => Object.hasOwn(task.unreached, u));
}

/** Units that letters about an open task do not reach, and since when: their clocks stand still (R33). */
export function standstillOf({ status, unreached }: Pick<Task, 'status' | 'unreached'>): Record<UnitId, Day> {
  return status === 'open' || status === 'suspended' ? unreached : {};
}
