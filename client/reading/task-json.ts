/** One task as programs read it: the same JSON from the command line and from the HTTP API. */
import { figuresBeside } from '../../domain/library/figures';
import { addressOf, type Linked } from '../../domain/library/links';
import type { Light } from '../../domain/light';
import type { PlanTask } from '../../domain/plan';
import type { TaskPage } from '../../ledger/tasks';
import type { TaskLibrary } from './task-library';

/** A launched task. With `history` also everything that happened and every notice. */
export function taskJson(page: TaskPage, planTask: PlanTask, beside: TaskLibrary, history: boolean) {
  const { task, light, events, notices, letters } = page;
  const { alarms, ...state } = task;
  return {
    ...state,
    content: planTask.content,
    light,
    alarms: alarms.map(({ on, kind, rung, provisional }) => ({ on, kind, rung, provisional })),
    indicator: indicatorJson(beside.linked),
    figures: figuresBeside(task.evidence, beside.library, beside.linked.indicator),
    letters,
    ...(history && { events, notices }),
  };
}

const NOT_LAUNCHED: Light = { colour: 'none', reason: '未下达' };

/** A task to which nothing has happened yet: what stands in the plan. */
export function draftTaskJson(planTask: PlanTask, linked: Linked) {
  const { dueOn } = planTask.deadline;
  return {
    ...planTask,
    status: 'draft' as const,
    light: NOT_LAUNCHED,
    dueOn,
    originalDueOn: dueOn,
    alarms: [],
    indicator: indicatorJson(linked),
    figures: [],
  };
}

function indicatorJson({ indicator, by }: Linked) {
  return indicator && { id: addressOf(indicator), name: indicator.name, by };
}
