/**
 * Answers 答复 that a letter offers with one click: one row per answer, read by the letter, the page behind the link and
 * the tests. What an answer does is a move (moves.ts); who may make it is decided there.
 */
import type { Day } from '../days';
import type { Actor } from '../events';
import type { MoveName } from '../intents';
import type { PlanId, TaskId, UnitId } from '../plan';

export interface AnswerRow {
  /** On the button. */
  label: string;
  /** The same in an English letter. */
  english: string;
  /** The move that it makes; null: a report on a plan as a whole, which is no move on a task (R18). */
  move: MoveName | null;
}

/** In the order in which a letter offers them. */
export const ANSWERS = {
  acknowledge: { label: '签收', english: 'Acknowledge', move: 'acknowledge' },
  ready: { label: '申报具备条件', english: 'Declare ready', move: 'declare' },
  notReady: { label: '申报暂不具备', english: 'Declare not ready', move: 'declare' },
  contribution: { label: '办结配合事项', english: 'Contribution done', move: 'completeContribution' },
  evidence: { label: '报送佐证材料', english: 'Hand in evidence', move: 'addEvidence' },
  report: { label: '反馈进展', english: 'Report progress', move: 'report' },
  planReport: { label: '反馈总体进展', english: 'Report on the plan', move: null },
  extension: { label: '申请延期', english: 'Ask for an extension', move: 'requestExtension' },
  accept: { label: '审核通过', english: 'Accept', move: 'acceptEvidence' },
  return: { label: '退办', english: 'Return', move: 'returnEvidence' },
  approve: { label: '同意延期', english: 'Approve', move: 'approveExtension' },
  refuse: { label: '不同意延期', english: 'Refuse', move: 'refuseExtension' },
  instruct: { label: '批示', english: 'Instruct', move: 'instruct' },
  list: { label: '挂牌督办', english: 'List for supervision', move: 'issueSlip' },
} as const satisfies Record<string, AnswerRow>;

export type AnswerName = keyof typeof ANSWERS;
export const ANSWER_NAMES = Object.keys(ANSWERS) as AnswerName[];

/** One answer that was offered: to what, in which capacity, and until when. */
export interface Offer {
  answer: AnswerName;
  /** The task, or for `planReport` the plan. */
  about: TaskId | PlanId;
  role: Exclude<Actor['role'], 'system'>;
  /** The contribution, version, request or quarter that is answered; null where the task is enough. */
  of: string | null;
  /** The task's last event when it was offered: what happens to the unit's place later counts against the link. */
  seq: number;
  /** The last day on which the link is good. */
  until: Day;
}

/** An offer made to one unit in one letter: what a link is bound to. */
export interface AnswerLink extends Offer {
  letter: string;
  unit: UnitId;
}
