/** What was said to whom, when, and what the mail server answered: letters as people and programs look them up. */
import { sql } from 'kysely';
import type { ChannelKind } from '../../domain/channels';
import type { Day } from '../../domain/days';
import type { NoticeKind } from '../../domain/notices';
import type { PlanId, TaskId, UnitId } from '../../domain/plan';
import type { Sight } from '../../domain/rights';
import type { Round } from '../../domain/rounds';
import type { Office } from '../../domain/unit';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import { ofOffices } from '../lists/sight';
import type { Fate } from './feedback';
import { type LetterState, type MailDb, mailTables } from './tables';

export interface LetterRow {
  id: string;
  on: Day;
  round: Round;
  to: { unit: UnitId; office: Office };
  /** The coordination office. */
  office: UnitId;
  person: string | null;
  /** The channel that has it now, or that took it. */
  channel: ChannelKind;
  /** Null: the directory named nobody with an address, and nothing was sent (R33). */
  address: string | null;
  subject: string;
  state: LetterState;
  attempts: number;
  answer: string | null;
  madeAt: string;
  handedAt: string | null;
  failedAt: string | null;
}

export interface LetterFilter {
  unit?: UnitId;
  /** Letters to any of these. */
  units?: readonly UnitId[];
  /** Letters that speak of this plan, or of this task. */
  plan?: PlanId;
  task?: TaskId;
  on?: Day;
  /** Only what did not reach its addressee: failed, superseded and of unknown fate. */
  failed?: boolean;
  /** Only what is in sight of the reader. */
  sight?: Sight;
  /** 200 when left out. */
  limit?: number;
  /** Letters before this one in the list. */
  before?: string;
}

/** Letters, the newest first. */
export async function listLetters(db: Db, filter: LetterFilter = {}): Promise<LetterRow[]> {
  const tables = mailTables(db);
  const { unit, units: among, plan, task, on, failed, sight, before, limit = 200 } = filter;
  let query = rows(tables).orderBy('slot_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (unit !== undefined) query = query.where('to_unit', '=', unit);
  if (among !== undefined) query = query.where(sql<boolean>`to_unit = ANY(${among}::text[])`);
  if (on !== undefined) query = query.where('slot_on', '=', on);
  if (sight !== undefined && sight !== 'everything') {
    const { offices, units } = sight;
    // An equality lets an index give the order too; an OR with nothing on one side does not.
    const byOffice = ofOffices(sight);
    const byUnit = sql<boolean>`to_unit = ANY(${units}::text[])`;
    if (units.length === 0) query = query.where(byOffice);
    else query = query.where(offices.length === 0 ? byUnit : sql<boolean>`(${byOffice} OR ${byUnit})`);
  }
  if (failed) query = query.where('state', 'in', ['failed', 'superseded', 'unsure']);
  if (plan !== undefined || task !== undefined) {
    let said = tables
      .selectFrom('letter_notices')
      .innerJoin('notices', 'notices.id', 'letter_notices.notice')
      .select('letter_notices.letter');
    if (plan !== undefined) said = said.where('notices.plan', '=', plan);
    if (task !== undefined) said = said.where('notices.task', '=', task);
    query = query.where('id', 'in', said);
  }
  if (before !== undefined) {
    query = query.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('slot_at', 'id'),
        '<',
        selectFrom('letters').select(['slot_at', 'id']).where('id', '=', before).$asTuple('slot_at', 'id'),
      ),
    );
  }
  const found = await withLedgerErrors(() => query.execute());
  return found.map(rowOf);
}

export interface LetterPage extends LetterRow {
  messageId: string;
  /** The stored message, as it was sent; empty where nothing could be sent. */
  bytes: Buffer;
  /** What it would carry over each of its addressee's channels, in order; none: it goes by mail alone. */
  parcels: {
    channel: ChannelKind;
    address: string;
    /** Null: the mail's own bytes. */
    body: string | null;
    state: 'waiting' | 'handed' | 'failed';
    outcome: string | null;
    answer: string | null;
    at: string | null;
  }[];
  /** What stood in it, with where each notice is bound now: another letter's id after this one did not leave. */
  notices: {
    id: string;
    kind: NoticeKind;
    task: TaskId | null;
    text: string;
    letter: string | null;
    recalledAt: string | null;
  }[];
  /** What the tasks were told of its fate, and when; null while it is still owed (D23). */
  feedback: { stream: string; outcome: Fate; on: Day; fedBackAt: string | null }[];
}

/** One letter with everything, or null if there is none of that id. */
export async function showLetter(db: Db, id: string): Promise<LetterPage | null> {
  const tables = mailTables(db);
  return withLedgerErrors(async () => {
    const row = await rows(tables).select(['message_id', 'bytes']).where('id', '=', id).executeTakeFirst();
    if (!row) return null;
    const notices = await tables
      .selectFrom('letter_notices')
      .innerJoin('notices', 'notices.id', 'letter_notices.notice')
      .select(['notices.id', 'kind', 'task', 'text', 'notices.letter', 'recalled_at'])
      .where('letter_notices.letter', '=', id)
      .orderBy('notices.id')
      .execute();
    const parcels = await tables
      .selectFrom('letter_parcels')
      .select(['channel', 'address', 'body', 'state', 'outcome', 'answer', 'at'])
      .where('letter', '=', id)
      .orderBy('ord')
      .execute();
    const feedback = await tables
      .selectFrom('letter_feedback')
      .selectAll()
      .where('letter', '=', id)
      .orderBy('stream')
      .execute();
    return {
      ...rowOf(row),
      messageId: row.message_id,
      bytes: row.bytes,
      parcels,
      notices: notices.map(({ recalled_at, kind, ...rest }) => ({
        ...rest,
        kind: kind as NoticeKind,
        recalledAt: recalled_at,
      })),
      feedback: feedback.map(({ stream, outcome, on_day, fed_back_at }) => ({
        stream,
        outcome,
        on: on_day,
        fedBackAt: fed_back_at,
      })),
    };
  });
}

function rows(db: MailDb) {
  return db
    .selectFrom('letters')
    .select(['id', 'slot_on', 'round', 'to_unit', 'to_office', 'office', 'person', 'address', 'subject', 'state'])
    .select(['attempts', 'answer', 'made_at', 'handed_at', 'failed_at', 'channel']);
}

function rowOf(row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): LetterRow {
  return {
    id: row.id,
    on: row.slot_on,
    round: row.round,
    to: { unit: row.to_unit, office: row.to_office },
    office: row.office,
    person: row.person,
    channel: row.channel,
    address: row.address,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    answer: row.answer,
    madeAt: row.made_at,
    handedAt: row.handed_at,
    failedAt: row.failed_at,
  };
}
