import { listTasks, showTask } from '../../ledger/tasks';
import { Asker, acknowledge, COORDINATOR, LEAD, launchPlan, TASK } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
});
afterEach(() => ledger.drop());

test('the list finds tasks by unit, status, date and light; the light is the reader’s day’s (D13)', async () => {
  const police = 'zhuzhou:市公安局';
  const second = 'zhuzhou-2020/1-02';
  const conditional = 'zhuzhou-2020/1-10';
  for (const id of [TASK, second, conditional]) await Asker.on(ledger, id).issue();
  const third = Asker.on(ledger, 'zhuzhou-2020/1-03');
  await third.issue();
  await third.move('c', '2020-03-16', COORDINATOR, { move: 'cancel', reason: '政策调整', document: '株政〔2020〕9号' });

  const on = '2020-03-16';
  const ids = async (filter: object, day = on) => (await listTasks(ledger.db, filter, day)).map((row) => row.id);
  expect(await ids({ plan: 'zhuzhou-2020' })).toEqual([TASK, second, third.task, conditional]);
  expect(await ids({ plan: 'zhuhai-2020' })).toEqual([]);
  expect(await ids({ unit: police })).toEqual([TASK]);
  expect(await ids({ unit: LEAD, status: 'open' })).toEqual([TASK, second]);
  expect(await ids({ status: 'cancelled' })).toEqual([third.task]);
  expect(await ids({ dueBefore: '2020-07-01', status: 'open' })).toEqual([TASK, second]);
  expect(await ids({ dueBefore: '2020-06-30' })).toEqual([]);
  expect(await ids({ light: 'yellow' })).toEqual([]);
  expect(await ids({ light: 'yellow' }, '2020-06-24')).toEqual([TASK, second]);
  expect(await ids({ light: 'red' }, '2020-07-01')).toEqual([TASK, second]);
  expect(await ids({ light: 'grey' })).toEqual([third.task]);
  expect(await ids({ after: TASK, limit: 1 })).toEqual([second]);
});

test('one task shows what happened, what was told, and what was recalled', async () => {
  const task = Asker.on(ledger);
  expect(await showTask(ledger.db, TASK, '2020-03-16')).toBeNull();
  await task.issue();
  await task.ask(acknowledge('ack-1'));
  const page = await showTask(ledger.db, TASK, '2020-03-16');
  expect(page).toMatchObject({
    task: { id: TASK, seq: 2 },
    light: { colour: 'blue', reason: '正常推进' },
    letters: [],
  });
  expect(page?.events.map((event) => event.type)).toEqual(['issued', 'acknowledged']);
  const mine = page?.notices.filter((notice) => notice.to.unit === LEAD);
  expect(mine).toEqual([expect.objectContaining({ kind: 'issue', letter: null, recalledAt: expect.any(String) })]);
});
