/** The worker as a process of its own (`duban worker`): ends cleanly on SIGINT and SIGTERM. */
import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';
import { type Config, loadConfig } from '../config';
import { toStderr } from '../tools/say';
import { ToolError } from '../tools/tool-error';
import { workflowBundle } from './bundle';
import { placesOf } from './places';
import { prepareServer } from './prepare-server';
import { startWorker } from './run-worker';

/** Serves until it is told to stop. Throws ToolError, ConfigError. */
export async function runWorker(config: Config): Promise<void> {
  installRuntime(config.logLevel);
  const places = await placesOf(config);
  await prepareServer(places);
  const worker = await startWorker(places, await workflowBundle(config.cacheDir));
  toStderr(`worker serves task queue ${places.temporal.taskQueue}`);
  await worker.ended;
}

/** What the SDK says of itself, on stderr; once per process, before the first worker. */
export function installRuntime(level: Config['logLevel']): void {
  const silent = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger: level === 'silent' ? silent : new DefaultLogger(SDK_LEVELS[level]) });
}

const SDK_LEVELS = {
  fatal: 'ERROR',
  error: 'ERROR',
  warn: 'WARN',
  // The SDK's INFO tells of its own workings, which an operator who runs at `info` does not ask for.
  info: 'WARN',
  debug: 'DEBUG',
  trace: 'TRACE',
} as const satisfies Record<Exclude<Config['logLevel'], 'silent'>, LogLevel>;

if (require.main === module) {
  runWorker(loadConfig()).catch((error: unknown) => {
    const known = error instanceof ToolError || (error instanceof Error && error.name === 'ConfigError');
    toStderr(known && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 3;
  });
}
