/** What people read about tasks: the list with its filters, and one task with everything that happened to it. */
import { sql } from 'kysely';
import type { WorkCalendar } from '../domain/calendar';
import type { Day } from '../domain/days';
import type { TaskEvent } from '../domain/events';
import { type Colour, type Light, lightOf } from '../domain/light';
import type { PlanId, TaskId, UnitId } from '../domain/plan';
import { DEFAULT_POLICY } from '../domain/policy';
import type { Sight } from '../domain/rights';
import { type Status, standstillOf, type Task } from '../domain/task';
import { loadCalendar } from './calendars';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { eventsBetween } from './head';
import { lettersAbout, type TaskLetter, taskLetter } from './letters/of-task';
import { streamId } from './rules';

export interface TaskFilter {
  plan?: PlanId;
  /** A party of the task, or a member of a collective that is one. */
  unit?: UnitId;
  status?: Status;
  light?: Colour;
  /** Due on a day before this one. */
  dueBefore?: Day;
  /** Only what is in sight of the reader. */
  sight?: Sight;
  /** For pages: tasks behind this id, and how many. */
  after?: TaskId;
  limit?: number;
}

export interface TaskRow {
  id: TaskId;
  plan: PlanId;
  title: string;
  category: string | null;
  type: Task['type'];
  status: Status;
  leads: UnitId[];
  units: UnitId[];
  dueOn: Day | null;
  originalDueOn: Day | null;
  completedOn: Day | null;
  nextAlarmOn: Day | null;
  light: Light;
  /** Units whose letters did not arrive, and since when: what asks and escalates them stands still (R33). */
  unreached: Record<UnitId, Day>;
}

/**
 * The tasks that match, by id, each with its light on a day (D13).
 * @param on the day of the reader; another one shows the lights of that day on today's states
 */
export async function listTasks(db: Db, filter: TaskFilter, on: Day): Promise<TaskRow[]> {
  const rows = await withLedgerErrors(() => select(db, filter, on).execute());
  return rows.map(taskRow);
}

/**
 * One page of the tasks that match, by id.
 * @returns `next`: the id behind which the next page begins; null when there is none
 */
export async function pageTasks(
  db: Db,
  filter: TaskFilter & { limit: number },
  on: Day,
): Promise<{ rows: TaskRow[]; next: TaskId | null }> {
  const found = await listTasks(db, { ...filter, limit: filter.limit + 1 }, on);
  const rows = found.slice(0, filter.limit);
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}

/** How many open tasks stand still for each unit that letters do not reach (R33). */
export async function standstills(db: Db): Promise<Record<UnitId, number>> {
  const { rows } = await withLedgerErrors(() =>
    sql<{ unit: UnitId; tasks: number }>`
      SELECT u.unit, count(*) AS tasks FROM board, jsonb_object_keys(unreached) AS u (unit)
      WHERE unreached <> '{}' AND status IN ('open', 'suspended') GROUP BY u.unit ORDER BY u.unit`.execute(db),
  );
  return Object.fromEntries(rows.map(({ unit, tasks }) => [unit, Number(tasks)]));
}

export interface TaskHistory {
  task: Task;
  light: Light;
  events: TaskEvent[];
}

export interface TaskPage extends TaskHistory {
  notices: TaskNotice[];
  letters: TaskLetter[];
}

export interface TaskNotice {
  id: string;
  seq: number;
  to: { unit: UnitId; office: string };
  kind: string;
  rung: string | null;
  text: string;
  madeAt: string;
  letter: string | null;
  recalledAt: string | null;
  /** An older ledger was filled again: it may have been sent, and will not be sent now (D12). */
  assumedSent: boolean;
}

/** One task with everything that happened to it; null if it was never launched. */
export async function taskHistory(db: Db, id: TaskId, on: Day): Promise<TaskHistory | null> {
  return atOneMoment(db, (transaction) => readHistory(transaction, id, on));
}

