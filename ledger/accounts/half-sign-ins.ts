/** Who has shown his password and owes his second factor: known by the digest of a random id, for a few minutes. */
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

export interface HalfSignIn {
  login: string;
  /** Of the authenticator that is being set up, sealed; null: he has one. */
  secret: string | null;
}

/** Begins one; those that ended are swept out with it. */
export async function beginHalf(
  db: Db,
  { digest, login, secret, endsAt, now }: HalfSignIn & { digest: string; endsAt: string; now: string },
): Promise<void> {
  await withLedgerErrors(async () => {
    await db.deleteFrom('half_sign_ins').where('ends_at', '<', now).execute();
    await db.insertInto('half_sign_ins').values({ digest, login, secret, ends_at: endsAt }).execute();
  });
}

export async function findHalf(db: Db, digest: string, now: string): Promise<HalfSignIn | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('half_sign_ins')
      .innerJoin('users', 'users.login', 'half_sign_ins.login')
      .select(['half_sign_ins.login', 'half_sign_ins.secret'])
      .where('half_sign_ins.digest', '=', digest)
      .where('half_sign_ins.ends_at', '>', now)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  return row ?? null;
}

/** False if it had ended: of two who finish one, one does. */
export async function endHalf(db: Db, digest: string): Promise<boolean> {
  const { numDeletedRows } = await withLedgerErrors(() =>
    db.deleteFrom('half_sign_ins').where('digest', '=', digest).executeTakeFirst(),
  );
  return numDeletedRows === 1n;
}
