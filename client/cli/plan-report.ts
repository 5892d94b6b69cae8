/** A unit's report on a plan as a whole (R18). */
import { showPlan } from '../../ledger/plans';
import { deskAs } from '../as-user';
import { unitNames } from '../drafts/unit-names';
import { authorise } from '../reader';
import type { Answer } from './call';
import { refused } from './failure';
import { userOf } from './people';
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
  const user = await userOf(session, of.office);
  const actor = authorise(user, 'reportOnPlan', { office: of.office, unit });
  const { text, moveId } = options;
  const desk = deskAs(await session.desk(), user);
  const outcome = await desk.reportOnPlan(plan, { unit, text }, { moveId });
  if (outcome.outcome === 'refused') throw refused(outcome.refusal);
  const { events } = outcome;
  const move = { move: 'reportOnPlan', unit, text };
  const lines = [
    `方案进展反馈：已记录（${plan} ${of.title}）`,
    ...events.map((e) => `  ${e.seq}. ${e.type} ${timeText(e.at)}`),
  ];
  return { json: { plan, move, moveId: outcome.moveId, actor, events }, text: lines.join('\n') };
}
