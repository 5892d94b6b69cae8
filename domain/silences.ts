/** Who owes an answer and gives none 沉默: a signature, a report, a declaration, a contribution, an act after a slip. */
import { type WorkCalendar, workingDay } from './calendar';
import { addDays, type Day } from './days';
import type { UnitId } from './plan';
import type { Policy } from './policy';
import { owedReport } from './rules/reports';
import { currentSlip, leadUnits, type Task } from './task';

export type SilenceKind = 'acknowledge' | 'report' | 'declare' | 'contribute' | 'slip';

/** What one unit owes in one task. Before `silentOn` it is merely waited for. */
export interface Silence {
  unit: UnitId;
  kind: SilenceKind;
  /** Since when an answer is waited for. */
  sinceOn: Day;
  /** The first day on which it is late, and the unit counts as silent. */
  silentOn: Day;
}

/** Everything that is owed now, at most one of a kind for each unit: what has waited longest. */
export function silencesOf(task: Task, calendar: WorkCalendar, policy: Policy): Silence[] {
  // While the clock stands still nothing is asked (R29).
  if (task.status !== 'open') return [];
  const all = [
    ...signatures(task, calendar, policy),
    ...(task.review ? [] : ofLeads(task)),
    ...contributions(task),
  ].sort((a, b) => (a.silentOn < b.silentOn ? -1 : 1));
  const first = new Map<string, Silence>();
  for (const each of all) {
    const key = `${each.kind} ${each.unit}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

/** R13: late on the day after W(H,3). Whom no letter reached has nothing to sign (R33). */
function signatures({ acknowledgements }: Task, calendar: WorkCalendar, policy: Policy): Silence[] {
  const within = policy.acknowledgement.withinWorkingDays;
  return Object.entries(acknowledgements).flatMap(([unit, { handedOn, acknowledgedOn }]) =>
    handedOn === null || acknowledgedOn !== null
      ? []
      : [
          {
            unit,
            kind: 'acknowledge' as const,
            sinceOn: handedOn,
            silentOn: addDays(workingDay(calendar, handedOn, within), 1),
          },
        ],
  );
}

/** What any lead may answer for all (R7): the report of the quarter (R18), the declaration (R15), the slip (R20). */
function ofLeads(task: Task): Silence[] {
  const owed: Omit<Silence, 'unit'>[] = [];
  const report = owedReport(task);
  if (report) owed.push({ kind: 'report', sinceOn: report.askedOn, silentOn: addDays(report.dueOn, 1) });
  const { declaration } = task;
  if (declaration?.state === 'undecided')
    owed.push({ kind: 'declare', sinceOn: task.issuedOn, silentOn: addDays(declaration.askOn, 1) });
  const slip = currentSlip(task);
  const explained = task.reports.explained;
  // Only a hand-in stops the ladder (R22), but who explained himself was not silent.
  if (slip && !slip.ended && slip.limitOn !== null && !(explained && explained.on >= slip.issuedOn))
    owed.push({ kind: 'slip', sinceOn: slip.issuedOn, silentOn: addDays(slip.limitOn, 1) });
  return leadUnits(task).flatMap((unit) => owed.map((each) => ({ unit, ...each })));
}

/** R19: late on the day after its date. */
function contributions(task: Task): Silence[] {
  return task.contributions.flatMap(({ unit, doneOn, coveredOn, dueOn }) =>
    doneOn === null ? [{ unit, kind: 'contribute' as const, sinceOn: coveredOn, silentOn: addDays(dueOn, 1) }] : [],
  );
}
