/** The ledger 台账 as a workbook: one row per task, as an office would keep it by hand. */
import { join } from 'node:path';
import type { WorkCalendar } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import { figuresBeside } from '../../domain/library/figures';
import { type Light, lightOf } from '../../domain/light';
import type { PlanId } from '../../domain/plan';
import type { Task } from '../../domain/task';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { withLedgerErrors } from '../../ledger/errors';
import { type StoredPlan, showPlan } from '../../ledger/plans';
import type { DraftDesk } from '../drafts/draft-desk';
import { offLoop } from '../off-loop';
import { numbersOf } from '../reading/plan-numbers';
import { taskLibraries } from '../reading/task-library';
import { type LedgerRow, type LedgerSheet, writeLedgerSheet } from './ledger-sheet';

/** Forty thousand tasks are written in half a minute on a quiet machine. */
const BOUNDS = { ms: 180_000, heapMb: 3_072 };
const SCRIPT = join(__dirname, 'ledger-sheet-process.ts');

/**
 * The workbook, with how many tasks it has.
 * @param on the day whose lights it shows
 * @throws LedgerRefusal `unknown-plan`; what the desk throws of who may not
 * @public read by later.ts
 */
export async function ledgerWorkbook(
  desk: DraftDesk,
  id: PlanId,
  on: Day,
): Promise<{ bytes: Uint8Array; rows: number }> {
  const sheet = await ledgerSheet(desk, id, on);
  return { bytes: await writeLedgerSheet(sheet), rows: sheet.rows.length };
}

/**
 * The same for a server that has others to answer meanwhile: a process of its own writes it.
 * @throws OffLoopFailure
 */
export async function ledgerWorkbookBeside(desk: DraftDesk, id: PlanId, on: Day): Promise<Uint8Array> {
  return offLoop<Uint8Array>(SCRIPT, () => ledgerSheet(desk, id, on), BOUNDS);
}

async function ledgerSheet(desk: DraftDesk, id: PlanId, on: Day): Promise<LedgerSheet> {
  const { db } = desk.desk;
  const stored = await showPlan(db, id);
  const { plan, launchOn } = stored;
  await desk.authorise('exportPlan', { office: plan.office });
  const rows = await ledgerRows(db, stored, await loadCalendar(db), on);
  return { title: plan.title, number: plan.number, launchOn, rows, on };
}

/** Every task of the plan in its own order, launched or not. */
async function ledgerRows(db: Db, stored: StoredPlan, calendar: WorkCalendar, on: Day): Promise<LedgerRow[]> {
  const { plan } = stored;
  const policy = numbersOf(stored);
  const rows = await withLedgerErrors(() =>
    db.selectFrom('streams').select(['id', 'state']).where('plan', '=', plan.id).where('kind', '=', 'task').execute(),
  );
  // Of a stream whose kind is task the state is a task's.
  const states = new Map(rows.map(({ id, state }) => [id, state as Task | null]));
  const { library, linkedOf } = await taskLibraries(db, plan.tasks);
  return plan.tasks.map((planTask) => {
    const task = states.get(`task/${planTask.id}`) ?? null;
    const { indicator } = linkedOf(planTask.id);
    const light: Light = task ? lightOf(task, calendar, policy, on) : { colour: 'none', reason: '未下达' };
    const figures = figuresBeside(task?.evidence ?? [], library, indicator);
    return { planTask, task, light, figures, indicator: indicator?.name ?? null };
  });
}
