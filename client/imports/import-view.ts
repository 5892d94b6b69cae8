/**
 * An upload as it would become a draft now: what was read, what its user said, which units he chose, what he corrected.
 * Nothing is stored here; the same view is shown and stored.
 */

import type { DiagnosticCode } from '../../documents/diagnostics';
import { type Draft, draftOf, type Head, headOf, type Lacking } from '../../documents/draft-plan';
import { aboutOf } from '../../documents/kept-doubts';
import { nearestUnits, unitFinder } from '../../documents/known-units';
import type { Diagnostic, ReadPlan } from '../../documents/result';
import type { Day } from '../../domain/days';
import { type CorrectionProblem, correct, isCorrectionProblem } from '../../domain/drafts/corrections';
import { cityOf } from '../../domain/notices';
import type { Plan, PlanTask } from '../../domain/plan';
import { numberOf } from '../../domain/task-ids';
import type { Unit } from '../../domain/unit';
import type { Correction } from '../../ledger/tables';
import type { Upload } from '../../ledger/uploads';
import { givenOf, type ImportGiven } from './given';
import type { Reading, SourceLine } from './reading';

/** A choice for an unknown name that is no unit's id: it is added to the directory. */
export const ADD = 'add';

/** A name of the document that the directory does not know. */
export interface UnknownName {
  written: string;
  /** Known units with similar names. */
  near: Unit[];
  /** A unit's id, `add`, or null while nobody has chosen. */
  choice: string | null;
  /** The tasks that name it. */
  tasks: string[];
}

export interface TaskView {
  task: PlanTask;
  number: string;
  /** Doubts that no correction has settled. */
  doubts: Diagnostic[];
  /** What stands in the document from this task's line to the next task's. */
  source: SourceLine[];
  corrected: boolean;
}

export interface ImportView {
  given: ImportGiven;
  read: ReadPlan;
  /** Null while something lacks. */
  head: Head | null;
  lacking: Lacking[];
  /** Also while something lacks, with blanks in its place. */
  plan: Plan;
  /** Units that were chosen to be added; who nobody decided on stays a problem of the launch. */
  strangers: Unit[];
  unknown: UnknownName[];
  tasks: TaskView[];
  /** What concerns the whole document. */
  doubts: Diagnostic[];
  /** Lines before the first task. */
  preface: SourceLine[];
  errors: number;
  warnings: number;
  /** Corrections that the document, read anew, does not take any more. */
  stale: { number: string; problem: CorrectionProblem['problem'] }[];
  /** What storing keeps of the corrections. */
  corrections: (by: string) => Correction[];
}

/** @param directory units of all cities */
export function importView(
  upload: Upload,
  { read, lines }: Reading,
  directory: readonly Unit[],
  today: Day,
): ImportView {
  const given = givenOf(upload);
  const city = given.office && cityOf(given.office);
  const known = directory.filter((unit) => unit.city === city);
  const chosen = withChoices(read, upload.choices, known);
  const head = headOf(chosen, { ...given, city }, directory);
  const lacking = 'lacking' in head ? head.lacking : [];
  const draft = draftOf(
    chosen,
    'lacking' in head ? blankHead(chosen, given, today) : head,
    directory,
    (written) => upload.choices[written] === ADD,
  );
  const corrected = withEdits({ ...draft.plan, reporting: reportingOf(read, given) }, upload);
  const { plan } = corrected;
  const unknown = unknownNames(read, known, upload.choices);
  const tasks = taskViews(plan, draft, corrected.numbers, lines);
  const doubts = draft.diagnostics.filter(({ task }) => task === null);
  const all = [...doubts, ...tasks.flatMap((task) => task.doubts)];
  const count = (severity: string) => all.filter((doubt) => doubt.severity === severity).length;
  const firstLine = plan.tasks[0]?.line ?? Number.POSITIVE_INFINITY;
  return {
    given,
    read,
    head: 'lacking' in head ? null : head,
    lacking,
    plan,
    strangers: addedOf(draft.strangers, unknown),
    unknown,
    tasks,
    doubts,
    preface: lines.filter(({ line }) => line < firstLine),
    errors: count('error'),
    warnings: count('warning'),
    stale: corrected.stale,
    corrections: corrected.corrections,
  };
}

function addedOf(strangers: readonly Unit[], unknown: readonly UnknownName[]): Unit[] {
  // As an id they have neither spaces nor half-width marks.
  const bare = (name: string) => name.replace(/[\s/\\:／＼：]/g, '');
  const added = new Set(unknown.filter(({ choice }) => choice === ADD).map(({ written }) => bare(written)));
  return strangers.filter(({ name }) => added.has(bare(name)));
}

