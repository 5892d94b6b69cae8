/** What a letter says about a task beside its notices, read off the task's state. */
import type { TaskBrief } from './letters';
import type { Task } from './task';

export function briefOf(task: Task): TaskBrief {
  const roles: TaskBrief['roles'] = {};
  // A unit that stands twice, itself and as a member, has the role it was named with first.
  for (const { unit, role, answerers } of task.parties) for (const name of [unit, ...answerers]) roles[name] ??= role;
  const leads = task.parties.filter(({ role }) => role === 'lead').map(({ unit }) => unit);
  return { title: task.title, dueOn: task.dueOn, leads, roles, state: task };
}
