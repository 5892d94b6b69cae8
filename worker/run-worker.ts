/** One worker in this process: workflows from the bundle, activities from their parts. */
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { openDatabase } from '../ledger/database';
import { ledgerOf } from './ledger-of';
import type { Places } from './places';

/** As many steps at once as the database has connections for, and a few for what reads: the rest waits at the server. */
const STEPS_AT_ONCE = 20;
const CONNECTIONS = STEPS_AT_ONCE + 4;

export interface RunningWorker {
  /** Settles when the worker has ended; rejects if it could not go on. */
  ended: Promise<void>;
  /** Takes no more work, finishes what it has, and lets go of its connections. */
  stop(): Promise<void>;
}

/**
 * Starts the worker.
 * @param bundle the workflows' code (bundle.ts)
 */
export async function startWorker(places: Places, bundle: { codePath: string }): Promise<RunningWorker> {
  const { temporal, databaseUrl, alarmSpreadMinutes } = places;
  const { namespace, taskQueue } = temporal;
  const connection = await NativeConnection.connect(temporal.connection);
  const database = openDatabase(databaseUrl, CONNECTIONS);
  const activities = createActivities({
    ledger: ledgerOf(database.db),
    temporal: new Client({ connection, namespace }),
    installation: { taskQueue, alarmSpreadMinutes },
  });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle: bundle,
    maxConcurrentActivityTaskExecutions: STEPS_AT_ONCE,
  });
  const ended = worker.run().finally(async () => {
    await database.close();
    await connection.close();
  });
  return {
    ended,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}
