/** What the page of a unit shows, for each unit of its reader. */
import type { MoveName } from '../../domain/intents';
import { moveChoice } from '../../domain/move-choices';
import { byUrgency, type Owed, owedOn, owedOnPlan } from '../../domain/owed';
import type { UnitId } from '../../domain/plan';
import { type User, unitsOf } from '../../domain/rights';
import { isLead, type Task } from '../../domain/task';
import type { Unit } from '../../domain/unit';
import { type UnitStreams, unitStreams } from '../../ledger/owed';
import { unitsById } from '../../ledger/units';
import type { SignedIn } from '../session/signed-in';

export interface UnitOwes {
  id: UnitId;
  /** Null: the directory does not have it. */
  unit: Unit | null;
  owed: Owed[];
  leads: Task[];
  tasks: Map<string, Task>;
  titles: Record<string, string>;
  calendar: UnitStreams['calendar'];
}

/** The units in whose name the user acts, each once. */
export function ownUnits({ capacities }: User): UnitId[] {
  return capacities === 'operator' ? [] : [...new Set(unitsOf(capacities))];
}

export async function owedGround({ desk, user, today }: SignedIn): Promise<UnitOwes[]> {
  const { db } = desk.desk;
  const ids = ownUnits(user);
  const known = await unitsById(db, ids);
  const found: UnitOwes[] = [];
  for (const id of ids) {
    const { tasks, plans, policyOf, titles, calendar } = await unitStreams(db, id);
    const rulesOf = (plan: string) => ({ calendar, policy: policyOf(plan) });
    const owed = [
      ...tasks.flatMap((task) => owedOn(task, id, rulesOf(task.plan), today)),
      ...plans.flatMap((plan) => owedOnPlan(plan, id, rulesOf(plan.id), today)),
    ].sort(byUrgency);
    found.push({
      id,
      unit: known.get(id) ?? null,
      owed,
      leads: tasks.filter((task) => isLead(task, id)),
      tasks: new Map(tasks.map((task) => [task.id, task])),
      titles,
      calendar,
    });
  }
  return found;
}

/** Whether a move can be made now, so that no button leads to a no. */
export function isOpen(task: Task, { user, today }: SignedIn, move: MoveName): boolean {
  return moveChoice(task, user, move, today)?.refusal === null;
}
