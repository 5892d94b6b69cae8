/** Tells the tasks what became of their letters, where they cannot assume it (R33, D23). */
import type { TaskId } from '../domain/plan';
import { withLedgerErrors } from '../ledger/errors';
import { type DeliveryIntent, type Feedback, markFedBack, undeliveredFeedback } from '../ledger/letters/feedback';
import { beat } from './beat';
import type { MailParts } from './mail';

/** The way to the tasks' processes. */
export interface Desk {
  /**
   * Hands intents to a task, in this order; resolves when they cannot get lost any more.
   * @returns false if the task has no running process; the intents then stay owed
   */
  deliver(task: TaskId, intents: DeliveryIntent[]): Promise<boolean>;
}

export interface FeedBackActivities {
  /** Passes on everything that is owed. A fate whose task has no process now is owed to the next round (D23). */
  feedBack(): Promise<{ fed: number; owed: number }>;
  /** What `feedBack` would pass on, oldest first, for a workflow that passes it on itself. */
  undeliveredFeedback(): Promise<Feedback[]>;
  markFedBack(fed: Pick<Feedback, 'letter' | 'stream' | 'intent'>[]): Promise<void>;
}

export function createFeedBack({ db, clock, desk }: MailParts): FeedBackActivities {
  const mark = async (fed: Parameters<FeedBackActivities['markFedBack']>[0]) => {
    for (const one of fed) await markFedBack(db, one, clock());
  };
  return {
    undeliveredFeedback: () => withLedgerErrors(() => undeliveredFeedback(db)),
    markFedBack: (fed) => withLedgerErrors(() => mark(fed)),
    feedBack: () =>
      withLedgerErrors(async () => {
        const owed = await undeliveredFeedback(db);
        let fed = 0;
        for (const [task, fates] of byTask(owed)) {
          const taken =
            fates.every(({ over }) => over) ||
            (await desk?.deliver(
              task,
              fates.map(({ intent }) => intent),
            ));
          if (taken) {
            await mark(fates);
            fed += fates.length;
          }
          beat(fed);
        }
        return { fed, owed: owed.length - fed };
      }),
  };
}

function byTask(owed: Feedback[]): Map<TaskId, Feedback[]> {
  const tasks = new Map<TaskId, Feedback[]>();
  for (const fate of owed) tasks.set(fate.task, [...(tasks.get(fate.task) ?? []), fate]);
  return tasks;
}
