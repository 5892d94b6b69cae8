/** What tasks are compared with: the library as a whole, and the indicator that each is linked to. */
import { indicatorNames, type Library } from '../../domain/library/entries';
import { type Linked, linkOf } from '../../domain/library/links';
import type { Db } from '../../ledger/database';
import { linksOf, loadLibrary } from '../../ledger/library';

/** What a task is compared with. */
export interface TaskLibrary {
  library: Library;
  linked: Linked;
}

/** The library and the links of several tasks, by task. */
export async function taskLibraries(
  db: Db,
  tasks: readonly { id: string; category: string | null }[],
): Promise<{ library: Library; linkedOf: (id: string) => Linked }> {
  const library = await loadLibrary(db);
  const indicators = indicatorNames(library);
  const said = await linksOf(
    db,
    tasks.map(({ id }) => id),
  );
  const linked = new Map(tasks.map(({ id, category }) => [id, linkOf(category, said.get(id), indicators)]));
  return { library, linkedOf: (id) => linked.get(id) ?? { indicator: null, by: 'category' } };
}

/** The library and the link of one task. */
export async function taskLibrary(db: Db, task: { id: string; category: string | null }): Promise<TaskLibrary> {
  const { library, linkedOf } = await taskLibraries(db, [task]);
  return { library, linked: linkedOf(task.id) };
}
