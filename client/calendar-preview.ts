/** What importing a year would move, for whoever is about to import it. */
import type { CalendarYear } from '../domain/calendar';
import { type MovedAlarm, movedAlarms } from '../domain/calendar-preview';
import type { TaskId } from '../domain/plan';
import { DEFAULT_POLICY } from '../domain/policy';
import type { Task } from '../domain/task';
import { loadCalendar } from '../ledger/calendars';
import { daysOfYear } from './calendar-import';
import { groundOfShared } from './directory';
import type { Reader } from './reader';

/** So many are looked at; of more, the rest is said to be left out. */
const MOST_TASKS = 2_000;
const SHOWN = 100;

export interface CalendarPreview {
  /** Days that would become working days, and days off. */
  on: string[];
  off: string[];
  tasks: { id: TaskId; title: string; moved: MovedAlarm[] }[];
  /** How many tasks have an alarm that moves; more than are shown, where there are many. */
  moving: number;
  /** Tasks in sight that were looked at, and whether others were not. */
  looked: number;
  isWhole: boolean;
}

/** Throws NotAllowed, Failure. */
export async function previewCalendar(user: Reader, year: string, given: CalendarYear): Promise<CalendarPreview> {
  user.authorise('changeCalendar', await groundOfShared(user.desk.db, user.user));
  const days = daysOfYear(year, given);
  const { db } = user.desk;
  const before = await loadCalendar(db);
  const after = { version: 'preview', years: { ...before.years, [year]: days } };
  let query = db
    .selectFrom('streams')
    .innerJoin('plans', 'plans.id', 'streams.plan')
    .select(['streams.state', 'plans.policy'])
    .where('streams.kind', '=', 'task')
    .where('streams.status', '=', 'open')
    .orderBy('streams.id')
    .limit(MOST_TASKS + 1);
  // Titles of another office's tasks are not this editor's to read, although its dates move with the calendar too.
  if (user.sight !== 'everything') query = query.where('streams.office', 'in', [...user.sight.offices, '']);
  const rows = await query.execute();
  const looked = rows.slice(0, MOST_TASKS);
  const tasks = looked.flatMap(({ state, policy }) => {
    // The stream's kind says which of the two states it is.
    const task = state as Task;
    const moved = movedAlarms(task, policy ?? DEFAULT_POLICY, before, after);
    return moved.length > 0 ? [{ id: task.id, title: task.title, moved }] : [];
  });
  const known = before.years[year] ?? { off: [], on: [] };
  const added = (now: readonly string[], then: readonly string[]) => now.filter((day) => !then.includes(day));
  return {
    on: [...added(days.on, known.on), ...added(known.off, days.off)].sort(),
    off: [...added(days.off, known.off), ...added(known.on, days.on)].sort(),
    tasks: tasks.slice(0, SHOWN),
    moving: tasks.length,
    looked: looked.length,
    isWhole: rows.length <= MOST_TASKS,
  };
}
