/** The embedded PostgreSQL's life: made, left behind by a killed parent, found again, killed itself, started again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { findPostgres, type Postgres, startPostgres } from '../../tools/postgres';
import { stopProcess } from '../../tools/processes';
import { newHome } from '../support/run';

const say = () => undefined;

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('it survives what can happen to it, with the data and the address it had', async () => {
  const home = newHome('life');
  const start = () => startPostgres({ home, say, disposable: true });

  const first: Postgres = await start();
  expect(first.reused).toBe(false);
  expect(
    await ask(
      first.databaseUrl,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate FROM pg_database WHERE datname = 'duban'`,
    ),
  ).toEqual([{ encoding: 'UTF8', datcollate: 'C' }]);
  await ask(first.databaseUrl, `CREATE TABLE kept AS SELECT '督办' AS word`);

  const again = await start();
  expect(again).toMatchObject({ reused: true, pid: first.pid, databaseUrl: first.databaseUrl });

  await stopProcess(again.pid, ['SIGKILL'], 10_000);
  expect(await findPostgres(home)).toBeNull();
  const afterKill = await start();
  expect(afterKill).toMatchObject({ reused: false, databaseUrl: first.databaseUrl });
  expect(await ask(afterKill.databaseUrl, 'SELECT word FROM kept')).toEqual([{ word: '督办' }]);

  // After a crash of a container the old process number often belongs to another program: here, to us.
  await stopProcess(afterKill.pid, ['SIGKILL'], 10_000);
  const pidFile = join(home, 'postgres', 'postmaster.pid');
  writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));
  const last = await start();
  expect(last.databaseUrl).toBe(first.databaseUrl);

  await last.stop();
  expect(await findPostgres(home)).toBeNull();
}, 60_000);

test('a data folder of another version is left alone, and the way out is named', async () => {
  const home = newHome('old');
  mkdirSync(join(home, 'postgres'));
  writeFileSync(join(home, 'postgres', 'PG_VERSION'), '14\n');
  await expect(startPostgres({ home, say })).rejects.toThrow(/made by PostgreSQL 14[\s\S]*next:.*duban backup/);
});
