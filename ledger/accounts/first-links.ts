/** One-time links by which somebody sets his password. The link is kept nowhere, only its digest. */
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

export interface NewLink {
  digest: string;
  login: string;
  by: string;
  /** ISO instants. */
  at: string;
  endsAt: string;
}

/** A new link in place of the user's others. */
export async function putFirstLink(db: Db, { digest, login, by, at, endsAt }: NewLink): Promise<void> {
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('first_links').where('login', '=', login).execute();
      await transaction
        .insertInto('first_links')
        .values({ digest, login, made_at: at, made_by: by, ends_at: endsAt, used_at: null })
        .execute();
    }),
  );
}

/** Whose link it is, if it still counts. */
export async function openFirstLink(db: Db, digest: string, now: string): Promise<string | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('first_links')
      .innerJoin('users', 'users.login', 'first_links.login')
      .select('first_links.login')
      .where('first_links.digest', '=', digest)
      .where('first_links.used_at', 'is', null)
      .where('first_links.ends_at', '>', now)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  return row?.login ?? null;
}

/** Uses a link up. False if another was first. */
export async function useFirstLink(db: Db, digest: string, now: string): Promise<boolean> {
  const { numUpdatedRows } = await withLedgerErrors(() =>
    db
      .updateTable('first_links')
      .set({ used_at: now })
      .where('digest', '=', digest)
      .where('used_at', 'is', null)
      .where('ends_at', '>', now)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}
