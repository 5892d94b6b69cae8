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
  /** R36: the score in a bulletin. */
  scoring: Scoring;
}

/**
 * Points of a lead unit in a bulletin 通报 (R36), whole numbers. All but `start`, `floor`, `ceiling` and `early` are
 * taken away, once for each thing that happened.
 */
export interface Scoring {
  start: number;
  floor: number;
  ceiling: number;
  /** A breach that is neither annulled nor 未送达. */
  breach: number;
  slip: Record<SlipColour, number>;
  /** A quarter's report that is missing at the quarter's end (R18). */
  missingReport: number;
  /** 签收 after `acknowledgement.withinWorkingDays` (R13), for a task that the unit leads. */
  lateAcknowledgement: number;
  /** Given for a task whose accepted evidence came at least so many working days before its date. */
  early: { fromWorkingDays: number; points: number };
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
  scoring: {
    // The hundred points that offices mark by; ten more can be earned, so that merit shows and cannot buy much lateness.
    start: 100,
    floor: 0,
    ceiling: 110,
    // The promise that was broken: dearer than anything but the red slip.
    breach: 5,
    // Each rung is dearer than the one before it: a whole ladder costs 8, with its breach 13.
    slip: { blue: 1, orange: 2, red: 5 },
    // A quarter without a word; twice a late signature, because the office reports to its own leaders from it.
    missingReport: 2,
    lateAcknowledgement: 1,
    // Before the light turns yellow (nearWorkingDays); two of them weigh less than one breach.
    early: { fromWorkingDays: 5, points: 2 },
  },
};
