/** Alarms: when they ring, and what happens when they cannot (D5, D8, D16, R4). */
import { workingDay } from '../../domain/calendar';
import { addDays, type Day, instantOf } from '../../domain/days';
import type { TaskEvent } from '../../domain/events';
import { eventsAfter } from '../../ledger/head';
import { stateQuery, taskWorkflowId } from '../../workflows/messages';
import { spreadOf } from '../../workflows/messages/starts';
import { COORDINATOR, type Life, type SkippingTown, skippingTown } from './town';

jest.setTimeout(120_000);

let town: SkippingTown;
beforeAll(async () => {
  town = await skippingTown();
});
afterAll(() => town?.close());

const W = (day: Day, n: number) => workingDay(town.calendar, day, n);
const viewOf = (life: Life) => town.desk.temporal.workflow.getHandle(taskWorkflowId(life.id)).query(stateQuery);

async function morning(): Promise<Day> {
  const day = W(await town.today(), 1);
  await town.until(day);
  return day;
}

test('an alarm that cannot be recorded is tried again every hour, and moves are refused meanwhile', async () => {
  const launchedOn = await morning();
  const dueOn = W(launchedOn, 2);
  const life = await town.issue({ type: 'fixed', dueOn });
  await town.until(addDays(dueOn, -1), '23:00');
  // SQLSTATE class 23: refused for ever, as far as anybody can tell.
  await town.ledger.asOwner('ALTER TABLE events ADD CONSTRAINT full_up CHECK (seq < 2) NOT VALID');
  await town.until(dueOn, '06:30');
  expect(await viewOf(life)).toMatchObject({ trouble: { what: expect.stringContaining('alarm') } });
  await expect(life.mayNot(COORDINATOR, { move: 'urge', text: '请抓紧' })).resolves.toBe('not-storable');

  await town.ledger.asOwner('ALTER TABLE events DROP CONSTRAINT full_up');
  await town.until(dueOn, '08:00');
  expect(await viewOf(life)).toMatchObject({ trouble: null });
  expect((await life.story('reminded')).at(-1)).toBe(`${dueOn} reminded reminder 0`);
  await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
});

test('an alarm rings at five and its spread; a move before that settles it first', async () => {
  const launchedOn = await morning();
  const dueOn = W(launchedOn, 4);
  const spread = await town.start({ type: 'fixed', dueOn }, { spreadMinutes: 90 });
  const moved = await town.start({ type: 'fixed', dueOn }, { spreadMinutes: 90 });
  const reminderOn = W(dueOn, -3);
  await town.until(reminderOn, '05:10');
  await moved.does(COORDINATOR, { move: 'urge', text: '请抓紧' });
  await town.until(reminderOn, '06:31');
  expect(await instantsOf(spread, 'reminded')).toEqual([instantOf(reminderOn, '06:30')]);
  const [reminded, urged] = [await instantsOf(moved, 'reminded'), await instantsOf(moved, 'urged')];
  expect(reminded).toHaveLength(1);
  expect(Date.parse(reminded[0] ?? '')).toBeLessThanOrEqual(Date.parse(urged[0] ?? ''));
  for (const life of [spread, moved]) {
    await life.does(COORDINATOR, { move: 'cancel', reason: '政策调整', document: '1号' });
  }
  // Nothing rings on a closed task.
  const before = await moved.story();
  await town.until(addDays(dueOn, 3));
  expect(await moved.story()).toEqual(before);
});

/** To the second: a timer fires on its millisecond, its event is written a moment later. */
async function instantsOf(life: Life, type: TaskEvent['type']): Promise<string[]> {
  const events = (await eventsAfter(town.ledger.db, `task/${life.id}`, 0, 1_000)) as TaskEvent[];
  return events.filter((event) => event.type === type).map(({ at }) => `${at.slice(0, 19)}.000Z`);
}

test('the spread is the same for an id always, within its limit, and even over many', () => {
  const ids = Array.from({ length: 3_000 }, (_, i) => `zhuzhou-2020/${1 + (i % 3)}-${10 + i}`);
  const minutes = ids.map((id) => spreadOf(id, 150));
  expect(minutes).toEqual(ids.map((id) => spreadOf(id, 150)));
  expect(Math.min(...minutes)).toBe(0);
  expect(Math.max(...minutes)).toBe(150);
  const perMinute = new Map<number, number>();
  for (const minute of minutes) perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  expect(Math.max(...perMinute.values())).toBeLessThan(60);
  expect(spreadOf('zhuzhou-2020/1-01', 0)).toBe(0);
});
