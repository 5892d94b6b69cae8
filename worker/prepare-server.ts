/** Makes a Temporal server fit for Duban: search attributes before the first start that uses them, and schedules. */
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { toStderr } from '../tools/say';
import { KINDS, registerSearchAttributes } from '../tools/temporal-namespace';
import { SEARCH_ATTRIBUTES } from '../workflows/messages';
import type { Places } from './places';
import { ensureSchedules } from './schedules';

/** Temporal Cloud, and clusters that authorize, let only their operators look at search attributes and add them. */
function sayIfNotAllowed(error: unknown): void {
  if (!isGrpcServiceError(error) || ![PERMISSION_DENIED, UNIMPLEMENTED].includes(error.code)) throw error;
  const wanted = SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} (${KINDS[type].flag})`).join(', ');
  toStderr(`search attributes may not be registered from here; its operator must have added: ${wanted}`);
}

/** gRPC's own numbers. */
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/** Safe to repeat, and to do from several workers at once. Throws ToolError when attributes do not appear in time. */
export async function prepareServer({ temporal }: Places): Promise<void> {
  const { namespace, taskQueue } = temporal;
  const connection = await Connection.connect(temporal.connection);
  try {
    await registerSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES).catch(sayIfNotAllowed);
    await ensureSchedules(new Client({ connection, namespace }), taskQueue);
  } finally {
    await connection.close();
  }
}
