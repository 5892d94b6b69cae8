/**
 * Every history that was ever recorded replays through the workflows as they are now: a change that breaks one would
 * have broken every task that was running.
 */
import { readdirSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle } from '../support/temporal';
import { FOLDER, type Recorded, readHistory, revived } from './history-file';

jest.setTimeout(120_000);

// What a tampered history makes the SDK say is expected here.
Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });

async function replay({ workflowId, history }: Recorded): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, revived(history), workflowId);
}

test.each(readdirSync(FOLDER))('%s', async (name) => {
  await expect(replay(readHistory(name))).resolves.toBeUndefined();
});

describe('a history that was tampered with does not replay', () => {
  test.each([
    ['another activity was asked', '"activityType":{"name":"record"}', '"activityType":{"name":"fill"}'],
    // Without its alarms the task would never have set the timer that comes next.
    ['the ledger answered without alarms', /\\"agenda\\":\[.*?\}\]/, '\\"agenda\\":[]'],
    ['a move was refused that had been recorded', '\\"outcome\\":\\"recorded\\"', '\\"outcome\\":\\"superseded\\"'],
  ])('%s', async (_, what, instead) => {
    const intact = JSON.stringify(readHistory('1-in-time.json'));
    const tampered = intact.replace(what, instead);
    expect(tampered).not.toBe(intact);
    await expect(replay(JSON.parse(tampered) as Recorded)).rejects.toThrow('ondeterminism');
  });
});
