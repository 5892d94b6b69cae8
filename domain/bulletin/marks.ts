/**
 * What a score is made of (R36): every breach, slip, missing report, late signature and early completion of a lead
 * unit until a day, also those that do not count, with the reason why not. Points come from the policy.
 */
import { assertNever } from '../assert-never';
import { workingDay, workingDaysBetween } from '../calendar';
import type { Day } from '../days';
import type { TaskId, UnitId } from '../plan';
import type { Scoring, SlipColour } from '../policy';
import { type Breach, leadsOf, type Slip, type Task, type TaskParty } from '../task';
import { missingReports, quartersEnded } from './missing-reports';
import { type BulletinPeriod, endOfQuarter } from './period';
import { type BulletinSource, counts, type Step, stepsUntil } from './source';

/** undelivered 未送达: our letters did not arrive (R33). annulled 撤销误记: recorded in error (R24). */
export type Excuse = 'undelivered' | 'annulled';

/** One thing that happened to a unit as a lead. */
export type Mark = {
  unit: UnitId;
  /** Null: the plan as a whole. */
  task: TaskId | null;
  on: Day;
  excuse: Excuse | null;
} & (
  | { kind: 'breach'; dueOn: Day }
  | { kind: 'slip'; colour: SlipColour; number: string }
  | { kind: 'missingReport'; quarter: string }
  | { kind: 'lateAcknowledgement'; by: UnitId; limitOn: Day }
  | { kind: 'early'; dueOn: Day; workingDays: number }
);

/** Points of a mark: none when excused, above zero only for early completion. */
export function pointsOf(mark: Mark, scoring: Scoring): number {
  if (mark.excuse !== null) return 0;
  switch (mark.kind) {
    case 'breach':
      return -scoring.breach;
    case 'slip':
      return -scoring.slip[mark.colour];
    case 'missingReport':
      return -scoring.missingReport;
    case 'lateAcknowledgement':
      return -scoring.lateAcknowledgement;
    case 'early':
      return scoring.early.points;
    default:
      return assertNever(mark);
  }
}

