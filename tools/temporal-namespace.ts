/** Makes a namespace of a running Temporal server fit for Duban: search attributes and retention. Safe to repeat. */
import { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeKey } from '@temporalio/common/lib/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { waitFor } from './processes';
import { ToolError } from './tool-error';

export type SearchAttribute = SearchAttributeKey<SearchAttributeType>;

/** What the command line calls each type, and its number in temporal.api.enums.v1.IndexedValueType. */
export const KINDS: Record<SearchAttributeType, { flag: string; indexed: number }> = {
  TEXT: { flag: 'Text', indexed: 1 },
  KEYWORD: { flag: 'Keyword', indexed: 2 },
  INT: { flag: 'Int', indexed: 3 },
  DOUBLE: { flag: 'Double', indexed: 4 },
  BOOL: { flag: 'Bool', indexed: 5 },
  DATETIME: { flag: 'Datetime', indexed: 6 },
  KEYWORD_LIST: { flag: 'KeywordList', indexed: 7 },
};

/** D12: a closed task's history stays readable for a quarter; the dev server's own default is one day. */
const RETENTION = msToTs('90 days');

/**
 * Embedded servers only: sets the retention, and registers search attributes. Throws ToolError when the namespace does
 * not appear in time.
 */
export async function prepareNamespace(
  address: string,
  namespace: string,
  searchAttributes: SearchAttribute[],
): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '5s' });
  try {
    await setRetention(connection, namespace);
    await registerSearchAttributes(connection, namespace, searchAttributes);
  } finally {
    await connection.close();
  }
}

/** Adds the attributes that are missing and waits until the server knows them. Returns the names it added. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  searchAttributes: SearchAttribute[],
): Promise<string[]> {
  const missing = async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return searchAttributes.filter(({ name }) => !customAttributes?.[name]);
  };
  const toAdd = await missing();
  if (toAdd.length === 0) return [];
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(toAdd.map(({ name, type }) => [name, KINDS[type].indexed])),
  });
  // A cluster needs about two seconds until every frontend has heard of it.
  const known = await waitFor(async () => (await missing()).length === 0, { withinMs: 20_000, everyMs: 200 });
  const names = toAdd.map(({ name }) => name);
  if (known) return names;
  throw new ToolError(
    `search attributes do not appear: ${names.join(', ')}`,
    `namespace ${namespace}`,
    'look at them with: temporal operator search-attribute list; then run this again',
  );
}

async function setRetention({ workflowService }: Connection, namespace: string): Promise<void> {
  // start-dev answers a moment before it has made the namespace it was asked for.
  const described = await waitFor(() => workflowService.describeNamespace({ namespace }).catch(() => null), {
    withinMs: 10_000,
  });
  if (!described) {
    throw new ToolError(
      `the Temporal server has no namespace ${namespace}`,
      namespace,
      'use the namespace it was started with (TEMPORAL_NAMESPACE), or stop it and start again',
    );
  }
  const retention = described.config?.workflowExecutionRetentionTtl?.seconds;
  if (retention?.toString() === RETENTION.seconds?.toString()) return;
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: RETENTION } });
}
