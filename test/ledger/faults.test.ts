/** What must not happen when the database, the asker or a tamperer misbehaves. */
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { createSeal } from '../../activities/seal-plans';
import { verifyLedger } from '../../ledger/audit/audit';
import { lastSeal, sealPlan } from '../../ledger/audit/seals';
import { type Database, openDatabase } from '../../ledger/database';
import { createRecord } from '../../ledger/record';
import { Asker, acknowledge, launchPlan, OFFICE, PLAN, TASK } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

// The lock's own limit is three seconds (D7).
jest.setTimeout(30_000);

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
});
afterEach(() => ledger.drop());

test('D8: what the database would refuse for ever is refused once, and the task lives on', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  await expect(task.ask(acknowledge('ack\u0000'))).rejects.toMatchObject({
    name: 'LedgerRefusal',
    code: 'not-storable',
  });
  expect(await task.ask({ ...acknowledge('when'), at: 'yesterday' })).toMatchObject({
    refusal: { refused: 'bad-date' },
  });
  await expect(task.ask(acknowledge('ack\ud800'))).rejects.toMatchObject({ code: 'not-storable' });
  expect(await task.ask(acknowledge('ack'))).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
});

describe('D7: somebody holds the head and does not move', () => {
  let frozen: Database;
  let holder: PoolClient;
  beforeEach(async () => {
    await Asker.on(ledger).issue();
    frozen = openDatabase(ledger.url, 1);
    holder = await frozen.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM streams FOR UPDATE');
  });
  afterEach(async () => {
    holder.release(true);
    await frozen.close();
  });

  test('the asker learns it in seconds, and may ask again', async () => {
    const task = Asker.on(ledger);
    task.seq = 1;
    const locked = { name: 'LedgerUnavailable', code: '55P03' };
    await expect(task.ask(acknowledge('ack'))).rejects.toMatchObject(locked);
    await holder.query('ROLLBACK');
    expect(await task.ask(acknowledge('ack'))).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
  });

  test('a connection that is killed while it waits wrote nothing', async () => {
    const task = Asker.on(ledger);
    task.seq = 1;
    const killed = expect(task.ask(acknowledge('ack'))).rejects.toMatchObject({ name: 'LedgerUnavailable' });
    await killWhoWaitsForALock(ledger);
    await killed;
    await holder.query('ROLLBACK');
    expect(await task.ask(acknowledge('ack'))).toMatchObject({ outcome: 'recorded', events: [{ seq: 2 }] });
  });
});

test('a connection that the server ends between two statements is an error of the next one, not the end of us', async () => {
  const lost = ledger.db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
    await ledger.asOwner(`SELECT pg_terminate_backend(${rows[0]?.pid})`);
    await sql`SELECT 1`.execute(transaction);
  });
  await expect(lost).rejects.toThrow();
  expect((await sql`SELECT 1 AS alive`.execute(ledger.db)).rows).toEqual([{ alive: 1 }]);
});

test('D10: the application cannot change an event, and neither can an owner who forgets what he is', async () => {
  await Asker.on(ledger).issue();
  const change = "UPDATE events SET type = 'cancelled'";
  await expect(ledger.pool.query(change)).rejects.toMatchObject({ code: '42501' });
  await expect(ledger.pool.query('DELETE FROM events')).rejects.toMatchObject({ code: '42501' });
  await expect(ledger.asOwner(change)).rejects.toThrow('append-only');
  await expect(ledger.asOwner('TRUNCATE events, streams CASCADE')).rejects.toThrow('append-only');
});

