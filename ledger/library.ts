/** The reference library 资料库 as kept: documents replaced as a whole, and the links that coordinators set. */
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { CaseTitle, IndicatorName, Library, LibraryContent, LibrarySource } from '../domain/library/entries';
import type { TaskLink } from '../domain/library/links';
import type { TaskId } from '../domain/plan';
import { isStorable } from '../domain/storable';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';

export interface ImportedSource extends LibrarySource {
  fileName: string;
  /** sha256 of the file. */
  digest: string;
  content: LibraryContent;
  importedAt: string;
  importedBy: string;
}

/**
 * Stores a document of the library; one of the same id is replaced in one statement. Ids of its entries are their
 * places in the document, so the same document gives the same ids.
 * @returns whether it is new, changed or the same as before
 * @throws LedgerRefusal `not-storable`; `other-library-kind` if the id belongs to a document of another kind
 */
export async function storeLibrary(db: Db, source: ImportedSource): Promise<'new' | 'changed' | 'same'> {
  const { id, name, fileName, digest, content, importedAt, importedBy } = source;
  const json = JSON.stringify(content);
  if (![json, name, fileName, importedBy].every(isStorable)) {
    throw new LedgerRefusal('not-storable', 'the document has characters that cannot be stored');
  }
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      // Two imports of one id wait for each other, also when neither finds a row to lock.
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`library ${id}`}, 0))`.execute(transaction);
      const before = await transaction
        .selectFrom('library_sources')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (before && before.content.kind !== content.kind) {
        throw new LedgerRefusal(
          'other-library-kind',
          `${id} is a library of ${before.content.kind}, and the file one of ${content.kind}`,
          'choose another id with --id',
        );
      }
      if (before && before.name === name && isDeepStrictEqual(before.content, JSON.parse(json))) return 'same';
      const values = {
        name,
        file_name: fileName,
        digest,
        content: json,
        imported_at: importedAt,
        imported_by: importedBy,
      };
      await transaction
        .insertInto('library_sources')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
      return before ? 'changed' : 'new';
    }),
  );
}

/** Stores a document only where none has its id, so that a seed undoes nobody's import. */
export async function seedLibrary(db: Db, source: ImportedSource): Promise<void> {
  const { id, name, fileName, digest, content, importedAt, importedBy } = source;
  const values = { id, name, file_name: fileName, digest, imported_at: importedAt, imported_by: importedBy };
  await withLedgerErrors(() =>
    db
      .insertInto('library_sources')
      .values({ ...values, content: JSON.stringify(content) })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** Everything in the library, by id of the source. */
export async function loadLibrary(db: Db): Promise<Library> {
  const rows = await withLedgerErrors(() =>
    db.selectFrom('library_sources').select(['id', 'name', 'content']).orderBy('id').execute(),
  );
  return { sources: rows };
}

/** What a letter needs of the library: titles, without what the cases say. */
export async function loadCaseTitles(db: Db): Promise<CaseTitle[]> {
  const { rows } = await sql<CaseTitle>`
    SELECT s.id || '/' || (c ->> 'id') AS id, s.id AS source, s.name AS "sourceName", c ->> 'title' AS title,
           c -> 'place' ->> 'name' AS place, (c ->> 'indicator')::int AS indicator
    FROM library_sources s, jsonb_array_elements(s.content -> 'cases') c`.execute(db);
  return rows;
}

/** Numbers and names of all indicators. */
export async function loadIndicatorNames(db: Db): Promise<IndicatorName[]> {
  const { rows } = await sql<IndicatorName>`
    SELECT s.id AS source, (i ->> 'no')::int AS no, i ->> 'name' AS name
    FROM library_sources s, jsonb_array_elements(s.content -> 'indicators') i ORDER BY 1, 2`.execute(db);
  return rows;
}

/** What a coordinator said a task belongs to; tasks of which nobody said anything are missing. */
export async function linksOf(db: Db, tasks: readonly TaskId[]): Promise<Map<TaskId, TaskLink>> {
  if (tasks.length === 0) return new Map();
  const { rows } = await withLedgerErrors(() =>
    sql<{ task: TaskId; indicator: string | null; made_at: string; made_by: string }>`
      SELECT DISTINCT ON (task) task, indicator, made_at, made_by FROM task_links
      WHERE task = ANY(${[...tasks]}::text[]) ORDER BY task, no DESC`.execute(db),
  );
  return new Map(
    rows.map(({ task, indicator, made_at, made_by }) => [task, { indicator, madeAt: made_at, madeBy: made_by }]),
  );
}

/** Adds what a coordinator says; what was said before stays on record. */
export async function linkTask(db: Db, task: TaskId, { indicator, madeAt, madeBy }: TaskLink): Promise<void> {
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`link ${task}`}, 0))`.execute(transaction);
      await sql`INSERT INTO task_links (task, no, indicator, made_at, made_by)
        SELECT ${task}, coalesce(max(no), 0) + 1, ${indicator}::text, ${madeAt}::timestamptz, ${madeBy}
        FROM task_links WHERE task = ${task}`.execute(transaction);
    }),
  );
}
