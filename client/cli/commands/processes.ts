/** The production pieces, one process each: `migrate` and `worker`. */
import type { Command } from 'commander';
import { openDatabase } from '../../../ledger/database';
import { migrate } from '../../../ledger/migrate';
import { type Answer, actAsOperator } from '../call';
import { leaf } from '../command';
import { placesOf, prepareServer, runWorker } from '../later';
import { seedCalendar } from '../seeds';
import { databaseUrlOf } from '../servers';
import type { Session } from '../session';

export function processes(program: Command): void {
  leaf(program, 'migrate', 'bring database and search attributes to this version', 'migrate').action(
    actAsOperator(migrateAll),
  );
  leaf(program, 'worker', 'serve workflows until Ctrl-C or SIGTERM', 'worker').action(actAsOperator(work));
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
  const places = await placesOf(session.config);
  await prepareServer(places);
  const json = { applied, namespace: places.temporal.namespace };
  const what = applied.length > 0 ? `数据库已更新：${applied.join('、')}` : '数据库已是最新';
  return { json, text: `${what}。检索属性和定时已登记：命名空间${places.temporal.namespace}。` };
}

async function work(session: Session): Promise<Answer> {
  // A ledger that was never migrated is said at once, not by every step that fails on it.
  await session.db();
  await runWorker(session.config);
  return { json: { stopped: true }, text: '工作进程已停止。' };
}
