/** What people, alarms and the mail room ask of a task. Wire names: they never change. */
import type { Day } from './days';
import type { Actor } from './events';
import type { PlanTask, Role, TaskId, UnitId } from './plan';
import type { EvidenceKind } from './task';

export interface EvidenceOffer {
  kind: EvidenceKind;
  value: string;
  name: string | null;
  bytes: number | null;
}

/** A person's move 动作, by name; the legal ones are in moves.ts. */
export type Move =
  | { move: 'acknowledge'; unit: UnitId; handler?: string; byPhone?: boolean }
  | { move: 'declare'; unit: UnitId; ready: boolean; reason?: string }
  | { move: 'openCondition'; dueOn: Day; reason: string }
  | { move: 'report'; unit: UnitId; text: string; percent?: number; condition?: boolean }
  | { move: 'askContribution'; unit: UnitId; of: UnitId; text: string; dueOn: Day }
  | { move: 'completeContribution'; unit: UnitId; contribution: string; text: string }
  | { move: 'addEvidence'; unit: UnitId; items: EvidenceOffer[] }
  | { move: 'submitEvidence'; unit: UnitId; receivedOn?: Day; reason?: string }
  | { move: 'acceptEvidence'; version: number }
  | { move: 'returnEvidence'; version: number; reason: string }
  | { move: 'requestExtension'; unit: UnitId; to: Day; reason: string; progress: string }
  | { move: 'approveExtension'; to?: Day }
  | { move: 'refuseExtension'; reason: string }
  | { move: 'grantExtension'; to: Day; reason: string }
  | { move: 'suspend'; reason: string }
  | { move: 'resume' }
  | { move: 'cancel'; reason: string; document: string }
  | { move: 'reopen'; dueOn: Day; reason: string }
  | { move: 'redate'; dueOn: Day; reason: string; basis: string }
  | { move: 'annulBreach'; reason: string }
  | { move: 'reassign'; from: UnitId; to: UnitId; role: Role; reason: string; dueOn?: Day }
  | { move: 'addParty'; unit: UnitId; role: Role }
  | { move: 'urge'; unit?: UnitId; text: string }
  | { move: 'issueSlip'; colour: 'blue' | 'orange' | 'red'; reason: string }
  | { move: 'liftListing'; reason: string }
  | { move: 'instruct'; text: string };

export type MoveName = Move['move'];
export type MoveOf<N extends MoveName> = Extract<Move, { move: N }>;

/** One notice of a letter whose fate is fed back: what it was about. */
export interface DeliveredNotice {
  kind: string;
  /** The slip's number where the notice is a slip. */
  slip: string | null;
}

/**
 * An intent with its stable id (D4). `at`: for moves when the client received it (D5), for alarms the clock's instant.
 */
export type Intent = { id: string; at: string; actor: Actor } & (
  | { type: 'move'; move: Move }
  | { type: 'issue'; task: PlanTask; office: UnitId; signedBy: string }
  | { type: 'ring' }
  | {
      type: 'delivery';
      letter: string;
      unit: UnitId;
      outcome: 'handed' | 'failed';
      on: Day;
      notices: DeliveredNotice[];
    }
  | { type: 'calendar' }
  | { type: 'relaunch'; epoch: number }
);

export type { TaskId };
