/** What a sleeping task costs a worker. */
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, dayOf } from '../../domain/days';
import { seconds, until } from './measures';
import { onStand } from './stand';
import { issued, settle, startAll } from './town';

const POINTS = [1_000, 5_000];
const ENOUGH_MS = 80_000;

export function memory() {
  return onStand(async (stand) => {
    const { desk } = stand;
    const now = new Date().toISOString();
    const plan = await settle(desk.db, 5_000, addDays(dayOf(now), 200));
    await stand.work();
    await pause(2_000);
    const begun = performance.now();
    const points = [{ sleepingTasks: 0, rssMb: rssMb(), seconds: 0 }];
    let done = 0;
    for (const point of POINTS) {
      // In small portions, so that a slow machine stops in time.
      while (done < point && performance.now() - begun < ENOUGH_MS) {
        const next = plan.tasks.slice(done, done + 250);
        await startAll(stand, plan, next, { at: now, ringAfterMinutes: 0 });
        done += next.length;
      }
      await until(async () => (await issued(desk.db)) >= done, 20_000, 250);
      await pause(2_000);
      points.push({
        sleepingTasks: await issued(desk.db),
        rssMb: rssMb(),
        seconds: seconds(performance.now() - begun),
      });
    }
    return {
      how: 'resident memory of one process with worker and starter, two seconds after the last task was issued; the SDK keeps as many workflows in memory as it thinks fit',
      points,
    };
  });
}

function rssMb(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}