/** All marks from the launch to the end of what a period shows, by day. Cancelled tasks leave none (R31). */
export function marksUntil(source: BulletinSource, { on, over }: Pick<BulletinPeriod, 'on' | 'over'>): Mark[] {
  const told = source.tasks.flatMap(({ events }) => {
    const steps = stepsUntil(events, on);
    const task = steps.at(-1)?.after;
    return task ? [{ task, steps }] : [];
  });
  const kept = told.filter(({ task }) => counts(task));
  const cancelled = new Set(told.filter(({ task }) => !counts(task)).map(({ task }) => task.id));
  // A quarter that ends today is missing nothing before midnight.
  const ended = quartersEnded(source.launchOn, on).filter((quarter) => over || endOfQuarter(quarter) < on);
  const marks = [
    ...kept.flatMap(({ task, steps }) => [
      ...breachMarks(task),
      ...slipMarks(task, steps),
      ...lateAcknowledgements(source, task, steps, on),
      ...earlyMarks(source, task, steps),
    ]),
    ...ended.flatMap((quarter) => reportMarks(source, quarter, cancelled)),
  ];
  return marks.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Against every lead in office on E (R7); one that was lifted never was. */
function breachMarks(task: Task): Mark[] {
  return task.breaches
    .filter(({ lifted }) => !lifted)
    .flatMap((breach) =>
      breach.leads.map((unit) => {
        const { dueOn, breachedOn: on } = breach;
        return { kind: 'breach' as const, unit, task: task.id, on, excuse: excuseOf(breach), dueOn };
      }),
    );
}

function excuseOf({ annulled, undelivered }: Breach): Excuse | null {
  if (annulled) return 'annulled';
  return undelivered ? 'undelivered' : null;
}

/** Against the leads in office when it was issued; one that is void, or stands on a lifted breach, never was. */
function slipMarks(task: Task, steps: readonly Step[]): Mark[] {
  const known = new Map([...task.pastSlips, ...task.ladder.slips].map((slip) => [slip.number, slip]));
  const begun = new Set<Day>();
  return steps.flatMap(({ event, before }) => {
    if (event.type !== 'slipIssued' || !before) return [];
    const slip = known.get(event.slip.number);
    if (!slip || slip.void) return [];
    const dueOn = slip.beforeDue ? null : before.dueOn;
    const breach = dueOn === null ? null : (before.breaches.findLast((b) => b.dueOn === dueOn) ?? null);
    const now = breach && task.breaches.find((b) => b.dueOn === breach.dueOn && b.breachedOn === breach.breachedOn);
    if (now?.lifted) return [];
    const isFirst = dueOn !== null && !begun.has(dueOn);
    if (dueOn !== null) begun.add(dueOn);
    return before.parties
      .filter(({ role }) => role === 'lead')
      .map((party) => {
        const { number, colour, issuedOn: on } = slip;
        const excuse = slipExcuse(slip, party, now ?? null, isFirst);
        return { kind: 'slip' as const, unit: party.unit, task: task.id, on, excuse, colour, number };
      });
  });
}

/** The first slip on a breach that was 未送达 is the unit's first word of it; later ones follow from its own silence. */
function slipExcuse(slip: Slip, party: TaskParty, breach: Breach | null, isFirst: boolean): Excuse | null {
  if (breach?.annulled) return 'annulled';
  const failed = [party.unit, ...party.answerers].some((unit) => slip.failedUnits.includes(unit));
  return failed || slip.limitOn === null || (breach?.undelivered && isFirst) ? 'undelivered' : null;
}

/** R13, of the units that answer for a lead. While a task is suspended its clocks stand (R29). */
function lateAcknowledgements(source: BulletinSource, task: Task, steps: readonly Step[], on: Day): Mark[] {
  const { withinWorkingDays } = source.policy.acknowledgement;
  const signed = steps.flatMap(({ event, before }) =>
    event.type === 'acknowledged' && before ? [{ task: before, unit: event.unit, on: event.on }] : [],
  );
  const unsigned = Object.entries(task.acknowledgements)
    .filter(([, { acknowledgedOn }]) => acknowledgedOn === null)
    .map(([unit]) => ({ task, unit, on: task.completedOn ?? on }));
  return [...signed, ...unsigned].flatMap(({ task: at, unit, on: day }) => {
    // In the role of that day: who signed late as a co-unit and leads since then signed nothing late as a lead.
    const party = at.parties.find(({ role, answerers }) => role === 'lead' && answerers.includes(unit));
    const handedOn = at.acknowledgements[unit]?.handedOn ?? null;
    if (!party || handedOn === null) return [];
    const limitOn = workingDay(source.calendar, handedOn, withinWorkingDays);
    if ((at.suspendedOn ?? day) <= limitOn) return [];
    return [
      {
        kind: 'lateAcknowledgement' as const,
        unit: party.unit,
        task: task.id,
        on: workingDay(source.calendar, limitOn, 1),
        excuse: null,
        by: unit,
        limitOn,
      },
    ];
  });
}

/**
 * Completed without a stain, its accepted evidence received well before the date: the original one where the date was
 * put off, because time that was asked for is not saved. What the document called done (R17) was not done early.
 */
function earlyMarks({ calendar, policy }: BulletinSource, task: Task, steps: readonly Step[]): Mark[] {
  const stain = task.reopenings > 0 || task.breaches.some((b) => !b.annulled && !b.lifted);
  const accepted = task.versions.findLast(({ outcome }) => outcome === 'accepted');
  if (task.status !== 'completed' || !task.completedOn || stain || !accepted || task.remark?.status === 'done')
    return [];
  const wasPutOff = steps.some(({ event: { type } }) => PUT_OFF.includes(type));
  const dates = [task.dueOn, wasPutOff ? task.originalDueOn : null].filter((day) => day !== null).sort();
  const [dueOn] = dates;
  if (dueOn === undefined) return [];
  const workingDays = workingDaysBetween(calendar, accepted.receivedOn, dueOn);
  if (workingDays < policy.scoring.early.fromWorkingDays) return [];
  const common = { kind: 'early' as const, task: task.id, on: task.completedOn, excuse: null, dueOn, workingDays };
  return leadsOf(task).map((unit) => ({ ...common, unit }));
}

const PUT_OFF: readonly string[] = ['extensionApproved', 'extensionGranted', 'redated'];

function reportMarks(source: BulletinSource, quarter: string, cancelled: ReadonlySet<TaskId>): Mark[] {
  return missingReports(source, quarter)
    .filter(({ task }) => !task || !cancelled.has(task.task))
    .flatMap(({ task, units, dueOn: on, undelivered }) =>
      units.map((unit) => {
        const excuse = undelivered.includes(unit) ? ('undelivered' as const) : null;
        return { kind: 'missingReport' as const, unit, task: task?.task ?? null, on, excuse, quarter };
      }),
    );
}
