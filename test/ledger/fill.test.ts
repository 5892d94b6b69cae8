/** An older ledger comes back, and the workflows give it what it lost (D12). */
import { instantOf } from '../../domain/days';
import { verifyLedger } from '../../ledger/audit/audit';
import type { AnyEvent } from '../../ledger/contract';
import { createFill } from '../../ledger/fill';
import { Asker, acknowledge, launchPlan, TASK } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

jest.setTimeout(30_000);

let original: TestLedger;
let restored: TestLedger;
let events: AnyEvent[];
beforeEach(async () => {
  original = await seededLedger();
  restored = await seededLedger();
  await launchPlan(original);
  await launchPlan(restored);
  const task = Asker.on(original);
  await task.issue();
  await task.ask(acknowledge('ack-1'));
  for (const day of ['2020-03-19', '2020-06-15', '2020-06-30', '2020-07-01', '2020-07-09']) await task.ring(day);
  events = task.events;
});
afterEach(async () => {
  await original.drop();
  await restored.drop();
});

const now = () => instantOf('2020-07-09', '05:30');
const request = (over: object = {}) => ({ kind: 'task' as const, stream: TASK, epoch: 1, events, ...over });

const noticesOf = ({ db }: TestLedger) =>
  db.selectFrom('notices').select(['id', 'kind', 'to_unit', 'to_office', 'text', 'made_at']).orderBy('id').execute();
/** Without the transaction that wrote each last: it is the database's own. */
const streamsOf = async ({ db }: TestLedger) =>
  (await db.selectFrom('streams').selectAll().execute()).map(({ changed_xid: _, ...row }) => row);
const eventsOf = ({ db }: TestLedger) => db.selectFrom('events').selectAll().orderBy('seq').execute();
const countersOf = ({ db }: TestLedger) => db.selectFrom('counters').selectAll().orderBy('series').execute();

test('an empty ledger filled again is the one that was lost: events, state, notices, counters', async () => {
  expect(await Asker.on(restored).ring('2020-07-10')).toMatchObject({ outcome: 'refused' });
  const lost = Asker.on(restored);
  lost.seq = events.length;
  expect(await lost.ring('2020-07-10')).toEqual({ outcome: 'behind', head: 0 });
  await createFill(restored.db, now)(request());
  expect(await eventsOf(restored)).toEqual(await eventsOf(original));
  expect(await streamsOf(restored)).toEqual(await streamsOf(original));
  expect(await noticesOf(restored)).toEqual(await noticesOf(original));
  expect(await countersOf(restored)).toEqual(await countersOf(original));
  expect((await verifyLedger(restored.db)).firstBad).toBeNull();
  // A move from before is known again, and the next slip takes the next number.
  expect(await lost.ask(acknowledge('ack-1'))).toMatchObject({ outcome: 'recorded', events: [{ intent: 'ack-1' }] });
});

test('what was told before is listed and not mailed again; what its round had not reached still waits', async () => {
  await createFill(restored.db, now)(request());
  const notices = await restored.db.selectFrom('notices').selectAll().orderBy('seq').execute();
  const waiting = notices.filter((notice) => !notice.assumed_sent && notice.recalled_at === null);
  expect(new Set(waiting.map((notice) => notice.made_on))).toEqual(new Set(['2020-07-09']));
  expect(notices.filter((notice) => notice.made_on < '2020-07-09').every((n) => n.assumed_sent)).toBe(true);
});

test('a tail is filled behind what is there; again, or in pieces, it changes nothing', async () => {
  const fill = createFill(restored.db, now);
  await fill(request({ events: events.slice(0, 2) }));
  await fill(request({ events: events.slice(1) }));
  const filled = [await eventsOf(restored), await streamsOf(restored), await noticesOf(restored)];
  expect(filled).toEqual([await eventsOf(original), await streamsOf(original), await noticesOf(original)]);
  await fill(request());
  expect([await eventsOf(restored), await streamsOf(restored), await noticesOf(restored)]).toEqual(filled);
});

test('a gap, and another history, are refused and leave nothing behind', async () => {
  const fill = createFill(restored.db, now);
  await expect(fill(request({ events: events.slice(3) }))).rejects.toMatchObject({ code: 'chain-broken' });
  await fill(request({ events: events.slice(0, 1) }));
  const other = Asker.on(restored);
  other.seq = 1;
  await other.ask(acknowledge('ack-other', 'zhuzhou:市公安局'));
  await expect(fill(request())).rejects.toThrow('event 2 is another one here');
  expect(await eventsOf(restored)).toHaveLength(2);
});

test('D9: an older epoch fills nothing; a newer one brings its epoch with it', async () => {
  const fill = createFill(restored.db, now);
  await fill(request({ events: events.slice(0, 2), epoch: 3 }));
  await fill(request({ events: events.slice(2) }));
  expect(await streamsOf(restored)).toEqual([expect.objectContaining({ epoch: 3, head_seq: 2 })]);
});

test('R20: after a fill no number is given a second time', async () => {
  await createFill(restored.db, now)(request());
  const other = Asker.on(restored, 'zhuzhou-2020/1-02');
  await other.issue();
  await other.ring('2020-07-01');
  const slips = other.events.flatMap((event) => (event.type === 'slipIssued' ? [event.slip.number] : []));
  const used = events.filter((event) => event.type === 'slipIssued').length;
  expect(used).toBeGreaterThan(0);
  expect(slips).toEqual([`督办单〔2020〕${used + 1}号`]);
});
