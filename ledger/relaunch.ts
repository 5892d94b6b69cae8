/**
 * What a relaunch needs (D9): the streams that are to run again, and all that a workflow takes over. The epoch itself is
 * raised by `record`, when the new workflow's `relaunch` intent comes with the next one.
 */
import type { AnyEvent, StreamKind } from './contract';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { newestEvents } from './head';
import { type AnyState, streamId } from './rules';
import type { StreamsTable } from './tables';

export interface RunningStream {
  kind: StreamKind;
  /** Task id or plan id. */
  stream: string;
  plan: string;
  epoch: number;
  headSeq: number;
  status: StreamsTable['status'];
}

/** Every stream that has begun and not ended, by id: what must have a workflow. */
export async function openStreams(db: Db, plan?: string): Promise<RunningStream[]> {
  let query = db
    .selectFrom('streams')
    .select(['id', 'kind', 'plan', 'epoch', 'head_seq', 'status'])
    .where('status', 'in', ['open', 'suspended'])
    .orderBy('id');
  if (plan !== undefined) query = query.where('plan', '=', plan);
  const rows = await withLedgerErrors(() => query.execute());
  return rows.map(({ id, kind, epoch, head_seq, status, ...row }) => ({
    kind,
    stream: id.slice(kind.length + 1),
    plan: row.plan,
    epoch,
    headSeq: head_seq,
    status,
  }));
}

export interface LoadedStream {
  epoch: number;
  state: AnyState;
  /** The newest events that fit into one payload, oldest first (D12). */
  log: AnyEvent[];
}

/** What a workflow takes over; null when the stream is unknown or nothing ever happened in it. */
export async function loadStream(
  db: Db,
  { kind, stream }: { kind: StreamKind; stream: string },
): Promise<LoadedStream | null> {
  const id = streamId(kind, stream);
  return withLedgerErrors(() =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        const head = await transaction
          .selectFrom('streams')
          .select(['epoch', 'state'])
          .where('id', '=', id)
          .executeTakeFirst();
        if (!head?.state) return null;
        return { epoch: head.epoch, state: head.state, log: await newestEvents(transaction, id) };
      }),
  );
}
