/** One life of a task against PostgreSQL, and everything that can be asked twice, at once, too early or too late. */
import { instantOf } from '../../domain/days';
import { createRecord } from '../../ledger/record';
import { loadStream, openStreams } from '../../ledger/relaunch';
import { Asker, acknowledge, COORDINATOR, LEAD, launchPlan, OFFICE, planTask, TASK, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
});
afterEach(() => ledger.drop());

const rows = (table: 'events' | 'notices' | 'intents') =>
  ledger.db
    .selectFrom(table)
    .select((count) => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();

test('a task is issued: its events, its state, and a notice to every party', async () => {
  const task = Asker.on(ledger);
  expect(await task.issue()).toMatchObject({ outcome: 'recorded', events: [{ type: 'issued', seq: 1 }] });
  const head = await ledger.db.selectFrom('streams').selectAll().executeTakeFirstOrThrow();
  expect(head).toMatchObject({
    id: `task/${TASK}`,
    plan: 'zhuzhou-2020',
    head_seq: 1,
    status: 'open',
    due_on: '2020-06-30',
    leads: [LEAD],
    next_alarm_on: '2020-03-19',
    next_alarm_at: instantOf('2020-03-19', '05:00'),
  });
  const notices = await ledger.db.selectFrom('notices').selectAll().execute();
  expect(notices.map((notice) => notice.to_unit).sort()).toEqual(
    planTask(TASK)
      .parties.map((p) => p.unit)
      .sort(),
  );
  expect(notices[0]).toMatchObject({ kind: 'issue', office: OFFICE, made_on: '2020-03-13', letter: null });
});

test('D3: the same request twice changes nothing and gets the same answer', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  const request = task.request(acknowledge('ack-1'));
  const record = createRecord(ledger.db);
  const first = await record(request);
  const before = [await rows('events'), await rows('notices'), await rows('intents')];
  expect(await record(request)).toEqual(first);
  expect(await createRecord(ledger.db)(request)).toEqual(first);
  expect([await rows('events'), await rows('notices'), await rows('intents')]).toEqual(before);
});

test('D4: an intent that did nothing, and a refusal, are remembered too', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  const nothing = await task.ring('2020-03-16');
  expect(nothing).toEqual({ outcome: 'recorded', events: [] });
  expect(await task.ring('2020-03-16')).toEqual(nothing);
  const accept = () => task.move('accept-1', '2020-03-17', COORDINATOR, { move: 'acceptEvidence', version: 1 });
  const refused = await accept();
  expect(refused).toMatchObject({ outcome: 'refused', refusal: { refused: 'no-review' } });
  await task.move('add', '2020-03-18', unitActor(LEAD), {
    move: 'addEvidence',
    unit: LEAD,
    items: [{ kind: 'number', value: '株发〔2020〕1号', name: null, bytes: null }],
  });
  await task.move('submit', '2020-03-18', unitActor(LEAD), { move: 'submitEvidence', unit: LEAD });
  // Now it would be possible; but this id was answered.
  expect(await accept()).toEqual(refused);
  expect(await task.move('accept-2', '2020-03-18', COORDINATOR, { move: 'acceptEvidence', version: 1 })).toMatchObject({
    outcome: 'recorded',
    events: [{ type: 'evidenceAccepted' }],
  });
});

test('D3: of two who write on one head, one does; the other is told what happened and asks again', async () => {
  const first = Asker.on(ledger);
  await first.issue();
  const second = Asker.on(ledger);
  second.seq = first.seq;
  const asked = [
    { asker: first, intent: acknowledge('ack-a', LEAD) },
    { asker: second, intent: acknowledge('ack-b', 'zhuzhou:市公安局') },
  ];
  const answers = await Promise.all(asked.map(({ asker, intent }) => asker.ask(intent)));
  expect(answers.map((answer) => answer.outcome).sort()).toEqual(['ahead', 'recorded']);
  const late = asked.find((_, index) => answers[index]?.outcome === 'ahead');
  expect(await late?.asker.ask(late.intent)).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
});

test('two who launch the same task make it once', async () => {
  const answers = await Promise.all([Asker.on(ledger).issue(), Asker.on(ledger).issue()]);
  expect(answers[0]).toEqual(answers[1]);
  expect((await rows('events')).n).toBe(1);
});

