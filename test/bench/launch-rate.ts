/** How fast a plan is launched, beside how fast this server starts workflows that do nothing. */
import { addDays, dayOf } from '../../domain/days';
import { perSecond, seconds, timed, until } from './measures';
import { onStand } from './stand';
import { issued, LAUNCHER, settle, sideBySide } from './town';

const TASKS = 500;

export function launchRate() {
  return onStand(async (stand) => {
    const { desk } = stand;
    const numbers = Array.from({ length: TASKS }, (_, i) => i);
    const rawMs = await timed(() =>
      sideBySide(numbers, (i) =>
        desk.temporal.workflow.start('nothing', { taskQueue: 'nobody', workflowId: `raw-${i}`, args: [] }),
      ),
    );
    await stand.work();
    const plan = await settle(desk.db, TASKS, addDays(dayOf(new Date().toISOString()), 200));
    const from = performance.now();
    const startedMs = await timed(() => desk.launch({ plan: plan.id, signedBy: '督查领导', actor: LAUNCHER }));
    const isComplete = await until(async () => (await issued(desk.db)) === TASKS, 60_000);
    const issuedMs = performance.now() - from;
    return {
      how: `${TASKS} starts of a workflow nobody serves, ten at once; then a plan of ${TASKS} tasks by desk.launch, until every start was accepted and until every task's first event was in the ledger`,
      rawStartsPerSecond: perSecond(TASKS, rawMs),
      launchStartsPerSecond: perSecond(TASKS, startedMs),
      tasksIssuedPerSecond: perSecond(await issued(desk.db), issuedMs),
      launchSeconds: seconds(issuedMs),
      isComplete,
    };
  });
}
