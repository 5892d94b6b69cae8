/** What a coordinator should look at in one task of a draft: what keeps it from launch (R11), and what the document leaves open. */
import type { Plan, PlanTask } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';
import { DIAGNOSTICS, diagnose } from '../diagnostics';
import { readDeadline } from '../grammar/deadlines';

/**
 * The sentences of the column 疑点与缺项, what blocks launch first.
 * @param problems all of `launchProblems`; those of other tasks are left aside
 */
export function doubtsOf(
  task: PlanTask,
  { issuedOn }: Pick<Plan, 'issuedOn'>,
  problems: readonly LaunchProblem[],
): string[] {
  const { deadline, parties } = task;
  const last = deadline.notReadyOn ?? deadline.dueOn;
  const said = problems.filter((problem) => problem.task === task.id).map(({ zh }) => zh);
  if (parties.length > 0 && task.leadBasis === 'unstated') said.push('列有单位，未写明由谁牵头');
  if (last !== null && last < issuedOn) said.push(`时限早于印发日${issuedOn}`);
  const kept = task.doubts ?? [];
  said.push(...kept.map(({ text }) => text));
  // A draft that was not imported from its document has no doubts kept; its words are read again.
  if (!kept.some(({ about }) => about === 'deadline')) said.push(...wordsNotRead(task, issuedOn));
  if (task.openEnded) said.push('文件另有未点名的单位（等有关单位），未列入');
  if (deadline.inPrinciple) said.push('文件写“原则上”');
  return said;
}

/** Why the document's words for a deadline gave no date. */
function wordsNotRead({ deadline, noDateConfirmed }: PlanTask, issuedOn: string): string[] {
  if (deadline.type !== 'none' || noDateConfirmed === true || deadline.text.trim() === '') return [];
  const context = { yearGiven: null, yearStated: null, issuedOn, calendar: null };
  const told = readDeadline(deadline.text, context).doubts.filter(({ code }) => DIAGNOSTICS[code].severity !== 'note');
  return told.length > 0 ? told.map((doubt) => diagnose(doubt, null, null).message) : ['时限原文没有读成日期'];
}
