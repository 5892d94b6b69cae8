/** What a restored database opens to nobody: whatever was ended after its backup must not count again. */
import type { Db } from '../database';

/** @param now ISO instant */
export async function closeDoors(db: Db, now: string): Promise<void> {
  // Sessions before what they refer to; whoever is there signs in again.
  for (const table of ['sessions', 'half_sign_ins', 'kept_forms', 'first_links'] as const) {
    await db.deleteFrom(table).execute();
  }
  // Their names stay, so that it is seen which programs need a new one.
  await db.updateTable('api_tokens').set({ revoked_at: now }).where('revoked_at', 'is', null).execute();
}
