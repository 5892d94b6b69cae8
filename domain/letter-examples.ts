/** One letter of each kind from a plan that is played for it: launched on its day, then whatever the kind needs. */
import type { WorkCalendar } from './calendar';
import { type Day, instantOf } from './days';
import type { Context } from './decider';
import { imagine, type TaskNoticeKind } from './imagined-notices';
import type { Preview } from './letter-preview';
import type { LetterNotice } from './letters';
import type { NoticeDraft } from './notices';
import type { Plan } from './plan';
import { DEFAULT_POLICY } from './policy';
import { isRefusal } from './refusals';
import { assumedHandOver } from './rounds';
import { stepTask } from './step';
import type { Task } from './task';
import type { Unit } from './unit';

export interface Example {
  plan: Plan;
  units: readonly Unit[];
  calendar: WorkCalendar;
  /** A working day. */
  launchedOn: Day;
}

/**
 * The first letter of the kind that the plan's tasks can cause, in their order; of `issue` the one with the most tasks.
 * @throws Error when no task of the plan can cause one: another plan is needed for the example
 */
export function exampleLetter(kind: TaskNoticeKind, example: Example): Preview {
  const context = contextOf(example);
  const launched = launch(example, context);
  if (kind === 'issue') return largest(launched, example, context);
  for (const { task } of launched) {
    const imagined = imagine(task, kind, nextDay(example, context), context);
    if (imagined && !isRefusal(imagined)) {
      const { notices, on, task: then } = imagined;
      return previewOf(notices, { office: example.plan.office, tasks: [then], on });
    }
  }
  throw new Error(`no task of ${example.plan.id} causes a notice of kind ${kind}`);
}

/** The notices of the first one's addressee. */
export function previewOf(notices: readonly NoticeDraft[], rest: Omit<Preview, 'notices'>): Preview {
  return { ...rest, notices: toFirst(notices).map((notice): LetterNotice => ({ ...notice, madeOn: rest.on })) };
}

/** Of several to several, those to whom the first one goes. */
export function toFirst<N extends Pick<LetterNotice, 'to'>>(notices: readonly N[]): N[] {
  const [first] = notices;
  return notices.filter(({ to }) => to.unit === first?.to.unit && to.office === first.to.office);
}

function contextOf({ units, calendar }: Example): Context {
  const directory = Object.fromEntries(units.map(({ id, members }) => [id, { members }]));
  return { calendar, policy: DEFAULT_POLICY, directory, ordinals: { slip: 1, urging: 1 }, openTasks: 1 };
}

function launch({ plan, launchedOn }: Example, context: Context): { task: Task; notices: NoticeDraft[] }[] {
  const at = instantOf(launchedOn, '08:00');
  const actor = { name: plan.issuer, role: 'supervisor', unit: plan.office } as const;
  return plan.tasks.flatMap((task) => {
    const issue = {
      id: `issue:${task.id}`,
      at,
      actor,
      type: 'issue',
      task,
      office: plan.office,
      signedBy: plan.issuer,
    } as const;
    const step = stepTask(null, issue, context);
    return isRefusal(step) ? [] : [{ task: step.state, notices: step.notices }];
  });
}

function largest(
  launched: { task: Task; notices: NoticeDraft[] }[],
  { plan, launchedOn }: Example,
  context: Context,
): Preview {
  const counts = new Map<string, NoticeDraft[]>();
  for (const notice of launched.flatMap(({ notices }) => notices))
    counts.set(notice.to.unit, [...(counts.get(notice.to.unit) ?? []), notice]);
  const [most = []] = [...counts.values()].sort((a, b) => b.length - a.length);
  const about = new Set(most.map(({ task }) => task));
  const tasks = launched.map(({ task }) => task).filter(({ id }) => about.has(id));
  const on = assumedHandOver(context.calendar, instantOf(launchedOn, '08:00'));
  return previewOf(most, { office: plan.office, tasks, on });
}

/** People act on the day after the launch. */
function nextDay({ launchedOn }: Example, { calendar }: Context): Day {
  return assumedHandOver(calendar, instantOf(launchedOn, '15:00'));
}
