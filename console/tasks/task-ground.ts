/** Everything that the page of a task shows to one user, read at once. */

import { taskLibrary } from '../../client/reading/task-library';
import { caseChooser, caseName } from '../../domain/library/cases';
import { indicatorNames } from '../../domain/library/entries';
import { type FigureBeside, figuresBeside } from '../../domain/library/figures';
import type { Linked } from '../../domain/library/links';
import { type MoveChoice, moveChoices } from '../../domain/move-choices';
import type { PlanTask, TaskId, UnitId } from '../../domain/plan';
import { type TaskAnswer, type TaskMailLetter, taskMail } from '../../ledger/letters/of-task';
import { loadCaseTitles } from '../../ledger/library';
import { planTaskOf } from '../../ledger/plan-tasks';
import { planRow } from '../../ledger/plans';
import { type TaskHistory, taskHistory } from '../../ledger/tasks';
import type { SignedIn } from '../session/signed-in';

export interface TaskGround extends TaskHistory {
  planTitle: string;
  /** As the document words it. */
  planTask: PlanTask | null;
  letters: TaskMailLetter[];
  answers: TaskAnswer[];
  linked: Linked;
  figures: FigureBeside[];
  /** Titles of cases that fit, with where each stands. */
  cases: { id: string; name: string; source: string }[];
  choices: MoveChoice[];
}

/** Null: there is no such task, it was never launched, or it is out of the user's sight. */
export async function taskGround({ desk, user, today, sight }: Reader, id: TaskId): Promise<TaskGround | null> {
  const { db } = desk.desk;
  const history = await taskHistory(db, id, today);
  if (!history || !desk.sees(history.task)) return null;
  const { task, light, events } = history;
  const [{ title: planTitle }, planTask, { library, linked }, titles, mail] = await Promise.all([
    planRow(db, task.plan),
    planTaskOf(db, task.plan, id),
    taskLibrary(db, { id, category: task.category }),
    loadCaseTitles(db),
    taskMail(db, id, sight(task.office)),
  ]);
  const choose = caseChooser(titles, indicatorNames(library));
  return {
    task,
    light,
    events,
    planTitle,
    planTask,
    ...mail,
    linked,
    figures: figuresBeside(task.evidence, library, linked.indicator),
    cases: choose({ title: task.title, category: task.category, indicator: linked.indicator }).map((one) => ({
      id: one.id,
      name: caseName(one),
      source: one.sourceName,
    })),
    choices: moveChoices(task, user, today),
  };
}

type Reader = Pick<SignedIn, 'desk' | 'user' | 'today'> & { sight: (office: UnitId) => UnitId[] | null };

/** Whose letters a reader of the task may see: an officer of the plan and an auditor everybody's, a unit its own. */
export function readerOf({ desk, user, today }: SignedIn): Reader {
  const { sight } = desk;
  return {
    desk,
    user,
    today,
    sight: (office) => (sight === 'everything' || sight.offices.includes(office) ? null : sight.units),
  };
}