test('an asker who lacks events before his own intent is given those first, so that he never folds over a gap', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  const lost = Asker.on(ledger);
  lost.seq = 1;
  await task.ask(acknowledge('ack-a'));
  await task.ask(acknowledge('ack-b', 'zhuzhou:市公安局'));
  expect(await lost.ask(acknowledge('ack-b', 'zhuzhou:市公安局'))).toMatchObject({
    outcome: 'ahead',
    events: [{ seq: 2, intent: 'ack-a' }],
  });
  expect(await lost.ask(acknowledge('ack-b', 'zhuzhou:市公安局'))).toMatchObject({
    outcome: 'recorded',
    events: [{ seq: 3, intent: 'ack-b' }],
  });
});

test('D12: an asker who knows more than the ledger is told where the ledger ends', async () => {
  const task = Asker.on(ledger);
  task.seq = 7;
  expect(await task.ring('2020-04-01')).toEqual({ outcome: 'behind', head: 0 });
  await Asker.on(ledger).issue();
  expect(await task.ring('2020-04-01')).toEqual({ outcome: 'behind', head: 1 });
});

test('a task that was never launched refuses', async () => {
  expect(await Asker.on(ledger).ring('2020-04-01')).toMatchObject({
    outcome: 'refused',
    refusal: { refused: 'not-launched' },
  });
});

test('D9: after a relaunch the old epoch writes nothing, and the new one goes on where the ledger stands', async () => {
  const old = Asker.on(ledger);
  await old.issue();
  expect(await openStreams(ledger.db)).toEqual([
    expect.objectContaining({ kind: 'task', stream: TASK, epoch: 1, headSeq: 1 }),
  ]);
  const loaded = await loadStream(ledger.db, { kind: 'task', stream: TASK });
  expect(loaded).toMatchObject({ epoch: 1, state: { id: TASK, seq: 1 }, log: [{ type: 'issued' }] });
  const fresh = Asker.on(ledger, TASK, 2);
  fresh.seq = 1;
  const at = instantOf('2020-03-16', '09:00');
  const actor = { name: 'duban', role: 'system' as const, unit: null };
  // Before its relaunch is recorded, a higher epoch is nothing that this ledger knows.
  await expect(fresh.ring('2020-03-16')).rejects.toMatchObject({ code: 'unknown-epoch' });
  expect(await fresh.ask({ type: 'relaunch', id: 'relaunch:2', at, actor, epoch: 2 })).toMatchObject({
    outcome: 'recorded',
    events: [{ type: 'relaunched', epoch: 2 }],
  });
  expect(await old.ask(acknowledge('ack-old'))).toEqual({ outcome: 'superseded' });
  expect(await fresh.ask(acknowledge('ack-new'))).toMatchObject({ outcome: 'recorded', events: [{ seq: 3 }] });
});

test('R31 R35: cancellation recalls what waits, and tells only those whom a letter had told', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  await ledger.asOwner(`
    INSERT INTO letters (id, slot_on, round, slot_at, to_unit, to_office, office, subject, message_id, dated_at, bytes, state)
    VALUES ('L1', '2020-03-13', '09:00', '2020-03-13T01:00Z', '${LEAD}', 'liaison', '${OFFICE}', '', 'm1', now(), '', 'handed');
    UPDATE notices SET letter = 'L1' WHERE to_unit = '${LEAD}'`);
  await task.move('cancel', '2020-03-16', COORDINATOR, {
    move: 'cancel',
    reason: '政策调整',
    document: '株政〔2020〕9号',
  });
  const notices = await ledger.db.selectFrom('notices').selectAll().orderBy('seq').execute();
  const waiting = notices.filter((notice) => notice.letter === null && notice.recalled_at === null);
  expect(waiting.map((notice) => [notice.kind, notice.to_unit])).toEqual([['cancelled', LEAD]]);
  expect(notices.filter((notice) => notice.kind === 'issue' && notice.recalled_at !== null)).toHaveLength(5);
  // Later feedback on the letter must not recall the last word.
  await task.ask({
    type: 'delivery',
    id: 'delivery:L1',
    at: instantOf('2020-03-16', '11:00'),
    actor: { name: 'duban', role: 'system', unit: null },
    letter: 'L1',
    unit: LEAD,
    outcome: 'handed',
    on: '2020-03-16',
    notices: [{ kind: 'issue', slip: null }],
  });
  const last = await ledger.db.selectFrom('notices').selectAll().where('kind', '=', 'cancelled').execute();
  expect(last).toEqual([expect.objectContaining({ recalled_at: null })]);
});

test('a notice that waits is recalled when its obligation is met before the round', async () => {
  const task = Asker.on(ledger);
  await task.issue();
  await task.ask(acknowledge('ack-1'));
  const [mine] = await ledger.db.selectFrom('notices').selectAll().where('to_unit', '=', LEAD).execute();
  expect(mine).toMatchObject({ kind: 'issue', recalled_at: instantOf('2020-03-16', '10:00') });
});
