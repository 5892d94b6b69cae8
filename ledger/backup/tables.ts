/** Which tables a backup holds, with the columns that can be written, in an order in which they can be filled (D24). */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database';

export interface DumpTable {
  name: string;
  /** Without generated ones: the database makes those again. */
  columns: string[];
}

/** Made by migrate, not by a restore. */
const NOT_DUMPED = ['schema_migrations'];

/** Says something of one server's transactions only (0013). */
const NOT_DUMPED_COLUMN = 'changed_xid';

/** Every table of the schema, each behind the tables that it refers to. */
export async function dumpTables(db: Db): Promise<DumpTable[]> {
  const { rows: columns } = await sql<{ name: string; columns: string[] }>`
    SELECT table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS columns
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
      AND column_name <> ${NOT_DUMPED_COLUMN}
    GROUP BY table_name ORDER BY table_name`.execute(db);
  const { rows: references } = await sql<{ from: string; to: string }>`
    SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid`.execute(db);
  return inOrder(
    columns.filter(({ name }) => !NOT_DUMPED.includes(name)),
    references,
  );
}

/** The names of a table and its columns as SQL; they come from the database's own catalogue. */
export function columnList({ columns }: DumpTable): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

function inOrder(tables: DumpTable[], references: { from: string; to: string }[]): DumpTable[] {
  const ordered: DumpTable[] = [];
  const waiting = [...tables];
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ name }) =>
      references.every(({ from, to }) => from !== name || !waiting.some((other) => other.name === to)),
    );
    const [next] = waiting.splice(Math.max(index, 0), 1);
    if (next) ordered.push(next);
  }
  return ordered;
}
