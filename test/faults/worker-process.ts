/**
 * A worker in a process of its own, to be killed, frozen and started again. It differs from `duban worker` in its clock
 * for letters, which the test sets, and in making no schedules, so that every round is the test's.
 * Started by stack.ts, never imported.
 */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Places } from '../../worker/places';
import { startWorker } from '../../worker/run-worker';

export interface WorkerOrders {
  places: Places;
  codePath: string;
  /** How far the clock for letters is ahead of the machine's. */
  aheadMs: number;
}

async function serve({ places, codePath, aheadMs }: WorkerOrders): Promise<void> {
  let ahead = aheadMs;
  process.on('message', (message: { aheadMs: number }) => {
    ahead = message.aheadMs;
    process.send?.('clock set');
  });
  // Whoever started it is gone.
  process.once('disconnect', () => process.exit(1));
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const worker = await startWorker(places, { codePath }, () => new Date(Date.now() + ahead).toISOString());
  process.once('SIGTERM', () => void worker.stop());
  process.send?.('serving');
  await worker.ended;
}

serve(JSON.parse(process.argv[2] ?? '') as WorkerOrders).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
