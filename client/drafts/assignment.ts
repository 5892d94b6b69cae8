/** A draft as a workbook in which units and dates are assigned, and back as one correction. */
import type { CellProblem } from '../../documents/assignment/filled-row';
import type { Resolve } from '../../documents/assignment/names-in-cell';
import { openAssignment } from '../../documents/assignment/open';
import { type ReadBack, readBack } from '../../documents/assignment/read-back';
import { writeAssignment } from '../../documents/assignment/write';
import type { Day } from '../../domain/days';
import type { Plan, PlanId } from '../../domain/plan';
import type { LaunchProblem } from '../../domain/rules/issue';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { LedgerRefusal } from '../../ledger/errors';
import { type StoredPlan, showPlan } from '../../ledger/plans';
import { listUnits } from '../../ledger/units';
import { Failure, wrongCall } from '../failure';
import { launchProblemsOf } from '../launch-problems';
import { type CorrectedDraft, correctDraft } from './correct-draft';
import type { DraftDesk } from './draft-desk';
import { listed, placed } from './problem-lines';
import { type UnitNames, unitNames } from './unit-names';

/** A workbook to be filled in. */
export interface WrittenAssignment {
  bytes: Uint8Array;
  plan: Plan;
  revision: number;
  /** How many units the lists offer. */
  units: number;
  problems: LaunchProblem[];
}

/**
 * The workbook of a draft.
 * @param on whose launch problems it shows
 * @throws LedgerRefusal `unknown-plan`, `plan-launched`; what the desk throws of who may not
 * @public read by later.ts
 */
export async function assignmentOf(desk: DraftDesk, id: PlanId, on: Day): Promise<WrittenAssignment> {
  const { db } = desk.desk;
  const { plan, revision } = await draftIn(db, id);
  await desk.authorise('editPlan', { office: plan.office });
  const units = await listUnits(db, plan.city);
  const problems = await launchProblemsOf(db, plan, on);
  const bytes = await writeAssignment({ plan, revision, units, problems, on });
  return { bytes, plan, revision, units: units.length, problems };
}

/** A workbook that comes back. */
export interface FilledFile {
  bytes: Buffer;
  name: string;
  /** How it is called in a failure: its path, or its name alone. */
  where: string;
}

export interface ReadAssignment {
  back: ReadBack;
  made: CorrectedDraft;
  /** What keeps the draft from launch now. */
  problems: LaunchProblem[];
}

/**
 * Corrects the draft by what the workbook changes: all of it or nothing.
 * @param now ISO instant, and its day
 * @throws Failure that names the cells that cannot be read, or the tasks that somebody else changed; LedgerRefusal; what
 * the desk throws of who may not
 * @public read by later.ts
 */
export async function readAssignment(
  desk: DraftDesk,
  id: PlanId,
  { bytes, name, where }: FilledFile,
  now: { at: string; on: Day },
): Promise<ReadAssignment> {
  const { db } = desk.desk;
  const draft = await draftIn(db, id);
  const { plan } = draft;
  const actor = await desk.authorise('editPlan', { office: plan.office });
  const filled = await openAssignment(bytes, name);
  if ('refused' in filled) {
    const { code, says } = filled.refused;
    throw new Failure(1, code, `${says}。`, `the workbook is not read back: ${code}`, {
      where,
      next: `duban plan assign ${id} --xlsx FILE writes a new one`,
    });
  }
  if (filled.plan !== id) throw otherPlan(filled.plan, id, where);
  const unit = await unitNames(db, plan.city);
  const back = readBack(filled, draft, actor.name, { resolve: resolverOf(unit), calendar: await loadCalendar(db) });
  if (back.problems.length > 0) throw unread(back.problems, where);
  if (back.conflicts.length > 0) throw overtaken(back.conflicts, id);
  const { edits } = back;
  const made =
    edits.length > 0
      ? await correctDraft(desk, draft, edits, { at: now.at, note: noteOf(name, back), workbook: filled.workbook })
      : { plan, revision: draft.revision, changes: [] };
  return { back, made, problems: await launchProblemsOf(db, made.plan, now.on) };
}

async function draftIn(db: Db, id: PlanId): Promise<StoredPlan> {
  const stored = await showPlan(db, id);
  if (stored.status === 'draft') return stored;
  const says = `${id} was launched; only moves change its tasks`;
  throw new LedgerRefusal('plan-launched', says, `duban tasks --plan ${id}`);
}

/** Each name is looked up once: a plan names the same units in many rows. */
function resolverOf(unit: UnitNames): Resolve {
  const known = new Map<string, ReturnType<Resolve>>();
  return (name) => {
    const found = known.get(name) ?? lookUp(unit, name);
    known.set(name, found);
    return found;
  };
}

function lookUp(unit: UnitNames, name: string): ReturnType<Resolve> {
  try {
    return { unit: unit(name) };
  } catch (error) {
    if (error instanceof Failure) return { says: error.zh.replace(/。$/, '') };
    throw error;
  }
}

function otherPlan(plan: PlanId, id: PlanId, where: string): Failure {
  return wrongCall('wrong-workbook', `这是方案${plan}的工作簿。`, `the workbook belongs to ${plan}, not to ${id}`, {
    where,
    next: `duban plan assign ${plan} --read ${where}`,
  });
}

function unread(problems: readonly CellProblem[], where: string): Failure {
  const zh = `工作簿有${problems.length}处读不懂，没有读入任何一项：\n${listed(problems.map(placed), '  - ').join('\n')}`;
  return new Failure(1, 'workbook-unclear', zh, `${problems.length} cells cannot be read; nothing was stored`, {
    where,
    next: 'mend these cells, save, and read it again',
    details: problems,
  });
}

function overtaken(conflicts: readonly string[], id: PlanId): Failure {
  const zh = `工作簿写出之后，他人改过其中也改的${conflicts.length}项任务：${conflicts.join('、')}。没有读入任何一项。`;
  const en = `somebody else changed ${conflicts.length} of these tasks since the workbook was written`;
  return new Failure(4, 'plan-changed', zh, en, {
    next: `duban plan show ${id}; then write a new workbook with --xlsx and fill these tasks in again`,
    details: { tasks: conflicts },
  });
}

function noteOf(name: string, { notes }: ReadBack): string {
  return [`读回工作簿${name}`, ...notes.map(({ task, text }) => `${task} ${text}`)].join('；');
}
