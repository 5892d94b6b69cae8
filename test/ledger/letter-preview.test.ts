/** A letter of a real task, looked at before anybody gets one: what was told last, or what would come of it. */
import { taskDraft } from '../../client/cli/letter-preview';
import type { NoticeKind } from '../../domain/notices';
import { Asker, launchPlan } from './asker';
import { seededLedger, type TestLedger } from './test-ledger';

const TASK = 'zhuzhou-2020/1-01';
let ledger: TestLedger;
const before = async () => ({
  events: await count('events'),
  notices: await count('notices'),
  letters: await count('letters'),
});
const count = async (table: 'events' | 'notices' | 'letters') =>
  (
    await ledger.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
  ).count;

beforeAll(async () => {
  ledger = await seededLedger();
  await launchPlan(ledger);
  await Asker.on(ledger, TASK).issue();
});
afterAll(() => ledger?.drop());

const draft = (kind: NoticeKind, language?: 'en') =>
  taskDraft(ledger.db, { kind, task: TASK, today: '2020-03-14', language });

test('what the task was told stands in it as it was told, counted on the day it would leave', async () => {
  const stored = await before();
  const { letter, on, unit, dates } = await draft('issue');
  // A Saturday: it would leave on Monday.
  expect(on).toBe('2020-03-16');
  expect([letter.language, unit.id]).toEqual(['zh-CN', 'zhuzhou:市市场监管局']);
  expect(letter.sections[0]?.asks[0]?.todo[0]).toMatch(/^由你单位牵头，请于3个工作日内签收。.*还有73个工作日。$/);
  expect(dates.map(({ key }) => key)).toEqual([`${TASK} due`]);
  expect(await before()).toEqual(stored);
});

test('what it was not told yet is what its rules would make of it', async () => {
  const stored = await before();
  expect((await draft('slip', 'en')).letter.subject).toBe('[督办 Duban] 1 overdue');
  expect((await draft('cancelled')).dates).toMatchObject([{ key: `${TASK} due`, state: 'cancelled' }]);
  expect(await before()).toEqual(stored);
});

test.each<[NoticeKind, string, string]>([
  ['conditionReported', TASK, 'no-such-notice'],
  ['declaration', TASK, 'no-such-notice'],
  ['deliveryProblem', TASK, 'bad-kind'],
  ['issue', 'zhuzhou-2020/1-99', 'unknown-task'],
])('%s of %s is refused: %s', async (kind, task, code) => {
  await expect(taskDraft(ledger.db, { kind, task, today: '2020-03-14' })).rejects.toMatchObject({ code });
});
