/** Cases of the library in letters: chosen when a letter is written, and from then on part of its bytes. */
import type { LetterContext } from '../domain/letters';
import { caseName, casesFor } from '../domain/library/cases';
import type { CaseTitle, IndicatorName } from '../domain/library/entries';
import { linkOf } from '../domain/library/links';
import type { Task } from '../domain/task';
import type { Db } from './database';
import { linksOf, loadCaseTitles, loadIndicatorNames } from './library';

interface Shelf {
  cases: CaseTitle[];
  indicators: IndicatorName[];
}

/** Reads the library once for all letters of a round, when the first of them needs it. */
export type CaseShelf = (db: Db) => Promise<Shelf>;

export function caseShelf(): CaseShelf {
  let shelf: Shelf | null = null;
  return async (db) => {
    shelf ??= { cases: await loadCaseTitles(db), indicators: await loadIndicatorNames(db) };
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
  const { cases, indicators } = await shelf(db);
  if (cases.length === 0) return;
  const said = await linksOf(
    db,
    tasks.map(({ id }) => id),
  );
  for (const { id, title, category } of tasks) {
    const { indicator } = linkOf(category, said.get(id), indicators);
    const found = casesFor({ title, category, indicator }, cases, indicators);
    const brief = briefs[id];
    if (brief) brief.cases = found.map((one) => ({ name: caseName(one), source: one.sourceName }));
  }
}
