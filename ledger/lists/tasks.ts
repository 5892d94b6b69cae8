/** Tasks as pages list them: filtered, in an order, a page at a time by keyset, with how many there are. */
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { type Day, isDay } from '../../domain/days';
import type { Colour, Light } from '../../domain/light';
import type { PlanId, TaskId, UnitId } from '../../domain/plan';
import type { SlipColour } from '../../domain/policy';
import type { Sight } from '../../domain/rights';
import type { Slip, Status, Task } from '../../domain/task';
import { URGENCY } from '../board';
import type { BoardTable } from '../board-tables';
import type { Db } from '../database';
import { withLedgerErrors } from '../errors';
import type { Tables } from '../tables';
import { type Cursor, readCursor, writeCursor } from './cursor';
import { inSight } from './sight';

/** id: as in the document. due: nearest first, without a date last. urgency: red, yellow, blue, then closed ones. */
export const TASK_ORDERS = ['id', 'due', 'urgency'] as const;
export type TaskOrder = (typeof TASK_ORDERS)[number];

export interface TaskFilters {
  plan?: PlanId;
  /** Has a part in the task. */
  unit?: UnitId;
  /** Leads the task. */
  lead?: UnitId;
  colour?: Colour;
  reason?: string;
  status?: Status;
  category?: string;
  /** Both days included. */
  dueFrom?: Day;
  dueTo?: Day;
  /** Stands in the title or in the task's id. */
  text?: string;
  /** The colour of the slip that stands last. */
  slip?: SlipColour | 'below-orange';
  /** Evidence to be reviewed, an extension to be decided. */
  waiting?: 'review' | 'extension';
}

export interface TaskPageRequest extends TaskFilters {
  order: TaskOrder;
  /** A cursor of an earlier page: what comes behind it, or before it. */
  after?: string;
  before?: string;
  size: number;
}

export interface ListedTask {
  id: TaskId;
  /** The number of its last event. */
  seq: number;
  plan: PlanId;
  office: UnitId;
  title: string;
  category: string | null;
  status: Status;
  type: Task['type'];
  leads: UnitId[];
  units: UnitId[];
  dueOn: Day | null;
  originalDueOn: Day | null;
  completedOn: Day | null;
  reviewDueOn: Day | null;
  extensionDueOn: Day | null;
  /** The slip that stands last on the ladder. */
  slip: Pick<Slip, 'number' | 'colour' | 'issuedOn' | 'limitOn'> | null;
  overdueFrom: Day | null;
  slips: number;
  instructions: number;
  unreached: Record<UnitId, Day>;
  light: Light;
  /** The first day of the present light, where the calendar brought it. */
  lightSince: Day | null;
}

export interface TaskPage {
  rows: ListedTask[];
  /** Of the whole list. */
  total: number;
  /** Cursors of the pages on both sides; null where there is none. */
  before: string | null;
  after: string | null;
}

interface Key {
  columns: readonly ('urgency' | 'due_key' | 'stream')[];
  shape: readonly ('string' | 'number')[];
}

const KEYS: Record<TaskOrder, Key> = {
  id: { columns: ['stream'], shape: ['string'] },
  due: { columns: ['due_key', 'stream'], shape: ['string', 'string'] },
  urgency: { columns: ['urgency', 'due_key', 'stream'], shape: ['number', 'string', 'string'] },
};

/** What a row of a list shows and is sorted by. */
const COLUMNS = [
  ...(['stream', 'seq', 'task', 'plan', 'office', 'title', 'category', 'status', 'type', 'leads', 'units'] as const),
  ...(['due_on', 'original_due_on', 'completed_on', 'due_key', 'review_due_on', 'extension_due_on'] as const),
  ...(['slip', 'overdue_from', 'slips', 'instructions', 'unreached'] as const),
  ...(['urgency', 'colour', 'reason', 'light_since'] as const),
] as const;

/**
 * One page. The board must have been turned to the reader's day (board-day.ts).
 * A cursor that is none is passed over: the list then begins at its beginning.
 * @param count asked for how many there are in all, where somebody may know it already (seen-board.ts)
 */
export async function taskPage(
  db: Db,
  sight: Sight,
  request: TaskPageRequest,
  count: () => Promise<number> = () => countTasks(db, sight, request),
): Promise<TaskPage> {
  const { order, size } = request;
  const key = KEYS[order];
  const place = placeOf(request, key);
  const isBack = place !== null && request.after === undefined;
  const direction = isBack ? ('desc' as const) : ('asc' as const);
  let query = filtered(db.selectFrom('board').select(COLUMNS), sight, request).limit(size + 1);
  if (place) query = query.where(behind(key, place, isBack));
  for (const column of key.columns) query = query.orderBy(column, direction);
  return withLedgerErrors(async () => {
    const few = request.text === undefined ? null : await fewWithText(db, sight, request);
    if (few !== null) query = query.where(sql<boolean>`stream = ANY (${few}::text[])`);
    const found = few?.length === 0 ? [] : await query.execute();
    const total = few?.length ?? (await count());
    const more = found.length > size;
    const rows = found.slice(0, size);
    if (isBack) rows.reverse();
    const cursor = (row: Row | undefined) =>
      row ? writeCursor({ order, values: key.columns.map((column) => row[column]) }) : null;
    const [hasBefore, hasAfter] = isBack ? [more, true] : [place !== null, more];
    return {
      rows: rows.map(listed),
      total,
      before: hasBefore ? cursor(rows.at(0)) : null,
      after: hasAfter ? cursor(rows.at(-1)) : null,
    };
  });
}

