/** What a preview of a letter reads: a task as it stands, its plan, and what it has last been told of a kind. */
import type { LetterNotice } from '../../domain/letters';
import type { NoticeKind } from '../../domain/notices';
import type { TaskId } from '../../domain/plan';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy';
import type { Task } from '../../domain/task';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { readCommon } from '../gather';
import { letterNoticeOf } from './notice';

export interface PreviewTask {
  task: Task;
  policy: Policy;
  planTitle: string;
  /** The next free numbers of the office's documents. */
  ordinals: { slip: number; urging: number };
  /** The newest notices of the kind, of one event, to all whom it told; none if it was never made. */
  notices: LetterNotice[];
}

/**
 * @param year of the documents' numbers
 * @returns null if no task of that id was launched
 */
export async function taskForPreview(db: Db, id: TaskId, kind: NoticeKind, year: string): Promise<PreviewTask | null> {
  return withLedgerErrors(async () => {
    const row = await db
      .selectFrom('streams')
      .innerJoin('plans', 'plans.id', 'streams.plan')
      .select(['streams.state', 'plans.title as planTitle', 'plans.policy', 'plans.id as plan'])
      .where('streams.id', '=', `task/${id}`)
      .executeTakeFirst();
    if (!row?.state || !('parties' in row.state)) return null;
    const task = row.state;
    const common = await readCommon(db, row.plan, task.office, year);
    return {
      task,
      policy: row.policy ?? DEFAULT_POLICY,
      planTitle: row.planTitle,
      ordinals: { slip: common.slip, urging: common.urging },
      notices: await newest(db, id, kind),
    };
  });
}

async function newest(db: Db, task: TaskId, kind: NoticeKind): Promise<LetterNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('task', '=', task)
    .where('kind', '=', kind)
    .where('seq', '=', ({ selectFrom }) =>
      selectFrom('notices')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .where('task', '=', task)
        .where('kind', '=', kind),
    )
    .orderBy('ord')
    .execute();
  return rows.map(letterNoticeOf);
}
