/** Files on their way in: each is staged and looked at; if one of them is refused, none of them is stored. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { EvidenceOffer } from '../../domain/intents';
import { isStorable } from '../../domain/storable';
import { LedgerRefusal } from '../../ledger/errors';
import type { EvidenceStore, StagedFile } from '../../ledger/evidence';
import { whyNot } from './file-kinds';

export interface UploadLimits {
  files: number;
  mb: number;
}

export interface Upload {
  /** The fields of the form beside its files. */
  fields: Record<string, string>;
  /** Stored files. */
  items: EvidenceOffer[];
  /** One sentence per file that is not taken; then nothing was stored. */
  refused: string[];
}

interface Staged {
  staged: StagedFile;
  name: string;
}

/** Reads a multipart form to its end. Throws what the server throws of a form that is none. */
export async function takeUpload(request: FastifyRequest, store: EvidenceStore, limits: UploadLimits): Promise<Upload> {
  const fields: Record<string, string> = {};
  const refused: string[] = [];
  const waiting: Staged[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = typeof part.value === 'string' ? part.value : '';
      else await takeFile(part, { store, limits, waiting, refused });
    }
    if (refused.length > 0) return { fields, items: [], refused };
    const items: EvidenceOffer[] = [];
    for (const { staged, name } of waiting) {
      await staged.keep(name);
      items.push({ kind: 'file', value: staged.digest, name, bytes: staged.bytes });
    }
    return { fields, items, refused };
  } catch (error) {
    if (!isTooMany(error)) throw error;
    return { fields, items: [], refused: [`一次最多添加${limits.files}个文件。`] };
  } finally {
    for (const { staged } of waiting) await staged.drop();
  }
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

function isTooMany(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^FST_(FILES|PARTS|FIELDS)_LIMIT$/.test(String(error.code));
}
