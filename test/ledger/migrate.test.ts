import { instantOf } from '../../domain/days';
import { openDatabase } from '../../ledger/database';
import { giveBack, leaseLetters } from '../../ledger/letters/fate';
import { migrate, schemaVersion } from '../../ledger/migrate';
import { planTaskOf } from '../../ledger/plan-tasks';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';
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

test('letters that an older version left under way go on by mail, for as long as they would have been tried', async () => {
  await migrate(database.url, '0004-library.sql');
  const { db, pool, close } = openDatabase(database.url, 2, 'owner');
  for (const [id, state, unit] of [
    ['fresh', 'waiting', 'a'],
    ['tried', 'unsure', 'b'],
    ['gone', 'handed', 'c'],
  ])
    await pool.query(
      `INSERT INTO letters (id, slot_on, round, slot_at, to_unit, to_office, office, address, subject, message_id,
         dated_at, bytes, state, made_at)
       VALUES ($1, '2020-03-13', '09:00', '2020-03-13T09:00+08', $3, 'liaison', 'o', $3 || '@zz.example', '', $1,
         '2020-03-13T09:00+08', 'x', $2, '2020-03-13T09:00+08')`,
      [id, state, unit],
    );
  expect(await migrate(database.url)).toContain('0006-channels.sql');
  const slot = { round: '09:00', on: '2020-03-13', at: instantOf('2020-03-13', '09:00') } as const;
  const leased = (time: string) => leaseLetters(db, slot, instantOf('2020-03-13', time), {}, 9);
  const first = await leased('09:19');
  expect(first.map(({ id, channel, parcel, body, was }) => ({ id, channel, parcel, body, was }))).toEqual([
    { id: 'tried', channel: 'mail', parcel: null, body: null, was: 'unsure' },
    { id: 'fresh', channel: 'mail', parcel: null, body: null, was: 'waiting' },
  ]);
  await giveBack(db, first);
  expect((await leased('09:20')).map(({ id }) => id)).toEqual(['tried']);
  await close();
});

test('plans that an older version stored have their tasks one by one too', async () => {
  await migrate(database.url, '0017-list-speed.sql');
  const { db, pool, close } = openDatabase(database.url, 2, 'owner');
  await pool.query("INSERT INTO plans (id, body, status) VALUES ($1, $2, 'draft')", [
    zhuzhou.id,
    JSON.stringify(zhuzhou),
  ]);
  await migrate(database.url);
  const last = zhuzhou.tasks.at(-1);
  expect(await planTaskOf(db, zhuzhou.id, last?.id ?? '')).toEqual(last);
  await close();
});

test('a database that is away is worth another try', async () => {
  await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
    name: 'LedgerUnavailable',
    code: 'ECONNREFUSED',
  });
});
