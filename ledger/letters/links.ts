/** The links of a letter: whose letter it is, whether they were revoked, and that somebody opened one. */
import { sql } from 'kysely';
import type { AnswerLink } from '../../domain/answers/answers';
import type { UnitId } from '../../domain/plan';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import type { Visitor } from './link-answers';

export interface LinkedLetter {
  unit: UnitId;
  person: string | null;
  office: UnitId;
  /** Null: its links count. */
  revokedAt: string | null;
}

/** The letter of a link, or null if the ledger has none of that id. */
export async function linkedLetter(db: Db, id: string): Promise<LinkedLetter | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('letters')
      .leftJoin('link_revocations', 'link_revocations.letter', 'letters.id')
      .select(['to_unit', 'person', 'office', 'revoked_at'])
      .where('letters.id', '=', id)
      .executeTakeFirst(),
  );
  return row ? { unit: row.to_unit, person: row.person, office: row.office, revokedAt: row.revoked_at } : null;
}

/** So often one link's opening is kept: a scanner that comes every hour says nothing new. */
const OPENINGS_KEPT = 50;

/** Notes that somebody, or his mail scanner, opened a link. */
export async function noteOpening(
  db: Db,
  opened: Visitor & { link: AnswerLink; digest: string; now: string },
): Promise<void> {
  const { link, digest, now, address, userAgent } = opened;
  await withLedgerErrors(() =>
    sql`INSERT INTO letter_opens (letter, link, answer, opened_at, address, user_agent)
        SELECT ${link.letter}, ${digest}, ${link.answer}, ${now}::timestamptz, ${address}, ${userAgent}
        WHERE (SELECT count(*) FROM letter_opens WHERE link = ${digest}) < ${OPENINGS_KEPT}`.execute(db),
  );
}

/** Makes every link of a letter void. Revoked twice is revoked once; false if there is no such letter. */
export async function revokeLinks(
  db: Db,
  revocation: { letter: string; by: string; reason: string; now: string },
): Promise<boolean> {
  const { letter, by, reason, now } = revocation;
  return withLedgerErrors(async () => {
    const known = await db.selectFrom('letters').select('id').where('id', '=', letter).executeTakeFirst();
    if (!known) return false;
    await db
      .insertInto('link_revocations')
      .values({ letter, revoked_at: now, revoked_by: by, reason })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return true;
  });
}
