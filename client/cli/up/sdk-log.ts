/** The SDK's own log: its everyday news are our details. */
import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';
import type { Config } from '../../../config';

const LEVELS: Record<Config['logLevel'], LogLevel> = {
  silent: 'ERROR',
  fatal: 'ERROR',
  error: 'ERROR',
  warn: 'WARN',
  info: 'WARN',
  debug: 'INFO',
  trace: 'TRACE',
};

/** Before the first worker of the process. Ctrl-C is ours: the SDK must not end the worker on its own. */
export function quietSdk(level: Config['logLevel']): void {
  Runtime.install({ logger: new DefaultLogger(LEVELS[level]), shutdownSignals: [] });
}
