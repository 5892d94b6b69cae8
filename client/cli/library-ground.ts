/** The library as commands need it: the whole of it, an address in it, and what a task is linked to. */
import { type IndicatorName, indicatorNames, type Library } from '../../domain/library/entries';
import { type Linked, linkOf } from '../../domain/library/links';
import type { Db } from '../../ledger/database';
import { linksOf, loadLibrary } from '../../ledger/library';
import { wrongCall } from './failure';
import { shown } from './inputs';

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

export async function taskLibrary(db: Db, task: { id: string; category: string | null }): Promise<TaskLibrary> {
  const { library, linkedOf } = await taskLibraries(db, [task]);
  return { library, linked: linkedOf(task.id) };
}

/**
 * The indicator that somebody typed: `8`, or `benchmarks/8` where two guides have a number 8.
 * Throws a wrong call where there is none, or more than one.
 */
export function indicatorTyped(library: Library, typed: string): IndicatorName {
  const [, source, number] = /^(?:([a-z0-9-]{1,64})\/)?(\d{1,3})$/.exec(typed.trim()) ?? [];
  const found = indicatorNames(library).filter(
    (one) => one.no === Number(number) && (source === undefined || one.source === source),
  );
  const [only] = found;
  if (number !== undefined && only && found.length === 1) return only;
  if (found.length > 1) {
    const ids = found.map((one) => `${one.source}/${one.no}`);
    throw wrongCall(
      'ambiguous-indicator',
      `不止一份资料有第${number}项指标：${ids.join('、')}。`,
      'several documents have this number',
      {
        next: `write one of: ${ids.join(', ')}`,
        details: { candidates: ids },
      },
    );
  }
  throw wrongCall(
    'unknown-indicator',
    `资料库中没有指标“${shown(typed)}”。`,
    `the library has no indicator "${shown(typed)}"`,
    {
      next: 'duban library list',
    },
  );
}