/** The document as if it wrote each unknown name as the unit that was chosen for it. */
function withChoices(read: ReadPlan, choices: Upload['choices'], known: readonly Unit[]): ReadPlan {
  const nameOf = new Map(known.map(({ id, name }) => [id, name]));
  const tasks = read.tasks.map((task) => ({
    ...task,
    parties: task.parties.map((party) => ({ ...party, unit: nameOf.get(choices[party.unit] ?? '') ?? party.unit })),
  }));
  return { ...read, tasks };
}

function blankHead({ plan }: ReadPlan, { office, id, ...given }: ImportGiven, today: Day): Head {
  const city = office ? cityOf(office) : 'city';
  return {
    id: id ?? `${city}-${today.slice(0, 4)}`,
    title: given.title ?? plan.title ?? '',
    number: given.number ?? plan.number,
    issuer: given.issuer ?? plan.issuer ?? '',
    issuedOn: given.issuedOn ?? plan.issuedOn ?? today,
    city,
    office: office ?? '',
  };
}

function reportingOf({ reporting }: ReadPlan, given: ImportGiven): Plan['reporting'] {
  const addressees = given.reporting ?? [];
  return reporting && addressees.length > 0 ? { addressees, text: reporting.text } : null;
}

interface WithEdits {
  plan: Plan;
  /** Of tasks that were corrected. */
  numbers: Set<string>;
  stale: ImportView['stale'];
  corrections: ImportView['corrections'];
}

/** Each correction as one; what has no effect any more, because the document says so itself now, is none. */
function withEdits(before: Plan, { edits }: Upload): WithEdits {
  let plan = before;
  const numbers = new Set<string>();
  const stale: ImportView['stale'] = [];
  const made: Omit<Correction, 'by'>[] = [];
  for (const { at, note, edit } of edits) {
    const result = correct(plan, [edit]);
    if (isCorrectionProblem(result)) {
      if (result.problem !== 'nothing-to-change') stale.push({ number: edit.task, problem: result.problem });
      continue;
    }
    plan = result.plan;
    numbers.add(edit.task);
    made.push({ at, note, changes: result.changes });
  }
  return { plan, numbers, stale, corrections: (by) => made.map((one) => ({ ...one, by })) };
}

function taskViews(plan: Plan, draft: Draft, corrected: ReadonlySet<string>, lines: readonly SourceLine[]): TaskView[] {
  const byTask = new Map<string, Diagnostic[]>();
  for (const doubt of draft.diagnostics) {
    if (doubt.task !== null) byTask.set(doubt.task, [...(byTask.get(doubt.task) ?? []), doubt]);
  }
  const starts = [...new Set(plan.tasks.flatMap(({ line }) => line ?? []))].sort((a, b) => a - b);
  const sources = sourcesFrom(starts, lines);
  return plan.tasks.map((task) => {
    const number = numberOf(task.id);
    const read = draft.plan.tasks.find(({ id }) => id === task.id) ?? task;
    return {
      task,
      number,
      doubts: (byTask.get(number) ?? []).filter(({ code }) => !isSettled(code, read, task)),
      source: sources.get(task.line ?? -1) ?? [],
      corrected: corrected.has(number),
    };
  });
}

/** By the line that a task begins on, the lines up to the next task's. */
function sourcesFrom(starts: readonly number[], lines: readonly SourceLine[]): Map<number, SourceLine[]> {
  const sources = new Map<number, SourceLine[]>(starts.map((start) => [start, []]));
  let at = -1;
  for (const one of [...lines].sort((a, b) => a.line - b.line)) {
    while ((starts[at + 1] ?? Number.POSITIVE_INFINITY) <= one.line) at += 1;
    sources.get(starts[at] ?? -1)?.push(one);
  }
  return sources;
}

/** Whether a correction changed what the doubt is about. */
function isSettled(code: DiagnosticCode, read: PlanTask, now: PlanTask): boolean {
  const about = aboutOf(code);
  if (about === 'parties') return read.parties !== now.parties && differs(read.parties, now.parties);
  if (about === 'deadline') return differs(read.deadline, now.deadline) || now.noDateConfirmed === true;
  return about === 'text' && (read.title !== now.title || read.content !== now.content);
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

function unknownNames(read: ReadPlan, known: readonly Unit[], choices: Upload['choices']): UnknownName[] {
  const find = unitFinder(known);
  const names = new Map<string, string[]>();
  for (const { id, parties } of read.tasks) {
    for (const { unit } of parties) {
      const { doubt } = find(unit);
      if (doubt?.code === 'unknown-unit' || doubt?.code === 'unit-ambiguous')
        names.set(unit, [...(names.get(unit) ?? []), id]);
    }
  }
  return [...names].map(([written, tasks]) => ({
    written,
    near: nearestUnits(written, known),
    choice: choices[written] ?? null,
    tasks,
  }));
}
