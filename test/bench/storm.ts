/** One due date for a thousand tasks, no spread: how long until everything is recorded, and how fast the letters go. */
import { addDays, dayOf, instantOf } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import type { Db } from '../../ledger/database';
import type { RoundOutcome } from '../../workflows/messages';
import { perSecond, seconds, timed, until } from './measures';
import { onStand, type Stand } from './stand';
import { issued, settle, startAll } from './town';

const MOST_TASKS = 1_000;
/** Started first, with a later date, to see how long the others will need. */
const PROBES = 100;
/** So long the others may take; on a slower machine there are fewer of them. */
const STARTING_MS = 45_000;
/** For the letters of their issue, before the storm. */
const ISSUE_ROUND_MS = 20_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function storm() {
  return onStand(async (stand) => {
    const { db } = stand.desk;
    // An alarm counts from 05:00: shortly after midnight it is still the day before's.
    const on = dayOf(new Date(Date.now() - 5 * HOUR_MS).toISOString());
    const launchOn = addDays(on, -1);
    const at = instantOf(launchOn, '08:00');
    // Every day of the bench's calendar is a working day: rung 20 falls on `on`.
    const plan = await settle(db, MOST_TASKS + PROBES, addDays(on, 20));
    await stand.work();
    const perMs = await probe(stand, plan, at);
    const count = Math.min(MOST_TASKS, Math.floor((perMs * STARTING_MS) / 50) * 50);

    const rings = Date.now() + (count / perMs) * 1.3 + ISSUE_ROUND_MS;
    const ringAfterMinutes = (rings - Date.parse(instantOf(on, '05:00'))) / MINUTE_MS;
    await startAll(stand, plan, plan.tasks.slice(0, count), { at, ringAfterMinutes });
    await until(async () => (await issued(db)) === count + PROBES, rings - Date.now());
    const first = await round(stand, instantOf(launchOn, '09:00'));
    const quietMs = rings - Date.now();

    await until(async () => (await reminders(db)) > 0, STARTING_MS * 2, 10);
    const before = await reminders(db);
    const from = performance.now();
    const isComplete = await until(async () => (await reminders(db)) === count, 2 * MINUTE_MS, 20);
    const recordedMs = performance.now() - from;
    const second = await round(stand, instantOf(on, '09:00'));
    return {
      how: 'tasks of one due date, five to a unit, no spread; from the first reminder seen in the ledger to the last; then the round at 09:00 to the embedded catcher, from its start to its end. Negative quiet seconds: the machine was too slow, and the alarms rang into the round before',
      tasks: count,
      quietSecondsBeforeAlarm: seconds(quietMs),
      firstToLastSeconds: seconds(recordedMs),
      alarmsPerSecond: perSecond(count - before, recordedMs),
      isComplete,
      letters: { issue: first, reminder: second },
    };
  });
}

/** @returns tasks issued in a millisecond */
async function probe(stand: Stand, plan: Plan, at: string): Promise<number> {
  const later = plan.tasks.slice(-PROBES).map((task) => {
    const dueOn = addDays(task.deadline.dueOn ?? '', 100);
    return { ...task, deadline: { ...task.deadline, dueOn } };
  });
  const ms = await timed(async () => {
    await startAll(stand, plan, later, { at, ringAfterMinutes: 0 });
    await until(async () => (await issued(stand.desk.db)) === PROBES, STARTING_MS);
  });
  return PROBES / ms;
}

async function round({ desk, taskQueue, clock }: Stand, now: string) {
  clock.now = now;
  const run = () =>
    desk.temporal.workflow.execute<(kind: 'routine') => Promise<RoundOutcome | null>>('mailRound', {
      taskQueue,
      workflowId: 'round/bench',
      args: ['routine'],
    });
  let outcome: RoundOutcome | null = null;
  const ms = await timed(async () => {
    outcome = await run();
  });
  const handed = (outcome as RoundOutcome | null)?.handed ?? 0;
  return { handed, seconds: seconds(ms), lettersPerSecond: perSecond(handed, ms) };
}

async function reminders(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kind', '=', 'reminder')
    .executeTakeFirstOrThrow();
  return Number(count);
}
