/** Cases of the library in letters: chosen when a letter is written, and from then on part of its bytes. */
import { sql } from 'kysely';
import type { LetterContext } from '../../domain/letters';
import { type CaseSubject, caseChooser, caseName } from '../../domain/library/cases';
import type { CaseTitle, IndicatorName } from '../../domain/library/entries';
import { linkOf, type TaskLink } from '../../domain/library/links';
import type { TaskId } from '../../domain/plan';
import type { Task } from '../../domain/task';
import type { Db } from '../database';
import { ledgerErrorOf } from '../errors';
import { linksOf, loadCaseTitles, loadIndicatorNames } from '../library';

interface Shelf {
  indicators: IndicatorName[];
  /** Null where the library has no cases. */
  choose: ((subject: CaseSubject) => CaseTitle[]) | null;
}

/** Reads the library once for all letters of a round, when the first of them needs it. */
export type CaseShelf = (db: Db) => Promise<Shelf>;

export function caseShelf(): CaseShelf {
  let shelf: Shelf | null = null;
  return async (db) => {
    shelf ??= (await unlessBroken(db, () => loadShelf(db))) ?? { indicators: [], choose: null };
    return shelf;
  };
}

/**
 * Puts cases to the tasks that a letter reminds of.
 * @param briefs what the letter says about tasks; those of `tasks` are completed
 */
export async function addCases(
  db: Db,
  shelf: CaseShelf,
  briefs: LetterContext['tasks'],
  tasks: readonly Pick<Task, 'id' | 'title' | 'category'>[],
): Promise<void> {
  if (tasks.length === 0) return;
  const { choose, indicators } = await shelf(db);
  if (!choose) return;
  const ids = tasks.map(({ id }) => id);
  const said = (await unlessBroken(db, () => linksOf(db, ids))) ?? new Map<TaskId, TaskLink>();
  for (const { id, title, category } of tasks) {
    const { indicator } = linkOf(category, said.get(id), indicators);
    const found = choose({ title, category, indicator });
    const brief = briefs[id];
    if (brief) brief.cases = found.map((one) => ({ name: caseName(one), source: one.sourceName }));
  }
}

async function loadShelf(db: Db): Promise<Shelf> {
  const cases = await loadCaseTitles(db);
  const indicators = await loadIndicatorNames(db);
  return { indicators, choose: cases.length > 0 ? caseChooser(cases, indicators) : null };
}

/**
 * What was read of the library, or null where it cannot be: a letter says when a task is due, and waits for no reading
 * list. The savepoint keeps the letter's own transaction; a database that is away is the letter's failure too.
 */
async function unlessBroken<T>(db: Db, read: () => Promise<T>): Promise<T | null> {
  await sql`SAVEPOINT library`.execute(db);
  try {
    const found = await read();
    await sql`RELEASE SAVEPOINT library`.execute(db);
    return found;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT library`.execute(db).catch(() => {
      throw ledgerErrorOf(error);
    });
    return null;
  }
}
