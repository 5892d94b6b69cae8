/** A document on its way to a draft, step by step, each in the name of its user; another's upload is none. */
import { basename } from 'node:path/posix';
import type { Day } from '../../domain/days';
import type { TaskEdit } from '../../domain/drafts/corrections';
import { correct, isCorrectionProblem } from '../../domain/drafts/corrections';
import type { Plan, PlanId } from '../../domain/plan';
import { planSchema } from '../../domain/schemas';
import type { Unit } from '../../domain/unit';
import { LedgerRefusal } from '../../ledger/errors';
import { listUnits } from '../../ledger/units';
import { changeUpload, findUpload, finishUpload, keepUpload, type Upload } from '../../ledger/uploads';
import type { UserDesk } from '../as-user';
import { correctionRefused, notCorrected } from '../drafts/correction-failure';
import { storeImport } from '../drafts/store-import';
import { Failure, wrongCall } from '../failure';
import type { ImportGiven } from './given';
import { type ImportView, importView } from './import-view';
import type { Reading } from './reading';

/** As much of a name as is kept. */
const LONGEST_NAME = 200;

/** The name of a file without folders and signs that nobody sees. */
export function fileNameOf(sent: string): string {
  const name = basename(sent.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '')
    .trim();
  // Its ending says what it is, so a long name loses its middle.
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 10)}…${name.slice(-9)}`;
}

/** The offices for which the user may import, as the directory has them. */
export function officesOf({ user, may }: UserDesk, directory: readonly Unit[]): Unit[] {
  const { capacities } = user;
  const own = capacities === 'operator' ? directory.map(({ id }) => id) : capacities.flatMap(({ unit }) => unit ?? []);
  return directory.filter(({ id }) => own.includes(id) && may('importPlan', { office: id }) === null);
}

/**
 * Takes a document in.
 * @returns the upload's id
 * @throws NotAllowed for who imports nothing; LedgerRefusal `too-many-uploads`
 */
export async function takeDocument(
  desk: UserDesk,
  { name, bytes }: { name: string; bytes: Buffer },
  now: string,
): Promise<string> {
  desk.authorise('importPlan', {});
  const { db } = desk.desk;
  const [office, other] = officesOf(desk, await listUnits(db));
  const id = await keepUpload(db, { login: desk.user.login, file: fileNameOf(name), bytes }, now);
  if (office && !other) {
    await changeUpload(db, { login: desk.user.login, id, revision: 1 }, { given: { office: office.id } }, now);
  }
  return id;
}

/** An upload of this user, or null. */
export function uploadOf(desk: UserDesk, id: string): Promise<Upload | null> {
  desk.authorise('importPlan', {});
  return findUpload(desk.desk.db, desk.user.login, id);
}

/** What would be stored now. */
export async function viewOf(desk: UserDesk, upload: Upload, reading: Reading, today: Day): Promise<ImportView> {
  return importView(upload, reading, await listUnits(desk.desk.db), today);
}

/**
 * Says what the document lacks. A new year or day of issue has it read anew, because dates are reckoned from them.
 * @throws NotAllowed for another's office; LedgerRefusal `upload-changed`
 */
export async function describeUpload(desk: UserDesk, upload: Upload, given: ImportGiven, now: string): Promise<void> {
  desk.authorise('importPlan', { office: given.office });
  const before = upload.given;
  const isOther = (name: 'year' | 'issuedOn') => (before[name] ?? null) !== (given[name] ?? null);
  const cityOf = (office: unknown) => (typeof office === 'string' ? office.split(':')[0] : undefined);
  // Units of one city say nothing about another's.
  const moved = cityOf(before.office) !== cityOf(given.office);
  const change = {
    given,
    reread: isOther('year') || isOther('issuedOn'),
    ...(moved && { edits: [], choices: {} }),
  };
  await changeUpload(desk.desk.db, upload, change, now);
}

/** Says which unit each unknown name means. Throws LedgerRefusal `upload-changed`. */
export async function chooseUnits(
  desk: UserDesk,
  upload: Upload,
  chosen: Record<string, string>,
  now: string,
): Promise<void> {
  desk.authorise('importPlan', {});
  await changeUpload(desk.desk.db, upload, { choices: { ...upload.choices, ...chosen } }, now);
}

/**
 * Corrects one task of what was read.
 * @throws Failure if that cannot be; LedgerRefusal `upload-changed`
 */
export async function correctUpload(
  desk: UserDesk,
  upload: Upload,
  { plan }: ImportView,
  { edit, note, now }: { edit: TaskEdit; note: string; now: string },
): Promise<void> {
  desk.authorise('importPlan', {});
  const result = correct(plan, [edit]);
  if (isCorrectionProblem(result)) throw correctionRefused(plan.id, result);
  // A head that is not said yet must not stand in the way of a correction.
  const { title, issuer, office, city } = result.plan;
  const blank = { title: title || '—', issuer: issuer || '—', office: office || `${city}:—` };
  const checked = planSchema.safeParse({ ...result.plan, ...blank });
  if (!checked.success) throw notCorrected(checked.error);
  await changeUpload(desk.desk.db, upload, { edits: [...upload.edits, { at: now, note, edit }] }, now);
}

/**
 * Stores the draft, with the units that were chosen to be added and every correction; asked again it is the same plan.
 * @param allowWarnings although somebody has to decide something
 * @throws Failure; NotAllowed; LedgerRefusal `plan-exists`
 */
export async function storeUpload(
  desk: UserDesk,
  upload: Upload,
  view: ImportView,
  allowWarnings: boolean,
): Promise<PlanId> {
  if (view.errors > 0) throw refused('document-errors', '文件有错误，不能存为草稿。', 'the document has errors');
  if (view.lacking.length > 0) throw refused('document-lacks', '还缺方案的基本信息。', 'the head is not complete');
  if (view.warnings > 0 && !allowWarnings)
    throw refused('document-warnings', '还有警告没有处理，请勾选确认后再存。', 'the document leaves warnings');
  const plan = planFrom(upload, view);
  const db = desk.desk.db;
  try {
    await storeImport(desk, plan, {
      strangers: view.strangers,
      corrections: view.corrections,
      alongside: (transaction) => finishUpload(transaction, upload.id, plan.id),
    });
  } catch (error) {
    // A second click waited for the first one, and finds the plan that it has stored.
    const now = await findUpload(db, upload.login, upload.id);
    if (error instanceof LedgerRefusal && error.code === 'plan-exists' && now?.plan === plan.id) return plan.id;
    throw error;
  }
  return plan.id;
}

function planFrom({ file, sha256 }: Upload, { plan }: ImportView): Plan {
  const checked = planSchema.safeParse({ ...plan, origin: { file, sha256 } });
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw wrongCall('not-a-plan', '这份文件不能作为方案保存。', `${issue?.path.join('.')}: ${issue?.message}`);
}

function refused(code: string, zh: string, en: string): Failure {
  return new Failure(1, code, zh, en);
}
