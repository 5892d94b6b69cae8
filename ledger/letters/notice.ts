/** A stored notice as the rules of letters read it; the same for rounds and previews. */
import type { Selectable } from 'kysely';
import type { LetterNotice } from '../../domain/letters';
import type { NoticeKind } from '../../domain/notices';
import type { NoticesTable } from '../tables';

/** What a letter says of the row. The kind is one of ours: nothing but a step writes notices. */
export function letterNoticeOf(row: Selectable<NoticesTable>) {
  return {
    kind: row.kind as NoticeKind,
    to: { unit: row.to_unit, office: row.to_office },
    plan: row.plan,
    task: row.task,
    rung: row.rung,
    section: row.section,
    text: row.text,
    dueOn: row.due_on,
    provisional: row.provisional,
    obligation: row.obligation,
    madeOn: row.made_on,
  } satisfies LetterNotice;
}
