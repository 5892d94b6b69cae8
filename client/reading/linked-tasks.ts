/** The tasks that belong to an indicator of the library: by what a coordinator said, or by their category. */
import { sql } from 'kysely';
import { type IndicatorName, indicatorNames, type Library } from '../../domain/library/entries';
import { addressOf, indicatorNamedIn, linkOf } from '../../domain/library/links';
import type { TaskId } from '../../domain/plan';
import { linksOf } from '../../ledger/library';
import type { Reader } from '../reader';

/** As many as a page can show. */
const MOST = 200;

/** Tasks in sight that are linked to the indicator, by id. */
export async function linkedTasks(
  { desk: { db }, sight }: Reader,
  library: Library,
  indicator: IndicatorName,
): Promise<{ id: TaskId; title: string }[]> {
  const names = indicatorNames(library);
  const address = addressOf(indicator);
  const isIt = (one: IndicatorName | null) => one !== null && addressOf(one) === address;
  const all = await db.selectFrom('streams').select('category').distinct().where('kind', '=', 'task').execute();
  const categories = all.flatMap(({ category }) =>
    category !== null && isIt(indicatorNamedIn(category, names)) ? [category] : [],
  );
  const said = await db.selectFrom('task_links').select('task').distinct().where('indicator', '=', address).execute();
  let query = db
    .selectFrom('streams')
    .select(['id', 'title', 'category'])
    .where('kind', '=', 'task')
    .where((where) =>
      where.or([
        where('category', 'in', [...categories, '']),
        where('id', 'in', ['', ...said.map(({ task }) => `task/${task}`)]),
      ]),
    )
    .orderBy('id')
    .limit(MOST);
  if (sight !== 'everything') {
    const { offices, units } = sight;
    query = query.where((where) =>
      where.or([where('office', 'in', [...offices, '']), where('units', '&&', sql<string[]>`${units}::text[]`)]),
    );
  }
  const tasks = (await query.execute()).map(({ id, title, category }) => ({
    id: id.slice('task/'.length),
    title: title ?? '',
    category,
  }));
  const links = await linksOf(
    db,
    tasks.map(({ id }) => id),
  );
  return tasks.filter(({ id, category }) => isIt(linkOf(category, links.get(id), names).indicator));
}
