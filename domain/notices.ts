/** A notice 通知: one thing to tell one office of one unit. notices-of.ts makes them from events; letters gather them. */
import type { Day } from './days';
import type { PlanId, TaskId, UnitId } from './plan';
import type { Office } from './unit';

export type NoticeKind =
  | 'issue'
  | 'reminder'
  | 'acknowledgement'
  | 'declaration'
  | 'report'
  | 'contribution'
  | 'review'
  | 'extension'
  | 'slip'
  | 'urging'
  | 'redDigest'
  | 'limitPassed'
  | 'telephone'
  | 'silentLead'
  | 'conditionReported'
  | 'instruction'
  | 'dated'
  | 'returned'
  | 'answer'
  | 'closed'
  | 'suspended'
  | 'resumed'
  | 'cancelled'
  | 'released'
  | 'deliveryProblem';

/** Where in a letter a notice stands, in this order: overdue first, then due, then to sign, then for information. */
export const SECTIONS = ['overdue', 'due', 'sign', 'information'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Addressee {
  unit: UnitId;
  office: Office;
}

/**
 * R35: the one obligation that a notice stems from. It is recalled when that is met, moved or void;
 * `information` is recalled only by cancellation.
 */
export type Obligation =
  | { kind: 'acknowledge'; unit: UnitId }
  | { kind: 'due'; dueOn: Day }
  | { kind: 'declare'; askOn: Day }
  | { kind: 'report'; quarter: string }
  | { kind: 'contribution'; id: string }
  | { kind: 'review'; version: number }
  | { kind: 'extension'; requestedOn: Day }
  | { kind: 'slip'; number: string }
  | { kind: 'handIn'; dueOn: Day }
  | { kind: 'information' };

export interface NoticeDraft {
  kind: NoticeKind;
  to: Addressee;
  /** The coordination office in whose name it is sent. */
  office: UnitId;
  plan: PlanId;
  task: TaskId | null;
  rung: string | null;
  section: Section;
  /** Goes in the next urgent round, five minutes away, instead of tomorrow's letter (R34). */
  urgent: boolean;
  /** One sentence in Chinese: what is so, and what to do. */
  text: string;
  /** The due day it speaks of, for sorting and for the subject. */
  dueOn: Day | null;
  provisional: boolean;
  obligation: Obligation;
  /** Leave out when the unit never got a letter about the task (R31). */
  onlyIfTold: boolean;
  /** The slip's number where the notice is a slip: fed back with the letter's fate (R33). */
  slip: string | null;
}
