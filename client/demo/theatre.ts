/**
 * Where the demonstration plays: a PostgreSQL, the time-skipping server, a worker with the embedded catcher and a desk
 * of its own, all in a temporary folder. Nothing of it is left behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Config } from '../../config';
import { type Day, instantOf } from '../../domain/days';
import { migrate } from '../../ledger/migrate';
import { startPostgres } from '../../tools/postgres';
import type { Say } from '../../tools/say';
import { step } from '../../tools/say';
import { KINDS } from '../../tools/temporal-namespace';
import { getTestServer } from '../../tools/test-server';
import { workflowBundle } from '../../worker/bundle';
import type { Places } from '../../worker/places';
import { startWorker } from '../../worker/run-worker';
import { installRuntime } from '../../worker/runtime';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';
import { openDesk } from '../index';
import type { Place } from './year';

export interface Theatre extends Place {
  /** The day that it is there. */
  now(): Promise<string>;
  /** Stops and removes everything; what was not opened yet is passed over. */
  close(): Promise<void>;
}

/** Opens a theatre. What was opened before a failure is closed again. */
export async function openTheatre(config: Pick<Config, 'cacheDir' | 'alarmSpreadMinutes'>, say: Say): Promise<Theatre> {
  const open: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (let end = open.pop(); end; end = open.pop()) await end();
  };
  try {
    return { ...(await build(config, say, open)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  { cacheDir, alarmSpreadMinutes }: Pick<Config, 'cacheDir' | 'alarmSpreadMinutes'>,
  say: Say,
  open: (() => Promise<unknown> | unknown)[],
): Promise<Omit<Theatre, 'close'>> {
  const home = mkdtempSync(join(tmpdir(), 'duban-demo-'));
  open.push(() => rmSync(home, { recursive: true, force: true }));
  const executable = await getTestServer({ cacheDir, say });
  const quiet = () => undefined;
  const postgres = await step(say, 'PostgreSQL', () => startPostgres({ home, say: quiet, disposable: true }));
  open.push(() => postgres.stop());
  await migrate(postgres.databaseUrl);

  const env = await step(say, 'Temporal (time-skipping)', () => startServer(executable));
  open.push(() => env.teardown());
  const { address } = env;
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name, type }) => [name, KINDS[type].indexed]));
  await env.connection.operatorService.addSearchAttributes({ namespace: NAMESPACE, searchAttributes });

  const places: Places = {
    home,
    databaseUrl: postgres.databaseUrl,
    temporal: { connection: { address }, namespace: NAMESPACE, taskQueue: TASK_QUEUE },
    alarmSpreadMinutes,
    mail: { smtpUrl: null, from: { name: '督办', address: 'duban@localhost' }, baseUrl: null },
  };
  const now = async () => new Date(await env.currentTimeMs()).toISOString();
  let lastSeen = await now();
  const bundle = await step(say, '工作流程序', () => workflowBundle(cacheDir));
  const worker = await startWorker(places, bundle, () => lastSeen);
  open.push(() => worker.stop());
  const desk = await openDesk(places, now);
  open.push(() => desk.close());
  return {
    desk,
    taskQueue: TASK_QUEUE,
    now,
    async until(day: Day, time: string) {
      const left = Date.parse(instantOf(day, time)) - (await env.currentTimeMs());
      if (left > 0) await env.sleep(left);
      lastSeen = await now();
    },
  };
}

const NAMESPACE = 'default';
const TASK_QUEUE = 'duban';

async function startServer(path: string): Promise<TestWorkflowEnvironment> {
  installRuntime('error');
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}
