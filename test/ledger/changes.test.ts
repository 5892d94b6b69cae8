/** Changes as open pages are told of them: each once, and none lost, in whatever order they are committed. */
import { changeReader } from '../../ledger/changes';
import { openDatabase } from '../../ledger/database';
import { emptyLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await emptyLedger();
});
afterAll(() => ledger?.drop());

const begin = (id: string) => ({ id: `task/p/${id}`, kind: 'task' as const, plan: 'p', epoch: 1 });
const moved = (seq: number) => ({ head_seq: seq });

test('what was there before is not told, what happens then is, once', async () => {
  await ledger.db.insertInto('streams').values(begin('1-01')).execute();
  const next = changeReader(ledger.db);
  expect(await next()).toEqual([]);
  expect(await next()).toEqual([]);
  await ledger.db.updateTable('streams').set(moved(1)).where('id', '=', 'task/p/1-01').execute();
  expect(await next()).toMatchObject([{ kind: 'task', id: 'p/1-01', plan: 'p', seq: 1 }]);
  expect(await next()).toEqual([]);
});

test('a transaction that began first and ends last is not passed over', async () => {
  const next = changeReader(ledger.db);
  await ledger.db
    .insertInto('streams')
    .values([begin('1-02'), begin('1-03')])
    .execute();
  await next();
  const other = openDatabase(ledger.url);
  try {
    await other.db.transaction().execute(async (slow) => {
      await slow.updateTable('streams').set(moved(7)).where('id', '=', 'task/p/1-02').execute();
      await ledger.db.updateTable('streams').set(moved(3)).where('id', '=', 'task/p/1-03').execute();
      expect((await next()).map(({ id }) => id)).toEqual(['p/1-03']);
      expect(await next()).toEqual([]);
    });
    expect((await next()).map(({ id, seq }) => `${id} ${seq}`)).toEqual(['p/1-02 7']);
    expect(await next()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('a transaction of another database on the same server makes nothing told that was there before', async () => {
  const elsewhere = await emptyLedger();
  try {
    await elsewhere.db.transaction().execute(async (open) => {
      await open.insertInto('streams').values(begin('9-99')).execute();
      await ledger.db.insertInto('streams').values(begin('1-04')).execute();
      const next = changeReader(ledger.db);
      expect(await next()).toEqual([]);
      expect(await next()).toEqual([]);
      await ledger.db.updateTable('streams').set(moved(1)).where('id', '=', 'task/p/1-04').execute();
      expect(await next()).toMatchObject([{ id: 'p/1-04', seq: 1 }]);
      expect(await next()).toEqual([]);
    });
  } finally {
    await elsewhere.drop();
  }
});

test('a look reads the index, however many streams there are', async () => {
  await ledger.asOwner(
    `INSERT INTO streams (id, kind, plan, epoch) SELECT 'task/q/' || n, 'task', 'q', 1 FROM generate_series(1, 5000) n`,
  );
  await ledger.asOwner('ANALYZE streams');
  const { rows } = await ledger.asOwner(
    `EXPLAIN SELECT id FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS running) AS now
     LEFT JOIN streams ON changed_xid >= '99999999'::xid8`,
  );
  expect(JSON.stringify(rows)).toContain('streams_by_change');
});
