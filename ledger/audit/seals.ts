/**
 * The daily seal of a plan (D11): one hash over the heads of all its streams and over the seal before. Printed in
 * letters and bulletins, it tells later that no tail was cut and no task is missing.
 */
import type { Day } from '../../domain/days';
import type { PlanId } from '../../domain/plan';
import { canonicalJson, GENESIS, hashOf } from '../canonical';
import type { Db } from '../database';
import { LedgerRefusal, withLedgerErrors } from '../errors';

/** What is hashed: every stream of the plan with the number and hash of its last event, by id. */
export interface SealBody {
  plan: PlanId;
  on: Day;
  heads: [stream: string, seq: number, hash: string][];
}

export interface Seal {
  plan: PlanId;
  on: Day;
  prev: string;
  hash: string;
}

/**
 * Seals a plan for a day, once: asked again, it returns the day's seal. The day is the caller's, because a seal made
 * just after midnight may belong to either.
 * @throws LedgerRefusal `unknown-plan`, or `already-sealed` if a later day has a seal
 */
export async function sealPlan(db: Db, plan: PlanId, on: Day): Promise<Seal> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      // Two who seal at once: one makes it, the other finds it.
      const row = await transaction
        .selectFrom('plans')
        .select('id')
        .where('id', '=', plan)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new LedgerRefusal('unknown-plan', `there is no plan ${plan}`, 'duban plan list');
      const last = await lastSeal(transaction, plan);
      if (last?.on === on) return last;
      if (last && last.on > on) {
        throw new LedgerRefusal(
          'already-sealed',
          `${plan} is sealed up to ${last.on}; ${on} cannot be sealed any more`,
        );
      }
      const seal = { plan, on, prev: last?.hash ?? GENESIS };
      const body = canonicalJson({ plan, on, heads: await headsOf(transaction, plan) } satisfies SealBody);
      const hash = hashOf(seal.prev, body);
      await transaction.insertInto('seals').values({ plan, sealed_on: on, prev: seal.prev, hash, body }).execute();
      return { ...seal, hash };
    }),
  );
}

/** The newest seal of a plan, or the newest up to a day: what a letter or bulletin of that day prints. */
export async function lastSeal(db: Db, plan: PlanId, upTo?: Day): Promise<Seal | null> {
  let query = db
    .selectFrom('seals')
    .select(['plan', 'sealed_on as on', 'prev', 'hash'])
    .where('plan', '=', plan)
    .orderBy('sealed_on', 'desc')
    .limit(1);
  if (upTo !== undefined) query = query.where('sealed_on', '<=', upTo);
  return (await withLedgerErrors(() => query.executeTakeFirst())) ?? null;
}

/** The seal with this hash, of one plan or of any: what an auditor holds in print is looked up here. */
export async function findSeal(db: Db, hash: string, plan?: PlanId): Promise<Seal | null> {
  let query = db.selectFrom('seals').select(['plan', 'sealed_on as on', 'prev', 'hash']).where('hash', '=', hash);
  if (plan !== undefined) query = query.where('plan', '=', plan);
  return (await withLedgerErrors(() => query.executeTakeFirst())) ?? null;
}

async function headsOf(db: Db, plan: PlanId): Promise<SealBody['heads']> {
  const rows = await db
    .selectFrom('streams')
    .select(['id', 'head_seq', 'head_hash'])
    .where('plan', '=', plan)
    .where('head_seq', '>', 0)
    .orderBy('id')
    .execute();
  return rows.map((row) => [row.id, row.head_seq, row.head_hash]);
}