/** The same with its notices and letters. */
export async function showTask(db: Db, id: TaskId, on: Day): Promise<TaskPage | null> {
  return atOneMoment(db, async (transaction) => {
    const history = await readHistory(transaction, id, on);
    if (!history) return null;
    const letters = await lettersAbout(transaction, id).orderBy('slot_at').execute();
    return { ...history, notices: await noticesAbout(transaction, id), letters: letters.map(taskLetter) };
  });
}

function atOneMoment<T>(db: Db, read: (transaction: Db) => Promise<T>): Promise<T> {
  return withLedgerErrors(() => db.transaction().setIsolationLevel('repeatable read').execute(read));
}

async function readHistory(db: Db, id: TaskId, on: Day): Promise<TaskHistory | null> {
  const stream = streamId('task', id);
  const head = await db.selectFrom('streams').select(['state', 'head_seq']).where('id', '=', stream).executeTakeFirst();
  if (!head?.state) return null;
  const task = head.state as Task;
  const events = (await eventsBetween(db, stream, 1, head.head_seq)) as TaskEvent[];
  return { task, light: await lightOn(db, task, await loadCalendar(db), on), events };
}

function select(db: Db, { plan, unit, status, light, dueBefore, sight, after, limit }: TaskFilter, on: Day) {
  // The spell of that day: the board keeps the lights of all days.
  const spell = sql`width_bucket(${on}::date, light_from)`;
  const colour = sql<Colour>`colours[${spell}]`;
  let query = db
    .selectFrom('board')
    .innerJoin('streams', 'streams.id', 'board.stream')
    .select(['task', 'board.plan', 'board.title', 'board.category', 'board.type', 'board.status', 'board.leads'])
    .select([
      'board.units',
      'board.due_on',
      'board.original_due_on',
      'board.completed_on',
      'next_alarm_on',
      'unreached',
    ])
    .select([colour.as('colour'), sql<string>`reasons[${spell}]`.as('reason')])
    .orderBy('stream');
  if (plan !== undefined) query = query.where('board.plan', '=', plan);
  if (unit !== undefined) query = query.where('board.units', '@>', sql<string[]>`ARRAY[${unit}]::text[]`);
  if (status !== undefined) query = query.where('board.status', '=', status);
  if (light !== undefined) query = query.where(colour, '=', light);
  if (dueBefore !== undefined) query = query.where('board.due_on', '<', dueBefore);
  if (sight !== undefined && sight !== 'everything') {
    const { offices, units } = sight;
    query = query.where((where) =>
      where.or([
        where('board.office', 'in', [...offices, '']),
        where('board.units', '&&', sql<string[]>`${units}::text[]`),
      ]),
    );
  }
  if (after !== undefined) query = query.where('stream', '>', streamId('task', after));
  return limit === undefined ? query : query.limit(limit);
}

/** The light of a task on a day, by its plan's own policy. */
export async function lightOn(db: Db, task: Task, calendar: WorkCalendar, on: Day): Promise<Light> {
  const plan = await db.selectFrom('plans').select('policy').where('id', '=', task.plan).executeTakeFirst();
  return lightOf(task, calendar, { ...DEFAULT_POLICY, ...plan?.policy }, on);
}

function taskRow(row: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>): TaskRow {
  const { task: id, plan, title, category, type, status, leads, units, unreached, colour, reason } = row;
  return {
    id,
    plan,
    title,
    category,
    type,
    status,
    leads,
    units,
    dueOn: row.due_on,
    originalDueOn: row.original_due_on,
    completedOn: row.completed_on,
    nextAlarmOn: row.next_alarm_on,
    light: { colour, reason },
    unreached: standstillOf({ status, unreached }),
  };
}

async function noticesAbout(db: Db, task: TaskId): Promise<TaskNotice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('stream', '=', streamId('task', task))
    .orderBy('seq')
    .orderBy('ord')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    to: { unit: row.to_unit, office: row.to_office },
    kind: row.kind,
    rung: row.rung,
    text: row.text,
    madeAt: row.made_at,
    letter: row.letter,
    recalledAt: row.recalled_at,
    assumedSent: row.assumed_sent,
  }));
}
