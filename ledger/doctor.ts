/** What `doctor` asks of the ledger: does it answer, is it up to date, what does it owe, where does each stream stand. */

import { sql } from 'kysely';
import { instantAfter } from '../domain/days';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { type SchemaVersion, schemaVersion } from './migrate';

export interface LedgerHealth {
  /** PostgreSQL's own version, as it names it. */
  server: string;
  /** Round trip of one query. */
  latencyMs: number;
  /** The database's clock minus ours, less half the round trip: moves are judged by ours (D5). */
  clockAheadMs: number;
  schema: SchemaVersion;
  /** Whether the application has no UPDATE on events, beside the trigger (D10). */
  appendOnlyRole: boolean;
  calendar: { version: string | null; confirmedUntil: string | null };
  streams: number;
  /** Streams with an alarm that should have rung: no worker, or no workflow. */
  overdueAlarms: number;
  noticesWaiting: number;
  feedbackOwed: number;
}

/**
 * @param now ISO instant of the asker
 * @throws LedgerUnavailable if the database does not answer
 */
export async function ledgerHealth(db: Db, now: string): Promise<LedgerHealth> {
  return withLedgerErrors(async () => {
    const startedAt = performance.now();
    const { rows } = await sql<{ server: string; now: string }>`
      SELECT current_setting('server_version') AS server, clock_timestamp() AS now`.execute(db);
    const latencyMs = Math.round(performance.now() - startedAt);
    const [{ server, now: theirs } = { server: '', now }] = rows;
    const clockAheadMs = Math.round(Date.parse(theirs) - Date.now() + latencyMs / 2);
    const schema = await schemaVersion(db);
    return { server, latencyMs, clockAheadMs, schema, ...(schema.pending.length > 0 ? NOTHING : await owed(db, now)) };
  });
}

type Owed = Omit<LedgerHealth, 'server' | 'latencyMs' | 'clockAheadMs' | 'schema'>;

/** Of a ledger that is not migrated nothing more can be asked. */
const NOTHING: Owed = {
  appendOnlyRole: false,
  calendar: { version: null, confirmedUntil: null },
  streams: 0,
  overdueAlarms: 0,
  noticesWaiting: 0,
  feedbackOwed: 0,
};

/** Alarms of 05:00 ring until 07:30 (R4); two hours more are a worker that restarts, not one that is gone. */
const ALARM_GRACE_HOURS = 4.5;

async function owed(db: Db, now: string): Promise<Owed> {
  const rungBefore = instantAfter(now, -ALARM_GRACE_HOURS * 3_600_000);
  const { rows } = await sql<{
    version: string | null;
    confirmed: string | null;
    role: boolean;
    streams: number;
    overdue: number;
    waiting: number;
    feedback: number;
  }>`
    SELECT (SELECT version FROM calendar_version) AS version,
           (SELECT max(year) FROM calendars WHERE status = 'confirmed') AS confirmed,
           NOT has_table_privilege('events', 'UPDATE') AS role,
           (SELECT count(*) FROM streams WHERE head_seq > 0) AS streams,
           (SELECT count(*) FROM streams WHERE next_alarm_at < ${rungBefore}::timestamptz
              AND status = 'open') AS overdue,
           (SELECT count(*) FROM notices WHERE letter IS NULL AND recalled_at IS NULL AND NOT assumed_sent) AS waiting,
           (SELECT count(*) FROM letter_feedback WHERE fed_back_at IS NULL) AS feedback`.execute(db);
  const [row] = rows;
  if (!row) return NOTHING;
  return {
    appendOnlyRole: row.role,
    calendar: { version: row.version, confirmedUntil: row.confirmed },
    streams: row.streams,
    overdueAlarms: row.overdue,
    noticesWaiting: row.waiting,
    feedbackOwed: row.feedback,
  };
}
