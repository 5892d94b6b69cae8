/**
 * Lives a plan's time through the real processes on a server whose clock can be sent forward: launch, morning alarms,
 * rounds, acts, seals. That server has no schedules, so rounds and seals are started here; nobody else moves the clock.
 */
import { isWorkingDay, type WorkCalendar, workingDay } from '../../domain/calendar';
import { addDays, type Day, instantOf } from '../../domain/days';
import type { Actor } from '../../domain/events';
import type { Plan } from '../../domain/plan';
import type { PlanReports } from '../../domain/plan-reports';
import { sentenceOf } from '../../domain/refusals';
import type { Act, Behaviour, Scene } from '../../domain/rehearsal-acts';
import { ACT_TIME, LAUNCH_TIME, URGENT_TIME } from '../../domain/rehearsal-play';
import { ROUTINE_ROUNDS, type RoundKind } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { streamId } from '../../ledger/rules';
import type { RoundOutcome } from '../../workflows/messages';
import { type Desk, type MoveOutcome, UnknownOutcome } from '../index';

/** Where it is lived. */
export interface Place {
  desk: Desk;
  taskQueue: string;
  /** Lets time pass until that day and time; everything due until then has happened. */
  until(day: Day, time: string): Promise<void>;
}

export interface Year {
  plan: Plan;
  calendar: WorkCalendar;
  /** The day of launch, and the last day. */
  from: Day;
  to: Day;
  launcher: Actor;
  signedBy: string;
  behaviour: Behaviour;
  /** Called at the end of every day on which something happened. */
  onDay?(day: Day): Promise<void>;
}

const [MORNING, AFTERNOON] = ROUTINE_ROUNDS;
const SEAL_TIME = '20:00';

/**
 * Lives the year. The plan is stored as a draft, with its units and the calendar.
 * @throws Error when an act is refused, or a round cannot be held as it should
 */
export async function liveYear(place: Place, year: Year): Promise<void> {
  const { plan, calendar, from, to, launcher: actor, signedBy } = year;
  await place.until(from, LAUNCH_TIME);
  await place.desk.launch({ plan: plan.id, signedBy, actor });
  for (let on = from; on <= to; on = addDays(on, 1)) {
    if (!isWorkingDay(calendar, on)) continue;
    // What the launch began may not be in the ledger yet: its day is never passed over.
    const busy = on === from || (await isBusy(place, year, on));
    if (busy) await liveDay(place, year, on);
    const isMonthsLast = workingDay(calendar, on, 1).slice(0, 7) !== on.slice(0, 7);
    if (isMonthsLast) await seal(place, on);
    if (busy) await year.onDay?.(on);
  }
}

/** Whether a day has alarms, letters or acts; one without is passed over. */
async function isBusy({ desk }: Place, { plan, calendar, behaviour }: Year, on: Day): Promise<boolean> {
  if ((await isRinging(desk, instantOf(on, MORNING))) || (await isWaiting(desk))) return true;
  return behaviour(await scene(desk, plan, calendar, on)).length > 0;
}

async function liveDay(place: Place, { plan, calendar, behaviour }: Year, on: Day): Promise<void> {
  const { desk } = place;
  const ringing = await isRinging(desk, instantOf(on, MORNING));
  await place.until(on, MORNING);
  if (ringing || (await isWaiting(desk))) await hold(place, 'routine', on);
  const acts = behaviour(await scene(desk, plan, calendar, on));
  if (acts.length > 0) {
    await place.until(on, ACT_TIME);
    await perform(desk, plan, acts);
  }
  if (await isWaiting(desk, 'urgent')) {
    await place.until(on, URGENT_TIME);
    await hold(place, 'urgent', on);
  }
  if (await isWaiting(desk)) {
    await place.until(on, AFTERNOON);
    await hold(place, 'routine', on);
  }
}

/** As its schedule would start it, with the clock standing still meanwhile. */
async function hold({ desk, taskQueue }: Place, kind: RoundKind, on: Day): Promise<void> {
  const options = { taskQueue, workflowId: `round/${kind}`, args: [kind] as [RoundKind] };
  const outcome = await desk.temporal.workflow.execute<(kind: RoundKind) => Promise<RoundOutcome | null>>(
    'mailRound',
    options,
  );
  if (outcome?.slot.on !== on || outcome.failed + outcome.unsure + outcome.waitedInVain > 0)
    throw new Error(`the round of ${on} went wrong: ${JSON.stringify(outcome)}`);
}

async function seal(place: Place, on: Day): Promise<void> {
  await place.until(on, SEAL_TIME);
  await place.desk.temporal.workflow.execute('sealDay', { taskQueue: place.taskQueue, workflowId: 'seal' });
}

/** Whether an alarm counts before the instant. */
async function isRinging({ db }: Desk, before: string): Promise<boolean> {
  const row = await db
    .selectFrom('streams')
    .select('id')
    .where('next_alarm_at', '<', before)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a notice waits for a round. */
async function isWaiting({ db }: Desk, urgent?: 'urgent'): Promise<boolean> {
  let query = db.selectFrom('notices').select('id').where('letter', 'is', null).where('recalled_at', 'is', null);
  if (urgent) query = query.where('urgent', '=', true);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** What the behaviour sees, from the ledger. */
async function scene({ db }: Desk, plan: Plan, calendar: WorkCalendar, on: Day): Promise<Scene> {
  const rows = await db
    .selectFrom('streams')
    .select(['kind', 'state'])
    .where('plan', '=', plan.id)
    .orderBy('id')
    .execute();
  const states = (kind: 'task' | 'plan') => rows.filter((row) => row.kind === kind).flatMap(({ state }) => state ?? []);
  const [own] = states('plan') as PlanReports[];
  return { on, calendar, tasks: states('task') as Task[], plan: own ?? null };
}

/** Acts on one stream follow each other; streams go on side by side, as people do. */
async function perform(desk: Desk, plan: Plan, acts: Act[]): Promise<void> {
  const byStream = new Map<string, Act[]>();
  for (const act of acts) {
    const stream = act.on === 'plan' ? streamId('plan', plan.id) : streamId('task', act.task);
    byStream.set(stream, [...(byStream.get(stream) ?? []), act]);
  }
  await Promise.all(
    [...byStream.values()].map(async (own) => {
      for (const act of own) await performOne(desk, plan, act);
    }),
  );
}

async function performOne(desk: Desk, plan: Plan, act: Act): Promise<void> {
  const { actor } = act;
  const answer = await surely((moveId) =>
    act.on === 'plan'
      ? desk.reportOnPlan(plan.id, { unit: act.unit, text: act.text }, { actor, moveId })
      : desk.move(act.task, act.move, { actor, moveId }),
  );
  if (answer.outcome === 'recorded') return;
  const what = act.on === 'plan' ? `a report of ${act.unit}` : `${act.move.move} on ${act.task}`;
  throw new Error(`${what} was refused: ${sentenceOf(answer.refusal, 'en')}`);
}

/** A busy machine answers late: a move of unknown outcome is repeated under its own id, as people are told to (D15). */
const REPEATS = 3;

async function surely(make: (moveId?: string) => Promise<MoveOutcome>): Promise<MoveOutcome> {
  let moveId: string | undefined;
  for (let left = REPEATS; ; left -= 1) {
    try {
      return await make(moveId);
    } catch (error) {
      if (!(error instanceof UnknownOutcome) || left === 0) throw error;
      ({ moveId } = error);
    }
  }
}
