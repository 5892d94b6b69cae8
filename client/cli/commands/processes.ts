/** The production pieces, one process each: `migrate` and `worker`. */
import { Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { openDatabase } from '../../../ledger/database';
import { migrate } from '../../../ledger/migrate';
import { registerSearchAttributes } from '../../../tools/temporal-namespace';
import { workflowBundle } from '../../../worker/bundle';
import { type Places, placesOf } from '../../../worker/places';
import { startWorker } from '../../../worker/run-worker';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages';
import { type Answer, act } from '../call';
import { leaf } from '../command';
import { scheduleAll } from '../scheduling';
import { seedCalendar } from '../seeds';
import { databaseUrlOf } from '../servers';
import type { Session } from '../session';
import { signalled } from '../signals';
import { quietSdk } from '../up/sdk-log';

export function processes(program: Command): void {
  leaf(program, 'migrate', 'bring database and search attributes to this version', 'migrate').action(act(migrateAll));
  leaf(program, 'worker', 'serve workflows until Ctrl-C or SIGTERM', 'worker').action(act(serve));
}

async function migrateAll(session: Session): Promise<Answer> {
  const url = await databaseUrlOf(session.config);
  const applied = await migrate(url);
  const database = openDatabase(url, 1);
  try {
    await seedCalendar(database.db);
  } finally {
    await database.close();
  }
  const added = await searchAttributes(await placesOf(session.config));
  const json = { applied, searchAttributes: added };
  const what = applied.length > 0 ? `数据库已更新：${applied.join('、')}` : '数据库已是最新';
  return { json, text: `${what}。${added.length > 0 ? `检索属性已登记：${added.join('、')}。` : ''}` };
}

/** Our own attributes, where the server lets us; a cluster's administrator may have to. */
async function searchAttributes({ temporal }: Places): Promise<string[]> {
  const connection = await Connection.connect(temporal.connection);
  try {
    return await registerSearchAttributes(connection, temporal.namespace, SEARCH_ATTRIBUTES);
  } finally {
    await connection.close();
  }
}

async function serve(session: Session): Promise<Answer> {
  await session.db();
  const places = await placesOf(session.config);
  quietSdk(session.config.logLevel);
  const worker = await startWorker(places, await workflowBundle(session.config.cacheDir));
  await scheduleAll(places);
  session.say(`worker serves the task queue ${places.temporal.taskQueue}; Ctrl-C stops it`);
  const signal = await Promise.race([signalled(), worker.ended.then(() => null)]);
  if (signal) session.say(`${signal}: finishing what is in hand …`);
  await worker.stop();
  return { json: { stopped: signal ?? 'ended' }, text: '工作进程已停止。' };
}
