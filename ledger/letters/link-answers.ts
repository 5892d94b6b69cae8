/**
 * What was answered by link. A place is reserved before the move and settled after it; the reservation holds the whole
 * move, so whoever finds it unsettled makes that same move again under the same id, and nothing happens twice.
 */
import { sql } from 'kysely';
import type { AnswerLink } from '../../domain/answers/answers';
import type { Refusal } from '../../domain/refusals';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import type { LinkMove } from '../tables';

/** Who opened or answered: what the connection says of him. */
export interface Visitor {
  address: string;
  userAgent: string | null;
}

/** One answer, made or on its way. */
export interface LinkAnswer {
  moveId: string;
  outcome: 'pending' | 'recorded' | 'refused';
  move: LinkMove;
  who: string;
  address: string;
  /** When the form came in (D5). */
  at: string;
  refusal: Refusal | null;
}

export interface NewAnswer extends Visitor {
  moveId: string;
  /** Digest of the link. */
  digest: string;
  /** '' for what is answered once. */
  slot: string;
  link: AnswerLink;
  move: LinkMove;
  who: string;
  at: string;
}

/**
 * Reserves the link's place for a move.
 * @returns the answer that holds the place: this one, or another that came first; or this one as it was refused before
 */
export async function reserveAnswer(db: Db, answer: NewAnswer): Promise<LinkAnswer> {
  const { moveId, digest, slot, link, move, who, at, address, userAgent } = answer;
  return withLedgerErrors(async () => {
    await db
      .insertInto('link_answers')
      .values({
        move_id: moveId,
        link: digest,
        slot,
        letter: link.letter,
        about: link.about,
        unit: link.unit,
        role: link.role,
        answer: link.answer,
        move: JSON.stringify(move),
        who,
        address,
        user_agent: userAgent,
        at,
        outcome: 'pending',
        refusal: null,
        settled_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await rows(db)
      .where('link', '=', digest)
      .where('slot', '=', slot)
      .orderBy(sql`outcome = 'refused'`)
      .orderBy(sql`move_id <> ${moveId}`)
      .executeTakeFirstOrThrow();
    return answerOf(row);
  });
}

/** What became of the move. Settled once: a second teller finds it so. */
export async function settleAnswer(db: Db, moveId: string, refusal: Refusal | null, now: string): Promise<void> {
  const outcome = refusal ? 'refused' : 'recorded';
  await withLedgerErrors(() =>
    db
      .updateTable('link_answers')
      .set({ outcome, refusal: refusal && JSON.stringify(refusal), settled_at: now })
      .where('move_id', '=', moveId)
      .where('outcome', '=', 'pending')
      .execute(),
  );
}

/** The answer that holds a link's place, or null. */
export async function answerTo(db: Db, digest: string, slot = ''): Promise<LinkAnswer | null> {
  const row = await withLedgerErrors(() =>
    rows(db).where('link', '=', digest).where('slot', '=', slot).where('outcome', '<>', 'refused').executeTakeFirst(),
  );
  return row ? answerOf(row) : null;
}

function rows(db: Db) {
  return db.selectFrom('link_answers').select(['move_id', 'outcome', 'move', 'who', 'address', 'at', 'refusal']);
}

function answerOf({
  move_id,
  ...rest
}: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): LinkAnswer {
  return { moveId: move_id, ...rest };
}
