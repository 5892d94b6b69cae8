/** How long the words of a task may be: what a plan can store, and what the grammar is asked to read. */
import { doubt, quoted } from '../diagnostics';
import type { RawDocument, RawTask } from './raw-task';

/** A plan's ids have four digits for a task; the longest lists known have some hundred tasks. */
export const MOST_TASKS = 9999;
/** Paragraphs and rows. A book of five hundred pages has some ten thousand. */
export const MOST_BLOCKS = 50_000;

/** Letters of one line: ten printed pages without a break, and what is read over and over must not be endless. */
export const MOST_LETTERS = 10_000;

const MOST = { title: 500, category: 200, content: 30_000, measures: 30_000, remark: 20_000, assignment: 2000 };

/** What a task is called that the document gives no words. */
const UNNAMED = '（未写明任务）';

/** Cuts what is longer, and says so on the task; gives a task without any words a name to be corrected. */
export function fitTexts(document: RawDocument): void {
  for (const task of document.tasks) {
    task.title = cut(task, task.title, MOST.title);
    if (task.title === '') {
      task.title = UNNAMED;
      task.doubts.push(doubt('no-text', '这一行有单位或日期，没有任务名称'));
    }
    task.category = task.category === null ? null : cut(task, task.category, MOST.category);
    task.content = cut(task, task.content, MOST.content);
    task.measures = cut(task, task.measures, MOST.measures);
    task.remark = cut(task, task.remark, MOST.remark);
    for (const kind of Object.keys(task.assignment) as (keyof RawTask['assignment'])[]) {
      const kept = cut(task, task.assignment[kind], MOST.assignment);
      // Half a name is no name.
      task.assignment[kind] = kept === task.assignment[kind] ? kept : kept.replace(/[^、，,；;]*$/, '');
    }
  }
}

function cut(task: RawTask, text: string, most: number): string {
  if (text.length <= most) return text;
  task.doubts.push(doubt('text-cut', `${quoted(text, 20)}有${text.length}字，只保留前${most}字`));
  return text.slice(0, most);
}
