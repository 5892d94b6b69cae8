/** What was lived, read back from the ledger in the shape in which a rehearsal is played: so the two can be compared. */
import { dayOf } from '../../domain/days';
import type { TaskEvent } from '../../domain/events';
import type { NoticeDraft, NoticeKind } from '../../domain/notices';
import type { PlanId } from '../../domain/plan';
import type { PlanEvent, PlanReports } from '../../domain/plan-reports';
import type { Played, PlayedLetter } from '../../domain/rehearsal-play';
import type { Task } from '../../domain/task';
import type { Db } from '../../ledger/database';
import { mailTables } from '../../ledger/letters/tables';

/**
 * What happened on the plan so far: letters handed over, events, states.
 * @param after ISO instant: only events and letters later than that
 */
export async function readLived(db: Db, plan: PlanId, after = '-infinity'): Promise<Played> {
  const streams = await db
    .selectFrom('streams')
    .select(['id', 'kind', 'state'])
    .where('plan', '=', plan)
    .orderBy('id')
    .execute();
  const events = await db
    .selectFrom('events')
    .innerJoin('streams', 'streams.id', 'events.stream')
    .select(['streams.id', 'kind', 'bytes'])
    .where('plan', '=', plan)
    .where('at', '>', after)
    .orderBy('at')
    .orderBy('streams.id')
    .orderBy('seq')
    .execute();
  const own = streams.find(({ kind }) => kind === 'plan')?.state as PlanReports | null | undefined;
  const parsed = events.map(({ id, kind, bytes }) => ({
    kind,
    task: id.slice('task/'.length),
    json: JSON.parse(bytes) as unknown,
  }));
  return {
    letters: await lettersOn(db, plan, after),
    taskEvents: parsed.flatMap(({ kind, task, json }) => {
      const event = json as TaskEvent;
      return kind === 'task' ? [{ on: dayOf(event.at), task, event }] : [];
    }),
    planEvents: parsed.flatMap(({ kind, json }) => {
      const event = json as PlanEvent;
      return kind === 'plan' ? [{ on: dayOf(event.at), event }] : [];
    }),
    tasks: streams.flatMap(({ kind, state }) => (kind === 'task' && state ? [state as Task] : [])),
    addressees: own?.addressees ?? [],
  };
}

async function lettersOn(db: Db, plan: PlanId, after: string): Promise<PlayedLetter[]> {
  const rows = await mailTables(db)
    .selectFrom('letters')
    .innerJoin('letter_notices', 'letter_notices.letter', 'letters.id')
    .innerJoin('notices', 'notices.id', 'letter_notices.notice')
    .selectAll('notices')
    .select([
      'letters.id as letter_id',
      'slot_on',
      'round',
      'letters.to_unit as unit',
      'letters.to_office as at_office',
    ])
    .where('notices.plan', '=', plan)
    .where('state', '=', 'handed')
    .where('slot_at', '>', after)
    .orderBy('slot_at')
    .orderBy('letters.id')
    .orderBy('notices.id')
    .execute();
  const letters = new Map<string, PlayedLetter>();
  for (const row of rows) {
    const to = { unit: row.unit, office: row.at_office };
    const letter = letters.get(row.letter_id) ?? { on: row.slot_on, round: row.round, to, notices: [] };
    letter.notices.push(draftOf(row));
    letters.set(row.letter_id, letter);
  }
  return [...letters.values()];
}

type NoticeRow = Omit<NoticeDraft, 'to' | 'kind' | 'dueOn' | 'section' | 'onlyIfTold'> & {
  kind: string;
  to_unit: string;
  to_office: NoticeDraft['to']['office'];
  section: string;
  due_on: string | null;
};

function draftOf(row: NoticeRow): NoticeDraft {
  const { office, plan, task, rung, urgent, text, provisional, obligation, slip } = row;
  return {
    kind: row.kind as NoticeKind,
    to: { unit: row.to_unit, office: row.to_office },
    section: row.section as NoticeDraft['section'],
    dueOn: row.due_on,
    onlyIfTold: false,
    office,
    plan,
    task,
    rung,
    urgent,
    text,
    provisional,
    obligation,
    slip,
  };
}
