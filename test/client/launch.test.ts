/** Launching a plan (R11, D14) through the desk, on a real server. */

import { openDesk } from '../../client';
import { addDays, dayOf, instantOf } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import { storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import zhuzhou from '../../seeds/plans/zhuzhou-2020.json';
import type { Temporal } from '../../tools/temporal-server';
import { DUBAN_DUE_ON, launchWorkflowId, progressQuery, SEARCH_ATTRIBUTES } from '../../workflows/messages';
import { devServer } from '../support/temporal';
import { COORDINATOR, LEAD, oneTaskPlan, type Town, townOn } from '../workflows/town';

jest.setTimeout(120_000);

let server: Temporal;
let town: Town;
beforeAll(async () => {
  server = await devServer({ searchAttributes: SEARCH_ATTRIBUTES });
  town = await townOn(server);
  await town.startWorker();
});
afterAll(async () => {
  await town?.close();
  await server?.stop();
});

const launch = (plan: string, at?: string) => town.desk.launch({ plan, signedBy: '殷望舒', actor: COORDINATOR, at });

/** The Zhuzhou plan with every date moved to years that have not come. */
function futureZhuzhou(): Plan {
  const years = new Date().getUTCFullYear() + 1 - 2020;
  const moved = JSON.stringify(zhuzhou).replace(
    /"(202\d)(-\d\d-\d\d)"/g,
    (_, year, rest) => `"${Number(year) + years}${rest}"`,
  );
  return JSON.parse(moved.replaceAll('zhuzhou-2020', 'zhuzhou-next')) as Plan;
}

test('a whole plan is started in batches, and launched again starts nothing', async () => {
  const plan = futureZhuzhou();
  await storeDraft(town.ledger.db, plan);
  const seen: number[] = [];
  const done = await town.desk.launch({
    plan: plan.id,
    signedBy: '殷望舒',
    actor: COORDINATOR,
    onProgress: ({ done }) => seen.push(done),
  });
  expect(done).toEqual({ stage: 'done', done: 36, started: 36, total: 36 });
  expect(seen.at(-1)).toBe(36);
  await everyTaskIssued(plan);
  await expect(launch(plan.id)).resolves.toEqual({ stage: 'done', done: 36, started: 0, total: 36 });
});

async function everyTaskIssued({ id, tasks }: Plan): Promise<void> {
  const issued = () =>
    town.ledger.db.selectFrom('streams').select('id').where('plan', '=', id).where('head_seq', '>', 0).execute();
  while ((await issued()).length < tasks.length) await new Promise((settle) => setTimeout(settle, 50));
}

test('a plan that may not be launched says why, and nothing starts', async () => {
  const past = oneTaskPlan({ type: 'fixed', dueOn: '2020-06-30' }, { parties: [{ unit: LEAD, role: 'co' }] });
  await storeDraft(town.ledger.db, past);
  await expect(launch(past.id)).rejects.toMatchObject({
    name: 'LaunchRefused',
    problems: [{ code: 'past-due' }, { code: 'no-lead' }],
  });
  await expect(town.desk.task(past.tasks[0]?.id ?? '')).resolves.toBeNull();
  await expect(launch('nowhere-2020')).rejects.toMatchObject({ code: 'unknown-plan' });
});

test('a later launch waits for its instant, and keeps it when it is repeated', async () => {
  const tomorrow = addDays(dayOf(await town.now()), 1);
  const plan = oneTaskPlan({ type: 'ongoing' });
  await storeDraft(town.ledger.db, plan);
  const at = instantOf(tomorrow, '08:00');
  await expect(launch(plan.id, at)).resolves.toMatchObject({ stage: 'waiting', started: 0 });
  await expect(launch(plan.id)).resolves.toMatchObject({ stage: 'waiting' });
  await expect(town.desk.task(plan.tasks[0]?.id ?? '')).resolves.toBeNull();
  const handle = town.desk.temporal.workflow.getHandle(launchWorkflowId(plan.id));
  await expect(handle.query(progressQuery)).resolves.toMatchObject({ stage: 'waiting' });
  const history = await handle.fetchHistory();
  expect(history.events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes)).toBe(true);
});

test('an operator finds tasks by unit, status and date', async () => {
  const plan = oneTaskPlan({ type: 'fixed', dueOn: '2090-06-30' });
  await storeDraft(town.ledger.db, plan);
  await launch(plan.id);
  const query = `DubanPlan = "${plan.id}" AND DubanLead = "${LEAD}" AND DubanStatus = "open" AND DubanDueOn > "2090-06-01"`;
  const found: string[] = [];
  while (found.length === 0) {
    for await (const { workflowId, typedSearchAttributes } of town.desk.temporal.workflow.list({ query })) {
      found.push(`${workflowId} ${typedSearchAttributes.get(DUBAN_DUE_ON)}`);
    }
  }
  expect(found).toEqual([`task/${plan.id}/1-01 2090-06-30`]);
});

test('a task with more parties than a search attribute holds is launched all the same', async () => {
  const units = Array.from({ length: 150 }, (_, no) => `zhuzhou:第${no}号联席会议成员单位`);
  const nobody = {
    city: 'zhuzhou',
    aliases: [],
    members: null,
    liaison: null,
    head: null,
    leader: null,
    substitutes: [],
  };
  await putUnits(
    town.ledger.db,
    units.map((id) => ({ ...nobody, id, name: id })),
  );
  const parties = [{ unit: LEAD, role: 'lead' as const }, ...units.map((unit) => ({ unit, role: 'co' as const }))];
  const plan = oneTaskPlan({ type: 'ongoing' }, { parties });
  await storeDraft(town.ledger.db, plan);
  await expect(launch(plan.id)).resolves.toMatchObject({ started: 1 });
  await everyTaskIssued(plan);
});

test('a move on a task that nobody launched is refused', async () => {
  const answer = await town.desk.move('nowhere-2020/1-01', { move: 'resume' }, { actor: COORDINATOR });
  expect(answer).toMatchObject({ outcome: 'refused', refusal: { refused: 'not-launched' } });
});

test('a server that is not there is said to be unreachable', async () => {
  const { temporal, ...places } = town.places;
  const nowhere = { ...temporal, connection: { address: '127.0.0.1:9', connectTimeout: '1s' } } as const;
  await expect(openDesk({ ...places, temporal: nowhere })).rejects.toMatchObject({
    name: 'Unreachable',
    what: 'Temporal',
  });
});
