/** What a reader found in forms against what stands in them, field by field. */
import { DIAGNOSTICS } from '../../../documents/diagnostics';
import { readPlan } from '../../../documents/read-plan';
import type { ReadPlan, ReadTask } from '../../../documents/result';
import type { ExpectedTask, Form } from './fixture';

export const FIELDS = [
  'task',
  'title',
  'lead',
  'co',
  'support',
  'district',
  'parties',
  'basis',
  'openEnded',
  'deadline',
  'dates',
  'diagnostics',
] as const;
export type Field = (typeof FIELDS)[number];

export interface Count {
  expected: number;
  read: number;
  right: number;
  /** Share of what was read that is right; 1 where nothing was read. */
  precision: number;
  /** Share of what stands there that was read. */
  recall: number;
}

export interface Miss {
  form: string;
  /** Place of the task in the expected list, from 1; null for the document or a task that is not there. */
  row: number | null;
  title: string;
  field: Field;
  missing: string[];
  unasked: string[];
  /** A wrong value that no warning beyond the due ones draws attention to. */
  silent: boolean;
}

export interface Score {
  forms: number;
  fields: Record<Field, Count>;
  silentErrors: number;
  misses: Miss[];
}

/** Reads every form and scores it. */
export async function scoreOf(forms: Form[]): Promise<Score> {
  const counts = new Map(FIELDS.map((field) => [field, { expected: 0, read: 0, right: 0 }]));
  const misses: Miss[] = [];
  for (const form of forms) {
    const read = await readPlan(form.bytes, form.fileName, form.year === null ? {} : { year: form.year });
    for (const { expected, task, row } of paired(form.tasks, read.tasks)) {
      const warned = unaskedWarning(expected, task, read);
      for (const field of FIELDS) {
        const wanted = expected === null ? [] : expectedValues(expected, field);
        const got = task === null ? [] : readValues(task, field, read);
        const missing = without(wanted, got);
        const unasked = without(got, wanted);
        tally(counts, field, wanted.length, got.length, got.length - unasked.length);
        if (missing.length + unasked.length === 0) continue;
        const title = expected?.title ?? task?.title ?? '';
        misses.push({ form: form.name, row, title, field, missing, unasked, silent: isValue(field) && !warned });
      }
    }
    const about = read.diagnostics.filter((d) => d.task === null).map(({ code }) => code);
    const codes = [...new Set<string>(about)];
    const missing = without(form.says, codes);
    const unasked = without(codes, form.says);
    tally(counts, 'diagnostics', form.says.length, codes.length, codes.length - unasked.length);
    if (missing.length + unasked.length > 0)
      misses.push({ form: form.name, row: null, title: '', field: 'diagnostics', missing, unasked, silent: false });
  }
  const rows = new Set(misses.filter(({ silent }) => silent).map(({ form, row, title }) => `${form} ${row} ${title}`));
  return { forms: forms.length, fields: shares(counts), silentErrors: rows.size, misses };
}

type Counts = Map<Field, { expected: number; read: number; right: number }>;

function tally(counts: Counts, field: Field, expected: number, read: number, right: number): void {
  const count = counts.get(field);
  if (!count) return;
  count.expected += expected;
  count.read += read;
  count.right += right;
}

function shares(counts: Counts): Record<Field, Count> {
  const entries = FIELDS.map((field) => {
    const { expected, read, right } = counts.get(field) ?? { expected: 0, read: 0, right: 0 };
    const precision = read === 0 ? 1 : round(right / read);
    const recall = expected === 0 ? 1 : round(right / expected);
    return [field, { expected, read, right, precision, recall }];
  });
  // Every field has its entry.
  return Object.fromEntries(entries) as Record<Field, Count>;
}

/** Down, so that 0.9799 is never 0.98. */
const round = (share: number): number => Math.floor(share * 10_000) / 10_000;

/** Wrong values there that decide who owes what by when. */
const isValue = (field: Field): boolean =>
  field === 'task' || field === 'parties' || field === 'basis' || field === 'deadline';

interface Pair {
  expected: ExpectedTask | null;
  task: ReadTask | null;
  row: number | null;
}

/** Expected tasks with those read: by title, else by the beginning of the title in what was read; the rest alone. */
function paired(expected: ExpectedTask[], read: ReadTask[]): Pair[] {
  const free = new Set(read);
  const found = new Map<ExpectedTask, ReadTask>();
  const match = (fits: (wanted: ExpectedTask, task: ReadTask) => boolean) => {
    for (const wanted of expected.filter((task) => !found.has(task))) {
      const task = [...free].find((candidate) => fits(wanted, candidate));
      if (!task) continue;
      found.set(wanted, task);
      free.delete(task);
    }
  };
  match((wanted, task) => task.title === wanted.title);
  match((wanted, task) => `${task.title}\n${task.content}`.includes(wanted.title.slice(0, 8)));
  return [
    ...expected.map((wanted, i) => ({ expected: wanted, task: found.get(wanted) ?? null, row: i + 1 })),
    ...[...free].map((task) => ({ expected: null, task, row: null })),
  ];
}

function expectedValues(task: ExpectedTask, field: Field): string[] {
  if (field === 'task') return ['task'];
  if (field === 'title') return [task.title];
  if (field === 'parties') return task.parties.map(({ role, unit }) => `${role} ${unit}`);
  if (field === 'basis') return [task.basis];
  if (field === 'openEnded') return task.openEnded ? ['open'] : [];
  if (field === 'deadline') return task.due === 'none' ? [] : [task.due];
  if (field === 'dates') return /^\d/.test(task.due) ? [task.due] : [];
  if (field === 'diagnostics') return task.says;
  return task.parties.filter(({ role }) => role === field).map(({ unit }) => unit);
}

function readValues(task: ReadTask, field: Field, read: ReadPlan): string[] {
  const due = dueOf(task);
  return expectedValues(
    {
      title: task.title,
      parties: task.parties,
      basis: task.leadBasis,
      openEnded: task.openEnded,
      due,
      says: codesOf(task, read),
    },
    field,
  );
}

function dueOf({ deadline }: ReadTask): string {
  if (deadline.type === 'two-track') return `${deadline.readyOn}/${deadline.notReadyOn}`;
  return deadline.type === 'fixed' ? (deadline.dueOn ?? 'none') : deadline.type;
}

const codesOf = (task: ReadTask, read: ReadPlan): string[] => [
  ...new Set<string>(read.diagnostics.filter((d) => d.task === task.id).map(({ code }) => code)),
];

/** Whether a warning that a right reading would not give stands on the row, so that somebody looks at it. */
function unaskedWarning(expected: ExpectedTask | null, task: ReadTask | null, read: ReadPlan): boolean {
  const warnings = Object.entries(DIAGNOSTICS).flatMap(([code, { severity }]) => (severity === 'note' ? [] : [code]));
  const said = task === null ? read.diagnostics.map(({ code }): string => code) : codesOf(task, read);
  return said.some((code) => warnings.includes(code) && !(expected?.says ?? []).includes(code));
}

/** What of `all` is not in `others`, each as often as it stands there more. */
function without(all: string[], others: string[]): string[] {
  const left = [...others];
  return all.filter((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
