/** 预演: every letter, slip and check-in that a plan would cause, dated, from the rules that will cause them. */
import { isProvisional, type WorkCalendar } from './calendar';
import { addDays, type Day, dayNumber, lastDayOfMonth } from './days';
import type { Language } from './language';
import { type Addressee, leadUnits, type NoticeDraft, type NoticeKind, nameOf } from './notices';
import type { Plan, PlanId, TaskId, UnitId } from './plan';
import type { Policy, SlipColour } from './policy';
import { everythingInTime, silence } from './rehearsal-acts';
import { ACT_TIME, LAUNCH_TIME, type Played, play } from './rehearsal-play';
import type { Round } from './rounds';
import { launchProblems } from './rules/issue';
import type { Unit } from './unit';
import { fullDayText } from './wording';

export interface RehearsalOptions {
  /** The day of launch. */
  from: Day;
  /** Units that never act. */
  silent?: readonly UnitId[];
  /** The horizon, 12 when left out. */
  months?: number;
  /** Of the assumptions; Chinese when left out. */
  language?: Language;
}

export interface RehearsedNotice {
  kind: NoticeKind;
  /** Null where it speaks of the plan as a whole. */
  task: TaskId | null;
  rung: string | null;
  text: string;
}

export interface RehearsedLetter {
  on: Day;
  round: Round;
  to: Addressee;
  /** Leaves or speaks of a day in a year whose holidays are not published (R6). */
  provisional: boolean;
  notices: RehearsedNotice[];
}

export interface RehearsedSlip {
  on: Day;
  task: TaskId;
  colour: SlipColour;
  limitOn: Day | null;
  provisional: boolean;
}

/** 季度反馈: one form of a unit, with a line per led task and, where the plan asks for it, one overall (R18). */
export interface CheckIn {
  askedOn: Day;
  dueOn: Day;
  unit: UnitId;
  /** The tasks it leads; none when only the plan as a whole is reported on. */
  tasks: TaskId[];
}

/** The answer of `plan rehearse --json`. */
export interface Rehearsal {
  plan: PlanId;
  from: Day;
  /** The last day rehearsed. */
  to: Day;
  /** What was taken for granted, in sentences for people. */
  assumptions: string[];
  letters: RehearsedLetter[];
  slips: RehearsedSlip[];
  checkIns: CheckIn[];
  /** Letters in the whole time, by unit. */
  byUnit: Record<UnitId, number>;
}

/** Longer than any plan; beyond it every year of the calendar is a guess. */
const MOST_MONTHS = 120;

/**
 * Rehearses a plan. Nothing is sent or stored.
 * @param units the directory: every unit the plan names, members of collectives included
 * @throws RangeError if `from` is no day, `months` no number from 1 to 120, or a silent unit unknown
 */
export function rehearse(
  plan: Plan,
  units: readonly Unit[],
  calendar: WorkCalendar,
  policy: Policy,
  { from, silent = [], months = 12, language = 'zh-CN' }: RehearsalOptions,
): Rehearsal {
  const unknown = silent.filter((id) => !units.some((unit) => unit.id === id));
  if (unknown.length > 0) throw new RangeError(`the directory has no unit ${unknown.join(', ')}`);
  const to = lastDay(from, months);
  const behaviour = everythingInTime(silence(silent, units));
  const played = play({ plan, units, calendar, policy, from, to, signedBy: plan.issuer, behaviour });
  const letters = lettersOf(played, calendar);
  return {
    plan: plan.id,
    from,
    to,
    assumptions: assumptionsOf(plan, units, calendar, { from, to, silent, language }),
    letters,
    slips: slipsOf(played, calendar),
    checkIns: checkInsOf(played),
    byUnit: countByUnit(letters),
  };
}

/**
 * The last day of a horizon: the eve of the launch's anniversary.
 * @throws RangeError if `from` is no day, `months` no number from 1 to 120
 */
export function lastDay(from: Day, months: number): Day {
  if (!Number.isInteger(months) || months < 1 || months > MOST_MONTHS)
    throw new RangeError(`not a number of months from 1 to ${MOST_MONTHS}: ${months}`);
  dayNumber(from);
  const month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months;
  const end = lastDayOfMonth(Math.floor(month / 12), (month % 12) + 1);
  const anniversary = `${end.slice(0, 8)}${from.slice(8)}`;
  return anniversary > end ? end : addDays(anniversary, -1);
}

/** What the played letters say. */
export function lettersOf({ letters }: Played, calendar: WorkCalendar): RehearsedLetter[] {
  return letters.map(({ on, round, to, notices }) => ({
    on,
    round,
    to,
    provisional: isProvisional(calendar, on) || notices.some((n) => n.provisional || isUnpublished(calendar, n.dueOn)),
    notices: notices.map(said),
  }));
}

