/**
 * `audit verify`: recomputes what was recorded (D10, D11). Every event's hash and its place in the chain, every state by
 * folding again, every head, every seal; and names the first row that is not what it was.
 */
import type { Selectable } from 'kysely';
import { canonicalJson, digestOf, GENESIS, hashOf } from '../canonical';
import type { AnyEvent } from '../contract';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { type AnyState, RULES } from '../rules';
import type { EventsTable, StreamsTable } from '../tables';
import { verifySeals } from './seals-audit';

/** The first bad row: where it is, and what is wrong with it. */
export interface AuditFinding {
  /** A stream, or `seal <plan>`. */
  where: string;
  /** The event's number, or the seal's day; null where the row itself is missing. */
  row: number | string | null;
  problem: string;
}

export interface AuditReport {
  streams: number;
  events: number;
  seals: number;
  /** Null: everything is as it was written. */
  firstBad: AuditFinding | null;
}

/** Told after each chain: how many were verified, of how many. */
export type OnProgress = (streams: number, ofStreams: number) => Promise<void>;

/**
 * Verifies one plan, or all. Reads one consistent state of the ledger, whatever is written meanwhile; a chain at a time,
 * so that others go on beside it.
 */
export async function verifyLedger(
  db: Db,
  plan?: string,
  onProgress: OnProgress = async () => {},
): Promise<AuditReport> {
  return withLedgerErrors(() =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((transaction) => verify(transaction, plan, onProgress)),
  );
}

/** Heads carry whole states: so many at once fit into memory, however large the ledger is. */
const HEADS_AT_ONCE = 200;

async function verify(db: Db, plan: string | undefined, onProgress: OnProgress): Promise<AuditReport> {
  const report: AuditReport = { streams: 0, events: 0, seals: 0, firstBad: null };
  const total = await countStreams(db, plan);
  let after = '';
  for (;;) {
    let query = db.selectFrom('streams').selectAll().where('id', '>', after).orderBy('id').limit(HEADS_AT_ONCE);
    if (plan !== undefined) query = query.where('plan', '=', plan);
    const heads = await query.execute();
    for (const head of heads) {
      const events = await db.selectFrom('events').selectAll().where('stream', '=', head.id).orderBy('seq').execute();
      report.streams += 1;
      report.events += events.length;
      const bad = firstBadEvent(head, events);
      await onProgress(report.streams, total);
      if (bad) return { ...report, firstBad: { where: head.id, ...bad } };
      after = head.id;
    }
    if (heads.length < HEADS_AT_ONCE) break;
  }
  const { seals, firstBad } = await verifySeals(db, plan);
  return { ...report, seals, firstBad };
}

async function countStreams(db: Db, plan: string | undefined): Promise<number> {
  let query = db.selectFrom('streams').select(({ fn }) => fn.countAll<number>().as('count'));
  if (plan !== undefined) query = query.where('plan', '=', plan);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

type Bad = Omit<AuditFinding, 'where'>;

function firstBadEvent(head: Selectable<StreamsTable>, rows: Selectable<EventsTable>[]): Bad | null {
  let prev = GENESIS;
  let state: AnyState | null = null;
  for (const [index, row] of rows.entries()) {
    const bad = (problem: string): Bad => ({ row: row.seq, problem });
    if (row.seq !== index + 1) return { row: index + 1, problem: 'the event is missing' };
    if (row.prev_hash !== prev) return bad('it does not follow the event before it');
    if (row.hash !== hashOf(prev, row.bytes)) return bad('its bytes are not what was hashed');
    const event = JSON.parse(row.bytes) as AnyEvent;
    const unlike = differingColumn(row, event);
    if (unlike) return bad(`its column ${unlike} does not say what its bytes say`);
    try {
      state = RULES[head.kind].fold(state, event);
    } catch (error) {
      return bad(`it cannot be folded: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (row.state_digest !== digestOf(state)) return bad('the state after it is not the one that was recorded');
    prev = row.hash;
  }
  return badHead(head, rows.length, prev, state);
}

function differingColumn(row: Selectable<EventsTable>, event: AnyEvent): string | null {
  if (row.bytes !== canonicalJson(event)) return 'bytes';
  if (row.seq !== event.seq) return 'seq';
  if (row.intent !== event.intent) return 'intent';
  if (row.type !== event.type) return 'type';
  return Date.parse(row.at) === Date.parse(event.at) ? null : 'at';
}

function badHead(head: Selectable<StreamsTable>, events: number, hash: string, state: AnyState | null): Bad | null {
  if (head.head_seq > events) return { row: events + 1, problem: 'the event is missing' };
  if (head.head_seq !== events || head.head_hash !== hash)
    return { row: null, problem: 'the head is not the last event' };
  const same = state === null ? head.state === null : canonicalJson(head.state) === canonicalJson(state);
  return same ? null : { row: null, problem: 'the state is not what the events make' };
}
