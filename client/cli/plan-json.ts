/** A plan in its own schema, as Duban writes plans: nothing is read into it, and nothing of it may be overridden but its id. */
import { type Draft, type Given, unknownUnits } from '../../documents/draft-plan';
import { planSchema } from '../../domain/schemas';
import { numberOf } from '../../domain/task-ids';
import type { Unit } from '../../domain/unit';
import { wrongCall } from './failure';
import { documentRefused } from './import-failure';
import type { PlanFile } from './plan-file';

/** @throws CliFailure if the file is no plan, or options contradict it */
export function planOfJson(file: PlanFile, options: Pick<Given, 'id'> & { addUnits?: true }, directory: Unit[]): Draft {
  const mayStand = ['id', 'allowWarnings', 'addUnits', 'corrections', 'json', 'verbose', 'actor'];
  const stray = Object.keys(options).find((option) => !mayStand.includes(option));
  if (stray) {
    throw wrongCall(
      'misplaced-option',
      `JSON格式的方案已写明各项，不能再用选项${stray}改写；请在导入后用plan edit更正。`,
      `a plan as JSON says everything itself; the option ${stray} would change it: import it, then use plan edit`,
    );
  }
  const checked = planSchema.safeParse(parsed(file));
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw documentRefused('not-a-plan', file.name, [], `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const plan = checked.data;
  const id = options.id ?? plan.id;
  const tasks = plan.tasks.map((task) => ({ ...task, id: `${id}/${numberOf(task.id)}` }));
  const renamed = { ...plan, id, tasks };
  return { plan: renamed, ...unknownUnits(renamed, directory, options.addUnits === true) };
}

function parsed({ bytes, name }: PlanFile): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw documentRefused('not-a-plan', name, [], error instanceof Error ? error.message : String(error));
  }
}