/** Documents are numbered by office when they are issued: the rehearsal names none. */
function said({ kind, task, rung, text }: NoticeDraft): RehearsedNotice {
  return { kind, task, rung, text: text.replace(/^(.*?(?:督办单|催办)〔\d{4}〕)\d+号/, '$1×号') };
}

export function slipsOf({ taskEvents }: Played, calendar: WorkCalendar): RehearsedSlip[] {
  return taskEvents.flatMap(({ task, event }) => {
    if (event.type !== 'slipIssued') return [];
    const { issuedOn, colour, limitOn } = event.slip;
    const provisional = isUnpublished(calendar, issuedOn) || isUnpublished(calendar, limitOn);
    return [{ on: issuedOn, task, colour, limitOn, provisional }];
  });
}

export function checkInsOf({ taskEvents, planEvents, tasks, addressees }: Played): CheckIn[] {
  const forms = new Map<string, CheckIn>();
  const form = (unit: UnitId, { askedOn, dueOn }: Pick<CheckIn, 'askedOn' | 'dueOn'>) => {
    const key = `${askedOn} ${dueOn} ${unit}`;
    const known = forms.get(key) ?? { askedOn, dueOn, unit, tasks: [] };
    forms.set(key, known);
    return known;
  };
  const byId = new Map(tasks.map((task) => [task.id, task]));
  for (const { task: id, event } of taskEvents) {
    const task = byId.get(id);
    if (event.type !== 'reportAsked' || !task) continue;
    for (const unit of leadUnits(task)) form(unit, event).tasks.push(id);
  }
  for (const { event } of planEvents) {
    if (event.type === 'planReportAsked') for (const unit of addressees) form(unit, event);
  }
  return [...forms.values()].sort((a, b) => (a.askedOn < b.askedOn ? -1 : a.askedOn > b.askedOn ? 1 : 0));
}

function countByUnit(letters: RehearsedLetter[]): Record<UnitId, number> {
  const counts: Record<UnitId, number> = {};
  for (const { to } of letters) counts[to.unit] = (counts[to.unit] ?? 0) + 1;
  return counts;
}

function isUnpublished(calendar: WorkCalendar, day: Day | null): boolean {
  return day !== null && isProvisional(calendar, day);
}

interface Frame {
  from: Day;
  to: Day;
  silent: readonly UnitId[];
  language: Language;
}

function assumptionsOf(
  plan: Plan,
  units: readonly Unit[],
  calendar: WorkCalendar,
  { from, to, silent, language }: Frame,
): string[] {
  const office = units.find(({ id }) => id === plan.office);
  const people = { liaison: !!office?.liaison, head: !!office?.head, leader: !!office?.leader };
  const problems = launchProblems(plan, from, people, (unit) => units.some(({ id }) => id === unit));
  const years = [...new Set([from, to].map((day) => day.slice(0, 4)))];
  const unpublished = years.filter((year) => isProvisional(calendar, `${year}-01-01`));
  if (language === 'en')
    return [
      `Launched on ${from} at ${LAUNCH_TIME}, rehearsed until ${to}.`,
      silent.length > 0
        ? `Units that never act: ${silent.map(nameOf).join(', ')}.`
        : 'There is no unit that never acts.',
      `The other units act on the last day, at ${ACT_TIME}: they sign on the day of delivery, report on the last day of the quarter's report, declare readiness when asked, and hand in evidence on the due date (on the last working day before it where it is none); the coordinator accepts it on the next working day.`,
      'Conditional tasks get no date; nobody asks for extensions, returns evidence or suspends a task.',
      'Every letter is delivered; numbers of slips are given when they are issued.',
      ...(unpublished.length > 0
        ? [`The holidays of ${unpublished.join(', ')} are not published yet: dates in them are provisional.`]
        : []),
      ...(problems.length > 0
        ? [
            `Launched like this it would be refused: ${problems.map(({ task, en }) => `${task ?? ''} ${en}`).join('; ')}.`,
          ]
        : []),
    ];
  return [
    `${fullDayText(from)}${LAUNCH_TIME}下达，预演至${fullDayText(to)}。`,
    silent.length > 0 ? `始终不办理的单位：${silent.map(nameOf).join('、')}。` : '没有始终不办理的单位。',
    `其他单位都在最后一天${ACT_TIME}办理：送达当日签收，季度反馈截止日反馈，申报日申报具备条件，时限日（遇非工作日为此前最后一个工作日）报送佐证材料；协调员在下一个工作日审核通过。`,
    '条件任务不启动时限；没有延期、退办、中止等人工操作。',
    '信件全部送达；督办单、催办的编号以实际发出为准。',
    ...(unpublished.length > 0 ? [`${unpublished.join('、')}年放假安排尚未公布，其中的日期为暂定。`] : []),
    ...(problems.length > 0
      ? [`照此下达会被拒绝，须先解决：${problems.map(({ task, zh }) => `${task ?? ''}${zh}`).join('；')}。`]
      : []),
  ];
}
