/** What the desk reads in the ledger beside the lists that people see: outcomes of moves, and streams to go on with. */
import type { Task } from '../domain/task';
import type { StreamKind } from '../ledger/contract';
import type { Db } from '../ledger/database';
import { withLedgerErrors } from '../ledger/errors';
import { eventsBetween } from '../ledger/head';
import { loadStream } from '../ledger/relaunch';
import { streamId } from '../ledger/rules';
import type { MoveAnswer } from '../workflows/messages';

/** The outcome that the ledger keeps for a move's id, or null (D4, D15). */
export async function storedAnswer(
  db: Db,
  kind: StreamKind,
  stream: string,
  moveId: string,
): Promise<MoveAnswer | null> {
  const id = streamId(kind, stream);
  return withLedgerErrors(async () => {
    const known = await db
      .selectFrom('intents')
      .select(['first_seq', 'last_seq', 'refusal'])
      .where('stream', '=', id)
      .where('intent', '=', moveId)
      .executeTakeFirst();
    if (!known) return null;
    if (known.refusal) return { outcome: 'refused', refusal: known.refusal };
    if (known.first_seq === null || known.last_seq === null) return { outcome: 'recorded', events: [] };
    const events = await eventsBetween(db, id, known.first_seq, known.last_seq);
    return { outcome: 'recorded', events: events.map(({ seq, at, type }) => ({ seq, at, type })) };
  });
}

/** A task as it stands, or null before its launch. */
export async function storedTask(db: Db, id: string): Promise<Task | null> {
  const loaded = await loadStream(db, { kind: 'task', stream: id });
  // The stream's kind says which of the two states it is.
  return (loaded?.state as Task | undefined) ?? null;
}
