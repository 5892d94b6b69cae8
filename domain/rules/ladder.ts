/** Lateness: the breach and the ladder of slips (R3, R20 to R23, R33). */
import { firstWorkingDayOfNextWeeks, nextWorkingDay, workingDay } from '../calendar';
import { addDays, type Day } from '../days';
import type { Context } from '../decider';
import { documentNumber, type EventDraft } from '../events';
import type { Rung, SlipColour } from '../policy';
import { refuse } from '../refusals';
import { type Alarm, type Breach, currentSlip, lastDayOf, leadsOf, noLeadReached, type Slip, type Task } from '../task';
import { alarm } from './alarm';
import type { AgendaRule, MoveRule, RingRule, Turn } from './turn';

/** The breach of the due date in force that stands, if any. */
export function standingBreach(task: Task): Breach | null {
  return task.breaches.findLast((b) => b.dueOn === task.dueOn && !b.lifted) ?? null;
}

/** The last slip that counts on the ladder: after the due date, not void. */
function lastRung(task: Task): Slip | null {
  return task.ladder.slips.findLast((s) => !s.beforeDue && !s.void) ?? null;
}

export const ladderAgenda: AgendaRule = (task, context) => [
  ...limitsBeforeDue(task, context),
  ...afterDueAgenda(task, context),
];

/** R23: the passed limit of a slip by hand is told while the due date is ahead; after it the ladder speaks. */
function limitsBeforeDue(task: Task, context: Context): Alarm[] {
  if (task.review) return [];
  const lastDay = lastDayOf(task);
  return task.ladder.slips
    .filter((s) => s.beforeDue && !s.ended && !s.void && !s.limitTold)
    .flatMap(({ number, limitOn }) =>
      limitOn
        ? [alarm(context, 'ladder', number, 'limit', workingDay(context.calendar, limitOn, 1), { about: number })]
        : [],
    )
    .filter((a) => a.on > task.coveredOn && (lastDay === null || a.on <= lastDay));
}

/** Review and an undecided extension keep everything after E away (R25, R27). */
function afterDueAgenda(task: Task, context: Context): Alarm[] {
  const lastDay = lastDayOf(task);
  if (!lastDay || task.review || task.extension) return [];
  const breach = standingBreach(task)
    ? []
    : [alarm(context, 'ladder', lastDay, 'breach', addDays(lastDay, 1), { time: '00:00' })];
  const next = nextRung(task, context, lastDay);
  return next ? [...breach, next] : breach;
}

function nextRung(task: Task, context: Context, lastDay: Day): Alarm | null {
  const { ladder, dueOn } = task;
  const rungs = context.policy.ladder;
  const last = lastRung(task);
  // The count makes the id of a rung that is issued again, because the first was void, another one.
  const key = `${dueOn}:${ladder.slips.length}`;
  if (!last) {
    const first = rungs.find((r) => r.colour === ladder.startColour) ?? rungs[0];
    const on = ladder.startOn ?? workingDay(context.calendar, lastDay, 1);
    return first ? alarm(context, 'ladder', key, first.colour, on) : null;
  }
  // It has reached no lead yet, so its limit does not run (R33).
  if (last.limitOn === null) return null;
  const next = rungs[rungs.findIndex((r) => r.colour === last.colour) + 1];
  if (next) return alarm(context, 'ladder', key, next.colour, workingDay(context.calendar, last.limitOn, 1));
  const since = ladder.lastWeeklyOn && ladder.lastWeeklyOn > last.limitOn ? ladder.lastWeeklyOn : last.limitOn;
  const on = firstWorkingDayOfNextWeeks(context.calendar, since);
  return alarm(context, 'ladder', `${dueOn}:${on}`, 'weekly', on);
}

export const ringLadder: RingRule = (task, a, turn) => {
  const lastDay = lastDayOf(task);
  switch (a.rung) {
    case 'breach':
      return lastDay ? [{ ...breachOn(task, addDays(lastDay, 1)), alarm: a.id }] : [];
    case 'limit':
      return [{ type: 'slipLimitPassed', alarm: a.id, number: a.about ?? '' }];
    case 'weekly':
      return [{ ...urging(turn, null, '', true), alarm: a.id }];
    default: {
      const rung = turn.context.policy.ladder.find((r) => r.colour === a.rung);
      // A missed slip is issued on the day of recovery and its limit runs from there (R12).
      const on = turn.on > a.on ? nextWorkingDay(turn.context.calendar, turn.on) : a.on;
      return rung ? [{ ...slipOn(task, rung, on, turn, { byHand: false, beforeDue: false }), alarm: a.id }] : [];
    }
  }
};

