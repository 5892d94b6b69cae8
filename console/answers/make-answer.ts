/** Makes the move of an answer: reserved, sent, settled; every outcome that a person must be told apart. */
import { type Desk, type MoveOutcome, UnknownOutcome, Unreachable } from '../../client';
import type { Actor } from '../../domain/events';
import { checkMove, checkText } from '../../domain/move-check';
import type { Refusal } from '../../domain/refusals';
import { checkItems } from '../../domain/rules/evidence';
import { LedgerUnavailable } from '../../ledger/errors';
import { type LinkAnswer, reserveAnswer, settleAnswer, type Visitor } from '../../ledger/letters/link-answers';
import type { LinkMove } from '../../ledger/tables';
import type { Visit } from './visit';

export interface Given extends Visitor {
  move: LinkMove;
  /** The handler as he calls himself. */
  who: string;
  moveId: string;
  /** '' for what is answered once. */
  slot: string;
  /** When the form came in (D5). */
  at: string;
}

export type Made =
  | { outcome: 'recorded'; answer: LinkAnswer }
  /** Another answer came first, from another tab or another person. */
  | { outcome: 'already'; answer: LinkAnswer }
  | { outcome: 'refused'; refusal: Refusal }
  /** Nobody can say; sending it again is safe (D15). */
  | { outcome: 'unknown' };

/**
 * Makes it.
 * @param prepare done when nothing speaks against the move, before it is made
 * @throws LedgerUnavailable when not even the reservation could be made: nothing happened
 */
export async function makeAnswer(
  desk: Desk,
  { link, digest, task }: Visit,
  given: Given,
  prepare: () => Promise<void> = async () => {},
): Promise<Made> {
  const { move, who, moveId } = given;
  const refusal = checked(task, link, move, who);
  if (refusal) return { outcome: 'refused', refusal };
  await prepare();
  const held = await reserveAnswer(desk.db, { ...given, digest, link });
  if (held.outcome === 'refused' && held.refusal) return { outcome: 'refused', refusal: held.refusal };
  const mine = held.moveId === moveId;
  if (held.outcome === 'recorded') return { outcome: mine ? 'recorded' : 'already', answer: held };

  const outcome = await send(desk, link, held);
  if (outcome === null) return { outcome: 'unknown' };
  const refused = outcome.outcome === 'refused' ? outcome.refusal : null;
  await settleAnswer(desk.db, held.moveId, refused, given.at);
  if (refused) return { outcome: 'refused', refusal: refused };
  return { outcome: mine ? 'recorded' : 'already', answer: { ...held, outcome: 'recorded' } };
}

/** What needs no process to be refused; a place that was reserved for nothing would only be in the way. */
function checked(task: Visit['task'], link: Visit['link'], move: LinkMove, who: string): Refusal | null {
  const refusal = checkText(who, { max: 60, name: '姓名' });
  if (refusal) return refusal;
  if (move.move === 'reportOnPlan') return checkText(move.text, { max: 5_000, name: '进展' });
  const items = move.move === 'addEvidence' ? checkItems(move.items) : null;
  return items ?? (task && checkMove(task, move, actorOf(link, who)));
}

function actorOf({ role, unit }: Visit['link'], name: string): Actor {
  return { name, role, unit };
}

/** The move as it was reserved, whoever sends it now. Null: the outcome is unknown. */
async function send(
  desk: Desk,
  link: Visit['link'],
  { move, moveId, who, at }: LinkAnswer,
): Promise<MoveOutcome | null> {
  const options = { actor: actorOf(link, who), moveId, receivedAt: at };
  try {
    return move.move === 'reportOnPlan'
      ? await desk.reportOnPlan(link.about, { unit: link.unit, text: move.text }, options)
      : await desk.move(link.about, move, options);
  } catch (error) {
    if (error instanceof UnknownOutcome || error instanceof Unreachable || error instanceof LedgerUnavailable)
      return null;
    throw error;
  }
}
