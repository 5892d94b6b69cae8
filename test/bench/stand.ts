/** What is measured on: an embedded PostgreSQL and Temporal server as `duban up` starts them, in a temporary folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Desk, openDesk } from '../../client';
import { loadConfig } from '../../config';
import { migrate } from '../../ledger/migrate';
import { startPostgres } from '../../tools/postgres';
import { startTemporal } from '../../tools/temporal-server';
import { workflowBundle } from '../../worker/bundle';
import type { Places } from '../../worker/places';
import { startWorker } from '../../worker/run-worker';
import { installRuntime } from '../../worker/runtime';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages';

export interface Stand {
  desk: Desk;
  taskQueue: string;
  /** By which rounds are held; the machine's clock until it is set. */
  clock: { now: string | null };
  /** Starts the worker in this process. */
  work(): Promise<void>;
}

const quiet = () => undefined;

/** Builds the stand, measures, and removes it whatever happened. */
export async function onStand<T>(measure: (stand: Stand) => Promise<T>): Promise<T> {
  installRuntime('error');
  const { cacheDir } = loadConfig();
  const home = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const open: (() => Promise<unknown> | unknown)[] = [() => rmSync(home, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ home, say: quiet });
    open.push(() => postgres.stop());
    await migrate(postgres.databaseUrl);
    const searchAttributes = SEARCH_ATTRIBUTES;
    const temporal = await startTemporal({ home, cacheDir, say: quiet, namespace: 'default', searchAttributes });
    open.push(() => temporal.stop());
    const places: Places = {
      home,
      databaseUrl: postgres.databaseUrl,
      temporal: { connection: { address: temporal.address }, namespace: 'default', taskQueue: 'duban' },
      alarmSpreadMinutes: 0,
      mail: { smtpUrl: null, from: { name: '督办', address: 'duban@localhost' }, baseUrl: null },
    };
    const desk = await openDesk(places);
    open.push(() => desk.close());
    const bundle = await workflowBundle(cacheDir);
    const clock: Stand['clock'] = { now: null };
    return await measure({
      desk,
      taskQueue: 'duban',
      clock,
      async work() {
        const worker = await startWorker(places, bundle, () => clock.now ?? new Date().toISOString());
        open.push(() => worker.stop());
      },
    });
  } finally {
    for (let end = open.pop(); end; end = open.pop()) await end();
  }
}
