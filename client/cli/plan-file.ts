/** The file that a plan is read from, the same for checking it and for importing it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Day } from '../../domain/days';
import type { Plan } from '../../domain/plan';
import { asFile } from './inputs';
import { readPlan } from './later';
import { calendarOfSeeds } from './seeds';

/** More than any list of tasks; the reader has limits of its own. */
const MOST_MB = 50;
/** As much of a name as is kept. */
const LONGEST_NAME = 300;

export interface PlanFile {
  path: string;
  name: string;
  bytes: Buffer;
}

/** @throws CliFailure if it is not there, empty or too large */
export async function planFile(typed: string): Promise<PlanFile> {
  const { path } = asFile(typed, { mb: MOST_MB });
  return { path, name: basename(path), bytes: await readFile(path) };
}

/** Reads the document. */
export function readPlanFile({ bytes, name }: PlanFile, options: { year?: number; issuedOn?: Day }) {
  return readPlan(bytes, name, { ...options, calendar: calendarOfSeeds() });
}

/** What a draft keeps of where it came from. */
export function originOf({ bytes, name }: PlanFile): NonNullable<Plan['origin']> {
  const file = name.replace(/\p{Cc}/gu, '·').slice(0, LONGEST_NAME);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}
