/** Gathers what a bulletin is written from, in one consistent snapshot: the plan, its events up to a day, its seal. */
import type { BulletinSource } from '../domain/bulletin/source';
import { addDays, type Day, instantOf } from '../domain/days';
import type { TaskEvent } from '../domain/events';
import type { PlanId } from '../domain/plan';
import type { PlanEvent } from '../domain/plan-reports';
import { DEFAULT_POLICY } from '../domain/policy';
import { lastSeal, type Seal } from './audit/seals';
import { loadCalendar } from './calendars';
import type { Db } from './database';
import { withLedgerErrors } from './errors';
import { showPlan } from './plans';
import { streamId } from './rules';

export interface GatheredBulletin {
  source: BulletinSource;
  /** The newest seal up to the day: what the bulletin prints (D11). */
  seal: Seal | null;
}

/**
 * Everything until 24:00 of a day; null while the plan is a draft.
 * @throws LedgerRefusal `unknown-plan`
 */
export async function gatherBulletin(db: Db, id: PlanId, on: Day): Promise<GatheredBulletin | null> {
  return withLedgerErrors(() =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (snapshot) => {
        const { plan, policy, launchOn } = await showPlan(snapshot, id);
        if (launchOn === null) return null;
        const events = await eventsUntil(snapshot, id, on);
        const tasks = plan.tasks.flatMap((task) => {
          // Of a stream whose kind is task the events are a task's.
          const own = events.get(streamId('task', task.id)) as TaskEvent[] | undefined;
          return own ? [{ id: task.id, events: own }] : [];
        });
        const planEvents = (events.get(streamId('plan', id)) ?? []) as PlanEvent[];
        const calendar = await loadCalendar(snapshot);
        const source = { plan, launchOn, calendar, policy: policy ?? DEFAULT_POLICY, tasks, planEvents };
        return { source, seal: await lastSeal(snapshot, id, on) };
      }),
  );
}

/** By stream, in order. An event's instant is never before that of the one before it. */
async function eventsUntil(db: Db, plan: PlanId, on: Day): Promise<Map<string, (TaskEvent | PlanEvent)[]>> {
  const rows = await db
    .selectFrom('events')
    .innerJoin('streams', 'streams.id', 'events.stream')
    .select(['events.stream', 'events.bytes'])
    .where('streams.plan', '=', plan)
    .where('events.at', '<', instantOf(addDays(on, 1), '00:00'))
    .orderBy('events.stream')
    .orderBy('events.seq')
    .execute();
  const events = new Map<string, (TaskEvent | PlanEvent)[]>();
  for (const { stream, bytes } of rows) {
    const own = events.get(stream) ?? [];
    own.push(JSON.parse(bytes) as TaskEvent | PlanEvent);
    events.set(stream, own);
  }
  return events;
}
