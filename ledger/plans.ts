/** Plans 方案 as kept: a draft is corrected freely, a launched plan changes only by the moves of its tasks. */
import type { Selectable } from 'kysely';
import type { Plan, PlanId } from '../domain/plan';
import { DEFAULT_POLICY, type Policy } from '../domain/policy';
import { policyOf } from '../domain/policy-schema';
import type { Unit } from '../domain/unit';
import { canonicalJson } from './canonical';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';
import { writePlanTasks } from './plan-tasks';
import type { Correction, PlansTable } from './tables';
import { addUnits } from './units';

export interface StoredPlan {
  plan: Plan;
  status: PlansTable['status'];
  /** Rises with every change of the draft. */
  revision: number;
  corrections: Correction[];
  /** Frozen at launch; null in a draft. */
  policy: Policy | null;
  launchOn: string | null;
  launchedAt: string | null;
  signedBy: string | null;
}

export interface PlanRow {
  id: PlanId;
  title: string;
  number: string | null;
  city: string;
  office: string;
  status: PlansTable['status'];
  tasks: number;
  launchOn: string | null;
}

/** What a caller writes in the same transaction, of tables of his own. */
export type Alongside = (transaction: Db) => Promise<void>;

/**
 * Stores a new draft, with what comes with it: all or nothing, so that an interrupted import leaves nothing behind.
 * @param units added to the directory where it does not have them
 * @param corrections made before it was stored
 * @param alongside more that is written with it or not at all
 * @throws LedgerRefusal `plan-exists` if the id is taken; a draft is replaced by `editDraft`
 */
export async function storeDraft(
  db: Db,
  plan: Plan,
  {
    units = [],
    corrections = [],
    alongside,
  }: { units?: Unit[]; corrections?: Correction[]; alongside?: Alongside } = {},
): Promise<void> {
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('plans')
        .values({
          id: plan.id,
          body: canonicalJson(plan),
          status: 'draft',
          corrections: JSON.stringify(corrections),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) {
        throw new LedgerRefusal('plan-exists', `there is a plan ${plan.id} already`, 'choose another id');
      }
      await writePlanTasks(transaction, plan.id);
      await addUnits(transaction, units);
      await alongside?.(transaction);
    }),
  );
}

/**
 * Corrects a draft and notes who did what.
 * @param revision the one that the editor saw
 * @throws LedgerRefusal `unknown-plan`, `plan-launched`, or `plan-changed` if somebody else was first
 */
export async function editDraft(
  db: Db,
  id: PlanId,
  revision: number,
  correction: Correction,
  change: (plan: Plan) => Plan,
): Promise<StoredPlan> {
  return inPlan(db, id, async (transaction, stored) => {
    if (stored.status !== 'draft') throw launched(id);
    if (stored.revision !== revision) throw changed(id);
    const plan = { ...change(stored.plan), id };
    const corrections = [...stored.corrections, correction];
    await transaction
      .updateTable('plans')
      .set({
        body: canonicalJson(plan),
        revision: revision + 1,
        corrections: JSON.stringify(corrections),
        updated_at: correction.at,
      })
      .where('id', '=', id)
      .execute();
    await writePlanTasks(transaction, id);
    return { ...stored, plan, corrections, revision: revision + 1 };
  });
}

/**
 * Accepts the launch (R11): freezes the plan, its policy, the launch day and the 签发人. What may refuse it is checked
 * by the caller before. Asked again, it returns what was frozen the first time.
 * @throws LedgerRefusal `plan-changed` if the draft is not the revision that the caller checked
 */
