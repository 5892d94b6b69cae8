/** What was typed into a form whose session had ended: sealed, found by the digest of a random id, for its own user. */
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

export interface KeptForm {
  login: string;
  /** Sealed. */
  body: string;
}

/** So many wait for one user; the oldest go. */
const MOST = 10;

export async function keepForm(
  db: Db,
  { digest, login, body, endsAt, now }: KeptForm & { digest: string; endsAt: string; now: string },
): Promise<void> {
  await withLedgerErrors(async () => {
    await db.deleteFrom('kept_forms').where('ends_at', '<', now).execute();
    await db.insertInto('kept_forms').values({ digest, login, body, ends_at: endsAt }).execute();
    const newest = db
      .selectFrom('kept_forms')
      .select('digest')
      .where('login', '=', login)
      .orderBy('ends_at', 'desc')
      .orderBy('digest')
      .limit(MOST);
    await db.deleteFrom('kept_forms').where('login', '=', login).where('digest', 'not in', newest).execute();
  });
}

export async function findKeptForm(db: Db, digest: string, now: string): Promise<KeptForm | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('kept_forms')
      .select(['login', 'body'])
      .where('digest', '=', digest)
      .where('ends_at', '>', now)
      .executeTakeFirst(),
  );
  return row ?? null;
}
