/** Turns the board to a day: rows whose light changes by the calendar alone get the one that was reckoned for it. */
import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../domain/days';
import { markTurn, urgencyOf } from './board';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

/** Any number that nothing else of a ledger locks: two readers of a new day turn the board one after the other. */
const LOCK = 7_283_011;

/**
 * Makes the board's lights those of a day; nearly always there is nothing to do, and it costs one look at an index.
 * The console turns it soon after midnight; whoever reads first does it otherwise. It never goes back.
 */
export async function turnBoard(db: Db, on: Day): Promise<void> {
  await withLedgerErrors(async () => {
    const { rows } = await sql<{ behind: boolean }>`SELECT ${isBehind(on)} AS behind`.execute(db);
    if (!rows[0]?.behind) return;
    await db.transaction().execute(async (transaction) => {
      await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(transaction);
      const at = sql`width_bucket(${on}::date, light_from)`;
      await sql`
        UPDATE board SET urgency = ${urgencyOf(sql`colours[${at}]`)}, colour = colours[${at}], reason = reasons[${at}],
          light_since = light_from[${at}], light_until = coalesce(light_from[${at} + 1], 'infinity')
        WHERE light_until <= ${on}::date`.execute(transaction);
      await markTurn(transaction);
    });
  });
}

/** Whether any row is: a condition without a table. */
export function isBehind(on: Day): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT FROM board WHERE light_until <= ${on}::date AND light_until < 'infinity')`;
}
