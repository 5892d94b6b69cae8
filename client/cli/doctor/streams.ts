/** Where the two memories differ: what the ledger says of each stream, and what its workflow says. */
import { randomUUID } from 'node:crypto';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { SYSTEM } from '../../../domain/events';
import { openStreams, type RunningStream } from '../../../ledger/relaunch';
import {
  deliverSignal,
  planStateQuery,
  planWorkflowId,
  recalendarSignal,
  type StreamView,
  stateQuery,
  taskWorkflowId,
} from '../../../workflows/messages';
import type { Session } from '../session';

export interface Difference {
  stream: string;
  kind: 'task' | 'plan';
  /** workflow-ahead: `--repair` fills the ledger. The others: `--relaunch`. */
  what: 'no-workflow' | 'workflow-ahead' | 'ledger-ahead' | 'other-epoch' | 'trouble' | 'no-answer' | 'not-in-ledger';
  ledger: number | null;
  workflow: number | null;
  said: string;
}

export interface Comparison {
  streams: number;
  differences: Difference[];
}

/** Asked at once: each is two short calls. */
const AT_ONCE = 20;
/** A workflow that is not in memory is read back first, and a hundred may be asked at once of a busy worker. */
const QUERY_MS = 20_000;

/** Compares every stream that has begun and not ended, and looks for workflows that the ledger does not know. */
export async function compareStreams(session: Session): Promise<Comparison> {
  const streams = await openStreams(await session.db());
  const { temporal } = await session.desk();
  const differences: Difference[] = [];
  const queue = [...streams];
  const worker = async () => {
    for (let stream = queue.shift(); stream; stream = queue.shift()) {
      const difference = await compare(temporal, stream);
      if (difference) differences.push(difference);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const strangers = await unknownToTheLedger(temporal, streams);
  const all = [...differences, ...strangers].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  return { streams: streams.length, differences: all };
}

async function compare(temporal: Client, { kind, stream, epoch, headSeq }: RunningStream): Promise<Difference | null> {
  const differs = (what: Difference['what'], said: string, workflow: number | null = null): Difference => ({
    stream,
    kind,
    what,
    ledger: headSeq,
    workflow,
    said,
  });
  const handle = temporal.workflow.getHandle(workflowIdOf(kind, stream));
  try {
    const { status } = await handle.describe();
    if (status.name !== 'RUNNING') return differs('no-workflow', `流程已结束（${status.name}）`);
    const ask = async (): Promise<StreamView<{ seq: number }>> =>
      kind === 'task' ? handle.query(stateQuery) : handle.query(planStateQuery);
    const view = await temporal.connection.withDeadline(Date.now() + QUERY_MS, ask);
    const seq = view.state?.seq ?? 0;
    if (view.epoch !== epoch) return differs('other-epoch', `流程属于第${view.epoch}代，台账为第${epoch}代`, seq);
    if (seq > headSeq) return differs('workflow-ahead', `流程已到第${seq}条，台账只到第${headSeq}条`, seq);
    if (seq < headSeq) return differs('ledger-ahead', `台账已到第${headSeq}条，流程只到第${seq}条`, seq);
    return view.trouble ? differs('trouble', `${view.trouble.what}，${view.trouble.retryAt}再试`, seq) : null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return differs('no-workflow', '没有流程');
    return differs('no-answer', `流程没有回答：${error instanceof Error ? error.message : String(error)}`);
  }
}

function workflowIdOf(kind: 'task' | 'plan', stream: string): string {
  return kind === 'task' ? taskWorkflowId(stream) : planWorkflowId(stream);
}

/** Running workflows of streams that the ledger has not, or has as closed: it is older than they are. */
async function unknownToTheLedger(temporal: Client, streams: RunningStream[]): Promise<Difference[]> {
  const known = new Set(streams.map(({ kind, stream }) => workflowIdOf(kind, stream)));
  const strangers: Difference[] = [];
  const query = 'WorkflowType IN ("reformTask", "planReports") AND ExecutionStatus = "Running"';
  for await (const { workflowId, status } of temporal.workflow.list({ query })) {
    if (known.has(workflowId) || status.name !== 'RUNNING') continue;
    const kind = workflowId.startsWith('task/') ? 'task' : 'plan';
    const stream = workflowId.slice(kind.length + 1);
    strangers.push({ stream, kind, what: 'not-in-ledger', ledger: null, workflow: null, said: '台账中没有' });
  }
  return strangers;
}

/**
 * Makes workflows that are ahead take a step that changes nothing: it finds the ledger behind and fills it (D12).
 * @returns the streams that were asked
 */
export async function repair(session: Session, differences: readonly Difference[]): Promise<string[]> {
  const { temporal } = await session.desk();
  const ahead = differences.filter(({ what }) => what === 'workflow-ahead' || what === 'not-in-ledger');
  for (const { kind, stream } of ahead) {
    const handle = temporal.workflow.getHandle(workflowIdOf(kind, stream));
    const id = `repair:${randomUUID()}`;
    if (kind === 'plan') await handle.signal(recalendarSignal, { calendar: id });
    else {
      const at = session.now();
      const fate = {
        type: 'delivery',
        id,
        at,
        actor: SYSTEM,
        letter: id,
        unit: '',
        outcome: 'handed',
        on: session.today(),
        notices: [],
      } as const;
      await handle.signal(deliverSignal, [{ ...fate, notices: [] }]);
    }
  }
  return ahead.map(({ stream }) => stream);
}
