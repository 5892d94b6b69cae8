/** Makes a Temporal server fit for Duban: search attributes before the first start that uses them, and schedules. */
import { Client, Connection } from '@temporalio/client';
import { registerSearchAttributes } from '../tools/temporal-namespace';
import { SEARCH_ATTRIBUTES } from '../workflows/messages';
import type { Places } from './places';
import { ensureSchedules } from './schedules';

/** Safe to repeat, and to do from several workers at once. Throws ToolError when attributes do not appear in time. */
export async function prepareServer({ temporal }: Places): Promise<void> {
  const { namespace, taskQueue } = temporal;
  const connection = await Connection.connect(temporal.connection);
  try {
    await registerSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
    await ensureSchedules(new Client({ connection, namespace }), taskQueue);
  } finally {
    await connection.close();
  }
}
