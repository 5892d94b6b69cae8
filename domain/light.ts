/** The light 灯 of a task on a day: the table of rules.md, first matching row wins. Derived when read (D13). */
import { effective, type WorkCalendar, workingDay } from './calendar';
import { addDays, type Day } from './days';
import type { Policy } from './policy';
import { owedReport } from './rules/reports';
import { lastDayOf, noLeadReached, type Task } from './task';

export type Colour = 'none' | 'grey' | 'green' | 'yellow' | 'blue' | 'red';
export interface Light {
  colour: Colour;
  reason: string;
}

/** Red ⇔ overdue, open, not in review, not pending, not suspended; it begins at E+1 even on a Sunday. */
export function lightOf(task: Task, calendar: WorkCalendar, policy: Policy, on: Day): Light {
  const facts = factsOf(task, calendar, policy, on);
  const row = ROWS.find((r) => r.holds(facts));
  return row ? { colour: row.colour, reason: row.reason } : { colour: 'blue', reason: '正常推进' };
}

/** A stretch of days with one light. */
export interface LightSpell extends Light {
  /** Its first day; null: since ever. It ends where the next one begins, the last one never. */
  fromOn: Day | null;
}

/**
 * The light of every day, as long as nothing happens to the task: a few spells, in order. What is kept of them is
 * true on any day, so a list may be sorted and counted by light without asking each task anew (D13).
 */
export function lightSpells(task: Task, calendar: WorkCalendar, policy: Policy): LightSpell[] {
  const days = turningDays(task, calendar, policy);
  const eve = addDays(days[0] ?? task.issuedOn, -1);
  const spells: LightSpell[] = [{ fromOn: null, ...lightOf(task, calendar, policy, eve) }];
  for (const fromOn of days) {
    const light = lightOf(task, calendar, policy, fromOn);
    const last = spells.at(-1);
    if (last?.colour !== light.colour || last.reason !== light.reason) spells.push({ fromOn, ...light });
  }
  return spells;
}

/** Every day on which a fact below may turn, in order: each comparison with `on` in `factsOf` has its day here. */
function turningDays(task: Task, calendar: WorkCalendar, policy: Policy): Day[] {
  const { dueOn } = task;
  const lastDay = lastDayOf(task);
  const owed = owedReport(task);
  const days = [
    ...(dueOn === null ? [] : [nearFrom(dueOn, calendar, policy), addDays(dueOn, 1)]),
    ...(lastDay === null ? [] : [addDays(lastDay, 1)]),
    ...(owed === null ? [] : [addDays(owed.dueOn, 1)]),
  ];
  return [...new Set(days)].sort();
}

function nearFrom(dueOn: Day, calendar: WorkCalendar, policy: Policy): Day {
  return workingDay(calendar, effective(calendar, dueOn), -policy.nearWorkingDays);
}

interface Facts {
  status: Task['status'];
  stain: boolean;
  waiting: boolean;
  pending: boolean;
  afterDue: boolean;
  overdue: boolean;
  unreached: boolean;
  dated: boolean;
  slipBeforeDue: boolean;
  grace: boolean;
  near: boolean;
  behind: boolean;
}

function factsOf(task: Task, calendar: WorkCalendar, policy: Policy, on: Day): Facts {
  const { dueOn, status, ladder, reports } = task;
  const lastDay = lastDayOf(task);
  const owed = owedReport(task);
  return {
    status,
    stain: task.reopenings > 0 || task.breaches.some((b) => !b.annulled && !b.lifted),
    waiting: task.review !== null,
    pending: task.extension !== null,
    afterDue: dueOn !== null && on > dueOn,
    overdue: lastDay !== null && on > lastDay,
    unreached: noLeadReached(task),
    dated: dueOn !== null,
    slipBeforeDue: ladder.slips.some((s) => s.beforeDue && !s.ended && !s.void),
    grace: lastDay !== null && lastDay !== dueOn,
    near: dueOn !== null && on >= nearFrom(dueOn, calendar, policy),
    behind: dueOn === null && (reports.missedOn !== null || (owed !== null && on > owed.dueOn)),
  };
}

const ROWS: readonly { holds: (f: Facts) => boolean; colour: Colour; reason: string }[] = [
  { holds: (f) => f.status === 'draft', colour: 'none', reason: '未下达' },
  { holds: (f) => f.status === 'cancelled', colour: 'grey', reason: '已撤销' },
  { holds: (f) => f.status === 'completed' && !f.stain, colour: 'green', reason: '按期办结' },
  { holds: (f) => f.status === 'completed', colour: 'yellow', reason: '逾期办结（补齐后由红转黄）' },
  { holds: (f) => f.status === 'suspended', colour: 'grey', reason: '中止' },
  { holds: (f) => f.waiting && f.stain, colour: 'yellow', reason: '逾期已报送，待审' },
  { holds: (f) => f.waiting, colour: 'blue', reason: '已报送，待审' },
  { holds: (f) => f.pending && f.afterDue, colour: 'yellow', reason: '延期待批' },
  { holds: (f) => f.overdue && f.unreached, colour: 'red', reason: '逾期·未送达' },
  { holds: (f) => f.overdue, colour: 'red', reason: '逾期' },
  { holds: (f) => f.stain && f.dated, colour: 'yellow', reason: '曾逾期，新时限内' },
  { holds: (f) => f.slipBeforeDue, colour: 'yellow', reason: '提级督办' },
  { holds: (f) => f.grace && f.afterDue, colour: 'yellow', reason: '退办补报' },
  { holds: (f) => f.near, colour: 'yellow', reason: '临期' },
  { holds: (f) => f.behind, colour: 'yellow', reason: '缺报' },
];
