/**
 * Which tasks and plans changed, for pages that are open. A reader remembers the oldest transaction that was running
 * when it last looked, and looks from there on: what commits late is found late, and nothing is passed over.
 */
import { sql } from 'kysely';
import type { PlanId, UnitId } from '../domain/plan';
import type { StreamKind } from './contract';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

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
      return rows
        .filter(({ stream, seq }) => before.get(stream) !== seq)
        .map(({ stream, kind, plan, office, units, seq }) => {
          return { kind, id: stream.slice(kind.length + 1), plan, office: office ?? '', units, seq };
        });
    });
}

interface Row {
  stream: string;
  kind: StreamKind;
  plan: string;
  office: string | null;
  units: string[];
  seq: number;
}

/** One statement, so that the rows and what was running are of one moment. */
async function changedSince(db: Db, since: string | null): Promise<{ running: string; rows: Row[] }> {
  const { rows } = await sql<{ running: string } & (Row | { stream: null })>`
    SELECT running::text, id AS stream, kind, plan, office, units, head_seq AS seq
    FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS running) AS now
    LEFT JOIN streams ON changed_xid >= coalesce(${since}::xid8, running)`.execute(db);
  return { running: rows[0]?.running ?? '0', rows: rows.filter((row) => row.stream !== null) };
}