export async function acceptLaunch(
  db: Db,
  id: PlanId,
  launch: { launchOn: string; signedBy: string; at: string; revision?: number },
): Promise<StoredPlan> {
  return inPlan(db, id, async (transaction, stored) => {
    if (stored.status !== 'draft') return stored;
    if (stored.revision !== (launch.revision ?? stored.revision)) throw changed(id);
    const policy = policyOf(stored.plan.policy);
    const { launchOn, signedBy, at } = launch;
    await transaction
      .updateTable('plans')
      .set({
        status: 'launching',
        policy: JSON.stringify(policy),
        launch_on: launchOn,
        launched_at: at,
        signed_by: signedBy,
        updated_at: at,
      })
      .where('id', '=', id)
      .execute();
    return { ...stored, status: 'launching', policy, launchOn, signedBy, launchedAt: at };
  });
}

/** Notes that every task was started (D14). */
export async function finishLaunch(db: Db, id: PlanId): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('plans')
      .set({ status: 'launched' })
      .where('id', '=', id)
      .where('status', '=', 'launching')
      .execute(),
  );
}

/** Plans, or this one, whose launch was accepted and is not complete, with the instant that it waits or waited for. */
export async function launchesUnderWay(db: Db, plan?: PlanId): Promise<{ plan: PlanId; launchAt: string }[]> {
  let query = db.selectFrom('plans').select(['id', 'launched_at']).where('status', '=', 'launching').orderBy('id');
  if (plan !== undefined) query = query.where('id', '=', plan);
  const rows = await withLedgerErrors(() => query.execute());
  return rows.flatMap(({ id, launched_at }) => (launched_at === null ? [] : { plan: id, launchAt: launched_at }));
}

/** @throws LedgerRefusal `unknown-plan` */
export async function showPlan(db: Db, id: PlanId): Promise<StoredPlan> {
  const row = await withLedgerErrors(() => db.selectFrom('plans').selectAll().where('id', '=', id).executeTakeFirst());
  return storedPlan(id, row);
}

/** What a list says of one plan. Throws LedgerRefusal `unknown-plan`. */
export async function planRow(db: Db, id: PlanId): Promise<PlanRow> {
  const row = await withLedgerErrors(() => planRows(db).where('id', '=', id).executeTakeFirst());
  if (!row) throw unknownPlan(id);
  return row;
}

/** Every plan, by id. */
export async function listPlans(db: Db): Promise<PlanRow[]> {
  return withLedgerErrors(() => planRows(db).orderBy('id').execute());
}

/** What a list says of a plan; its tasks are not read. */
export function planRows(db: Db) {
  return db
    .selectFrom('plans')
    .select(['id', 'title', 'number', 'city', 'office', 'status', 'task_count as tasks', 'launch_on as launchOn']);
}

async function inPlan(
  db: Db,
  id: PlanId,
  work: (transaction: Db, stored: StoredPlan) => Promise<StoredPlan>,
): Promise<StoredPlan> {
  return withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      const row = await transaction.selectFrom('plans').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return work(transaction, storedPlan(id, row));
    }),
  );
}

function storedPlan(id: PlanId, row: Selectable<PlansTable> | undefined): StoredPlan {
  if (!row) throw unknownPlan(id);
  const { body, status, revision, corrections, policy, launch_on, launched_at, signed_by } = row;
  const plan = JSON.parse(body) as Plan;
  return {
    plan,
    status,
    revision,
    corrections,
    // A plan that was launched before there was a number takes its default.
    policy: policy && { ...DEFAULT_POLICY, ...policy },
    launchOn: launch_on,
    launchedAt: launched_at,
    signedBy: signed_by,
  };
}

/** What is said of a plan that is not there, and of one out of sight. */
export function unknownPlan(id: PlanId): LedgerRefusal {
  return new LedgerRefusal('unknown-plan', `there is no plan ${id}`, 'duban plan list');
}

function changed(id: PlanId): LedgerRefusal {
  return new LedgerRefusal('plan-changed', `somebody else changed ${id} meanwhile`, `duban plan show ${id}`);
}

function launched(id: PlanId): LedgerRefusal {
  return new LedgerRefusal('plan-launched', `${id} was launched; only moves change its tasks`, 'duban tasks --plan');
}
