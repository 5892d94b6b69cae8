/** The ledger as the activities speak to it. */
import type { StreamActivities } from '../activities/record';
import type { LaunchLedger } from '../activities/start-tasks';
import type { AnyEvent, RecordRequest } from '../ledger/contract';
import type { Db } from '../ledger/database';
import { withLedgerErrors } from '../ledger/errors';
import { finishLaunch, showPlan } from '../ledger/plans';
import { createRecord } from '../ledger/record';
import { loadStream } from '../ledger/relaunch';
import { type AnyIntent, type AnyState, streamId } from '../ledger/rules';

/** One per process: `record` keeps the calendar between calls. */
export function ledgerOf(db: Db): StreamActivities<AnyState, AnyEvent, AnyIntent> & LaunchLedger {
  const record = createRecord(db);
  return {
    record: (request: RecordRequest) => record(request),
    fill: () => Promise.reject(new Error('the ledger cannot be filled yet')),
    loadStream: (request) => loadStream(db, request),
    showPlan: (plan) => showPlan(db, plan),
    finishLaunch: (plan) => finishLaunch(db, plan),
    begun: (kind, streams) => begun(db, kind, streams),
  };
}

async function begun(db: Db, kind: 'task' | 'plan', streams: string[]): Promise<Set<string>> {
  if (streams.length === 0) return new Set();
  const ids = new Map(streams.map((stream) => [streamId(kind, stream), stream]));
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('streams')
      .select('id')
      .where('id', 'in', [...ids.keys()])
      .where('head_seq', '>', 0)
      .execute(),
  );
  return new Set(rows.flatMap(({ id }) => ids.get(id) ?? []));
}
