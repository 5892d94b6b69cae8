/** What a decision may look at beside the state (domain/decider.ts), read inside the transaction that writes it. */
import { sql } from 'kysely';
import type { WorkCalendar } from '../domain/calendar';
import { dayOf } from '../domain/days';
import type { Context } from '../domain/decider';
import type { Move } from '../domain/intents';
import type { UnitId } from '../domain/plan';
import type { Policy } from '../domain/policy';
import { loadCalendar } from './calendars';
import type { RecordRequest } from './contract';
import type { Db } from './database';
import { LedgerUnavailable } from './errors';
import { type AnyIntent, type AnyState, planOf } from './rules';

type Ordinals = Context['ordinals'];
export type Gather = (db: Db, request: RecordRequest, state: AnyState | null) => Promise<Context>;

/** Gathers contexts; keeps the calendar between calls while its version is unchanged. */
export function createGather(): Gather {
  let kept: WorkCalendar | null = null;
  return async (db, { kind, stream, intent }, state) => {
    const plan = planOf(kind, stream);
    const known = await readCommon(db, plan, officeOf(intent, state), yearOf(intent));
    // A constant of this call: another one may meanwhile keep a newer calendar.
    const calendar = kept?.version === known.version ? kept : await loadCalendar(db);
    kept = calendar;
    return {
      calendar,
      policy: known.policy,
      directory: await directory(db, unitsNamed(intent)),
      ordinals: { slip: known.slip, urging: known.urging },
      openTasks: kind === 'plan' ? await openTasks(db, plan) : 0,
    };
  };
}

/** The coordination office whose documents are numbered. */
export function officeOf(intent: AnyIntent, state: AnyState | null): UnitId {
  return state?.office ?? (intent.type === 'issue' ? intent.office : '');
}

/** Numbers are counted in the year of the intent, in the plan's zone. */
export function yearOf(intent: AnyIntent): string {
  return dayOf(intent.at).slice(0, 4);
}

/**
 * One query for what every step needs. The policy is the one frozen when the launch was accepted: a later change of the
 * defaults changes no running plan.
 */
export async function readCommon(db: Db, plan: string, office: UnitId, year: string) {
  const next = (series: keyof Ordinals) => sql`coalesce((SELECT value FROM counters
    WHERE office = ${office} AND year = ${year} AND series = ${series}), 0) + 1`;
  const { rows } = await sql<{ version: string | null; policy: Policy | null } & Ordinals>`
    SELECT (SELECT version FROM calendar_version) AS version,
           (SELECT policy FROM plans WHERE id = ${plan}) AS policy,
           ${next('slip')} AS slip, ${next('urging')} AS urging`.execute(db);
  const [row] = rows;
  // Both can be mended by hand, and until then no alarm may be answered with a refusal: the asker tries again.
  if (!row?.policy) throw new LedgerUnavailable('unknown-plan', `the ledger has no launched plan ${plan}`);
  if (row.version === null) throw new LedgerUnavailable('no-calendar', 'the ledger has no working calendar');
  return { ...row, policy: row.policy, version: row.version };
}

async function directory(db: Db, units: UnitId[]): Promise<Context['directory']> {
  if (units.length === 0) return {};
  const rows = await db.selectFrom('units').select(['id', 'body']).where('id', 'in', units).execute();
  return Object.fromEntries(rows.map(({ id, body }) => [id, { members: body.members }]));
}

function unitsNamed(intent: AnyIntent): UnitId[] {
  if (intent.type === 'move') return unitsOfMove(intent.move);
  if (intent.type === 'report') return [intent.unit];
  if (intent.type !== 'issue') return [];
  if ('addressees' in intent) return [...intent.addressees, intent.office];
  return [...intent.task.parties.map((party) => party.unit), intent.office];
}

/** Every field of a move that can hold a unit; `to` is a day in an extension, and no unit has such a name. */
function unitsOfMove(move: Move): UnitId[] {
  const named: { move: string; unit?: string; of?: string; from?: string; to?: string } = move;
  return [named.unit, named.of, named.from, named.to].filter((unit) => unit !== undefined);
}

/** Counted from the plan's own list: a task that is not launched yet is open too, or the plan would close first. */
async function openTasks(db: Db, plan: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    SELECT jsonb_array_length(body::jsonb -> 'tasks') - (
             SELECT count(*) FROM streams
             WHERE plan = ${plan} AND kind = 'task' AND status IN ('completed', 'cancelled'))::integer AS open
    FROM plans WHERE id = ${plan}`.execute(db);
  return rows[0]?.open ?? 0;
}
