/** One worker in this process: workflows from the bundle, activities from their parts. */
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities';
import { openDatabase } from '../ledger/database';
import { startCatcher } from '../mail/catcher';
import { createChannels } from '../mail/channels/configured';
import { createPost } from '../mail/smtp';
import { answerAddresses } from './answer-addresses';
import { ledgerOf } from './ledger-of';
import { postOptionsOf, signerOf } from './mail-settings';
import type { Places } from './places';

/** As many steps at once as the database has connections for, and a few for mail and what reads: the rest waits at the server. */
const STEPS_AT_ONCE = 20;
const CONNECTIONS = STEPS_AT_ONCE + 10;
/**
 * A sleeping task costs 0.4 MB while it is cached (npm run bench -- --part memory). It wakes a few times a month, and
 * replaying its few hundred events then takes milliseconds: so many are kept, about 200 MB, and the rest sleeps at the server.
 */
const CACHED_WORKFLOWS = 500;

export interface RunningWorker {
  /** Settles when the worker has ended; rejects if it could not go on. */
  ended: Promise<void>;
  /** Takes no more work, finishes what it has, and lets go of its connections. */
  stop(): Promise<void>;
}

/**
 * Starts the worker, and the embedded catcher where no mail server is named.
 * @param bundle the workflows' code (bundle.ts)
 * @param clock the instant by which rounds are held; only a test has another than the machine's
 */
export async function startWorker(
  places: Places,
  bundle: { codePath: string },
  clock: () => string = () => new Date().toISOString(),
): Promise<RunningWorker> {
  const { namespace, taskQueue } = places.temporal;
  const { from, baseUrl, smtp, dkim, readsAnswers } = places.mail;
  const addressOf = await answerAddresses(places);
  const [options, sign] = [await postOptionsOf(smtp), await signerOf(dkim)];
  const connection = await NativeConnection.connect(places.temporal.connection);
  const database = openDatabase(places.databaseUrl, CONNECTIONS);
  const catcher = places.mail.smtpUrl === null ? await startCatcher({ home: places.home }) : null;
  const channels = places.channels ? createChannels(places.channels) : {};
  const post = createPost(places.mail.smtpUrl ?? catcher?.url ?? '', options);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    activities: createActivities({
      ledger: ledgerOf(database.db),
      temporal: new Client({ connection, namespace }),
      installation: { taskQueue, alarmSpreadMinutes: places.alarmSpreadMinutes },
      mail: { db: database.db, post, clock, from, baseUrl, sign, addressOf, channels, readsAnswers },
    }),
    workflowBundle: bundle,
    maxConcurrentActivityTaskExecutions: STEPS_AT_ONCE,
    maxCachedWorkflows: CACHED_WORKFLOWS,
  });
  const ended = worker.run().finally(async () => {
    post.close();
    await catcher?.close();
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
