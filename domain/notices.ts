/** A notice 通知: one thing to tell one office of one unit. notices-of.ts makes them from events; letters gather them. */
import type { Day } from './days';
import type { PlanId, TaskId, UnitId } from './plan';
import { leadUnits, type Task } from './task';
import type { Office } from './unit';

export const NOTICE_KINDS = [
  'issue',
  'reminder',
  'acknowledgement',
  'declaration',
  'report',
  'contribution',
  'review',
  'extension',
  'slip',
  'urging',
  'redDigest',
  'limitPassed',
  'telephone',
  'silentLead',
  'conditionReported',
  'instruction',
  'dated',
  'returned',
  'answer',
  'closed',
  'suspended',
  'resumed',
  'cancelled',
  'released',
  'deliveryProblem',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

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
  /** Of one addressee on the plan as a whole. */
  | { kind: 'planReport'; quarter: string; unit: UnitId }
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

/** What a notice needs beside its addressee; the rest follows from the task. */
export interface Message {
  kind: NoticeKind;
  section: Section;
  text: string;
  obligation: Obligation;
  rung?: string;
  urgent?: boolean;
  dueOn?: Day | null;
  provisional?: boolean;
  onlyIfTold?: boolean;
  slip?: string;
}

/** One notice about the task to one office of one unit. */
export function notice(task: Task, unit: UnitId, office: Office, message: Message): NoticeDraft {
  return {
    kind: message.kind,
    to: { unit, office },
    office: task.office,
    plan: task.plan,
    task: task.id,
    rung: message.rung ?? null,
    section: message.section,
    urgent: message.urgent ?? false,
    text: message.text,
    dueOn: message.dueOn === undefined ? task.dueOn : message.dueOn,
    provisional: message.provisional ?? false,
    obligation: message.obligation,
    onlyIfTold: message.onlyIfTold ?? false,
    slip: message.slip ?? null,
  };
}

export { leadUnits };

/** The city that a unit's id begins with: the same name in two cities is two units. */
export function cityOf(unit: UnitId): string {
  return unit.split(':')[0] ?? '';
}

/** A unit's own name, without its city. */
export function nameOf(unit: UnitId): string {
  return unit.slice(unit.indexOf(':') + 1);
}
