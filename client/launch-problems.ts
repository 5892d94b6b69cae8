/** What keeps a plan from launch (R11, R9), asked of the directory as it is now. */
import type { Day } from '../domain/days';
import type { Plan, UnitId } from '../domain/plan';
import { type LaunchProblem, launchProblems, unitsOf } from '../domain/rules/issue';
import type { Unit } from '../domain/unit';
import type { Db } from '../ledger/database';
import { unitsById } from '../ledger/units';

/** @param on the day of the launch */
export async function launchProblemsOf(db: Db, plan: Plan, on: Day): Promise<LaunchProblem[]> {
  return launchProblemsIn(await unitsById(db, unitsOf(plan)), plan, on);
}

/** The same of a directory at hand, by id. */
export function launchProblemsIn(directory: ReadonlyMap<UnitId, Unit>, plan: Plan, on: Day): LaunchProblem[] {
  const office = directory.get(plan.office);
  const people = { liaison: !!office?.liaison, head: !!office?.head, leader: !!office?.leader };
  return launchProblems(plan, on, people, (unit) => directory.has(unit));
}
