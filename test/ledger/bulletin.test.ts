/** R36 on a real ledger: March's bulletin is the same on 1 April and in June, its seal too. */
import { bulletinOf } from '../../domain/bulletin/bulletin';
import { monthPeriod } from '../../domain/bulletin/period';
import { findSeal, sealPlan } from '../../ledger/audit/seals';
import { gatherBulletin } from '../../ledger/bulletin';
import { Asker, acknowledge, COORDINATOR, LEAD, launchPlan, PLAN, TASK, unitActor } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await seededLedger();
});
afterEach(() => ledger.drop());

async function bulletin(month: string, today: string) {
  const period = monthPeriod(month, today);
  if (!period) throw new Error(`${month} has not begun`);
  const gathered = await gatherBulletin(ledger.db, PLAN.id, period.on);
  return gathered && { facts: bulletinOf(gathered.source, period), seal: gathered.seal };
}

test('R36: what is recorded later changes no earlier month, however much there is', async () => {
  await launchPlan(ledger);
  const first = Asker.on(ledger);
  const second = Asker.on(ledger, 'zhuzhou-2020/1-02');
  await first.issue();
  await second.issue();
  await first.ask(acknowledge('ack-1'));
  await second.move('report', '2020-03-31', unitActor(LEAD), { move: 'report', unit: LEAD, text: '已开工' }, '23:59');
  const sealed = await sealPlan(ledger.db, PLAN.id, '2020-03-31');
  const inApril = await bulletin('2020-03', '2020-04-01');
  expect(inApril).toMatchObject({
    facts: { summary: { total: 2, open: 2, completed: 0 }, units: [{ unit: LEAD, tasks: 2 }] },
    seal: { on: '2020-03-31', hash: sealed.hash },
  });

  const third = Asker.on(ledger, 'zhuzhou-2020/1-03');
  await third.issue('2020-04-01');
  const items = [{ kind: 'number' as const, value: '株市监发〔2020〕3号', name: null, bytes: null }];
  await first.move('add', '2020-05-06', unitActor(LEAD), { move: 'addEvidence', unit: LEAD, items });
  await first.move('submit', '2020-05-06', unitActor(LEAD), { move: 'submitEvidence', unit: LEAD });
  await first.move('accept', '2020-05-07', COORDINATOR, { move: 'acceptEvidence', version: 1 });
  const cancel = { move: 'cancel', reason: '政策调整', document: '株政〔2020〕9号' } as const;
  await second.move('cancel', '2020-05-08', COORDINATOR, cancel);
  await sealPlan(ledger.db, PLAN.id, '2020-05-31');

  expect(await bulletin('2020-03', '2020-06-10')).toEqual(inApril);
  const may = await bulletin('2020-05', '2020-06-10');
  expect(may?.facts).toMatchObject({
    summary: { total: 2, cancelled: 1, completed: 1 },
    praised: [{ task: TASK, workingDaysEarly: 39 }],
  });
  expect(await findSeal(ledger.db, sealed.hash)).toMatchObject({ plan: PLAN.id, on: '2020-03-31' });
  expect(await findSeal(ledger.db, sealed.hash, 'zhuhai-2020')).toBeNull();
});

test('of a draft there is nothing to gather', async () => {
  const { storeDraft } = await import('../../ledger/plans');
  await storeDraft(ledger.db, PLAN);
  expect(await bulletin('2020-03', '2020-04-01')).toBeNull();
});
