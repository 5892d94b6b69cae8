/** Writes what was decided: the events with their hash chain (D10), and the head with its read model. */
import { instantOf } from '../domain/days';
import type { PlanReports } from '../domain/plan-reports';
import { leadsOf, type Task, unitsOf } from '../domain/task';
import { canonicalJson, FORMAT, GENESIS, hashOf } from './canonical';
import type { AnyEvent, StreamKind } from './contract';
import type { Db } from './database';
import type { Head } from './head';
import { type AnyState, RULES } from './rules';

/** A head behind which something has happened. */
export type MovedHead = Head & { state: AnyState };

/**
 * Appends events behind a locked head and moves it.
 * @returns the head as it stands then
 * @throws Error if the events do not continue the head: a bug of the rules, never of the asker
 */
export async function append(db: Db, kind: StreamKind, head: Head, events: AnyEvent[]): Promise<MovedHead> {
  let { state, head_seq: seq, head_hash: hash } = head;
  let stateText = '';
  const rows = events.map((event) => {
    seq += 1;
    if (event.seq !== seq) throw new Error(`${head.id}: event ${event.seq} (${event.type}) where ${seq} must follow`);
    state = RULES[kind].fold(state, event);
    const bytes = canonicalJson(event);
    stateText = canonicalJson(state);
    const row = {
      stream: head.id,
      seq,
      intent: event.intent,
      type: event.type,
      at: event.at,
      format: FORMAT,
      bytes,
      prev_hash: hash,
      hash: hashOf(hash, bytes),
      state_digest: hashOf(GENESIS, stateText),
    };
    hash = row.hash;
    return row;
  });
  if (state === null || rows.length === 0) throw new Error(`${head.id}: nothing to append`);
  // A step has few events; a stream that is filled again has up to some thousands, and a query 65,535 parameters.
  for (let from = 0; from < rows.length; from += 1_000) {
    await db
      .insertInto('events')
      .values(rows.slice(from, from + 1_000))
      .execute();
  }
  await db
    .updateTable('streams')
    .set({ head_seq: seq, head_hash: hash, head_at: state.at, state: stateText, ...readModelOf(state) })
    .where('id', '=', head.id)
    .execute();
  return { ...head, head_seq: seq, head_hash: hash, state };
}

function readModelOf(state: AnyState) {
  const [next] = state.alarms;
  return {
    title: state.title,
    status: state.status,
    office: state.office,
    ...('parties' in state ? taskColumns(state) : planColumns(state)),
    next_alarm_on: next?.on ?? null,
    next_alarm_at: next ? instantOf(next.on, next.time) : null,
  };
}

function taskColumns(task: Task) {
  return {
    category: task.category,
    type: task.type,
    leads: leadsOf(task),
    units: unitsOf(task),
    due_on: task.dueOn,
    original_due_on: task.originalDueOn,
    completed_on: task.completedOn,
  };
}

function planColumns(plan: PlanReports) {
  return { units: plan.addressees };
}
