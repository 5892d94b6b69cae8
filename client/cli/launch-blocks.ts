/** What would refuse the launch of a draft (R11), for whoever has not asked for one yet. */
import type { Day } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';
import type { Unit } from '../../domain/unit';
import { launchProblemsIn } from '../launch-problems';

/** How many are shown; `--json` has all of them. */
const MOST_SHOWN = 20;

/** @param directory the units that are there, or will be */
export function launchBlocks(plan: Plan, directory: readonly Unit[], today: Day): LaunchProblem[] {
  return launchProblemsIn(new Map(directory.map((unit) => [unit.id, unit])), plan, today);
}

export function blockLines(plan: Plan, blocks: readonly LaunchProblem[]): string[] {
  return [
    blocks.length === 0 ? '今天即可下达。' : `今天还不能下达，有${blocks.length}处：`,
    ...blocks.slice(0, MOST_SHOWN).map(({ task, zh }) => `  - ${task ?? plan.id}：${zh}`),
    ...(blocks.length > MOST_SHOWN ? [`  其余${blocks.length - MOST_SHOWN}处用 --json 查看`] : []),
  ];
}
