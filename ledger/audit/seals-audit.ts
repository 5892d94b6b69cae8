/** Verifies the seals (D11): their own chain, and that every head they name is still there. */

import { GENESIS, hashOf } from '../canonical';
import type { Db } from '../database';
import type { AuditFinding } from './audit';
import type { SealBody } from './seals';

export async function verifySeals(db: Db, plan?: string): Promise<{ seals: number; firstBad: AuditFinding | null }> {
  let query = db.selectFrom('seals').selectAll().orderBy('plan').orderBy('sealed_on');
  if (plan !== undefined) query = query.where('plan', '=', plan);
  let seals = 0;
  let last = { plan: '', hash: GENESIS };
  for (const row of await query.execute()) {
    seals += 1;
    const bad = (problem: string) => ({
      seals,
      firstBad: { where: `seal ${row.plan}`, row: row.sealed_on, problem } satisfies AuditFinding,
    });
    const prev = last.plan === row.plan ? last.hash : GENESIS;
    if (row.prev !== prev) return bad('it does not follow the seal before it');
    if (row.hash !== hashOf(prev, row.body)) return bad('its body is not what was hashed');
    const body = JSON.parse(row.body) as SealBody;
    if (body.plan !== row.plan || body.on !== row.sealed_on) return bad('it is filed under another plan or day');
    const lost = await firstLostHead(db, body);
    if (lost) return bad(lost);
    last = row;
  }
  return { seals, firstBad: null };
}

async function firstLostHead(db: Db, { heads }: SealBody): Promise<string | null> {
  for (let from = 0; from < heads.length; from += 1_000) {
    const part = heads.slice(from, from + 1_000);
    const rows = await db
      .selectFrom('events')
      .select(['stream', 'seq', 'hash'])
      .where((where) =>
        where(
          where.refTuple('stream', 'seq'),
          'in',
          part.map(([stream, seq]) => where.tuple(stream, seq)),
        ),
      )
      .execute();
    const found = new Map(rows.map((row) => [`${row.stream}#${row.seq}`, row.hash]));
    for (const [stream, seq, hash] of part) {
      const now = found.get(`${stream}#${seq}`);
      if (now === undefined) return `${stream} has lost event ${seq}, which was sealed`;
      if (now !== hash) return `${stream} has another event ${seq} than the one that was sealed`;
    }
  }
  return null;
}
