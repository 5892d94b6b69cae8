/**
 * The numbers of rules.md as data: defaults here, a plan may override them (policy-schema.ts checks it).
 * All counts are working days unless the name says otherwise.
 */
import type { Office } from './unit';

/** A slip's colour: blue 提醒, orange 警告, red 挂牌. */
export type SlipColour = 'blue' | 'orange' | 'red';

/** One rung of the escalation ladder (R20): a slip, who reads it beside the leads, and the limit before the next. */
export interface Rung {
  colour: SlipColour;
  name: string;
  limitWorkingDays: number;
  /** Offices of each lead unit that it goes to. */
  tells: Office[];
  /** Offices of the coordination office that get a copy: head is the coordinator's leader, leader the supervisor (R9). */
  copies: Office[];
}

export interface Policy {
  /** R14: rungs before the due date, in descending order; 0 is the day itself. */
  reminderRungs: number[];
  /** R13: working days after hand-over. */
  acknowledgement: { withinWorkingDays: number; remindOn: number[]; headOn: number; coordinatorOn: number };
  /** R15: Q stands `leadTime` before readyOn; reminders relative to Q. */
  declaration: {
    leadTimeWorkingDays: number;
    remindOn: number[];
    chaseOn: number;
    deemedOn: number;
    minToAsk: number;
    minAfterDeemed: number;
  };
  /** R16, R28: the least distance of a new date. */
  openAtLeast: number;
  redateAtLeast: number;
  /** R18: the day of the quarter's last month on which reports are due, and reminders relative to it. */
  report: { dueDayOfMonth: number; remindOn: number[] };
  /** R19. */
  contribution: { askAtLeast: number; remindBefore: number[]; chaseOn: number; coordinatorOn: number };
  /** R20, R21. */
  ladder: Rung[];
  /** R25, R26. */
  review: { withinWorkingDays: number; coordinatorOn: number; leaderOn: number; graceWorkingDays: number };
  /** R27. */
  extension: { quota: number; decideWithin: number; coordinatorOn: number; leaderOn: number };
  /** R34: a return is urgent when at most so many working days are left. */
  urgentReturnWithin: number;
  /** Light: near the due date. */
  nearWorkingDays: number;
}

export const DEFAULT_POLICY: Policy = {
  reminderRungs: [20, 10, 5, 3, 1, 0],
  acknowledgement: { withinWorkingDays: 3, remindOn: [4, 5, 6, 7], headOn: 5, coordinatorOn: 7 },
  declaration: {
    leadTimeWorkingDays: 20,
    remindOn: [-5, 0, 1],
    chaseOn: 3,
    deemedOn: 5,
    minToAsk: 5,
    minAfterDeemed: 10,
  },
  openAtLeast: 10,
  redateAtLeast: 5,
  report: { dueDayOfMonth: 25, remindOn: [-3, 1] },
  contribution: { askAtLeast: 3, remindBefore: [3, 1, 0], chaseOn: 1, coordinatorOn: 6 },
  ladder: [
    { colour: 'blue', name: '提醒', limitWorkingDays: 5, tells: ['liaison', 'head'], copies: [] },
    { colour: 'orange', name: '警告', limitWorkingDays: 5, tells: ['liaison', 'head'], copies: ['head'] },
    {
      colour: 'red',
      name: '挂牌督办',
      limitWorkingDays: 5,
      tells: ['liaison', 'head', 'leader'],
      copies: ['leader'],
    },
  ],
  review: { withinWorkingDays: 5, coordinatorOn: 4, leaderOn: 6, graceWorkingDays: 5 },
  extension: { quota: 1, decideWithin: 3, coordinatorOn: 3, leaderOn: 4 },
  urgentReturnWithin: 3,
  nearWorkingDays: 5,
};
