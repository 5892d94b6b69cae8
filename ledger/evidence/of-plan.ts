/** The evidence of a plan's tasks with everything that was said about it, a few tasks at a time. */
import type { TaskEvent } from '../../domain/events';
import type { PlanId, TaskId } from '../../domain/plan';
import type { Task } from '../../domain/task';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';

/** One task's record. */
export interface TaskEvidence {
  task: TaskId;
  title: string;
  status: Task['status'];
  /** The last event of its record, which the pack can be compared with. */
  headSeq: number;
  headHash: string;
  items: Task['evidence'];
  versions: Task['versions'];
  /** Who added, handed in, accepted and returned it, in order. */
  events: TaskEvent[];
}

/** Few enough for any memory, with evidence by the hundred. */
const AT_ONCE = 50;

const ABOUT_EVIDENCE = ['evidenceAdded', 'evidenceSubmitted', 'evidenceAccepted', 'evidenceReturned'] as const;

/** Every launched task of the plan in the order of ids, also those without evidence. */
export async function* evidenceOfPlan(db: Db, plan: PlanId): AsyncGenerator<TaskEvidence> {
  for (let after = ''; ; ) {
    const rows = await withLedgerErrors(() =>
      db
        .selectFrom('streams')
        .select(['id', 'state', 'head_seq', 'head_hash'])
        .where('plan', '=', plan)
        .where('kind', '=', 'task')
        .where('head_seq', '>', 0)
        .where('id', '>', after)
        .orderBy('id')
        .limit(AT_ONCE)
        .execute(),
    );
    const said = await eventsOf(
      db,
      rows.map(({ id }) => id),
    );
    for (const { id, state, head_seq, head_hash } of rows) {
      after = id;
      // Of a stream whose kind is task the state is a task's.
      const task = state as Task | null;
      if (!task) continue;
      yield {
        task: task.id,
        title: task.title,
        status: task.status,
        headSeq: head_seq,
        headHash: head_hash,
        items: task.evidence,
        versions: task.versions,
        events: said.get(id) ?? [],
      };
    }
    if (rows.length < AT_ONCE) return;
  }
}

async function eventsOf(db: Db, streams: string[]): Promise<Map<string, TaskEvent[]>> {
  if (streams.length === 0) return new Map();
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('events')
      .select(['stream', 'body'])
      .where('stream', 'in', streams)
      .where('type', 'in', ABOUT_EVIDENCE)
      .orderBy('stream')
      .orderBy('seq')
      .execute(),
  );
  const events = new Map<string, TaskEvent[]>();
  // A task's stream holds a task's events.
  for (const { stream, body } of rows) events.set(stream, [...(events.get(stream) ?? []), body as TaskEvent]);
  return events;
}

/** Head of every record of the plan: its tasks', and the plan's own. */
export async function headsOfPlan(db: Db, plan: PlanId): Promise<{ stream: string; seq: number; hash: string }[]> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('streams').select(['id', 'head_seq', 'head_hash']).where('plan', '=', plan).orderBy('id').execute(),
  );
  return rows.map(({ id, head_seq, head_hash }) => ({ stream: id, seq: head_seq, hash: head_hash }));
}
