/** Whether letters leave, for `doctor` and the metrics: what waits, since when nothing left, and who stands still for it. */
import { sql } from 'kysely';
import type { WorkCalendar } from '../domain/calendar';
import { type Day, instantAfter } from '../domain/days';
import { workingDayWithin } from '../domain/rounds';
import { loadCalendar } from './calendars';
import type { Db } from './database';
import { withLedgerErrors } from './errors';

export interface MailHealth {
  /** Notices that no letter holds yet. */
  notices: number;
  /** Letters that are to be sent, in sending, or of unknown fate. */
  waiting: number;
  unsure: number;
  /** When the oldest of those was written. */
  oldestAt: string | null;
  /** Letters given up for good, and letters whose notices went into a later one, in the last 24 hours. */
  failed: number;
  superseded: number;
  lastHandedAt: string | null;
  /** The first slot since the last hand-over whose letters did not leave; null while they do. */
  stuckSince: string | null;
  /** A whole working day since then on which nothing left: the alarm is to be loud. */
  stuckOn: Day | null;
  /** What was answered last to a letter that did not leave. */
  answer: string | null;
  /** Open tasks of which some unit's clocks stand still (R33). */
  standingStill: number;
}

/** One address that is refused is its own fault; so many, and nothing handed over since, are a server that refuses us. */
const REFUSED_ALIKE = 3;

/** The part of it that says whether the alarm is to be loud: all that pages and watchers need. */
export type MailStandstill = Pick<MailHealth, 'lastHandedAt' | 'stuckSince' | 'stuckOn' | 'answer'>;

/** @param now ISO instant of the asker */
export async function mailHealth(db: Db, now: string): Promise<MailHealth> {
  return withLedgerErrors(async () => {
    const dayAgo = instantAfter(now, -86_400_000);
    const { rows } = await sql<Omit<MailHealth, keyof MailStandstill>>`
      SELECT
        (SELECT count(*) FROM notices WHERE letter IS NULL AND recalled_at IS NULL AND NOT assumed_sent) AS notices,
        (SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending', 'unsure')) AS waiting,
        (SELECT count(*) FROM letters WHERE state = 'unsure') AS unsure,
        (SELECT min(made_at) FROM letters WHERE state IN ('waiting', 'sending', 'unsure')) AS "oldestAt",
        (SELECT count(*) FROM letters WHERE state = 'failed' AND failed_at > ${dayAgo}) AS failed,
        (SELECT count(*) FROM letters WHERE state = 'superseded' AND slot_at > ${dayAgo}) AS superseded,
        (SELECT count(*) FROM board
          WHERE unreached <> '{}' AND status IN ('open', 'suspended')) AS "standingStill"`.execute(db);
    const [row] = rows;
    if (!row) throw new RangeError('the ledger gave no answer about its letters');
    return { ...row, ...(await mailStandstill(db, now)) };
  });
}

/** @param now ISO instant of the asker */
export async function mailStandstill(db: Db, now: string): Promise<MailStandstill> {
  return withLedgerErrors(async () => {
    // The states are named for letters_not_handed: what was handed over is most of the table, and never stuck.
    const { rows } = await sql<Omit<MailStandstill, 'stuckOn'>>`
      WITH last AS (SELECT max(handed_at) AS at FROM letters),
      since AS (
        SELECT l.slot_at, l.answer, l.state, l.address FROM letters l, last
        WHERE l.state IN ('waiting', 'sending', 'unsure', 'superseded', 'failed')
          AND l.address IS NOT NULL AND l.attempts > 0 AND (last.at IS NULL OR l.made_at > last.at)),
      stuck AS (
        SELECT slot_at, answer FROM since
        WHERE state <> 'failed'
          OR (SELECT count(DISTINCT address) FROM since WHERE state = 'failed') >= ${REFUSED_ALIKE})
      SELECT
        (SELECT at FROM last) AS "lastHandedAt",
        (SELECT min(slot_at) FROM stuck) AS "stuckSince",
        (SELECT answer FROM stuck ORDER BY slot_at DESC LIMIT 1) AS answer`.execute(db);
    const [row] = rows;
    if (!row) throw new RangeError('the ledger gave no answer about its letters');
    if (row.stuckSince === null) return { ...row, stuckOn: null };
    const calendar: WorkCalendar = await loadCalendar(db);
    return { ...row, stuckOn: workingDayWithin(calendar, row.stuckSince, now) };
  });
}