describe('audit verify', () => {
  const stream = `task/${TASK}`;
  const tamper = (sql: string) => ledger.asOwner(`SET session_replication_role = replica; ${sql}`);
  const firstBad = async () => (await verifyLedger(ledger.db)).firstBad;

  beforeEach(async () => {
    const task = Asker.on(ledger);
    await task.issue();
    await task.ask(acknowledge('ack-1'));
    await task.ring('2020-03-19');
    await Asker.on(ledger, 'zhuzhou-2020/1-02').issue();
    await sealPlan(ledger.db, PLAN.id, '2020-03-19');
  });

  test('an untouched ledger is whole', async () => {
    expect(await verifyLedger(ledger.db, PLAN.id)).toEqual({
      streams: 2,
      events: expect.any(Number),
      seals: 1,
      firstBad: null,
    });
  });

  test.each([
    ['an altered text', `UPDATE events SET bytes = replace(bytes, '2020-06-30', '2020-12-31') WHERE seq = 1`, 1],
    ['another type in the column', `UPDATE events SET type = 'declared' WHERE seq = 2`, 2],
    ['another intent', `UPDATE events SET intent = 'x' WHERE seq = 2`, 2],
    ['an event taken out of the middle', `DELETE FROM events WHERE seq = 2`, 2],
    ['a forged digest of the state', `UPDATE events SET state_digest = '' WHERE seq = 2`, 2],
    ['a forged state', `UPDATE streams SET state = state || '{"dueOn":"2021-12-31"}'`, null],
    ['a tail cut off', `DELETE FROM events WHERE seq > 2`, 3],
  ])('%s is named', async (_, sql, row) => {
    await tamper(sql.replace('WHERE', `WHERE stream = '${stream}' AND`));
    expect(await firstBad()).toMatchObject({ where: stream, row });
  });

  test('a tail cut off with its head, and a task that vanished, are found by the seal (D11)', async () => {
    const last = await ledger.db.selectFrom('events').selectAll().where('stream', '=', stream).orderBy('seq').execute();
    await tamper(
      `DELETE FROM events WHERE stream = 'task/zhuzhou-2020/1-02'; DELETE FROM streams WHERE id = 'task/zhuzhou-2020/1-02'`,
    );
    expect(last.length).toBeGreaterThan(2);
    expect(await firstBad()).toEqual({
      where: 'seal zhuzhou-2020',
      row: '2020-03-19',
      problem: 'task/zhuzhou-2020/1-02 has lost event 1, which was sealed',
    });
  });

  test('a rewritten seal breaks the chain of seals', async () => {
    await sealPlan(ledger.db, PLAN.id, '2020-03-20');
    await tamper(`UPDATE seals SET body = replace(body, '1-01', '1-03') WHERE sealed_on = '2020-03-19'`);
    expect(await firstBad()).toMatchObject({ where: 'seal zhuzhou-2020', row: '2020-03-19' });
  });
});

test('D11: a day has one seal, it stands on the one before, and no earlier day is sealed later', async () => {
  await Asker.on(ledger).issue();
  const first = await sealPlan(ledger.db, PLAN.id, '2020-03-13');
  await Asker.on(ledger, 'zhuzhou-2020/1-02').issue();
  expect(await sealPlan(ledger.db, PLAN.id, '2020-03-13')).toEqual(first);
  const second = await sealPlan(ledger.db, PLAN.id, '2020-03-14');
  expect(second).toMatchObject({ prev: first.hash });
  expect(await lastSeal(ledger.db, PLAN.id)).toEqual(second);
  expect(await lastSeal(ledger.db, PLAN.id, '2020-03-13')).toEqual(first);
  await expect(sealPlan(ledger.db, PLAN.id, '2020-03-12')).rejects.toMatchObject({ code: 'already-sealed' });
});

test('D11: a plan that is sealed up to a later day keeps no other plan from its seal', async () => {
  await sealPlan(ledger.db, PLAN.id, '2020-03-14');
  const asked: string[] = [];
  const { sealPlans } = createSeal({
    launchedPlans: async () => [PLAN.id, 'another-plan'],
    async sealPlan(plan, on) {
      asked.push(plan);
      if (plan === PLAN.id) await sealPlan(ledger.db, plan, on);
    },
  });
  await expect(sealPlans('2020-03-13T12:00:00.000Z')).resolves.toEqual({ on: '2020-03-13', sealed: 1 });
  expect(asked).toEqual([PLAN.id, 'another-plan']);
});

test('R20: slips of an office are numbered without a gap, however many tasks fall due at once', async () => {
  const numbers = PLAN.tasks.filter((task) => task.deadline.type === 'fixed').map((task) => task.id);
  const record = createRecord(ledger.db);
  const tasks = numbers.map((id) => new Asker(record, id));
  await Promise.all(tasks.map((task) => task.issue()));
  await Promise.all(tasks.map((task) => task.ring('2020-07-01')));
  const slips = await ledger.db.selectFrom('events').select('body').where('type', '=', 'slipIssued').execute();
  const given = slips.map(({ body }) => (body.type === 'slipIssued' ? body.slip.number : ''));
  const expected = Array.from({ length: numbers.length }, (_, index) => `督办单〔2020〕${index + 1}号`);
  expect(given.sort()).toEqual(expected.sort());
  const counter = await ledger.db.selectFrom('counters').selectAll().where('series', '=', 'slip').execute();
  expect(counter).toEqual([{ office: OFFICE, year: '2020', series: 'slip', value: numbers.length }]);
});

/** Ends the one connection that waits for a lock, as soon as there is one. */
async function killWhoWaitsForALock({ asOwner }: TestLedger): Promise<void> {
  for (;;) {
    const { rowCount } = await asOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rowCount) return;
  }
}
