/** The worker as a process of its own (`duban worker`): ends cleanly on SIGINT and SIGTERM. */
import { type Config, loadConfig } from '../config';
import { toStderr } from '../tools/say';
import { ToolError } from '../tools/tool-error';
import { workflowBundle } from './bundle';
import { placesOf } from './places';
import { prepareServer } from './prepare-server';
import { startWorker } from './run-worker';
import { installRuntime } from './runtime';

/** Serves until it is told to stop. Throws ToolError, ConfigError. */
export async function runWorker(config: Config): Promise<void> {
  installRuntime(config.logLevel, config.workerMetrics);
  const places = await placesOf(config);
  await prepareServer(places);
  const worker = await startWorker(places, await workflowBundle(config.cacheDir));
  toStderr(`worker serves task queue ${places.temporal.taskQueue}`);
  await worker.ended;
}

if (require.main === module) {
  runWorker(loadConfig()).catch((error: unknown) => {
    const known = error instanceof ToolError || (error instanceof Error && error.name === 'ConfigError');
    toStderr(known && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 3;
  });
}
