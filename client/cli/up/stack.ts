/** Everything embedded in one process tree: started in order, stopped in the opposite one. */
import type { Config } from '../../../config';
import { openDatabase } from '../../../ledger/database';
import { migrate } from '../../../ledger/migrate';
import { startPostgres } from '../../../tools/postgres';
import { type Say, step } from '../../../tools/say';
import { startTemporal } from '../../../tools/temporal-server';
import { workflowBundle } from '../../../worker/bundle';
import { type Places, placesOf } from '../../../worker/places';
import { prepareServer } from '../../../worker/prepare-server';
import { type RunningWorker, startWorker } from '../../../worker/run-worker';
import { installRuntime } from '../../../worker/runtime';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages';
import { addressOf } from '../console-address';
import { startConsole } from '../console-server';
import { startReplies } from '../reply-reader';
import { seedAll } from '../seeds';
import { consolePort } from './console-port';

export interface Stack {
  places: Places;
  worker: RunningWorker;
  consoleUrl: string;
  /** Temporal's own web pages, if it serves them. */
  uiUrl: string | null;
}

interface Part {
  name: string;
  stop(): Promise<void>;
}

/** What was started, so that it can be stopped however far the start came. */
export class Parts {
  private readonly parts: Part[] = [];
  constructor(private readonly say: Say) {}

  add(name: string, stop: () => Promise<void>): void {
    this.parts.unshift({ name, stop });
  }

  /** Every part is asked to stop, also when one before it does not. Throws the first failure. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const { name, stop } of this.parts.splice(0)) {
      await step(this.say, `${name} stopped`, stop).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}

/**
 * Starts what the settings do not name elsewhere: PostgreSQL, Temporal; then migrates, seeds, runs the worker and serves the console.
 * @param goOn throws when somebody wants to stop, so that a long start can be broken off between two steps
 */
export async function startStack(
  config: Config,
  parts: Parts,
  { say, port, uiPort, goOn }: { say: Say; port?: number; uiPort?: number; goOn: () => void },
): Promise<Stack> {
  const { home, cacheDir, temporal } = config;
  let uiUrl: string | null = null;
  if (config.databaseUrl === null) {
    const postgres = await startPostgres({ home, say });
    parts.add('PostgreSQL', () => postgres.stop());
  }
  goOn();
  if (temporal.connection === null) {
    const { namespace } = temporal;
    const server = await startTemporal({ home, cacheDir, say, namespace, searchAttributes: SEARCH_ATTRIBUTES, uiPort });
    parts.add('Temporal server', () => server.stop());
    uiUrl = server.uiUrl;
  }
  goOn();
  const { host } = config.console;
  const own = await consolePort(home, host, port ?? config.console.port);
  const places = withLinks(await placesOf(config), addressOf(host, own.port));
  const applied = await step(say, 'database schema brought up to date', () => migrate(places.databaseUrl));
  if (applied.length > 0) say(`  applied ${applied.join(', ')}`);
  await step(say, 'calendars, units and plans seeded', () => seed(places.databaseUrl));
  goOn();
  installRuntime(config.logLevel, config.workerMetrics);
  const bundle = await step(say, 'workflows bundled', () => workflowBundle(cacheDir));
  const worker = await step(say, 'worker started', () => startWorker(places, bundle));
  parts.add('worker', () => worker.stop());
  await step(say, 'search attributes and schedules made', () => prepareServer(places));
  goOn();
  await own.letGo();
  const web = await step(say, 'console started', () => startConsole(config, places, own.port));
  parts.add('console', () => web.stop());
  if (config.imap !== null) {
    const { imap } = config;
    const reader = await step(say, 'mailbox of answers read', () => startReplies(config, places, imap, say));
    parts.add('reading of answers', () => reader.stop());
  }
  return { places, worker, consoleUrl: web.url, uiUrl };
}

/** Letters of an embedded stack link to its own console, unless people open it from elsewhere. */
function withLinks(places: Places, consoleUrl: string): Places {
  return { ...places, mail: { ...places.mail, baseUrl: places.mail.baseUrl ?? consoleUrl } };
}

async function seed(url: string): Promise<void> {
  const database = openDatabase(url, 2);
  try {
    await seedAll(database.db);
  } finally {
    await database.close();
  }
}