/** Of more the first page is soon found in the list's own order. */
const FEW_WITH_TEXT = 500;

/**
 * The streams of the tasks that match, where they are few: a text is looked for in the index (0022), and only what was found
 * is read. Null: they are many.
 */
async function fewWithText(db: Db, sight: Sight, filters: TaskFilters): Promise<string[] | null> {
  const rows = await filtered(db.selectFrom('board').select('stream'), sight, filters)
    .limit(FEW_WITH_TEXT + 1)
    .execute();
  return rows.length > FEW_WITH_TEXT ? null : rows.map(({ stream }) => stream);
}

/** How many tasks match. */
export async function countTasks(db: Db, sight: Sight, filters: TaskFilters): Promise<number> {
  const counted = filtered(db.selectFrom('board'), sight, filters).select(({ fn }) =>
    fn.countAll<number>().as('count'),
  );
  const { count } = await withLedgerErrors(() => counted.executeTakeFirstOrThrow());
  return count;
}

function placeOf({ order, after, before }: TaskPageRequest, { shape }: Key): Cursor | null {
  const text = after ?? before;
  if (text === undefined) return null;
  const place = readCursor(text, order, shape);
  const due = order === 'id' ? null : place?.values.at(-2);
  // A day out of somebody's hand would be an error of the database.
  return typeof due === 'string' && due !== 'infinity' && !isDay(due) ? null : place;
}

/** A comparison of rows, which an index answers as it stands. */
function behind({ columns }: Key, { values }: Cursor, isBack: boolean): RawBuilder<boolean> {
  const left = sql.join(columns.map((column) => sql.ref(column)));
  return isBack ? sql<boolean>`(${left}) < (${sql.join(values)})` : sql<boolean>`(${left}) > (${sql.join(values)})`;
}

type Query<O> = SelectQueryBuilder<Tables, 'board', O>;

function filtered<O>(all: Query<O>, sight: Sight, filters: TaskFilters): Query<O> {
  let query = all.where(inSight(sight));
  const { plan, unit, lead, colour, reason, status, category, dueFrom, dueTo, text, slip, waiting } = filters;
  if (plan !== undefined) query = query.where('plan', '=', plan);
  if (unit !== undefined) query = query.where('units', '@>', sql<string[]>`ARRAY[${unit}]::text[]`);
  if (lead !== undefined) {
    // Who leads has a part: the second condition is there for its index.
    query = query.where(sql<boolean>`${lead} = ANY(leads) AND units @> ARRAY[${lead}]::text[]`);
  }
  if (colour !== undefined) query = query.where('urgency', '=', URGENCY[colour]);
  if (reason !== undefined) query = query.where('reason', '=', reason);
  if (status !== undefined) query = query.where('status', '=', status);
  if (category !== undefined) query = query.where('category', '=', category);
  if (dueFrom !== undefined) query = query.where('due_key', '>=', dueFrom);
  if (dueTo !== undefined) query = query.where('due_key', '<=', dueTo);
  if (slip !== undefined) {
    // As board_red_by_slip has it (0019).
    query = query.where(sql<boolean>`coalesce(slip ->> 'colour', 'blue') = ${slip === 'below-orange' ? 'blue' : slip}`);
    if (slip === 'blue') query = query.where('slip', 'is not', null);
  }
  if (waiting === 'review') query = query.where('review_due_on', 'is not', null);
  if (waiting === 'extension') query = query.where('extension_due_on', 'is not', null);
  if (text !== undefined) query = query.where(sql<boolean>`position(${text.toLowerCase()} in search) > 0`);
  return query;
}

type Row = Pick<Selectable<BoardTable>, (typeof COLUMNS)[number]>;

function listed(row: Row): ListedTask {
  return {
    id: row.task,
    seq: row.seq,
    plan: row.plan,
    office: row.office,
    title: row.title,
    category: row.category,
    status: row.status,
    type: row.type,
    leads: row.leads,
    units: row.units,
    dueOn: row.due_on,
    originalDueOn: row.original_due_on,
    completedOn: row.completed_on,
    reviewDueOn: row.review_due_on,
    extensionDueOn: row.extension_due_on,
    slip: row.slip,
    overdueFrom: row.overdue_from,
    slips: row.slips,
    instructions: row.instructions,
    unreached: row.unreached,
    light: { colour: row.colour, reason: row.reason },
    lightSince: row.light_since === '-infinity' ? null : row.light_since,
  };
}
