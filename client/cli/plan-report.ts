/** A unit's report on a plan as a whole (R18). */
import { showPlan } from '../../ledger/plans';
import { unitNames } from '../drafts/unit-names';
import type { Answer } from './call';
import { refused } from './failure';
import { actorFor } from './people';
import type { Session } from './session';
import { timeText } from './table';

export async function reportOnPlan(
  session: Session,
  plan: string,
  options: { unit: string; text: string; moveId?: string },
): Promise<Answer> {
  const db = await session.db();
  const { plan: of } = await showPlan(db, plan);
  const unit = (await unitNames(db, of.city))(options.unit);
  const actor = await actorFor(session, { office: of.office, by: ['unit'], unit });
  const { text, moveId } = options;
  const outcome = await (await session.desk()).reportOnPlan(plan, { unit, text }, { actor, moveId });
  if (outcome.outcome === 'refused') throw refused(outcome.refusal);
  const { events } = outcome;
  const move = { move: 'reportOnPlan', unit, text };
  const lines = [
    `方案进展反馈：已记录（${plan} ${of.title}）`,
    ...events.map((e) => `  ${e.seq}. ${e.type} ${timeText(e.at)}`),
  ];
  return { json: { plan, move, moveId: outcome.moveId, actor, events }, text: lines.join('\n') };
}
