/** The file that a plan is read from, the same for checking it and for importing it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MOST_BYTES, tooLarge } from '../../documents/accept';
import type { Day } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import { asFile } from './inputs';
import { readPlan, refusal } from './later';
import { calendarOfSeeds } from './seeds';

/** As much of a name as is kept. */
const LONGEST_NAME = 300;

export interface PlanFile {
  path: string;
  name: string;
  /** Empty where the file is too large to be read: it is refused by its size. */
  bytes: Buffer;
  size: number;
}

/**
 * An empty or too large document is an answer of the reader (exit 1), not a wrong call.
 * @throws CliFailure if there is no such file
 */
export async function planFile(typed: string): Promise<PlanFile> {
  const isJson = typed.toLowerCase().endsWith('.json');
  const { path, bytes: size } = asFile(typed, isJson ? { mb: MOST_BYTES / 1024 / 1024 } : undefined);
  const bytes = size > MOST_BYTES ? Buffer.alloc(0) : await readFile(path);
  return { path, name: basename(path), bytes, size };
}

/** Reads the document. */
export async function readPlanFile({ bytes, name, size }: PlanFile, options: { year?: number; issuedOn?: Day }) {
  if (size > MOST_BYTES) return refusal(tooLarge(name, size));
  return readPlan(bytes, name, { ...options, calendar: calendarOfSeeds() });
}

/** What a draft keeps of where it came from. */
export function originOf({ bytes, name }: PlanFile): NonNullable<Plan['origin']> {
  const file = name.replace(/\p{Cc}/gu, '·').slice(0, LONGEST_NAME);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}
