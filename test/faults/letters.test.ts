/** Mail rounds under two workers, a worker that dies, and a mail server that does: no letter lost, none twice (D18 to D23). */
import { workingDay } from '../../domain/calendar';
import { type Day, dayOf, instantOf } from '../../domain/days';
import type { RoundKind } from '../../domain/rounds';
import type { RoundOutcome } from '../../workflows/messages';
import { type MailServer, type Manner, startMailServer } from '../mail/mail-server';
import { COORDINATOR } from '../workflows/town';
import { eventsOf, insist, startPlan, zhuzhouAhead } from './plans';
import { Stack } from './stack';
import { until } from './until';
import { expectWhole } from './whole';

jest.setTimeout(240_000);

let mail: MailServer;
let stack: Stack;
beforeEach(async () => {
  mail = await startMailServer();
  stack = await Stack.open(mail.url);
}, 120_000);
afterEach(async () => {
  await stack?.close();
  await mail?.close();
}, 60_000);

/** How far ahead of the machine's a clock is that says this now. */
const ahead = (day: Day, time: string) => Date.parse(instantOf(day, time)) - Date.now();
/**
 * The nth day of these tests: working days of the coming month, behind its middle, on which the tasks are launched, too.
 * Nothing rings there, whatever day it is today: an alarm rings by the server's clock, which no test can move, and a
 * round would wait in vain for one of its day (R18, D22).
 */
const W = (n: number) => workingDay(stack.calendar, `${monthAfter(dayOf(new Date().toISOString()))}-14`, n);

function monthAfter(day: Day): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month)).toISOString().slice(0, 7);
}

/** 36 tasks and some thirty units to write to. */
async function launched(id: string): Promise<string[]> {
  const plan = zhuzhouAhead(id);
  await startPlan(stack, plan, instantOf(W(1), '08:00'));
  const tasks = plan.tasks.map((task) => task.id);
  await until('36 tasks in the ledger', async () => {
    const { rowCount } = await stack.ledger.pool.query('SELECT FROM events WHERE intent LIKE $1', [`issue:${id}/%`]);
    return rowCount === 36;
  });
  return tasks;
}

async function round(name: string, kind: RoundKind = 'routine') {
  const { workflow } = stack.desk.temporal;
  const options = { taskQueue: 'duban', workflowId: `round/${name}`, args: [kind] as [RoundKind] };
  return workflow.start<(kind: RoundKind) => Promise<RoundOutcome | null>>('mailRound', options);
}

const letters = () => stack.ledger.db.selectFrom('letters').selectAll().orderBy('slot_at').orderBy('id').execute();
const inState = async (state: string) => (await letters()).filter((letter) => letter.state === state);
/** Every letter that was given to the mail server for an address. */
const seenBy = (address: string) => mail.seen.filter(({ to }) => to === address).map(({ bytes }) => bytes.toString());

