/** The ledger as the activities speak to it. */
import type { ActivityLedger } from '../activities';
import type { Task } from '../domain/task';
import { sealPlan } from '../ledger/audit/seals';
import type { AnyEvent, RecordRequest } from '../ledger/contract';
import type { Db } from '../ledger/database';
import { withLedgerErrors } from '../ledger/errors';
import { createFill } from '../ledger/fill';
import { oweFatesAgain } from '../ledger/letters/feedback';
import { finishLaunch, launchesUnderWay, listPlans, showPlan } from '../ledger/plans';
import { createRecord } from '../ledger/record';
import { loadStream, openStreams } from '../ledger/relaunch';
import { type AnyIntent, type AnyState, streamId } from '../ledger/rules';

/** One per process: `record` keeps the calendar between calls. */
export function ledgerOf(db: Db): ActivityLedger<AnyState, AnyEvent, AnyIntent> {
  const record = createRecord(db);
  const fill = createFill(db);
  return {
    record: (request: RecordRequest) => record(request),
    fill: (request) => fill(request),
    loadStream: (request) => loadStream(db, request),
    showPlan: (plan) => showPlan(db, plan),
    finishLaunch: (plan) => finishLaunch(db, plan),
    begun: (kind, streams) => begun(db, kind, streams),
    openStreams: (plan) => openStreams(db, plan),
    launchesUnderWay: (plan) => launchesUnderWay(db, plan),
    oweFatesAgain: (plan) => oweFatesAgain(db, plan),
    async loadTask(stream) {
      const loaded = await loadStream(db, { kind: 'task', stream });
      // The stream's kind says which of the two states it is.
      return (loaded?.state as Task | undefined) ?? null;
    },
    async launchedPlans() {
      return (await listPlans(db)).filter(({ status }) => status !== 'draft').map(({ id }) => id);
    },
    sealPlan: (plan, on) => sealPlan(db, plan, on),
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
