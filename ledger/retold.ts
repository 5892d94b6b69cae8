/** What a step told, read off its events: for a ledger that is filled again without deciding anything (D12). */
import type { Context } from '../domain/decider';
import type { TaskEvent } from '../domain/events';
import { fold } from '../domain/fold';
import type { NoticeDraft } from '../domain/notices';
import { noticesOf } from '../domain/notices-of';
import type { Task } from '../domain/task';

/** The notices of a task's step, as `stepTask` files them: of reminders about one thing only the latest (R12). */
export function retold(events: TaskEvent[], start: Task | null, context: Context): NoticeDraft[] {
  let task = start;
  const told: NoticeDraft[] = [];
  const reminders = new Map<string, NoticeDraft>();
  for (const event of events) {
    const before = task;
    task = fold(before, event);
    for (const draft of noticesOf(event, before, task, context)) {
      if (event.type === 'reminded') replaceReminder(told, reminders, draft);
      told.push(draft);
    }
  }
  return told;
}

function replaceReminder(told: NoticeDraft[], reminders: Map<string, NoticeDraft>, draft: NoticeDraft): void {
  const { kind, to, obligation } = draft;
  const about = JSON.stringify([kind, to.unit, to.office, obligation]);
  const earlier = reminders.get(about);
  if (earlier) told.splice(told.indexOf(earlier), 1);
  reminders.set(about, draft);
}
