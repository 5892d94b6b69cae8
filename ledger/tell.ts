/** What a step tells people: notices that wait for a round, and those that it made pointless (R31, R35). */
import { dayOf } from '../domain/days';
import type { NoticeDraft, Obligation } from '../domain/notices';
import type { StreamKind } from './contract';
import type { Db } from './database';
import { type AnyState, RULES } from './rules';

interface Told {
  id: string;
  kind: StreamKind;
  before: AnyState | null;
  after: AnyState;
}

/** Recalls what waits and no longer stands, then files the step's own notices behind its last event. */
export async function tell(db: Db, told: Told, drafts: NoticeDraft[]): Promise<void> {
  await recall(db, told);
  if (drafts.length === 0) return;
  const units = drafts.some((draft) => draft.onlyIfTold) ? await unitsTold(db, told.id) : new Set<string>();
  const rows = drafts
    .map((draft, ord) => ({ draft, row: noticeRow(told, draft, ord) }))
    .filter(({ draft }) => !draft.onlyIfTold || units.has(draft.to.unit))
    .map(({ row }) => row);
  if (rows.length > 0) await db.insertInto('notices').values(rows).execute();
}

/** The row of a notice. A step that settles an alarm and then makes it pointless has recalled it at once. */
function noticeRow(told: Told, draft: NoticeDraft, ord: number) {
  const { id, after } = told;
  const stillborn = draft.kind !== 'cancelled' && isRecalled(told, draft.obligation);
  return {
    id: `${id}#${after.seq}.${ord}`,
    stream: id,
    plan: draft.plan,
    task: draft.task,
    seq: after.seq,
    ord,
    to_unit: draft.to.unit,
    to_office: draft.to.office,
    office: draft.office,
    kind: draft.kind,
    rung: draft.rung,
    section: draft.section,
    urgent: draft.urgent,
    text: draft.text,
    due_on: draft.dueOn,
    provisional: draft.provisional,
    obligation: JSON.stringify(draft.obligation),
    slip: draft.slip,
    made_at: after.at,
    made_on: dayOf(after.at),
    recalled_at: stillborn ? after.at : null,
  };
}

async function recall(db: Db, told: Told): Promise<void> {
  if (told.before === null) return;
  const waiting = await db
    .selectFrom('notices')
    .select(['id', 'obligation'])
    .where('stream', '=', told.id)
    .where('letter', 'is', null)
    .where('recalled_at', 'is', null)
    .where('assumed_sent', '=', false)
    .execute();
  const pointless = waiting.filter((notice) => isRecalled(told, notice.obligation)).map((notice) => notice.id);
  if (pointless.length === 0) return;
  await db
    .updateTable('notices')
    .set({ recalled_at: told.after.at })
    .where('id', 'in', pointless)
    // A round may have bound it since it was read: what is in a letter is said (D19).
    .where('letter', 'is', null)
    .execute();
}

/** Information is recalled by cancellation only, and only by the step that cancels: its own last letter must leave. */
function isRecalled({ kind, before, after }: Told, obligation: Obligation): boolean {
  if (obligation.kind === 'information') return after.status === 'cancelled' && before?.status !== 'cancelled';
  return !RULES[kind].stands(after, obligation);
}

/** Units that a letter has spoken to about this stream: only they need to hear that it is over (R31). */
async function unitsTold(db: Db, id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('notices')
    .select('to_unit')
    .distinct()
    .where('stream', '=', id)
    .where((where) => where.or([where('letter', 'is not', null), where('assumed_sent', '=', true)]))
    .execute();
  return new Set(rows.map((row) => row.to_unit));
}
