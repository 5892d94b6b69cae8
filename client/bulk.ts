/**
 * One move on many tasks: looked at first, then made one by one under the ids that the look has fixed. Whoever makes it
 * again, after a crash or in a second tab, makes nothing twice.
 */
import { randomUUID } from 'node:crypto';
import type { Move } from '../domain/intents';
import type { PlanId, TaskId } from '../domain/plan';
import { type Bulk, type BulkTask, settleBulkTask, showBulk, startBulk, storeBulk } from '../ledger/bulk';
import { LedgerUnavailable } from '../ledger/errors';
import type { UserDesk } from './as-user';
import { UnknownOutcome, Unreachable } from './errors';
import { foresight } from './foresee';

/** More than anybody looks through one by one. */
export const MOST_TASKS = 200;
/** Each waits for a process and a write; more at once would be in the way of the units' own moves. */
const AT_ONCE = 4;

/**
 * Looks at what a move would come to on each task, and keeps the look.
 * @param at ISO instant
 * @returns its id; tasks out of the user's sight are left out, and those beyond {@link MOST_TASKS}
 */
export async function previewBulk(
  desk: UserDesk,
  { plan, tasks, move, at }: { plan: PlanId; tasks: readonly TaskId[]; move: Move; at: string },
): Promise<string> {
  const foresee = foresight(desk);
  const lines: Omit<BulkTask, 'outcome' | 'refusal'>[] = [];
  await inTurns([...new Set(tasks)].slice(0, MOST_TASKS), async (id) => {
    const task = id.startsWith(`${plan}/`) ? await desk.task(id) : null;
    if (!task) return;
    const { title, seq: seen } = task;
    lines.push({ task: id, title, moveId: randomUUID(), seen, expected: await foresee(task, move, at) });
  });
  lines.sort((a, b) => (a.task < b.task ? -1 : 1));
  const id = randomUUID();
  await storeBulk(desk.desk.db, { id, plan, login: desk.user.login, move, madeAt: at, tasks: lines });
  return id;
}

/**
 * Makes what was looked at, as far as it is not made yet.
 * @param goesOn asked before each task: false leaves the rest for another time
 * @returns null where the user has no such look
 */
export async function makeBulk(
  desk: UserDesk,
  id: string,
  now: () => string,
  goesOn: () => boolean = () => true,
): Promise<Bulk | null> {
  const { db } = desk.desk;
  const bulk = await showBulk(db, id, desk.user.login);
  if (!bulk) return null;
  await startBulk(db, id, now());
  await inTurns(
    bulk.tasks.filter(({ outcome }) => outcome === null || outcome === 'unknown'),
    async (line) => {
      if (goesOn()) await settleBulkTask(db, id, line.task, await made(desk, bulk.move, line));
    },
  );
  return showBulk(db, id, desk.user.login);
}

async function made(
  desk: UserDesk,
  move: Move,
  { task, moveId, seen }: BulkTask,
): Promise<Pick<BulkTask, 'outcome' | 'refusal'>> {
  try {
    const answer = await desk.move(task, move, { moveId, seenSeq: seen });
    return { outcome: answer.outcome, refusal: answer.outcome === 'refused' ? answer.refusal : null };
  } catch (error) {
    const isUnknown =
      error instanceof UnknownOutcome || error instanceof Unreachable || error instanceof LedgerUnavailable;
    if (isUnknown) return { outcome: 'unknown', refusal: null };
    throw error;
  }
}

/** Does it for each, a few at once. */
export async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
