/** Rounds and seals that run by themselves, kept by the server. */
import { Client, Connection } from '@temporalio/client';
import type { Places } from '../../worker/places';
import { ensureSchedules } from '../../worker/schedules';

export async function scheduleAll({ temporal }: Places): Promise<void> {
  const connection = await Connection.connect(temporal.connection);
  try {
    await ensureSchedules(new Client({ connection, namespace: temporal.namespace }), temporal.taskQueue);
  } finally {
    await connection.close();
  }
}
