/** A ledger that remembers what was asked of it, and the plan of each question: a walk over a whole large table is flagged. */
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Db } from '../../ledger/database';
import type { Tables } from '../../ledger/tables';

export interface Asked {
  sql: string;
  parameters: readonly unknown[];
}

export interface QueryPlan {
  sql: string;
  ms: number;
  /** The nodes from the outside in, each with the table or index that it reads. */
  nodes: string[];
  /** Large tables that are walked from end to end. */
  walks: string[];
}

/** Who is asked here answers nothing from memory: few rows are read, or an index is missing. */
const LARGE = [
  'streams',
  'events',
  'intents',
  'notices',
  'letters',
  'board',
  'silences',
  'letter_notices',
  'plan_tasks',
];

export function loggedLedger(pool: Pool): { db: Db; asked: Asked[] } {
  const asked: Asked[] = [];
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ level, query }) => {
      if (level === 'query') asked.push({ sql: query.sql, parameters: query.parameters });
    },
  });
  return { db, asked };
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
}

/** EXPLAIN ANALYZE of each reading question, each once. */
export async function plansOf(pool: Pool, asked: readonly Asked[]): Promise<QueryPlan[]> {
  const plans: QueryPlan[] = [];
  const seen = new Set<string>();
  for (const { sql, parameters } of asked) {
    if (seen.has(sql) || !/^\s*(select|with)/i.test(sql)) continue;
    seen.add(sql);
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, [...parameters]);
    const [{ Plan: top, 'Execution Time': ms }] = rows[0]['QUERY PLAN'] as [{ Plan: Node; 'Execution Time': number }];
    const nodes = flat(top);
    plans.push({
      sql: sql.replace(/\s+/g, ' ').trim(),
      ms: Math.round(ms * 100) / 100,
      nodes: nodes.map((node) =>
        [node['Node Type'], node['Index Name'] ?? node['Relation Name']].filter(Boolean).join(' '),
      ),
      walks: nodes.flatMap(({ 'Node Type': type, 'Relation Name': table = '' }) =>
        type.endsWith('Seq Scan') && LARGE.includes(table) ? [table] : [],
      ),
    });
  }
  return plans;
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}
