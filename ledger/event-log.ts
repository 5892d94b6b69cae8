/** Every event of the ledger as an auditor looks for it: by task, plan, day and actor, the newest first. */
import { sql } from 'kysely';
import { addDays, type Day, instantOf } from '../domain/days';
import type { PlanId, TaskId } from '../domain/plan';
import type { Sight } from '../domain/rights';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

export interface EventFilter {
  plan?: PlanId;
  task?: TaskId;
  on?: Day;
  /** The name of who acted. */
  actor?: string;
  sight: Sight;
  /** Behind this place, see {@link placeOf}. */
  after?: string;
  limit: number;
}

export interface LoggedEvent {
  stream: string;
  seq: number;
  at: string;
  type: string;
  actor: { name: string; role: string; unit: string | null };
  prevHash: string;
  hash: string;
  /** What was hashed. */
  bytes: string;
}

/** Where an event stands in the list, as text. */
function placeOf({ at, stream, seq }: LoggedEvent): string {
  return `${at}|${stream}|${seq}`;
}

const PLACE = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)\|((?:task|plan)\/[a-z0-9/-]{1,80})\|(\d{1,9})$/;

/** Whether this can be a place in the list. */
export function isPlace(text: string): boolean {
  return PLACE.test(text);
}

/** One page, the newest first. */
export async function pageEvents(db: Db, filter: EventFilter): Promise<{ events: LoggedEvent[]; next: string | null }> {
  const { plan, task, on, actor, sight, after, limit } = filter;
  let query = db
    .selectFrom('events')
    .innerJoin('streams', 'streams.id', 'events.stream')
    .select([
      'events.stream',
      'events.seq',
      'events.at',
      'events.type',
      'events.bytes',
      'events.prev_hash',
      'events.hash',
    ])
    .orderBy('events.at', 'desc')
    .orderBy('events.stream', 'desc')
    .orderBy('events.seq', 'desc')
    .limit(limit + 1);
  if (plan !== undefined) query = query.where('streams.plan', '=', plan);
  if (task !== undefined) query = query.where('events.stream', '=', `task/${task}`);
  if (on !== undefined) {
    const [from, to] = [instantOf(on, '00:00'), instantOf(addDays(on, 1), '00:00')];
    query = query.where('events.at', '>=', from).where('events.at', '<', to);
  }
  if (actor !== undefined) query = query.where(sql<boolean>`events.body -> 'actor' ->> 'name' = ${actor}`);
  if (sight !== 'everything') query = query.where('streams.office', 'in', [...sight.offices, '']);
  const [, at, stream, seq] = PLACE.exec(after ?? '') ?? [];
  if (at !== undefined) {
    query = query.where(
      sql<boolean>`(events.at, events.stream, events.seq) < (${at}::timestamptz, ${stream}, ${Number(seq)}::int)`,
    );
  }
  const rows = await withLedgerErrors(() => query.execute());
  const events = rows.slice(0, limit).map((row) => ({
    stream: row.stream,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: actorIn(row.bytes),
    prevHash: row.prev_hash,
    hash: row.hash,
    bytes: row.bytes,
  }));
  const last = events.at(-1);
  return { events, next: rows.length > limit && last ? placeOf(last) : null };
}

/** From what was hashed: every event has one. */
function actorIn(bytes: string): LoggedEvent['actor'] {
  const { actor } = JSON.parse(bytes) as { actor?: Partial<LoggedEvent['actor']> };
  return { name: actor?.name ?? '', role: actor?.role ?? '', unit: actor?.unit ?? null };
}

/** The newest seals of a plan, or of all that are in sight. */
export async function latestSeals(
  db: Db,
  { plans, limit }: { plans: readonly PlanId[]; limit: number },
): Promise<{ plan: PlanId; on: Day; hash: string }[]> {
  if (plans.length === 0) return [];
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('seals')
      .select(['plan', 'sealed_on', 'hash'])
      .where('plan', 'in', plans)
      .orderBy('sealed_on', 'desc')
      .orderBy('plan')
      .limit(limit)
      .execute(),
  );
  return rows.map(({ plan, sealed_on, hash }) => ({ plan, on: sealed_on, hash }));
}
