/**
 * Which tasks and plans changed, for pages that are open. A reader remembers the oldest transaction that was running
 * when it last looked, and looks from there on: what commits late is found late, and nothing is passed over.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PlanId, TaskId, UnitId } from '../domain/plan';
import type { Sight } from '../domain/rights';
import type { StreamKind } from './contract';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';
import { streamId } from './rules';

/** One stream that has moved. */
export interface Change {
  kind: StreamKind;
  /** Task id or plan id. */
  id: string;
  plan: PlanId;
  office: UnitId;
  units: UnitId[];
  /** Number of its last event. */
  seq: number;
  /** The transaction that wrote it. */
  xid: string;
}

/** A `pg_current_snapshot()` as text, from whoever may have made it up. */
const SNAPSHOT = /^\d{1,20}:\d{1,20}:[\d,]{0,4000}$/;

/**
 * What has changed that a snapshot did not see: for a page that was read then.
 * @param seen the snapshot; one that is none has seen nothing of what happens
 * @param of limits what is looked at
 * @returns at most so many; null: there may be more
 */
export async function changesSince(
  db: Db,
  seen: string,
  of: { sight: Sight; plan?: PlanId; task?: TaskId },
  most: number,
): Promise<Change[] | null> {
  if (!SNAPSHOT.test(seen)) return null;
  let query = db
    .selectFrom('streams')
    .select([
      'id as stream',
      'kind',
      'plan',
      'office',
      'units',
      'head_seq as seq',
      sql<string>`changed_xid::text`.as('xid'),
    ])
    .where(isUnseen(seen))
    .limit(most + 1);
  if (of.plan !== undefined) query = query.where('plan', '=', of.plan);
  if (of.task !== undefined) query = query.where('id', '=', streamId('task', of.task));
  const { sight } = of;
  if (sight !== 'everything') {
    const [offices, units] = [sql`${sight.offices}::text[]`, sql`${sight.units}::text[]`];
    query = query.where(sql<SqlBool>`(office = ANY(${offices}) OR units && ${units})`);
  }
  try {
    const rows = await withLedgerErrors(() => query.execute());
    return rows.length > most ? null : rows.map(changeOf);
  } catch (error) {
    // It looked like a snapshot, and PostgreSQL knows better.
    if (error instanceof LedgerRefusal && error.code === 'not-storable') return null;
    throw error;
  }
}

/** Whether a snapshot saw a change; one that is none saw nothing. */
export function hasSeen(snapshot: string, { xid }: Pick<Change, 'xid'>): boolean {
  if (!SNAPSHOT.test(snapshot)) return false;
  const [oldest = '0', next = '0', running = ''] = snapshot.split(':');
  if (BigInt(xid) < BigInt(oldest)) return true;
  return BigInt(xid) < BigInt(next) && !running.split(',').includes(xid);
}

/** Whether a stream was changed by a transaction that a snapshot did not see. The bound is for the index on the column. */
export function isUnseen(snapshot: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(changed_xid >= ${snapshot.split(':')[0]}::xid8
    AND NOT pg_visible_in_snapshot(changed_xid, ${snapshot}::pg_snapshot))`;
}

/** Reads the changes since it last read them; the first time none, but what it reads next begins there. */
export function changeReader(db: Db): () => Promise<Change[]> {
  let since: string | null = null;
  /** Told since then, by stream: what is looked at again is not told again. */
  let told = new Map<string, number>();
  return () =>
    withLedgerErrors(async () => {
      const isFirst = since === null;
      const { running, rows } = await changedSince(db, since);
      const before = told;
      told = new Map(rows.map(({ stream, seq }) => [stream, seq]));
      since = running;
      // What changed since the oldest transaction of the whole server began was there before, too.
      if (isFirst) return [];
      return rows.filter(({ stream, seq }) => before.get(stream) !== seq).map(changeOf);
    });
}

function changeOf({ stream, kind, plan, office, units, seq, xid }: Row): Change {
  return { kind, id: stream.slice(kind.length + 1), plan, office: office ?? '', units, seq, xid };
}

interface Row {
  stream: string;
  kind: StreamKind;
  plan: string;
  office: string | null;
  units: string[];
  seq: number;
  xid: string;
}

/** One statement, so that the rows and what was running are of one moment. */
async function changedSince(db: Db, since: string | null): Promise<{ running: string; rows: Row[] }> {
  const { rows } = await sql<{ running: string } & (Row | { stream: null })>`
    SELECT running::text, id AS stream, kind, plan, office, units, head_seq AS seq, changed_xid::text AS xid
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS running) AS now
    LEFT JOIN streams ON changed_xid >= coalesce(${since}::xid8, running)`.execute(db);
  return { running: rows[0]?.running ?? '0', rows: rows.filter((row) => row.stream !== null) };
}