/** A breach of the due date in force, against every lead in office (R7, R24). */
export function breachOn(task: Task, breachedOn: Day): EventDraft {
  const breach = {
    dueOn: task.dueOn ?? breachedOn,
    breachedOn,
    leads: leadsOf(task),
    undelivered: noLeadReached(task),
    annulled: null,
    lifted: false,
  };
  return { type: 'breachRecorded', breach };
}

function slipOn(
  task: Task,
  rung: Rung,
  on: Day,
  turn: Turn,
  how: { byHand: boolean; beforeDue: boolean },
): EventDraft & { type: 'slipIssued' } {
  const { context } = turn;
  const slip: Slip = {
    number: documentNumber('slip', turn.on.slice(0, 4), context.ordinals.slip),
    colour: rung.colour,
    issuedOn: on,
    limitOn: workingDay(context.calendar, on, rung.limitWorkingDays),
    ...how,
    failedUnits: [],
    void: false,
    ended: false,
    limitTold: false,
  };
  return { type: 'slipIssued', slip, quotes: explanation(task) };
}

/** R22: what a lead reported within the last slip's limit is quoted in the next slip. */
function explanation(task: Task): string | null {
  const { explained } = task.reports;
  const slip = currentSlip(task);
  if (!explained || !slip || explained.on < slip.issuedOn) return null;
  return !slip.limitOn || explained.on <= slip.limitOn ? explained.text : null;
}

/** A numbered urging 催办, weekly after red (R21) or by hand. */
function urging(turn: Turn, unit: string | null, text: string, isWeekly: boolean): EventDraft & { type: 'urged' } {
  const number = documentNumber('urging', turn.on.slice(0, 4), turn.context.ordinals.urging);
  return { type: 'urged', on: turn.on, unit, text, number, weekly: isWeekly };
}

export const urge: MoveRule<'urge'> = (task, move, turn) => {
  const { unit, text } = move;
  if (unit !== undefined && !task.parties.some((p) => p.unit === unit || p.answerers.includes(unit)))
    return refuse('not-a-party', { unit });
  return [urging(turn, unit ?? null, text, false)];
};

/** Who issues a slip of a colour by hand (R23). */
export const BY_HAND: Record<SlipColour, { role: 'office' | 'supervisor'; needed: string }> = {
  blue: { role: 'office', needed: '协调员' },
  orange: { role: 'office', needed: '协调员' },
  red: { role: 'supervisor', needed: '督查领导' },
};

/** R23: after D it counts as that rung and those below; before D the ladder will start at its colour. */
export const issueSlip: MoveRule<'issueSlip'> = (task, move, turn) => {
  const { role, needed } = BY_HAND[move.colour];
  if ((turn.actor.role === 'supervisor') !== (role === 'supervisor')) return refuse('not-your-role', { needed });
  const rungs = turn.context.policy.ladder;
  const at = rungs.findIndex((r) => r.colour === move.colour);
  const rung = rungs[at];
  if (!rung) return refuse('slip-issued', { colour: move.colour });
  const lastDay = lastDayOf(task);
  const beforeDue = lastDay === null || turn.on <= lastDay;
  if (!beforeDue && task.extension) return refuse('extension-pending');
  const rankOf = (colour: SlipColour | undefined) => rungs.findIndex((r) => r.colour === colour);
  // After D a slip by hand before it counts no more, but the ladder does not start below its colour.
  const used = beforeDue
    ? rankOf(currentSlip(task)?.colour)
    : Math.max(rankOf(lastRung(task)?.colour), rankOf(task.ladder.startColour ?? undefined) - 1);
  if (at <= used) return refuse('slip-issued', { colour: rung.name });
  return [{ ...slipOn(task, rung, turn.on, turn, { byHand: true, beforeDue }), reason: move.reason }];
};

export const liftListing: MoveRule<'liftListing'> = (_task, move, turn) => [
  { type: 'listingLifted', on: turn.on, reason: move.reason },
];

export const instruct: MoveRule<'instruct'> = (_task, move, turn) => [
  { type: 'instructed', on: turn.on, text: move.text },
];

export const annulBreach: MoveRule<'annulBreach'> = (task, move, turn) => {
  const breach = task.breaches.findLast((b) => !b.annulled && !b.lifted);
  return breach
    ? [{ type: 'breachAnnulled', dueOn: breach.dueOn, on: turn.on, reason: move.reason }]
    : refuse('no-breach');
};
