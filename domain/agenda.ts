/** The alarms to come of a task: what every rule wants, less what was done, in the order of R4. Pure (alarms.ts of old). */
import { assertNever } from './assert-never';
import { instantOf } from './days';
import type { Context } from './decider';
import type { EventDraft } from './events';
import type { Policy } from './policy';
import { acknowledgementAgenda } from './rules/acknowledgement';
import { reminded } from './rules/alarm';
import { contributionAgenda } from './rules/contributions';
import { declarationAgenda, ringDeclaration } from './rules/declaration';
import { reviewAgenda } from './rules/evidence';
import { extensionAgenda } from './rules/extension';
import { ladderAgenda, ringLadder } from './rules/ladder';
import { reminderAgenda } from './rules/reminders';
import { reportAgenda, ringReport } from './rules/reports';
import type { AgendaRule, Turn } from './rules/turn';
import { ALARM_KINDS, type Alarm, type AlarmKind, type Task } from './task';

const AGENDAS: Record<AlarmKind, AgendaRule> = {
  ladder: ladderAgenda,
  acknowledgement: acknowledgementAgenda,
  declaration: declarationAgenda,
  reminder: reminderAgenda,
  report: reportAgenda,
  contribution: contributionAgenda,
  review: reviewAgenda,
  extension: extensionAgenda,
};

/** When the alarm counts, as an instant (R4). */
export function dueAt(alarm: Alarm): string {
  return instantOf(alarm.on, alarm.time);
}

/** Order of R4: instant, then kind, then what it is about, so that two runs always agree. */
export function byTurn(a: Alarm, b: Alarm): number {
  return (
    compare(a.on, b.on) ||
    compare(a.time, b.time) ||
    ALARM_KINDS.indexOf(a.kind) - ALARM_KINDS.indexOf(b.kind) ||
    compare(a.about ?? '', b.about ?? '') ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every alarm to come, earliest first; none unless the task is open (R29: while suspended nothing is sent). */
export function agendaOf(task: Task, context: Context): Alarm[] {
  if (task.status !== 'open') return [];
  const done = new Set(task.rung);
  return ALARM_KINDS.flatMap((kind) => AGENDAS[kind](task, context))
    .filter((a) => !done.has(a.id))
    .sort(byTurn);
}

/** The earliest alarm, or null when nothing is to come. */
export function nextAlarm(task: { alarms: Alarm[] }): Alarm | null {
  return task.alarms[0] ?? null;
}

/** What the alarm does. */
export function ring(task: Task, alarm: Alarm, turn: Turn, missed: boolean): EventDraft[] {
  switch (alarm.kind) {
    case 'ladder':
      return ringLadder(task, alarm, turn, missed);
    case 'declaration':
      return ringDeclaration(task, alarm, turn, missed);
    case 'report':
      return ringReport(task, alarm, turn, missed);
    case 'acknowledgement':
    case 'reminder':
    case 'contribution':
    case 'review':
    case 'extension':
      return [reminded(alarm, turn, missed)];
    default:
      return assertNever(alarm.kind);
  }
}

/**
 * R12: after downtime an alarm is pointless when everybody it speaks to is spoken to by a later one about the same
 * thing. Slips never are.
 * @param due every alarm that is due by now
 */
export function isOvertaken(alarm: Alarm, due: readonly Alarm[], policy: Policy): boolean {
  const hearers = hearersOf(alarm, policy);
  const later = due.filter((a) => a.on > alarm.on && a.kind === alarm.kind && isAboutTheSame(a, alarm));
  const spokenTo = new Set(later.flatMap((a) => hearersOf(a, policy)));
  return hearers.length > 0 && hearers.every((who) => spokenTo.has(who));
}

function isAboutTheSame(one: Alarm, other: Alarm): boolean {
  // A task has one review and one request at a time.
  return one.kind === 'review' || one.kind === 'extension' || one.about === other.about;
}

/** Whom an alarm's notices go to (reminded-notices.ts); nobody where it does more than remind. */
function hearersOf({ kind, rung }: Alarm, policy: Policy): string[] {
  const { acknowledgement } = policy;
  switch (kind) {
    case 'reminder':
      return ['lead'];
    case 'report':
      return rung === 'ask' ? [] : ['lead'];
    case 'declaration':
      return rung === 'deemed' ? ['lead', 'head', 'office'] : rung === 'chase' ? ['head', 'office'] : ['lead'];
    case 'acknowledgement':
      return [
        'unit',
        ...(rung === String(acknowledgement.headOn) ? ['head'] : []),
        ...(rung === String(acknowledgement.coordinatorOn) ? ['office'] : []),
      ];
    case 'contribution':
      return rung === 'coordinator' ? ['office'] : rung === 'chase' ? ['unit', 'head', 'lead'] : ['unit'];
    case 'review':
    case 'extension':
      if (rung === 'weekly') return ['office', 'leader'];
      return rung === String(policy[kind].leaderOn) ? ['leader'] : ['office'];
    case 'ladder':
      return [];
    default:
      return assertNever(kind);
  }
}
