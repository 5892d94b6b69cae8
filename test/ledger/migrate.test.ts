import { openDatabase } from '../../ledger/database';
import { migrate, schemaVersion } from '../../ledger/migrate';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('an empty database is brought to the present, once, also by two processes at the same moment', async () => {
  const { db, close } = openDatabase(database.url);
  const before = await schemaVersion(db);
  expect(before.version).toBeNull();
  const [first, second] = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect([...first, ...second].sort()).toEqual(before.pending);
  expect(await migrate(database.url)).toEqual([]);
  expect(await schemaVersion(db)).toEqual({ version: before.pending.at(-1), pending: [] });
  await close();
});

test('a database of a newer version, or one made by an edited migration, is refused', async () => {
  await migrate(database.url);
  const { pool, close } = openDatabase(database.url);
  const tamper = async (sql: string) => {
    const client = await pool.connect();
    await client.query('RESET ROLE');
    await client.query(sql);
    client.release(true);
  };
  await tamper("INSERT INTO schema_migrations (name, digest) VALUES ('9999-later.sql', '')");
  await expect(migrate(database.url)).rejects.toMatchObject({ code: 'schema-differs' });
  await tamper("DELETE FROM schema_migrations WHERE name = '9999-later.sql'");
  await tamper("UPDATE schema_migrations SET digest = 'other' WHERE name = '0001-ledger.sql'");
  await expect(migrate(database.url)).rejects.toThrow('0001-ledger.sql was edited');
  await close();
});

test('a database that is away is worth another try', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
    name: 'LedgerUnavailable',
    code: 'ECONNREFUSED',
  });
});
