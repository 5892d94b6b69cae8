/** Mail rounds from the alarms of the morning to the letters' fates (R34, D18 to D23). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { workingDay } from '../../domain/calendar';
import { addDays, type Day, dayOf, weekdayOf } from '../../domain/days';
import type { RoundKind, Slot } from '../../domain/rounds';
import { lastSeal } from '../../ledger/audit/seals';
import { editUnit } from '../../ledger/units';
import type { RoundOutcome } from '../../workflows/messages';
import { workflowBundle } from '../support/temporal';
import { CO, COORDINATOR, OTHER, type SkippingTown, SUPERVISOR, skippingTown } from './town';

jest.setTimeout(120_000);

let town: SkippingTown;
beforeAll(async () => {
  town = await skippingTown();
});
afterAll(() => town?.close());

const W = (day: Day, n: number) => workingDay(town.calendar, day, n);
const letters = () => readdirSync(join(town.places.home, 'mail')).length;

/** As its schedule would start it, and with the clock standing still meanwhile. */
function round(kind: RoundKind): Promise<RoundOutcome | null> {
  const options = { taskQueue: 'duban', workflowId: `round/${kind}`, args: [kind] as [RoundKind] };
  return town.desk.temporal.workflow.execute<(kind: RoundKind) => Promise<RoundOutcome | null>>('mailRound', options);
}

test('one letter each, sent once; nothing at night or on a Sunday', async () => {
  const launchedOn = W(await town.today(), 1);
  await town.until(launchedOn, '08:00');
  await town.issue({ type: 'fixed', dueOn: W(launchedOn, 30) });
  await town.until(launchedOn, '09:00');
  const outcome = await round('routine');
  expect(outcome).toMatchObject({ slot: { on: launchedOn, round: '09:00' }, letters: 2, handed: 2, owed: 0 });
  expect(letters()).toBe(2);
  await expect(round('routine')).resolves.toMatchObject({ letters: 0, handed: 0 });

  await town.until(launchedOn, '20:00');
  await expect(round('routine')).resolves.toBeNull();
  await town.until(addDays(launchedOn, 7 - weekdayOf(launchedOn)), '09:00');
  await expect(round('routine')).resolves.toBeNull();
  expect(letters()).toBe(2);
});

test("a leader's instruction leaves within minutes", async () => {
  const launchedOn = W(await town.today(), 1);
  await town.until(launchedOn, '08:00');
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 30) });
  await life.does(SUPERVISOR, { move: 'instruct', text: '请抓紧办理' });
  await town.until(launchedOn, '08:35');
  // To the lead's liaison and head.
  await expect(round('urgent')).resolves.toMatchObject({ slot: { round: 'urgent' }, letters: 2, handed: 2 });
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
});

test('a letter that cannot be handed over is our failure, and its task is told (R33)', async () => {
  await editUnit(town.ledger.db, OTHER, (unit) => ({ ...unit, liaison: null }));
  const launchedOn = W(await town.today(), 1);
  await town.until(launchedOn, '08:00');
  const parties = [
    { unit: OTHER, role: 'lead' },
    { unit: CO, role: 'co' },
  ] as const;
  const life = await town.issue({ type: 'fixed', dueOn: W(launchedOn, 30) }, { parties: [...parties] });
  await town.until(launchedOn, '09:00');
  await expect(round('routine')).resolves.toMatchObject({ undeliverable: 1 });
  await town.until(launchedOn, '18:01');
  await expect(round('urgent')).resolves.toMatchObject({ owed: 0 });
  await town.until(W(launchedOn, 1));
  expect(await life.story('deliveryFailed')).toHaveLength(1);
  expect((await life.task()).unreached).toHaveProperty([OTHER]);
});

test('every plan is sealed once a day (D11)', async () => {
  const life = await town.issue({ type: 'ongoing' });
  await town.until(W(await town.today(), 1), '20:00');
  const on = await town.today();
  const seal = () => town.desk.temporal.workflow.execute('sealDay', { taskQueue: 'duban', workflowId: 'seal' });
  await expect(seal()).resolves.toMatchObject({ on });
  const first = await lastSeal(town.ledger.db, life.plan);
  expect(first).toMatchObject({ on });
  await seal();
  await expect(lastSeal(town.ledger.db, life.plan)).resolves.toEqual(first);
});

test('a seal is of the day on which it was asked for, however late it is taken up (D11)', async () => {
  const life = await town.issue({ type: 'ongoing' });
  const on = await town.today();
  await town.until(on, '23:00');
  const options = { taskQueue: 'duban', workflowId: 'seal-late', startDelay: '3h' } as const;
  const handle = await town.desk.temporal.workflow.start('sealDay', options);
  await town.until(addDays(on, 1), '03:00');
  await expect(handle.result()).resolves.toMatchObject({ on });
  await expect(lastSeal(town.ledger.db, life.plan)).resolves.toMatchObject({ on });
});

test('an urgent round with a letter that is not taken makes room for the next one (R34)', async () => {
  await town.until(addDays(await town.today(), 1), '10:00');
  const at = await town.now();
  const { nativeConnection: connection } = town.env;
  const activities = {
    openSlot: async (): Promise<Slot> => ({ on: dayOf(at), round: 'urgent', at }),
    writeLetters: async () => ({ letters: 1, undeliverable: 0, unwritten: [] }),
    sendLetters: async () => ({ handed: 0, failed: 0, unsure: 0, left: 1, retryInSeconds: 60 }),
    feedBack: async () => ({ fed: 0, owed: 0 }),
  };
  const worker = await Worker.create({
    connection,
    taskQueue: 'relief',
    activities,
    workflowBundle: await workflowBundle(),
  });
  await worker.runUntil(async () => {
    const options = { taskQueue: 'relief', workflowId: 'round/relief', args: ['urgent'] };
    const handle = await town.desk.temporal.workflow.start('mailRound', options);
    await town.env.sleep('5m');
    const { status, startTime, closeTime } = await handle.describe();
    expect(status.name).toBe('COMPLETED');
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeGreaterThanOrEqual(2 * 60_000);
  });
});
