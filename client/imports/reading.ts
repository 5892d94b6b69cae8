/** An uploaded document is read beside the server, once, and what was read is kept with the upload. */
import { join } from 'node:path';
import { doubt } from '../../documents/diagnostics';
import type { ReadOptions } from '../../documents/read-document';
import { refusal } from '../../documents/read-document';
import type { ReadPlan } from '../../documents/result';
import { loadCalendar } from '../../ledger/calendars';
import type { Db } from '../../ledger/database';
import { keepReading, type Upload, uploadBytes } from '../../ledger/uploads';
import { OffLoopFailure, offLoop } from '../off-loop';
import { givenOf } from './given';

/** A line of the document, or a row of its tables. */
export interface SourceLine {
  line: number;
  cells: string[];
}

export interface Reading {
  read: ReadPlan;
  lines: SourceLine[];
}

export interface DocumentToRead {
  bytes: Uint8Array;
  file: string;
  options: ReadOptions;
}

/** The longest real documents take three seconds; a PDF has a minute of its own. */
const BOUNDS = { ms: 90_000, heapMb: 768 };

const SCRIPT = join(__dirname, 'read-document-process.ts');

const underWay = new Map<string, Promise<void>>();

/** What was read of the upload; null while it is still being read. */
export function readingOf({ reading }: Upload): Reading | null {
  // Written by keepReading below and nobody else.
  return reading === null ? null : (JSON.parse(reading) as Reading);
}

/**
 * Begins to read an upload, unless that is under way, and waits for it a while. A server that was stopped meanwhile
 * begins anew when somebody looks at the upload.
 * @param waitMs how long to wait
 */
export async function readUpload(db: Db, upload: Upload, waitMs: number): Promise<void> {
  const key = `${upload.id} ${upload.revision}`;
  let work = underWay.get(key);
  if (!work) {
    work = read(db, upload).finally(() => underWay.delete(key));
    underWay.set(key, work);
    // Whoever stopped waiting hears of it when he looks again.
    work.catch(() => undefined);
  }
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((go) => {
    timer = setTimeout(go, waitMs);
  });
  await Promise.race([work, patience]).finally(() => clearTimeout(timer));
}

async function read(db: Db, upload: Upload): Promise<void> {
  const bytes = await uploadBytes(db, upload.id);
  if (!bytes) return;
  const { year, issuedOn } = givenOf(upload);
  const document: DocumentToRead = {
    bytes,
    file: upload.file,
    options: { year, issuedOn, calendar: await loadCalendar(db) },
  };
  const reading = await offLoop<Reading>(SCRIPT, () => document, BOUNDS).catch(unread);
  if (reading) await keepReading(db, upload.id, upload.revision, JSON.stringify(reading));
}

/** What stopped the reader is the document's doing and said as a doubt; a full queue is not, and tried again. */
function unread(error: unknown): Reading | null {
  if (!(error instanceof OffLoopFailure)) throw error;
  if (error.reason === 'too-many-waiting') return null;
  const said =
    error.reason === 'too-slow'
      ? doubt('too-slow', `这份文件读了${BOUNDS.ms / 1000}秒还没有读完，已停止`)
      : doubt('damaged-file', '这份文件读不完：读取程序中途停止，可能是内容过大或已损坏');
  return { read: refusal(said), lines: [] };
}
