/** Uploaded documents that are not drafts yet. Every read and write names the user: another's upload does not exist. */

import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { instantAfter } from '../domain/days';
import type { PlanId } from '../domain/plan';
import type { Db } from './database';
import { LedgerRefusal, withLedgerErrors } from './errors';
import type { PendingEdit, UploadsTable } from './tables';

export interface Upload {
  id: string;
  login: string;
  file: string;
  sha256: string;
  size: number;
  /** What its user says of the document, checked by whoever stores it. */
  given: Record<string, unknown>;
  edits: PendingEdit[];
  choices: Record<string, string>;
  revision: number;
  /** What was read, as the JSON its reader wrote; null until then. */
  reading: string | null;
  plan: PlanId | null;
  madeAt: string;
  changedAt: string;
}

/** What its user may change of an upload. */
export type UploadChange = Partial<Pick<Upload, 'given' | 'edits' | 'choices'>> & {
  /** The document is to be read anew. */
  reread?: boolean;
};

/** Nobody works on more at once; whoever wants to fill a disk finds an end. */
const MOST_UPLOADS = 20;
/** Days after which an upload that nobody touched is gone. */
const UPLOAD_DAYS = 30;

const COLUMNS = [
  'id',
  'login',
  'file',
  'sha256',
  'size',
  'given',
  'edits',
  'choices',
  'revision',
  'reading',
  'plan',
  'made_at',
  'changed_at',
] as const satisfies readonly (keyof UploadsTable)[];

/**
 * Keeps a document for its user.
 * @param now ISO instant
 * @returns its id
 * @throws LedgerRefusal `too-many-uploads`
 */
export async function keepUpload(
  db: Db,
  { login, file, bytes }: { login: string; file: string; bytes: Buffer },
  now: string,
): Promise<string> {
  const id = randomUUID();
  await withLedgerErrors(() =>
    db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('uploads').where('changed_at', '<', daysBefore(now, UPLOAD_DAYS)).execute();
      const { count } = await transaction
        .selectFrom('uploads')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('login', '=', login)
        .where('plan', 'is', null)
        .executeTakeFirstOrThrow();
      if (Number(count) >= MOST_UPLOADS) {
        throw new LedgerRefusal(
          'too-many-uploads',
          `${login} has ${count} unfinished uploads`,
          'finish or discard one',
        );
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const row = { id, login, file, sha256, size: bytes.length, bytes, made_at: now, changed_at: now };
      await transaction.insertInto('uploads').values(row).execute();
    }),
  );
  return id;
}

function daysBefore(now: string, days: number): string {
  return instantAfter(now, -days * 24 * 3_600_000);
}

/** The user's unfinished uploads, the last touched first. */
export async function listUploads(db: Db, login: string, now: string): Promise<Omit<Upload, 'reading'>[]> {
  const rows = await withLedgerErrors(() =>
    db
      .selectFrom('uploads')
      .select(COLUMNS.filter((column) => column !== 'reading'))
      .where('login', '=', login)
      .where('plan', 'is', null)
      .where('changed_at', '>=', daysBefore(now, UPLOAD_DAYS))
      .orderBy('changed_at', 'desc')
      .execute(),
  );
  return rows.map((row) => uploadOf({ ...row, reading: null }));
}

/** One upload of this user, also a stored one; null if he has none with this id. */
export async function findUpload(db: Db, login: string, id: string): Promise<Upload | null> {
  if (!isId(id)) return null;
  const row = await withLedgerErrors(() =>
    db.selectFrom('uploads').select(COLUMNS).where('id', '=', id).where('login', '=', login).executeTakeFirst(),
  );
  return row ? uploadOf(row) : null;
}

/** The bytes of an upload. */
export async function uploadBytes(db: Db, id: string): Promise<Buffer | null> {
  const row = await withLedgerErrors(() =>
    db.selectFrom('uploads').select('bytes').where('id', '=', id).where('plan', 'is', null).executeTakeFirst(),
  );
  return row?.bytes ?? null;
}

/** Keeps what was read, unless the upload was changed meanwhile so that it is read anew. */
export async function keepReading(db: Db, id: string, revision: number, reading: string): Promise<void> {
  await withLedgerErrors(() =>
    db
      .updateTable('uploads')
      .set({ reading })
      .where('id', '=', id)
      .where('revision', '=', revision)
      .where('reading', 'is', null)
      .execute(),
  );
}

/**
 * Changes an upload of this user.
 * @param revision the one that he saw
 * @throws LedgerRefusal `upload-changed` if another tab was first, or it is gone
 */
export async function changeUpload(
  db: Db,
  { login, id, revision }: Pick<Upload, 'login' | 'id' | 'revision'>,
  { given, edits, choices, reread = false }: UploadChange,
  now: string,
): Promise<void> {
  const { numUpdatedRows } = await withLedgerErrors(() =>
    db
      .updateTable('uploads')
      .set({
        ...(given && { given: JSON.stringify(given) }),
        ...(edits && { edits: JSON.stringify(edits) }),
        ...(choices && { choices: JSON.stringify(choices) }),
        ...(reread && { reading: null }),
        revision: revision + 1,
        changed_at: now,
      })
      .where('id', '=', id)
      .where('login', '=', login)
      .where('revision', '=', revision)
      .where('plan', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  if (numUpdatedRows === 1n) return;
  throw new LedgerRefusal('upload-changed', `the upload ${id} was changed in another window`, 'look at it again');
}

/** Notes the plan that an upload became and lets its bytes go; within the transaction that stores the draft. */
export async function finishUpload(transaction: Db, id: string, plan: PlanId): Promise<void> {
  await transaction
    .updateTable('uploads')
    .set({ plan, bytes: Buffer.alloc(0), reading: null })
    .where('id', '=', id)
    .execute();
}

/** Throws away an unfinished upload of this user. */
export async function discardUpload(db: Db, login: string, id: string): Promise<void> {
  if (!isId(id)) return;
  await withLedgerErrors(() =>
    db.deleteFrom('uploads').where('id', '=', id).where('login', '=', login).where('plan', 'is', null).execute(),
  );
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function uploadOf(row: Omit<Selectable<UploadsTable>, 'bytes'>): Upload {
  const { made_at, changed_at, ...rest } = row;
  return { ...rest, madeAt: made_at, changedAt: changed_at };
}
