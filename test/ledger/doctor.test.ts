import { openDatabase } from '../../ledger/database';
import { ledgerHealth } from '../../ledger/doctor';
import { createTestDatabase } from '../support/database';
import { Asker, launchPlan } from './asker';
import { seededLedger } from './test-ledger';

test('the ledger’s health: version, calendar, alarms that nobody rang, what waits', async () => {
  const ledger = await seededLedger();
  await launchPlan(ledger);
  await Asker.on(ledger).issue();
  const health = await ledgerHealth(ledger.db, '2020-03-19T00:00:00.000Z');
  expect(health).toMatchObject({ schema: { pending: [] }, appendOnlyRole: true, streams: 1, overdueAlarms: 0 });
  expect(health.noticesWaiting).toBe(6);
  expect(Number(health.calendar.confirmedUntil)).toBeGreaterThanOrEqual(2025);
  expect((await ledgerHealth(ledger.db, '2020-03-20T00:00:00.000Z')).overdueAlarms).toBe(1);
  await ledger.drop();
});

test('a database that was never migrated says so instead of failing', async () => {
  const { url, drop } = await createTestDatabase();
  const { db, close } = openDatabase(url);
  expect((await ledgerHealth(db, '2020-03-19T00:00:00.000Z')).schema).toMatchObject({ version: null });
  await close();
  await drop();
});
