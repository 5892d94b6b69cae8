/** Evidence 佐证材料, hand-in, review, return (R7, R25, R26; D5 for hand-ins received in time). */
import { workingDay, workingDaysBetween } from '../calendar';
import { addDays, dayOf } from '../days';
import type { EventDraft } from '../events';
import type { EvidenceOffer } from '../intents';
import { checkText } from '../move-check';
import { type Refusal, refuse } from '../refusals';
import { currentSlip, isLead, lastDayOf, type Task } from '../task';
import { alarm, weekly } from './alarm';
import { impliedDeclaration } from './declaration';
import { breachOn, standingBreach } from './ladder';
import type { AgendaRule, MoveRule } from './turn';

/** The review has its own clock: coordinator, his leader, then weekly. */
export const reviewAgenda: AgendaRule = (task, context) => {
  if (!task.review) return [];
  const { submittedOn, version } = task.review;
  const { coordinatorOn, leaderOn } = context.policy.review;
  const leader = alarm(context, 'review', `${version}`, leaderOn, workingDay(context.calendar, submittedOn, leaderOn));
  return [
    alarm(context, 'review', `${version}`, coordinatorOn, workingDay(context.calendar, submittedOn, coordinatorOn)),
    leader,
    weekly(context, task, 'review', `${version}`, `${version}`, leader.on),
  ];
};

const MAX_ITEMS = 50;
const SHAPES: Record<EvidenceOffer['kind'], RegExp> = {
  file: /^[0-9a-f]{64}$/,
  link: /^https?:\/\/\S+$/,
  number: /\S/,
  figure: /^[^=\s][^=]*=\s*\S+/,
};

function checkItem(item: EvidenceOffer): Refusal | null {
  const named = (item.name ?? null) === null ? null : checkText(item.name ?? '', { max: 300, name: '名称' });
  const valued = checkText(item.value, { max: 2000, name: '佐证材料' });
  return named ?? valued ?? (SHAPES[item.kind].test(item.value) ? null : refuse('text-needed', { field: item.kind }));
}

/** Why these items are no evidence; also asked before their files are stored. */
export function checkItems(items: readonly EvidenceOffer[]): Refusal | null {
  if (items.length === 0) return refuse('no-evidence');
  if (items.length > MAX_ITEMS) return refuse('too-many-items', { max: String(MAX_ITEMS) });
  for (const item of items) {
    const refusal = checkItem(item);
    if (refusal) return refusal;
  }
  return null;
}

export const addEvidence: MoveRule<'addEvidence'> = (task, move, turn) => {
  const refusal = checkItems(move.items);
  if (refusal) return refusal;
  const items = move.items.map((item, i) => ({
    id: `e${task.evidence.length + i + 1}`,
    unit: move.unit,
    on: turn.on,
    kind: item.kind,
    value: item.value,
    name: item.name ?? null,
    bytes: item.bytes ?? null,
  }));
  return [{ type: 'evidenceAdded', unit: move.unit, on: turn.on, items }];
};

/** On paper (R25): the coordinator hands in for the unit with the day received, a scan and a reason. */
function checkPaper(
  task: Task,
  receivedOn: string | undefined,
  reason: string | undefined,
  today: string,
): Refusal | null {
  if (!receivedOn || !reason?.trim() || !task.evidence.some((e) => e.kind === 'file')) return refuse('scan-needed');
  if (receivedOn > today) return refuse('received-in-future', { day: receivedOn });
  return receivedOn < task.issuedOn ? refuse('received-before-launch', { day: receivedOn }) : null;
}

