/** Makes the moves that a reply asks for, in its unit's name and at the instant at which the mail server had it (D5). */
import type { Desk } from '../client';
import { UnknownOutcome } from '../client/errors';
import { assertNever } from '../domain/assert-never';
import { MOVES } from '../domain/moves';
import { type Refusal, sentenceOf } from '../domain/refusals';
import { numberOf } from '../domain/task-ids';
import type { Db } from '../ledger/database';
import { finishReply, type Reply } from '../ledger/replies';
import type { ReplyMove } from '../ledger/tables';

/**
 * Makes what is still to be made and ends the reply. Done again after a crash, the moves keep their ids and happen once.
 * @returns false when nobody could say what became of a move: the reply stays as it is, for the next time
 * @throws LedgerUnavailable
 */
export async function makeMoves(desk: Pick<Desk, 'move'>, db: Db, reply: Reply): Promise<boolean> {
  const { unit, person, receivedAt } = reply;
  if (unit === null || person === null) throw new RangeError(`the reply ${reply.id} is pending and has no unit`);
  const actor = { name: person, role: 'unit', unit } as const;
  const made: ReplyMove[] = [];
  const doubts = [...reply.doubts];
  const stopped = new Set<string>();
  for (const asked of reply.moves) {
    const { task, move, moveId } = asked;
    const no = numberOf(task);
    if (stopped.has(task)) {
      made.push({ ...asked, outcome: 'refused' });
      continue;
    }
    try {
      const answer = await desk.move(task, move, { actor, moveId, receivedAt });
      switch (answer.outcome) {
        case 'recorded':
          made.push({ ...asked, outcome: 'recorded' });
          break;
        case 'refused':
          made.push({ ...asked, outcome: 'refused', refusal: answer.refusal });
          if (isNews(answer.refusal)) {
            // A hand-in without the evidence that was refused would be another one.
            stopped.add(task);
            doubts.push(`${no} ${MOVES[move.move].zh}未被接受：${sentenceOf(answer.refusal, 'zh')}`);
          }
          break;
        default:
          return assertNever(answer);
      }
    } catch (error) {
      if (error instanceof UnknownOutcome) return false;
      throw error;
    }
  }
  await finishReply(db, reply.id, made, doubts);
  return true;
}

/** Signed in the meantime, by a link or by telephone: then everything is well. */
function isNews({ refused }: Refusal): boolean {
  return refused !== 'already-acknowledged';
}
