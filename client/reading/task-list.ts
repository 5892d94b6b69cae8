/** The list of tasks by pages, as far as its reader may see: launched ones, then those of drafts where they are asked for. */
import type { Day } from '../../domain/days';
import { isInSight } from '../../domain/rights';
import type { Db } from '../../ledger/database';
import { planRows, showPlan } from '../../ledger/plans';
import { listTasks, pageTasks, type TaskFilter, type TaskRow } from '../../ledger/tasks';
import type { Reader } from '../reader';
import { asksForDrafts, draftRows } from './draft-rows';

export interface TaskListPage {
  items: TaskRow[];
  /** Give it back as `after`; null: this is the last page. */
  next: string | null;
}

/** Where a page begins: behind a launched task, or behind a task of a draft. */
const CURSOR = /^(task|draft):([a-z0-9/-]{1,80})$/;

/** Whether this can have been the `next` of a page. */
export function isTaskCursor(text: string): boolean {
  return CURSOR.test(text);
}

/**
 * One page, by id.
 * @param after the `next` of the page before
 */
export async function taskList(
  user: Reader,
  filter: Omit<TaskFilter, 'after' | 'limit' | 'sight'>,
  { after, limit, today }: { after?: string; limit: number; today: Day },
): Promise<TaskListPage> {
  const [, phase, behind] = CURSOR.exec(after ?? '') ?? [];
  const items: TaskRow[] = [];
  if (phase !== 'draft') {
    const page = await pageTasks(user.desk.db, { ...filter, sight: user.sight, after: behind, limit }, today);
    items.push(...page.rows);
    if (page.next !== null) return { items, next: `task:${page.next}` };
  }
  const drafts = await draftsInSight(user, filter);
  const rest = drafts.filter(({ id }) => phase !== 'draft' || behind === undefined || id > behind);
  const shown = rest.slice(0, limit - items.length);
  const last = shown.at(-1)?.id ?? items.at(-1)?.id ?? '';
  return {
    items: [...items, ...shown],
    next: rest.length > shown.length ? `draft:${shown.length > 0 ? last : '0'}` : null,
  };
}

/** All of it at once, for a command that prints a list. */
export async function wholeTaskList(
  user: Reader,
  filter: Omit<TaskFilter, 'after' | 'limit' | 'sight'>,
  today: Day,
): Promise<TaskRow[]> {
  const launched = await listTasks(user.desk.db, { ...filter, sight: user.sight }, today);
  return [...launched, ...(await draftsInSight(user, filter))];
}

async function draftsInSight({ desk: { db }, sight }: Reader, filter: TaskFilter): Promise<TaskRow[]> {
  if (!asksForDrafts(filter)) return [];
  let query = planRows(db).where('status', '!=', 'launched').orderBy('id');
  if (filter.plan !== undefined) query = query.where('id', '=', filter.plan);
  const rows: TaskRow[] = [];
  for (const { id, office } of await query.execute()) {
    if (isInSight(sight, office, [])) rows.push(...draftRows(await showPlan(db, id), await begunOf(db, id), filter));
  }
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function begunOf(db: Db, plan: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('streams')
    .select('id')
    .where('plan', '=', plan)
    .where('kind', '=', 'task')
    .where('state', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id.slice('task/'.length)));
}
