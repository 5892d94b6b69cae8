/** The fixtures of forms: what each holds and what a reader must find in it (README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeadBasis, Role } from '../../../domain/plan';

export type FormSet = 'known' | 'held-out';

export interface Party {
  unit: string;
  role: Role;
}

export interface ExpectedTask {
  title: string;
  parties: Party[];
  basis: LeadBasis;
  openEnded: boolean;
  /** A day, `ongoing`, `conditional`, `none`, or two days with a slash between. */
  due: string;
  /** Codes of diagnostics, sorted. */
  says: string[];
}

export interface Form {
  set: FormSet;
  name: string;
  fileName: string;
  bytes: Buffer;
  year: number | null;
  tasks: ExpectedTask[];
  /** Codes about the document. */
  says: string[];
}

/** As NAME.json has it. */
interface Written {
  year?: number;
  document: string;
  tasks: WrittenTask[];
}

interface WrittenTask {
  title: string;
  lead?: string;
  co?: string;
  support?: string;
  district?: string;
  basis?: LeadBasis;
  open?: boolean;
  due?: string;
  says?: string;
}

/** Codes by which a task without a date may say why it has none. */
const WITHOUT_DATE =
  /^(?:date-ambiguous|date-not-exact|date-impossible|date-not-understood|dates-conflict|year-missing|year-unclear|calendar-needed)$/;

/** Every form of a set, by name. */
export function formsOf(set: FormSet): Form[] {
  const folder = join(__dirname, set);
  const files = readdirSync(folder);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const fileName = files.find((other) => other !== file && other.startsWith(`${name}.`));
      if (fileName === undefined) throw new Error(`${set}/${file} has no document beside it`);
      const written = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Written;
      return {
        set,
        name,
        fileName,
        bytes: readFileSync(join(folder, fileName)),
        year: written.year ?? null,
        tasks: written.tasks.map(expected),
        says: words(written.document).sort(),
      };
    });
}

function expected(task: WrittenTask): ExpectedTask {
  const parties = (['lead', 'co', 'support', 'district'] as const).flatMap((role) =>
    words(task[role] ?? '').map((unit) => ({ unit, role })),
  );
  const due = task.due ?? 'none';
  const basis = task.basis ?? 'explicit';
  const says = words(task.says ?? '');
  if (due === 'none' && !says.some((code) => WITHOUT_DATE.test(code))) says.push('no-deadline');
  if (task.open) says.push('open-ended');
  if (parties.length === 0) says.push('no-unit');
  else if (basis === 'unstated') says.push('lead-unstated');
  return { title: task.title, parties, basis, openEnded: task.open ?? false, due, says: says.sort() };
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
