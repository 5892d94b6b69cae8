/** The embedded Temporal server's life, and the time-skipping one's first breath. */
import { Connection } from '@temporalio/client';
import { loadConfig } from '../../config';
import { stopProcess } from '../../tools/processes';
import { findTemporal, startTemporal, type TemporalOptions } from '../../tools/temporal-server';
import { newHome } from '../support/run';
import { timeSkippingEnv } from '../support/temporal';

async function look(address: string) {
  const connection = await Connection.connect({ address });
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    return {
      retentionDays: Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400,
      attributes: Object.keys(customAttributes ?? {}).filter((name) => name.startsWith('Duban')),
    };
  } finally {
    await connection.close();
  }
}

test('it survives what can happen to it, with its settings and the address it had', async () => {
  const options: TemporalOptions = {
    home: newHome('life'),
    cacheDir: loadConfig().cacheDir,
    say: () => undefined,
    namespace: 'default',
    searchAttributes: [{ name: 'DubanPlan', type: 'KEYWORD' }],
    disposable: true,
  };
  const first = await startTemporal(options);
  expect(await look(first.address)).toEqual({ retentionDays: 90, attributes: ['DubanPlan'] });

  const wider = [...options.searchAttributes, { name: 'DubanUnits', type: 'KEYWORD_LIST' as const }];
  const again = await startTemporal({ ...options, searchAttributes: wider });
  expect(again).toMatchObject({ reused: true, pid: first.pid });
  expect((await look(again.address)).attributes.sort()).toEqual(['DubanPlan', 'DubanUnits']);

  await stopProcess(again.pid, ['SIGKILL'], 10_000);
  expect(await findTemporal(options.home)).toBeNull();
  const last = await startTemporal(options);
  expect(last).toMatchObject({ reused: false, address: first.address });
  expect((await look(last.address)).attributes.sort()).toEqual(['DubanPlan', 'DubanUnits']);

  await last.stop();
  expect(await findTemporal(options.home)).toBeNull();
}, 60_000);

test('the time-skipping server skips', async () => {
  const env = await timeSkippingEnv();
  try {
    const before = await env.currentTimeMs();
    await env.sleep('100 days');
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(100 * 86_400_000);
  } finally {
    await env.teardown();
  }
}, 120_000);
