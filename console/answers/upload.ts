/** Files on their way in: each is staged and looked at; if one of them is refused, none of them is stored. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { EvidenceOffer } from '../../domain/intents';
import { isStorable } from '../../domain/storable';
import { LedgerRefusal } from '../../ledger/errors';
import { whyNot } from '../../ledger/evidence/kinds';
import type { EvidenceStore, StagedFile } from '../../ledger/evidence/store';
import { CutOff, watchForm } from './whole-form';

export interface UploadLimits {
  files: number;
  mb: number;
}

/** What has come in, and is stored nowhere yet. */
export interface Upload {
  /** The fields of the form beside its files. */
  fields: Record<string, string>;
  /** Its files. */
  items: EvidenceOffer[];
  /** One sentence per file that is not taken. */
  refused: string[];
  /** Stores the files; without it nothing is left of them. */
  keep(): Promise<void>;
}

interface Staged {
  staged: StagedFile;
  name: string;
}

/**
 * Reads a multipart form to its end and hands it on; its files lie there as long as `use` takes, and no longer.
 * @throws CutOff, and what the server throws of a form that is none
 */
export async function takeUpload<Result>(
  request: FastifyRequest,
  store: EvidenceStore,
  limits: UploadLimits,
  use: (upload: Upload) => Promise<Result>,
): Promise<Result> {
  const waiting: Staged[] = [];
  try {
    return await use(await read(request, { store, limits, waiting, refused: [] }));
  } finally {
    for (const { staged } of waiting) await staged.drop();
  }
}

async function read(request: FastifyRequest, taking: Taking): Promise<Upload> {
  const { limits, waiting, refused } = taking;
  const fields: Record<string, string> = {};
  const isWhole = watchForm(request);
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = typeof part.value === 'string' ? part.value : '';
      else await takeFile(part, taking);
    }
  } catch (error) {
    if (isCutOff(error)) throw new CutOff('a file of the form has no end', { cause: error });
    if (!isTooMany(error)) throw error;
    refused.push(`一次最多添加${limits.files}个文件。`);
  }
  if (refused.length === 0 && !isWhole()) throw new CutOff('the form has no end');
  const items = waiting.map(
    ({ staged, name }): EvidenceOffer => ({ kind: 'file', value: staged.digest, name, bytes: staged.bytes }),
  );
  const keep = async () => {
    for (const { staged, name } of waiting) await staged.keep(name);
  };
  return { fields, items, refused, keep };
}

interface Taking {
  store: EvidenceStore;
  limits: UploadLimits;
  waiting: Staged[];
  refused: string[];
}

async function takeFile(part: MultipartFile, { store, limits, waiting, refused }: Taking): Promise<void> {
  const name = fileName(part.filename);
  try {
    const staged = await store.stage(part.file);
    // A browser sends the field of no file as an empty one without a name.
    if (part.filename === '' && staged.bytes === 0) return await staged.drop();
    waiting.push({ staged, name: name ?? '' });
    if (part.file.truncated) refused.push(tooLarge(name, limits));
    else if (name === null) refused.push('文件名无效，请改名后再添加。');
    else {
      const why = await whyNot(staged.path, name, staged.bytes);
      if (why) refused.push(why);
    }
  } catch (error) {
    if (!(error instanceof LedgerRefusal && error.code === 'too-large')) throw error;
    refused.push(tooLarge(name, limits));
    part.file.resume();
  }
}

function tooLarge(name: string | null, { mb }: UploadLimits): string {
  return `“${name ?? '文件'}”超过${mb} MB。`;
}

const LONGEST_NAME = 200;

/** The name alone, whatever folders or signs were sent with it; null: nothing is left of it. */
function fileName(sent: string): string | null {
  const name = (sent.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, '')
    .trim();
  const isName = name !== '' && !/^\.+$/.test(name) && name.length <= LONGEST_NAME && isStorable(name);
  return isName ? name : null;
}

function isCutOff(error: unknown): boolean {
  const { code, message } = saidOf(error);
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || message.includes('terminated early');
}

function isTooMany(error: unknown): boolean {
  return saidOf(error).code === 'FST_FILES_LIMIT';
}

function saidOf(error: unknown): { code: string; message: string } {
  const said: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : '';
  return { code: String(said.code ?? ''), message: String(message) };
}
