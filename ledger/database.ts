/** Opens PostgreSQL: one pool, typed tables, and days and instants as the strings that the rules speak. */
import { Kysely, PostgresDialect } from 'kysely';
import { type ClientBase, Pool, types } from 'pg';
import type { Tables } from './tables';

/** The tables, or a transaction on them. */
export type Db = Kysely<Tables>;

export interface Database {
  db: Db;
  pool: Pool;
  close(): Promise<void>;
}

/** D7: below the activity's ten seconds, so that a database that is away is seen as away. */
const WAIT_MS = 2_000;

/**
 * The ledger at `url`. Nothing is connected before the first query.
 * @param connections how many at most
 * @param role `owner` keeps the rights of the URL's own user: for a restore, and for nothing that runs every day
 * @param waitMs a caller who finds none free for so long is told so: two seconds for what is repeated by itself, more where
 *   a person waits
 */
export function openDatabase(
  url: string,
  connections = 10,
  role: 'application' | 'owner' = 'application',
  waitMs = WAIT_MS,
): Database {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: waitMs,
    max: connections,
    application_name: 'duban',
    types: { getTypeParser },
    ...(role === 'application' && { onConnect: takeApplicationRole }),
  });
  // An idle connection that the server ends is the next query's error, not the process's end.
  pool.on('error', () => undefined);
  // So is one that the server ends between two statements of a transaction (D7); the pool listens to idle ones only.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/**
 * Steps down to the role that cannot change events (D10), where 0002 could create it. Where it could not, the triggers
 * of 0001 stand alone.
 */
async function takeApplicationRole(client: ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('role', 'duban_app', false) FROM pg_roles
     WHERE rolname = 'duban_app' AND pg_has_role(current_user, oid, 'MEMBER')
       AND has_table_privilege(oid, to_regclass('events'), 'INSERT')`,
  );
}

/** Local to our connections: pg's own parsers make machine-zone Dates of days, and text of bigints. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  const parser: unknown = format === 'binary' ? undefined : PARSERS.get(oid);
  return parser ?? types.getTypeParser(oid, format as 'text');
};

const PARSERS = new Map<number, (text: string) => unknown>([
  [types.builtins.DATE, (text) => text],
  [types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [types.builtins.INT8, wholeNumber],
]);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`a count too large to be exact: ${text}`);
  return number;
}
