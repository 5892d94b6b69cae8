/** A file of corrections on a document that was read again: made where the document still says the same, else told. */

import { FIELD_NAMES } from '../domain/drafts/corrections';
import { type CorrectionFile, reapply, type SavedCorrection, type StaleCorrection } from '../domain/drafts/reapply';
import type { Plan, PlanTask } from '../domain/plan';
import { numberOf } from '../domain/task-ids';
import { diagnose, doubt, quoted } from './diagnostics';
import type { Draft } from './draft-plan';
import type { Diagnostic, ReadParty, ReadPlan, ReadTask } from './result';

/**
 * The draft with the corrections, a doubt for each that was not made, and those that were.
 * @param sha256 of the document
 */
export function withCorrections(
  draft: Draft,
  file: CorrectionFile,
  sha256: string,
): Draft & { made: SavedCorrection[] } {
  const { plan, made, stale } = reapply(draft.plan, file.corrections, documentIs(file, sha256));
  return { ...draft, plan, made, diagnostics: [...draft.diagnostics, ...told(plan, stale)] };
}

/**
 * The same for a document that is only checked: no directory is asked, so units are known by the names that the file
 * keeps, and what is no part of the document (office, addressees) is left aside.
 */
export function checkedCorrections(read: ReadPlan, file: CorrectionFile, sha256: string): ReadPlan {
  const idByName = new Map(
    Object.entries(file.units).flatMap(([id, names]) => names.map((name) => [name, id] as const)),
  );
  const idOf = (name: string) => idByName.get(name) ?? `${file.city}:${name}`;
  const tasks = read.tasks.map(
    (task): PlanTask => ({
      ...task,
      id: `${file.plan}/${task.id}`,
      parties: task.parties.map(({ unit, role }) => ({ unit: idOf(unit), role })),
    }),
  );
  const { title, number, issuer, issuedOn } = read.plan;
  const head = { title: title ?? '', number, issuer: issuer ?? '', issuedOn: issuedOn ?? '' };
  const before: Plan = { id: file.plan, ...head, city: file.city, office: `${file.city}:`, reporting: null, tasks };
  const ofDocument = file.corrections.map((correction) => ({
    ...correction,
    changes: correction.changes.filter(({ field }) => field !== 'office' && field !== 'reporting'),
  }));
  const { plan, stale } = reapply(before, ofDocument, documentIs(file, sha256));
  const corrected = plan.tasks.map((task, i): ReadTask => {
    const own = read.tasks[i];
    if (!own || task === tasks[i]) return own as ReadTask;
    const names = new Map(own.parties.map(({ unit }) => [idOf(unit), unit]));
    const parties = task.parties.map(
      ({ unit, role }): ReadParty => ({ unit: names.get(unit) ?? unit.slice(unit.indexOf(':') + 1), role }),
    );
    const { noDateConfirmed: _, ...rest } = task;
    return { ...rest, id: own.id, parties, line: own.line };
  });
  const header = {
    ...read.plan,
    title: plan.title || null,
    number: plan.number,
    issuer: plan.issuer || null,
    issuedOn: plan.issuedOn || null,
  };
  return { ...read, plan: header, tasks: corrected, diagnostics: [...read.diagnostics, ...told(plan, stale)] };
}

function documentIs({ document }: CorrectionFile, sha256: string): 'same' | 'changed' {
  return document?.sha256 === sha256 ? 'same' : 'changed';
}

function told(plan: Plan, stale: readonly StaleCorrection[]): Diagnostic[] {
  return stale.map(({ task, title, reason, field, movedTo }) => {
    const now = plan.tasks.find((one) => numberOf(one.id) === task);
    const what = title === null ? '方案的更正' : `对${quoted(title)}的更正`;
    const moved = movedTo === null ? '' : `，同名任务现为${movedTo}`;
    const says = {
      gone: `${what}未套用：文件中已没有${task}${moved}`,
      renamed: `${what}未套用：${task}现为${quoted(now?.title ?? '')}${moved}`,
      otherwise: `${what}未套用：文件中的${field === null ? '内容' : FIELD_NAMES[field]}已与更正时不同`,
      ambiguous: `${what}未套用：文件已与更正时不同，叫这个名称的任务又有几项`,
    }[reason];
    return diagnose(doubt('correction-stale', says), now?.line ?? null, task);
  });
}
