/** The table by unit of a bulletin (R36): what each lead unit's tasks look like, its score with every line of it, its rank. */
import { type Colour, lightOf } from '../light';
import type { UnitId } from '../plan';
import type { Scoring } from '../policy';
import { leadsOf, type Task } from '../task';
import { type Mark, marksUntil, pointsOf } from './marks';
import { isOverdue, isUndelivered } from './overdue';
import type { BulletinPeriod } from './period';
import { type BulletinSource, counts, tasksAt } from './source';

/** One line of a score's working: what happened, and its points; none where it is excused. */
export type ScoreLine = Mark & { points: number };

export interface UnitRow {
  unit: UnitId;
  /** Tasks that it leads, cancelled ones left out. */
  tasks: number;
  lights: Record<Colour, number>;
  completed: number;
  /** Overdue and not completed; those that never reached a lead stand beside it. */
  overdue: number;
  undelivered: number;
  /** Quarterly reports missing since the launch. */
  missingReports: number;
  score: number;
  /** From 1; equal scores share it, and the next rank is left out. */
  rank: number;
  lines: ScoreLine[];
}

/** Every unit that leads a task, by rank, then in the plan's order. */
export function unitRows(source: BulletinSource, period: BulletinPeriod): UnitRow[] {
  const { policy } = source;
  const marks = marksUntil(source, period);
  const tasks = tasksAt(source, period.on).filter(counts);
  const units = [...new Set(tasks.flatMap(leadsOf))];
  const rows = units.map((unit) => {
    const own = tasks.filter((task) => leadsOf(task).includes(unit));
    const lines = marks
      .filter((mark) => mark.unit === unit)
      .map((mark) => ({ ...mark, points: pointsOf(mark, policy.scoring) }));
    const late = own.filter((task) => isOverdue(task, period.on));
    const undelivered = late.filter(isUndelivered).length;
    return {
      unit,
      tasks: own.length,
      lights: lightsOf(own, source, period),
      completed: own.filter(({ status }) => status === 'completed').length,
      overdue: late.length - undelivered,
      undelivered,
      missingReports: lines.filter(({ kind, excuse }) => kind === 'missingReport' && excuse === null).length,
      score: scoreOf(lines, policy.scoring),
      lines,
    };
  });
  return rows
    .map((row) => ({ ...row, rank: 1 + rows.filter(({ score }) => score > row.score).length }))
    .sort((a, b) => a.rank - b.rank);
}

/** Start, and every line's points; never outside floor and ceiling. */
function scoreOf(lines: readonly ScoreLine[], { start, floor, ceiling }: Scoring): number {
  const sum = lines.reduce((total, { points }) => total + points, start);
  return Math.min(ceiling, Math.max(floor, sum));
}

function lightsOf(
  tasks: readonly Task[],
  { calendar, policy }: BulletinSource,
  { on }: BulletinPeriod,
): Record<Colour, number> {
  const lights = { none: 0, grey: 0, green: 0, yellow: 0, blue: 0, red: 0 };
  for (const task of tasks) lights[lightOf(task, calendar, policy, on).colour] += 1;
  return lights;
}
