/** The demonstration: Zhuzhou's plan of 2020, issued anew for the first year whose dates are all ahead. */
import { type Day, dayOf } from '../../../domain/days';
import { reissue } from '../../../domain/drafts/reissue';
import type { DeadlineRule, Plan } from '../../../domain/plan';
import { launchProblems, unitsOf } from '../../../domain/rules/issue';
import type { Unit } from '../../../domain/unit';
import type { Db } from '../../../ledger/database';
import { LedgerRefusal } from '../../../ledger/errors';
import { listPlans, type StoredPlan, showPlan, storeDraft } from '../../../ledger/plans';
import { listTasks, type TaskRow } from '../../../ledger/tasks';
import { unitsById } from '../../../ledger/units';
import { waitFor } from '../../../tools/processes';
import { type Say, step } from '../../../tools/say';
import type { Desk } from '../..';
import { CliFailure } from '../failure';
import { deadlineText, names, table } from '../table';

const ORIGINAL = 'zhuzhou-2020';
/** Every date of one year is ahead in the year after it, at the latest. */
const YEARS_AHEAD = 3;
/** A task's first step is some tens of milliseconds; a cold start of a slow machine is not. */
const RECORDED_WITHIN_MS = 120_000;

/** Launches the demonstration, or finds it as it was. */
export async function launchDemo(desk: Desk, say: Say): Promise<StoredPlan> {
  const now = new Date().toISOString();
  const { plan, status } = (await launchedDemo(desk.db)) ?? (await draftDemo(desk.db, dayOf(now)));
  const office = (await unitsById(desk.db, [plan.office])).get(plan.office);
  const signedBy = office?.leader?.name ?? office?.name ?? '';
  const actor = { name: office?.liaison?.name ?? '', role: 'coordinator', unit: plan.office } as const;
  if (status === 'launched') say(`${plan.id} found as it was`);
  else await step(say, `${plan.id} launched`, () => desk.launch({ plan: plan.id, signedBy, actor }));
  const all = await waitFor(async () => (await rowsOf(desk.db, plan)).length === plan.tasks.length, {
    withinMs: RECORDED_WITHIN_MS,
    everyMs: 200,
  });
  if (!all) {
    const en = `not every task of ${plan.id} was recorded within ${RECORDED_WITHIN_MS / 1000} s`;
    throw new CliFailure(3, 'launch-unfinished', '还有任务没有下达完。', en, { next: 'duban doctor' });
  }
  return showPlan(desk.db, plan.id);
}

/** A demonstration of an earlier start, this year's or last year's: it goes on. */
async function launchedDemo(db: Db): Promise<StoredPlan | null> {
  for (const { id, status } of (await listPlans(db)).reverse()) {
    if (status === 'draft') continue;
    const stored = await showPlan(db, id);
    if (stored.plan.reissuedFrom?.plan === ORIGINAL) return stored;
  }
  return null;
}

async function draftDemo(db: Db, today: Day): Promise<StoredPlan> {
  const { plan: original } = await showPlan(db, ORIGINAL);
  const directory = await unitsById(db, unitsOf(original));
  const thisYear = Number(today.slice(0, 4));
  for (let year = thisYear; year <= thisYear + YEARS_AHEAD; year += 1) {
    const plan = reissue(original, year, `${ORIGINAL.replace(/\d{4}$/, '')}${year}`);
    if (!canLaunch(plan, today, directory)) continue;
    await storeDraft(db, plan).catch((error) => {
      // A start that was killed between storing and launching, or a draft that somebody corrected.
      if (!(error instanceof LedgerRefusal && error.code === 'plan-exists')) throw error;
    });
    return showPlan(db, plan.id);
  }
  throw new CliFailure(1, 'no-demo', '演示方案不能下达。', `${ORIGINAL} cannot be launched in any of the next years`, {
    next: `duban plan reissue ${ORIGINAL} --to YEAR, then duban launch`,
  });
}

function canLaunch(plan: Plan, today: Day, directory: Map<string, Unit>): boolean {
  const office = directory.get(plan.office);
  const people = { liaison: !!office?.liaison, head: !!office?.head, leader: !!office?.leader };
  return launchProblems(plan, today, people, (unit) => directory.has(unit)).length === 0;
}

function rowsOf(db: Db, plan: Plan): Promise<TaskRow[]> {
  return listTasks(db, { plan: plan.id }, dayOf(new Date().toISOString()));
}

/** The launched tasks, and what one may do with them. */
export async function demoText(db: Db, { plan }: StoredPlan): Promise<{ rows: TaskRow[]; text: string }> {
  const rows = await rowsOf(db, plan);
  const told = new Map(plan.tasks.map((task) => [task.id, task]));
  const lines = rows.map(({ id, title, leads, dueOn, nextAlarmOn }) => {
    const task = told.get(id);
    const others = (task?.parties ?? []).filter(({ role }) => role !== 'lead').map(({ unit }) => unit);
    return [id, title, names(leads), names(others), dueOn ?? (task && dueText(task.deadline)) ?? '', nextAlarmOn];
  });
  const first = rows[0];
  const lead = first?.leads[0] ?? '';
  const text = [
    `${plan.title}（${plan.id}）`,
    table(['编号', '任务:30', '牵头:20', '其他责任方:28', '时限', '下次提醒'], lines),
    '',
    `共${rows.length}项。在另一个终端：`,
    `  npx duban tasks --plan ${plan.id}`,
    `  npx duban task show ${first?.id ?? ''} --history`,
    `  npx duban ack ${first?.id ?? ''} --unit ${names([lead])} --handler 王莉`,
    '  npx duban letters',
    '  npx duban doctor',
  ].join('\n');
  return { rows, text };
}

/** Both dates of a two-track deadline in one cell. */
function dueText(rule: DeadlineRule): string {
  const { type, readyOn, notReadyOn } = rule;
  return type === 'two-track' && readyOn && notReadyOn ? `${readyOn}/${notReadyOn.slice(5)}` : deadlineText(rule);
}
