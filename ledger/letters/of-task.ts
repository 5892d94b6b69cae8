/** What went out about one task and what came back: letters with their fate on each channel, and answers. */
import { ANSWERS } from '../../domain/answers/answers';
import type { ChannelKind } from '../../domain/channels';
import type { TaskId, UnitId } from '../../domain/plan';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { streamId } from '../rules';
import type { LetterParcelsTable, LettersTable } from '../tables';

export interface TaskLetter {
  id: string;
  to: { unit: UnitId; office: LettersTable['to_office'] };
  subject: string;
  slotAt: string;
  state: LettersTable['state'];
  channel: ChannelKind;
  answer: string | null;
}

export interface TaskMailLetter extends TaskLetter {
  /** Every channel of its addressee in order; none: it went by mail alone. */
  parcels: { channel: ChannelKind; state: LetterParcelsTable['state']; answer: string | null }[];
}

export interface TaskAnswer {
  /** Chinese name of the answer, or the reply's subject. */
  what: string;
  unit: UnitId | null;
  who: string | null;
  at: string;
  outcome: 'pending' | 'recorded' | 'refused';
}

/** @param units whose letters the reader may see; null: everybody's */
export async function taskMail(
  db: Db,
  task: TaskId,
  units: readonly UnitId[] | null,
): Promise<{ letters: TaskMailLetter[]; answers: TaskAnswer[] }> {
  return withLedgerErrors(async () => {
    const letters = await lettersByChannel(db, task, units);
    return { letters, answers: await answersAbout(db, task, units) };
  });
}

/** What was written about a task, whatever became of it: also letters whose notices were freed for a later one (D21). */
export function lettersAbout(db: Db, task: TaskId) {
  return db
    .selectFrom('letters')
    .select(['id', 'to_unit', 'to_office', 'subject', 'slot_at', 'state', 'channel', 'answer'])
    .where('id', 'in', (letters) =>
      letters
        .selectFrom('letter_notices')
        .innerJoin('notices', 'notices.id', 'letter_notices.notice')
        .select('letter_notices.letter')
        .where('notices.stream', '=', streamId('task', task)),
    );
}

type LetterRow = Awaited<ReturnType<ReturnType<typeof lettersAbout>['executeTakeFirstOrThrow']>>;

/** A row of them as others read it. */
export function taskLetter({
  id,
  to_unit,
  to_office,
  subject,
  slot_at,
  state,
  channel,
  answer,
}: LetterRow): TaskLetter {
  return { id, to: { unit: to_unit, office: to_office }, subject, slotAt: slot_at, state, channel, answer };
}

async function lettersByChannel(db: Db, task: TaskId, units: readonly UnitId[] | null): Promise<TaskMailLetter[]> {
  let query = lettersAbout(db, task).orderBy('slot_at', 'desc').orderBy('id');
  if (units) query = query.where('to_unit', 'in', [...units, '']);
  const rows = await query.execute();
  const parcels =
    rows.length === 0
      ? []
      : await db
          .selectFrom('letter_parcels')
          .select(['letter', 'channel', 'state', 'answer'])
          .where(
            'letter',
            'in',
            rows.map(({ id }) => id),
          )
          .orderBy('letter')
          .orderBy('ord')
          .execute();
  return rows.map((row) => ({
    ...taskLetter(row),
    parcels: parcels.filter(({ letter }) => letter === row.id).map(({ letter: _, ...parcel }) => parcel),
  }));
}

async function answersAbout(db: Db, task: TaskId, units: readonly UnitId[] | null): Promise<TaskAnswer[]> {
  let query = db
    .selectFrom('link_answers')
    .select(['answer', 'unit', 'who', 'at', 'outcome'])
    .where('about', '=', task)
    .orderBy('at', 'desc');
  if (units) query = query.where('unit', 'in', [...units, '']);
  const rows = await query.execute();
  return rows.map(({ answer, ...row }) => ({ ...row, what: ANSWERS[answer].label }));
}
