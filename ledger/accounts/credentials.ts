/** What users prove themselves by: the hash of a password, a sealed second factor, digests of recovery codes. */
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

/** The user's hash; null where there is none, and for a login that nobody has or that is disabled. */
export async function passwordOf(db: Db, login: string): Promise<string | null> {
  const row = await withLedgerErrors(() =>
    db
      .selectFrom('users')
      .select('password')
      .where('login', '=', login)
      .where('disabled_at', 'is', null)
      .executeTakeFirst(),
  );
  return row?.password ?? null;
}

/** @param password argon2id in PHC format */
export async function setPassword(db: Db, login: string, password: string): Promise<void> {
  await withLedgerErrors(() => db.updateTable('users').set({ password }).where('login', '=', login).execute());
}

/** The sealed secret of the user's authenticator, or null. */
export async function factorOf(db: Db, login: string): Promise<{ secret: string; madeAt: string } | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('second_factors').select(['secret', 'made_at']).where('login', '=', login).executeTakeFirst(),
  );
  return row ? { secret: row.secret, madeAt: row.made_at } : null;
}

export interface NewFactor {
  /** Sealed. */
  secret: string;
  /** The step of the code by which it was confirmed: used already. */
  step: number;
  recoveryDigests: readonly string[];
  /** ISO instant. */
  at: string;
}

/** A first authenticator. False: there is one already, which stays. */
export async function putFirstFactor(db: Db, login: string, factor: NewFactor): Promise<boolean> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      const { secret, step, at } = factor;
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('second_factors')
        .values({ login, secret, last_step: step, made_at: at })
        .onConflict((conflict) => conflict.column('login').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await addRecoveryCodes(transaction, login, factor);
      return true;
    }),
  );
}

async function addRecoveryCodes(db: Db, login: string, { recoveryDigests }: NewFactor): Promise<void> {
  // Of an authenticator that was taken away none counts any more.
  await db.deleteFrom('recovery_codes').where('login', '=', login).execute();
  const rows = recoveryDigests.map((digest) => ({ digest, login, used_at: null }));
  await db.insertInto('recovery_codes').values(rows).execute();
}

/** An authenticator in place of any other, with new recovery codes: the old ones count no more. */
export async function putFactor(db: Db, login: string, factor: NewFactor): Promise<void> {
  const { secret, step, at } = factor;
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await dropFactor(transaction, login);
      await transaction.insertInto('second_factors').values({ login, secret, last_step: step, made_at: at }).execute();
      await addRecoveryCodes(transaction, login, factor);
    }),
  );
}

/** Takes the user's authenticator and recovery codes away; he sets up another. */
export async function dropFactor(db: Db, login: string): Promise<void> {
  await withLedgerErrors(async () => {
    await db.deleteFrom('recovery_codes').where('login', '=', login).execute();
    await db.deleteFrom('second_factors').where('login', '=', login).execute();
  });
}

/** Uses a step up. False if it, or a later one, was used before: a code counts once, also of two at one moment. */
export async function useStep(db: Db, login: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await withLedgerErrors(() =>
    db
      .updateTable('second_factors')
      .set({ last_step: step })
      .where('login', '=', login)
      .where('last_step', '<', step)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** Uses a recovery code up. False if it is not the user's, or was used. */
export async function useRecoveryCode(db: Db, login: string, digest: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await withLedgerErrors(() =>
    db
      .updateTable('recovery_codes')
      .set({ used_at: at })
      .where('digest', '=', digest)
      .where('login', '=', login)
      .where('used_at', 'is', null)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** How many recovery codes the user has left. */
export async function recoveryCodesLeft(db: Db, login: string): Promise<number> {
  const { left } = await withLedgerErrors(() =>
    db
      .selectFrom('recovery_codes')
      .select((row) => row.fn.countAll<number>().as('left'))
      .where('login', '=', login)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  return left;
}
