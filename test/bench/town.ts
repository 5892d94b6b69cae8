/** A made-up town of any size: units that lead five tasks each, all due on one day, on a calendar without weekends. */
import { addDays, type Day, dayOf, weekdayOf } from '../../domain/days';
import type { Actor } from '../../domain/events';
import type { Plan, PlanTask } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import { importYear } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { acceptLaunch, storeDraft } from '../../ledger/plans';
import { putUnits } from '../../ledger/units';
import { issueTask } from '../../workflows/messages/starts';
import type { Stand } from './stand';

const OFFICE = 'bench:督查室';
export const LAUNCHER: Actor = { name: '督查领导', role: 'supervisor', unit: OFFICE };
const TASKS_PER_UNIT = 5;

function unitOf(id: string, mail: string): Unit {
  const person = (office: string) => ({ name: '经办人', mail: `${office}.${mail}@bench.example` });
  const people = { liaison: person('liaison'), head: person('head'), leader: person('leader') };
  return { id, city: 'bench', name: id.slice('bench:'.length), aliases: [], members: null, ...people, substitutes: [] };
}

/** Stores units, plan and a calendar on which every day is a working day, so that any day will do for a bench. */
export async function settle(db: Db, size: number, dueOn: Day, tasksPerUnit = TASKS_PER_UNIT): Promise<Plan> {
  const units = Array.from({ length: Math.ceil(size / tasksPerUnit) }, (_, i) =>
    unitOf(`bench:单位${i + 1}`, `u${i + 1}`),
  );
  await putUnits(db, [unitOf(OFFICE, 'office'), ...units]);
  const year = Number(dayOf(new Date().toISOString()).slice(0, 4));
  for (const each of [year - 1, year, year + 1]) await importYear(db, `${each}`, allWorking(each));
  const plan: Plan = {
    id: 'bench',
    title: '测试方案',
    number: null,
    issuer: '督查室',
    issuedOn: `${year}-01-01`,
    city: 'bench',
    office: OFFICE,
    reporting: null,
    tasks: Array.from({ length: size }, (_, i) => taskOf(i, units[Math.floor(i / tasksPerUnit)]?.id ?? OFFICE, dueOn)),
  };
  await storeDraft(db, plan);
  return plan;
}

function allWorking(year: number) {
  const on: Day[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) if (weekdayOf(day) > 5) on.push(day);
  return { status: 'confirmed' as const, off: [], on };
}

function taskOf(i: number, lead: string, dueOn: Day): PlanTask {
  return {
    id: `bench/1-${String(i + 1).padStart(4, '0')}`,
    part: 1,
    no: i + 1,
    category: null,
    title: `第${i + 1}项任务`,
    content: '压缩办理时间。',
    measures: [],
    parties: [{ unit: lead, role: 'lead' }],
    leadBasis: 'sole',
    openEnded: false,
    deadline: { type: 'fixed', dueOn, readyOn: null, notReadyOn: null, condition: null, inPrinciple: false, text: '' },
    remark: null,
    line: null,
  };
}

/** Starts the plan's tasks one by one, as launched at an instant, their alarms ringing so long after 05:00. */
export async function startAll(
  { desk, taskQueue }: Stand,
  plan: Plan,
  tasks: PlanTask[],
  { at, ringAfterMinutes }: { at: string; ringAfterMinutes: number },
): Promise<void> {
  await acceptLaunch(desk.db, plan.id, { launchOn: dayOf(at), signedBy: '督查领导', at });
  const launch = { at, actor: LAUNCHER, office: OFFICE, signedBy: '督查领导' };
  await sideBySide(tasks, async (task) => {
    const options = issueTask(task, launch, { taskQueue, alarmSpreadMinutes: 0 });
    const args = options.args.map((input) => ({ ...input, spreadMinutes: ringAfterMinutes }));
    await desk.temporal.workflow.start('reformTask', { ...options, args });
  });
}

/** Ten at once, as a launch does. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const one = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 10 }, one));
}

/** How many tasks the ledger has issued. */
export async function issued(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('streams')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('head_seq', '>', 0)
    .executeTakeFirstOrThrow();
  return Number(count);
}
