/** The Temporal server. */
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { ConfigError } from './config-error';
import type { Environment } from './environment';

export interface TemporalConfig {
  /** null: the embedded server. Otherwise fits `Connection.connect` and `NativeConnection.connect`. */
  connection: ClientConnectConfig['connectionOptions'] | null;
  namespace: string;
  taskQueue: string;
}

/** The environment, without what is empty. */
export type Variables = Record<string, string | undefined>;

/**
 * Temporal's own environment configuration counts only when the environment names a server, a profile or a file: a
 * profile that merely lies in the user's folder must not turn `npm start` towards a cluster. Throws ConfigError.
 */
export function temporalOf(set: Variables, read: Environment): TemporalConfig {
  const { TEMPORAL_NAMESPACE: namespace, DUBAN_TASK_QUEUE: taskQueue } = read;
  if (!set.TEMPORAL_ADDRESS && !set.TEMPORAL_PROFILE && !set.TEMPORAL_CONFIG_FILE)
    return { connection: null, namespace, taskQueue };
  const overrideEnvVars = Object.fromEntries(
    Object.entries(set).flatMap(([name, value]) => (name.startsWith('TEMPORAL_') && value ? [[name, value]] : [])),
  );
  try {
    const loaded = loadClientConnectConfig({
      overrideEnvVars,
      disableFile: !set.TEMPORAL_PROFILE && !set.TEMPORAL_CONFIG_FILE,
    });
    return { connection: loaded.connectionOptions, namespace: loaded.namespace ?? namespace, taskQueue };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`TEMPORAL_…: ${why}`, { cause });
  }
}
