/** Whether a plan wants another year rather than corrections one by one. */
import type { Plan } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';

export function isMostlyPast(problems: readonly LaunchProblem[], { tasks }: Plan): boolean {
  return problems.filter(({ code }) => code === 'past-due').length * 2 > tasks.length;
}
