/** Which doubts about a document stay with its draft, so that whoever corrects a task sees them beside it. */
import type { PlanTask, TaskDoubt } from '../domain/plan';
import { numberOf } from '../domain/task-ids';
import type { DiagnosticCode } from './diagnostics';
import type { Diagnostic } from './result';

/**
 * What each is about: a correction of that settles it. What the draft itself shows (no unit, no date, an unknown unit)
 * is not kept, because it is seen anew as long as it is so.
 */
const ABOUT: Partial<Record<DiagnosticCode, TaskDoubt['about']>> = {
  'lead-also-co': 'parties',
  'unit-unsure': 'parties',
  'not-a-unit': 'parties',
  'prefix-completed': 'parties',
  'prefix-elided': 'parties',
  'unit-ambiguous': 'parties',
  'roles-differ': 'parties',
  'date-ambiguous': 'deadline',
  'date-not-exact': 'deadline',
  'date-impossible': 'deadline',
  'date-not-understood': 'deadline',
  'dates-conflict': 'deadline',
  'year-missing': 'deadline',
  'year-supplied': 'deadline',
  'year-unclear': 'deadline',
  'several-milestones': 'deadline',
  'date-in-text': 'deadline',
  'recurring-deadline': 'deadline',
  'period-from-issue': 'deadline',
  'calendar-needed': 'deadline',
  'no-text': 'text',
  'text-cut': 'text',
  'number-repeats': 'text',
  'number-skips': 'text',
  'measure-number-differs': 'text',
  'cells-realigned': 'text',
  'same-as-above': 'text',
  'garbled-text': 'text',
};
/** The same, and what the draft itself shows: which part of a task a correction must change to settle it. */
const SEEN_IN_DRAFT: Partial<Record<DiagnosticCode, TaskDoubt['about']>> = {
  'no-unit': 'parties',
  'lead-unstated': 'parties',
  'unknown-unit': 'parties',
  'unit-added': 'parties',
  'known-by-alias': 'parties',
  'unit-repeated': 'parties',
  'open-ended': 'parties',
  'no-deadline': 'deadline',
  'due-before-issue': 'deadline',
  'condition-read': 'deadline',
  'rule-quoted': 'deadline',
};

/** What a doubt about a task is about; null where no correction of the task settles it. */
export function aboutOf(code: DiagnosticCode): TaskDoubt['about'] | null {
  return ABOUT[code] ?? SEEN_IN_DRAFT[code] ?? null;
}

const MOST = 2000;

/** The tasks with the doubts that concern each; `diagnostics` name them by part and number. */
export function withDoubts(tasks: readonly PlanTask[], diagnostics: readonly Diagnostic[]): PlanTask[] {
  const kept = new Map<string, TaskDoubt[]>();
  for (const { code, line, task, message } of diagnostics) {
    const about = ABOUT[code];
    if (about === undefined || task === null) continue;
    const place = line === null ? '' : `第${line}行：`;
    const text = `${place}${message}`.slice(0, MOST).replace(/[\p{Cc}\p{Cs}]/gu, ' ');
    kept.set(task, [...(kept.get(task) ?? []), { about, code, text }]);
  }
  return tasks.map((task) => {
    const doubts = kept.get(numberOf(task.id));
    return doubts ? { ...task, doubts } : task;
  });
}