test('two rounds at once, held by two workers: one letter for each addressee, handed over once (D19, D20)', async () => {
  const aheadMs = ahead(W(1), '09:00');
  await Promise.all([stack.startWorker({ aheadMs }), stack.startWorker({ aheadMs })]);
  await launched('two-rounds');
  const gate = stack.gate('letters');
  await gate.close(5);
  const rounds = await Promise.all([round('one'), round('other')]);
  // One writes to somebody; the other has the same in mind, and waits for the first.
  await gate.reached();
  await until('two who write to the same addressee', async () => {
    const { rowCount } = await stack.owner.pool.query(
      // The gate's own lock has this class.
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid <> 4711`,
    );
    return (rowCount ?? 0) > 0;
  });
  await gate.open();
  await until('every letter handed over', async () => {
    const handed = await inState('handed');
    return handed.length > 20 && handed.length === (await letters()).length;
  });
  // One of them may rest for a minute, to see whether the other left anything.
  for (const handle of rounds) await handle.terminate('the test is over').catch(() => undefined);
  const all = await letters();
  expect(all.filter(({ state, attempts }) => state !== 'handed' || attempts !== 1)).toEqual([]);
  expect(mail.seen).toHaveLength(all.length);
  expect(new Set(mail.seen.map(({ to }) => to)).size).toBe(all.length);
  // A clock that is set an hour back, before nine, holds no round; at nine, the same one.
  await stack.killWorkers();
  const worker = await stack.startWorker({ aheadMs: aheadMs - 3_600_000 });
  expect(await (await round('too-early')).result()).toBeNull();
  await worker.setClock(aheadMs);
  expect(await (await round('again')).result()).toMatchObject({ letters: 0, handed: 0 });
  expect(mail.seen).toHaveLength(all.length);
  await expectWhole(stack, { mail });
});

test('the worker killed while it writes, everything while it sends: the same bytes go again, and no other letter (D21)', async () => {
  const [day, nine] = [W(1), ahead(W(1), '09:00')];
  await stack.startWorker({ aheadMs: nine });
  await launched('killed-round');
  const gate = stack.gate('letters');
  await gate.close(10);
  const morning = await round('morning');
  // All that write side by side: so what got through is committed.
  await gate.reached(4);
  await stack.killWorkers();
  await gate.open();
  expect(await letters()).toHaveLength(10);

  // The server has a letter whole, and does not answer until that worker is gone.
  let answer: (manner: Manner) => void = () => undefined;
  const held = new Promise<Manner>((release) => {
    answer = release;
  });
  let unlucky: string | null = null;
  mail.manner = (to) => {
    unlucky ??= to;
    return to === unlucky ? held : 'take';
  };
  await stack.startWorker({ aheadMs: nine });
  await until('all but one handed over', async () => {
    const all = await letters();
    const handed = all.filter(({ state }) => state === 'handed').length;
    return handed > 20 && handed === all.length - 1;
  });
  await stack.killAll();
  answer('take');
  mail.manner = () => 'take';

  await stack.startServers();
  await stack.startWorker({ aheadMs: ahead(day, '14:31') });
  const afternoon = await (await round('afternoon')).result();
  expect(afternoon).toMatchObject({ letters: 0, handed: 1 });
  expect(await inState('handed')).toHaveLength((await letters()).length);
  const twice = seenBy(unlucky ?? '');
  expect(twice).toHaveLength(2);
  expect(new Set(twice).size).toBe(1);
  expect(mail.seen).toHaveLength((await letters()).length + 1);
  await morning.terminate('the test is over');
  await expectWhole(stack, { mail });
});

test('the mail server dies between DATA and its answer: the same letter first, and nothing beside it in its slot (D21)', async () => {
  const day = W(1);
  const worker = await stack.startWorker({ aheadMs: ahead(day, '09:00') });
  const [task = ''] = await launched('dying-server');
  const { leads } = await stack.ledger.db
    .selectFrom('streams')
    .select('leads')
    .where('id', '=', `task/${task}`)
    .executeTakeFirstOrThrow();
  const { body } = await stack.ledger.db
    .selectFrom('units')
    .select('body')
    .where('id', '=', leads[0] ?? '')
    .executeTakeFirstOrThrow();
  const address = body.liaison?.mail ?? '';
  mail.manner = (to) => (to === address ? 'die' : 'take');
  const morning = await round('morning');
  await until('a letter of unknown fate', async () => {
    return (await inState('unsure')).some((letter) => letter.address === address);
  });
  expect(seenBy(address)).toHaveLength(1);

  mail.manner = () => 'take';
  const urged = { move: 'instruct', text: '请抓紧办理' } as const;
  const supervisor = { name: '殷望舒', role: 'supervisor', unit: COORDINATOR.unit } as const;
  await insist(stack.desk, task, urged, { actor: supervisor, moveId: 'instruct' });
  await worker.setClock(ahead(day, '14:31'));
  await (await round('afternoon')).result();
  const twice = seenBy(address);
  expect(twice).toHaveLength(2);
  expect(new Set(twice).size).toBe(1);
  expect((await letters()).filter((letter) => letter.address === address)).toMatchObject([{ state: 'handed' }]);
  // What came in the meantime has waited, and leaves in the next urgent round.
  await worker.setClock(ahead(day, '14:36'));
  await (await round('urgent', 'urgent')).result();
  const third = seenBy(address).at(-1) ?? '';
  expect(twice).not.toContain(third);
  await morning.terminate('the test is over').catch(() => undefined);
  await expectWhole(stack, { mail });
});

test('the mail server refuses for a day, then one address for good: every task is told, and every letter arrives (R33, D23)', async () => {
  const [first, second] = [W(1), W(2)];
  const worker = await stack.startWorker({ aheadMs: ahead(first, '09:00') });
  const tasks = await launched('refusing-server');
  mail.manner = () => 'later';
  const rounds = [await round('morning')];
  await until('every letter tried', async () => {
    const all = await letters();
    return all.length > 20 && all.every(({ state, attempts }) => state === 'waiting' && attempts > 0);
  });
  const written = await letters();
  await worker.setClock(ahead(first, '14:31'));
  rounds.push(await round('afternoon'));
  await until('every letter of the afternoon tried', async () => {
    const later = (await letters()).filter(({ round }) => round === '14:30');
    return later.length === written.length && later.every(({ attempts }) => attempts > 0);
  });
  expect(await inState('superseded')).toHaveLength(written.length);

  // After office hours what was handed to nobody is our failure, and each task learns whom it did not reach.
  await worker.setClock(ahead(first, '18:01'));
  expect(await (await round('evening', 'urgent')).result()).toMatchObject({ letters: 0, owed: 0 });
  await until('a failure told to every task', async () => {
    const told = await Promise.all(tasks.map((id) => eventsOf(stack.ledger.db, id)));
    return told.every((events) => events.some(({ type }) => type === 'deliveryFailed'));
  });

  const refused = written[0]?.address ?? '';
  mail.manner = (to) => (to === refused ? 'never' : 'take');
  await worker.setClock(ahead(second, '09:00'));
  const morning = await (await round('next-day')).result();
  expect(morning).toMatchObject({ failed: 1, unsure: 0 });
  for (const handle of rounds) await handle.terminate('the test is over').catch(() => undefined);
  const arrived = new Set((await inState('handed')).map(({ address }) => address));
  expect(written.filter(({ address }) => address !== refused && !arrived.has(address))).toEqual([]);
  expect(arrived).not.toContain(refused);
  await until('only one unit out of reach', async () => {
    const states = await Promise.all(tasks.map((id) => stack.desk.task(id)));
    const unreached = new Set(states.flatMap((state) => Object.keys(state?.unreached ?? {})));
    return unreached.size === 1;
  });
  await expectWhole(stack, { mail });
});
