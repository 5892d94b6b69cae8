/** Verifications of the record as they go on and end: kept, so that an auditor can show what he verified and when. */
import type { Selectable } from 'kysely';
import type { PlanId } from '../../domain/plan';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import type { VerificationsTable } from '../tables';
import type { AuditFinding } from './audit';

/** What a verification found. */
export interface VerificationReport {
  streams: number;
  events: number;
  seals: number;
  /** Stored files; null where one plan was verified: files belong to no plan. */
  files: number | null;
  /** Null: everything is as it was written. */
  firstBad: AuditFinding | null;
}

export interface Verification {
  id: string;
  plan: PlanId | null;
  askedBy: string;
  askedAt: string;
  /** When somebody last worked on it. */
  seenAt: string;
  /** Chains verified so far, and how many there are. */
  streams: number;
  ofStreams: number;
  report: VerificationReport | null;
  failure: string | null;
}

export async function beginVerification(
  db: Db,
  { id, plan, askedBy, at }: { id: string; plan: PlanId | null; askedBy: string; at: string },
): Promise<void> {
  await withLedgerErrors(() =>
    db.insertInto('verifications').values({ id, plan, asked_by: askedBy, asked_at: at, seen_at: at }).execute(),
  );
}

export async function noteProgress(
  db: Db,
  id: string,
  { streams, ofStreams, at }: { streams: number; ofStreams: number; at: string },
): Promise<void> {
  await withLedgerErrors(() =>
    db.updateTable('verifications').set({ streams, of_streams: ofStreams, seen_at: at }).where('id', '=', id).execute(),
  );
}

export async function endVerification(
  db: Db,
  id: string,
  ended: { report: VerificationReport } | { failure: string },
  at: string,
): Promise<void> {
  const set = 'report' in ended ? { report: JSON.stringify(ended.report) } : { failure: ended.failure };
  await withLedgerErrors(() =>
    db
      .updateTable('verifications')
      .set({ ...set, seen_at: at })
      .where('id', '=', id)
      .execute(),
  );
}

export async function findVerification(db: Db, id: string): Promise<Verification | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('verifications').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  return row ? verificationOf(row) : null;
}

/** The newest first. */
export async function latestVerifications(db: Db, limit: number): Promise<Verification[]> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('verifications').selectAll().orderBy('asked_at', 'desc').orderBy('id').limit(limit).execute(),
  );
  return rows.map(verificationOf);
}

function verificationOf(row: Selectable<VerificationsTable>): Verification {
  return {
    id: row.id,
    plan: row.plan,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    seenAt: row.seen_at,
    streams: row.streams,
    ofStreams: row.of_streams,
    report: row.report,
    failure: row.failure,
  };
}