export const submitEvidence: MoveRule<'submitEvidence'> = (task, move, turn) => {
  const { on } = turn;
  const onPaper = turn.actor.role !== 'unit';
  const refusal = onPaper ? checkPaper(task, move.receivedOn, move.reason, on) : null;
  if (refusal) return refusal;
  const receivedOn = onPaper ? (move.receivedOn ?? on) : dayOf(turn.at);
  const declared = impliedDeclaration(task, move.unit, on);
  const lastDay = lastDayOf(task);
  const waiting = task.versions.find((v) => v.outcome === 'waiting');
  // A supplement to a hand-in that was in time and still waits is in time.
  const late = lastDay !== null && receivedOn > lastDay && !(waiting && !waiting.late);
  const breach = standingBreach(task);
  const slip = currentSlip(task);
  // The limit stopped with the first late hand-in: a supplement while that is reviewed costs nothing.
  const left = waiting?.late
    ? task.ladder.leftAtHandIn
    : slip?.limitOn
      ? workingDaysBetween(turn.context.calendar, on, slip.limitOn)
      : null;
  const { withinWorkingDays } = turn.context.policy.review;
  return [
    ...declared,
    ...(task.extension ? [{ type: 'extensionLapsed', on, because: 'hand-in' } as const] : []),
    // The request had held the breach back; withdrawn by a late hand-in it no longer does (R3, R27).
    ...(late && !breach && lastDay ? [breachOn(task, addDays(lastDay, 1))] : []),
    {
      type: 'evidenceSubmitted',
      unit: move.unit,
      on,
      version: task.versions.length + 1,
      receivedOn,
      onPaper,
      reason: move.reason ?? null,
      late,
      items: task.evidence.map((e) => e.id),
      reviewDueOn: workingDay(turn.context.calendar, on, withinWorkingDays),
      leftAtHandIn: late ? left : null,
    },
    // Received in time though we recorded it later: nobody is late by our outage or by the post (D5, R25).
    ...(!late && breach ? [{ type: 'breachLifted', dueOn: breach.dueOn, receivedOn } as const] : []),
  ];
};

/** A user of a lead unit may not review its task; the head of the office does (R25). */
function checkReviewer(task: Task, version: number, turn: Parameters<MoveRule<'acceptEvidence'>>[2]): Refusal | null {
  if (task.review?.version !== version)
    return refuse('wrong-version', { version: String(version), current: String(task.review?.version ?? '') });
  const own = turn.actor.unit !== null && isLead(task, turn.actor.unit);
  return own && turn.actor.role !== 'office-head' ? refuse('own-task') : null;
}

export const acceptEvidence: MoveRule<'acceptEvidence'> = (task, move, turn) =>
  checkReviewer(task, move.version, turn) ?? [{ type: 'evidenceAccepted', on: turn.on, version: move.version }];

export const returnEvidence: MoveRule<'returnEvidence'> = (task, move, turn) => {
  const refusal = checkReviewer(task, move.version, turn);
  if (refusal) return refusal;
  const { calendar, policy } = turn.context;
  const { on } = turn;
  const base = { type: 'evidenceReturned', on, version: move.version, reason: move.reason } as const;
  const next = workingDay(calendar, on, 1);
  const none = { graceLimitOn: null, ladderStartOn: null, slipLimitOn: null };
  const late = task.versions.find((v) => v.version === move.version)?.late === true;
  if (late) {
    // The same rung goes on with what was left of its limit; before blue had fired, blue fires tomorrow.
    const rung = task.ladder.slips.findLast((s) => !s.beforeDue && !s.void);
    const left = Math.max(1, task.ladder.leftAtHandIn ?? 0);
    const resumed = rung ? { slipLimitOn: workingDay(calendar, on, left) } : { ladderStartOn: next };
    return [{ ...base, ...none, ...resumed }];
  }
  const limit = workingDay(calendar, on, policy.review.graceWorkingDays);
  const graceGiven = task.grace !== null && task.grace.dueOn === task.dueOn;
  if (task.dueOn && !graceGiven && limit > task.dueOn) return [{ ...base, ...none, graceLimitOn: limit }];
  const lastDay = lastDayOf(task);
  if (!lastDay || on <= lastDay) return [{ ...base, ...none }];
  const breach: EventDraft[] = standingBreach(task) ? [] : [breachOn(task, on)];
  return [{ ...base, ...none, ladderStartOn: next }, ...breach];
};
