/**
 * How the units of the demonstration behave: most do everything in time, five do not. Each habit is a rule of what is
 * seen that day, so the same year can be rehearsed and lived.
 */
import { effective, workingDay } from '../../domain/calendar';
import type { Day } from '../../domain/days';
import type { UnitId } from '../../domain/plan';
import {
  type Act,
  acknowledgements,
  act,
  actingLead,
  type Behaviour,
  handIn,
  leadActs,
  ofUnit,
  planActs,
  report,
  review,
  reviewerOf,
  type Scene,
} from '../../domain/rehearsal-acts';
import { owedReport } from '../../domain/rules/reports';
import { leadsOf, type Task } from '../../domain/task';

/** What the lead does for a task on a day. */
type Habit = (task: Task, lead: UnitId, scene: Scene) => Act[];

const SILENT: UnitId = 'zhuzhou:市税务局';
const LATE: UnitId = 'zhuzhou:市住建局';
const ASKS_FOR_MORE: UnitId = 'zhuzhou:市发改委';
const DECLINES: UnitId = 'zhuzhou:株洲海关';
const INCOMPLETE: UnitId = 'zhuzhou:市自然资源和规划局';
/** Whose conditional task finds its condition met in autumn. */
const CONDITIONAL = '/2-16';

/** Who is who, for the first lines of the diary. */
export const CAST: readonly [UnitId, string][] = [
  [SILENT, '始终不签收、不反馈、不报送'],
  [LATE, '签收、反馈都拖，接到橙色督办单后才报送'],
  [ASKS_FOR_MORE, '第一部分任务到期前申请延期'],
  [DECLINES, '第二部分任务申报暂不具备条件'],
  [INCOMPLETE, '第一部分任务首次报送的材料不全，被退办'],
];

const HABITS: Partial<Record<UnitId, Habit>> = {
  [LATE]: late,
  [ASKS_FOR_MORE]: asksForMore,
  [DECLINES]: declines,
  [INCOMPLETE]: incomplete,
};

/** Everybody's acts on a day of the demonstration. */
export const demonstration: Behaviour = (scene) => [
  ...scene.tasks.filter(({ status }) => status === 'open').flatMap((task) => actsOn(task, scene)),
  ...planActs(scene, isSilent),
];

function isSilent(unit: UnitId): boolean {
  return unit === SILENT;
}

function actsOn(task: Task, scene: Scene): Act[] {
  const lead = actingLead(task, isSilent);
  const habit = task.id.endsWith(CONDITIONAL) ? findsConditionMet : ((lead === null ? null : HABITS[lead]) ?? leadActs);
  return [
    ...acknowledgements(task, scene, (unit) => isSilent(unit) || (unit === LATE && !isLateEnough(task, scene))),
    ...(lead ? habit(task, lead, scene) : []),
    ...office(task, scene),
    ...supervisor(task, scene),
  ];
}

/** 批示 on what was listed the working day before; it leaves within five minutes (R34). */
function supervisor(task: Task, { on, calendar }: Scene): Act[] {
  const listed = task.ladder.slips.find(({ colour }) => colour === 'red');
  if (!listed || task.instructions.length > 0 || on < workingDay(calendar, listed.issuedOn, 1)) return [];
  const actor = { name: '督查领导', role: 'supervisor', unit: task.office } as const;
  return [act(task, actor, { move: 'instruct', text: '请主要负责人到会说明' })];
}

/** After the reminder to its head. */
function isLateEnough(task: Task, { on, calendar }: Scene): boolean {
  const { handedOn } = task.acknowledgements[LATE] ?? {};
  return handedOn != null && on >= workingDay(calendar, handedOn, 6);
}

/** Never declares, reports two days late, hands in on the day after the orange slip. */
function late(task: Task, lead: UnitId, { on, calendar }: Scene): Act[] {
  const owed = owedReport(task);
  const orange = task.ladder.slips.find(({ colour }) => colour === 'orange');
  return [
    ...(owed && !task.review && on >= workingDay(calendar, owed.dueOn, 2) ? [report(task, lead)] : []),
    ...(orange && !task.review && on > orange.issuedOn ? handIn(task, lead) : []),
  ];
}

/** Asks five working days before the date for twenty more; then in time. */
function asksForMore(task: Task, lead: UnitId, scene: Scene): Act[] {
  const { dueOn, type, extension, extensionsApproved } = task;
  const usual = leadActs(task, lead, scene);
  if (type !== 'fixed' || !dueOn || extension || extensionsApproved > 0) return usual;
  if (scene.on < workingDay(scene.calendar, effective(scene.calendar, dueOn), -5)) return usual;
  const to = workingDay(scene.calendar, dueOn, 20);
  const words = { reason: '省级平台接口尚未开放', progress: '方案已定，系统联调中' };
  return [...usual, act(task, ofUnit(lead), { move: 'requestExtension', unit: lead, to, ...words })];
}

/** 暂不具备条件, with measures, on the day of the question. */
function declines(task: Task, lead: UnitId, scene: Scene): Act[] {
  const { declaration } = task;
  if (declaration?.state !== 'undecided' || scene.on < declaration.askOn) return leadActs(task, lead, scene);
  const reason = '先行完善制度，分步对接系统';
  return [act(task, ofUnit(lead), { move: 'declare', unit: lead, ready: false, reason })];
}

/** In time, and after a return again within two working days. */
function incomplete(task: Task, lead: UnitId, scene: Scene): Act[] {
  const last = task.versions.at(-1);
  if (last?.outcome !== 'returned' || !last.decidedOn) return leadActs(task, lead, scene);
  return scene.on >= workingDay(scene.calendar, last.decidedOn, 2) ? handIn(task, lead) : [];
}

/** As everybody, but in the third quarter's report the condition is met. */
function findsConditionMet(task: Task, lead: UnitId, scene: Scene): Act[] {
  const owed = owedReport(task);
  if (!owed?.quarter.endsWith('Q3') || scene.on < owed.dueOn) return leadActs(task, lead, scene);
  const text = '国家标准版功能已经上线，条件具备。';
  return [act(task, ofUnit(lead), { move: 'report', unit: lead, text, condition: true })];
}

/** The coordinator: grants, opens, returns, accepts; each on the next working day. */
function office(task: Task, scene: Scene): Act[] {
  const isNext = (day: Day) => scene.on >= workingDay(scene.calendar, day, 1);
  const actor = reviewerOf(task);
  const { extension, dueOn, reports, review: waiting, type, versions } = task;
  if (extension) return isNext(extension.requestedOn) ? [act(task, actor, { move: 'approveExtension' })] : [];
  if (!dueOn && reports.last?.condition && isNext(reports.last.on)) {
    const reason = '国家标准版功能已经上线';
    return [act(task, actor, { move: 'openCondition', dueOn: `${scene.on.slice(0, 4)}-12-31`, reason })];
  }
  const isIncomplete = type === 'fixed' && versions.length === 1 && leadsOf(task).includes(INCOMPLETE);
  if (!waiting || !isIncomplete) return review(task, scene);
  const reason = '缺少办理时限的统计数据';
  return isNext(waiting.submittedOn)
    ? [act(task, actor, { move: 'returnEvidence', version: waiting.version, reason })]
    : [];
}
