/** What events do to slips, listings and breaches (R23, R24). */
import type { Day } from '../days';
import type { EventOf } from '../events';
import type { Breach, Ladder, Slip, Task } from '../task';

/** A due date on which nothing has been escalated yet. */
export const FRESH_LADDER: Ladder = {
  slips: [],
  startOn: null,
  startColour: null,
  lastWeeklyOn: null,
  leftAtHandIn: null,
};

/** One more slip; by hand before the due date it is where the ladder will begin. */
export function slipIssued(task: Task, event: EventOf<'slipIssued'>): Task {
  const { slip } = event;
  return {
    ...task,
    ladder: {
      ...task.ladder,
      slips: [...task.ladder.slips, slip],
      startColour: slip.beforeDue ? slip.colour : task.ladder.startColour,
    },
  };
}

/** One slip of the current due date, by its number, changed. */
export function changeSlip(task: Task, number: string, change: (slip: Slip) => Slip): Task {
  const slips = task.ladder.slips.map((s) => (s.number === number ? change(s) : s));
  return { ...task, ladder: { ...task.ladder, slips } };
}

/** Slips with new limits, by number; a slip that is not named keeps its own. */
export function withSlipLimits(task: Task, limits: Record<string, Day>): Task {
  const slips = task.ladder.slips.map((s) => ({ ...s, limitOn: limits[s.number] ?? s.limitOn }));
  return { ...task, ladder: { ...task.ladder, slips } };
}

/** A slip whose purpose has ended; it stays on record. */
export function ended(slip: Slip): Slip {
  return { ...slip, ended: true };
}

/** All slips of the current due date ended. */
export function endSlips(ladder: Ladder): Ladder {
  return { ...ladder, slips: ladder.slips.map(ended) };
}

/** 摘牌: only completion or a supervisor's act ends a listing (R23). */
export function liftListing(task: Task): Task {
  const lift = (slip: Slip) => (slip.colour === 'red' ? ended(slip) : slip);
  const slips = task.ladder.slips.map(lift);
  const startColour = slips.findLast((s) => s.beforeDue && !s.ended && !s.void)?.colour ?? null;
  return { ...task, pastSlips: task.pastSlips.map(lift), ladder: { ...task.ladder, slips, startColour } };
}

/** The last breach of a due date that was not lifted, changed. */
export function changeBreach(task: Task, dueOn: Day, change: Partial<Breach>): Task {
  const last = task.breaches.findLast((b) => b.dueOn === dueOn && !b.lifted);
  return { ...task, breaches: task.breaches.map((b) => (b === last ? { ...b, ...change } : b)) };
}
