/** What the Temporal SDK says of itself, and where: stdout belongs to the commands. */
import { DefaultLogger, type LogLevel, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Config } from '../config';

/**
 * Once per process, before the first worker. The SDK's core would print on stdout, in the midst of somebody's JSON: its
 * lines are forwarded to the logger, which writes to stderr.
 * @param metricsAddress where its figures are shown to Prometheus; null: nowhere
 */
export function installRuntime(level: Config['logLevel'], metricsAddress: Config['workerMetrics'] = null): void {
  const sdkLevel = level === 'silent' ? 'ERROR' : SDK_LEVELS[level];
  const logger = level === 'silent' ? new DefaultLogger('ERROR', () => undefined) : new DefaultLogger(sdkLevel);
  const filter = makeTelemetryFilterString({ core: sdkLevel, other: 'ERROR' });
  const metrics = metricsAddress === null ? undefined : { prometheus: { bindAddress: metricsAddress } };
  Runtime.install({ logger, telemetryOptions: { logging: { filter, forward: {} }, ...(metrics && { metrics }) } });
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
