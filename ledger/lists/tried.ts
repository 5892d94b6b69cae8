/** What was tried with tasks that are late: urgings by hand and weekly, and letters with what became of them. */
import { sql } from 'kysely';
import type { TaskId } from '../../domain/plan';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { streamId } from '../rules';

export interface Tried {
  urgings: number;
  letters: number;
  /** Of those, handed over to the addressee's server. */
  handed: number;
}

/** Of each of these tasks; one of which nothing was said or done is missing. */
export async function triedWith(db: Db, tasks: readonly TaskId[]): Promise<Map<TaskId, Tried>> {
  if (tasks.length === 0) return new Map();
  const streams = tasks.map((task) => streamId('task', task));
  return withLedgerErrors(async () => {
    const urged = await sql<{ stream: string; count: number }>`
        SELECT stream, count(*) AS count FROM events WHERE stream = ANY(${streams}::text[]) AND type = 'urged'
        GROUP BY stream`.execute(db);
    const written = await sql<{ stream: string; letters: number; handed: number }>`
        SELECT stream, count(DISTINCT letters.id) AS letters,
          count(DISTINCT letters.id) FILTER (WHERE letters.state = 'handed' AND letters.bounced_at IS NULL) AS handed
        FROM notices JOIN letter_notices ON letter_notices.notice = notices.id JOIN letters ON letters.id = letter_notices.letter
        WHERE stream = ANY(${streams}::text[]) GROUP BY stream`.execute(db);
    const urgings = new Map(urged.rows.map(({ stream, count }) => [stream, count]));
    const letters = new Map(written.rows.map((row) => [row.stream, row]));
    return new Map(
      tasks.map((task) => {
        const stream = streamId('task', task);
        const said = letters.get(stream);
        return [task, { urgings: urgings.get(stream) ?? 0, letters: said?.letters ?? 0, handed: said?.handed ?? 0 }];
      }),
    );
  });
}
