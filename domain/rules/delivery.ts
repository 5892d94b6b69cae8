/** What the mail room reports back: a failure is ours, never the unit's silence (R33). */
import { workingDay } from '../calendar';
import type { EventDraft } from '../events';
import type { Intent } from '../intents';
import { leadsOf, type Slip, type Task } from '../task';
import type { Turn } from './turn';

type Delivery = Extract<Intent, { type: 'delivery' }>;

/** Feedback on a letter to the liaison of a unit: handed over after all, or not at all. */
export function deliveryEvents(task: Task, feedback: Delivery, turn: Turn): EventDraft[] {
  return feedback.outcome === 'failed' ? failed(task, feedback) : handed(task, feedback, turn);
}

function failed(task: Task, { unit, on, notices }: Delivery): EventDraft[] {
  const acknowledgement = task.acknowledgements[unit];
  const issueNotice = notices.some((n) => n.kind === 'issue') && acknowledgement?.acknowledgedOn === null;
  const leads = leadsOf(task);
  const missed = notices.flatMap((n) => (n.slip === null ? [] : [n.slip]));
  const hit = leads.includes(unit) ? task.ladder.slips.filter((s) => missed.includes(s.number) && !s.void) : [];
  // A rung that reached no lead counts only when it does; those built on its passed limit have lost their ground.
  const held = hit.filter((s) => leads.every((u) => u === unit || s.failedUnits.includes(u)));
  const first = held[0];
  const voided = first ? task.ladder.slips.slice(task.ladder.slips.indexOf(first) + 1).filter((s) => !s.byHand) : [];
  const numbers = (slips: Slip[]) => slips.map((s) => s.number);
  return [
    {
      type: 'deliveryFailed',
      unit,
      on,
      issueNotice,
      slips: numbers(hit),
      held: numbers(held),
      voided: numbers(voided),
    },
  ];
}

function handed(task: Task, { unit, on, notices }: Delivery, turn: Turn): EventDraft[] {
  const { calendar, policy } = turn.context;
  const acknowledgement = task.acknowledgements[unit];
  const restarts =
    notices.some((n) => n.kind === 'issue') &&
    acknowledgement?.acknowledgedOn === null &&
    acknowledgement.handedOn !== on;
  const delivered = notices.map((n) => n.slip);
  const waiting = leadsOf(task).includes(unit)
    ? task.ladder.slips.filter((s) => s.limitOn === null && !s.void && delivered.includes(s.number))
    : [];
  const slipLimits = Object.fromEntries(
    waiting.map((s) => {
      const limit = policy.ladder.find((r) => r.colour === s.colour)?.limitWorkingDays ?? 1;
      return [s.number, workingDay(calendar, on, limit)];
    }),
  );
  const nothingNew = !restarts && waiting.length === 0 && !(unit in task.unreached);
  return nothingNew ? [] : [{ type: 'delivered', unit, on, issueHandedOn: restarts ? on : null, slipLimits }];
}
