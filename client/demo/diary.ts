/** The diary of a lived year, for the terminal: day, what happened, to whom. */
import { isProvisional, type WorkCalendar } from '../../domain/calendar';
import { type Day, weekdayOf } from '../../domain/days';
import { COLOUR_NAMES, type EventOf, type TaskEvent } from '../../domain/events';
import { nameOf } from '../../domain/notices';
import type { TaskId, UnitId } from '../../domain/plan';
import type { Played } from '../../domain/rehearsal-play';
import { leadsOf, type Task } from '../../domain/task';
import { numberOf } from '../../domain/task-ids';
import { listed, padded } from './columns';

const DATE_WIDTH = 20;
const WHAT_WIDTH = 22;
const WHOM_WIDTH = 76;

/** One thing that happened to several tasks. */
interface Row {
  what: string;
  tasks: Set<TaskId>;
  /** Units where the thing is theirs and not the leads'. */
  units: Set<UnitId>;
}

/** Prints days one after the other; a day that is like the one before is only counted. */
export class Diary {
  private body = '';
  private alike: { days: number; last: string } = { days: 0, last: '' };

  constructor(
    private readonly calendar: WorkCalendar,
    private readonly tell: (line: string) => void,
  ) {}

  write(day: Day, lived: Played): void {
    const rows = rowsOf(lived);
    const body = rows.map(({ what, whom }) => `${what} ${whom}`).join('\n');
    if (body === this.body) {
      this.alike = { days: this.alike.days + 1, last: day };
      return;
    }
    this.end();
    this.body = body;
    rows.forEach((row, i) => {
      this.line(i === 0 ? this.dateOf(day) : '', row.what, row.whom);
    });
  }

  /** What was only counted is said. */
  end(): void {
    const { days, last } = this.alike;
    if (days > 0) this.line(`至${last}`, '照此', `又${days}次`);
    this.alike = { days: 0, last: '' };
  }

  private line(date: string, what: string, whom: string): void {
    this.tell(`${padded(date, DATE_WIDTH)} ${padded(what, WHAT_WIDTH)} ${whom}`.trimEnd());
  }

  private dateOf(day: Day): string {
    const weekday = '一二三四五六日'.charAt(weekdayOf(day) - 1);
    return `${day} 周${weekday}${isProvisional(this.calendar, day) ? ' 暂定' : ''}`;
  }
}

/** A row for each kind of thing that happened. */
function rowsOf(lived: Played): { what: string; whom: string }[] {
  const tasks = new Map(lived.tasks.map((task) => [task.id, task]));
  return [
    ...taskRows(lived).map(({ what, ...whom }) => ({ what, whom: whomOf(whom, tasks) })),
    ...planRows(lived),
    ...letterRows(lived),
  ];
}

function taskRows({ taskEvents }: Played): Row[] {
  const rows = new Map<string, Row>();
  for (const { task, event } of taskEvents) {
    const happened = whatOf(event);
    if (!happened) continue;
    const row = rows.get(happened.what) ?? { what: happened.what, tasks: new Set(), units: new Set() };
    row.tasks.add(task);
    if (happened.unit) row.units.add(happened.unit);
    rows.set(happened.what, row);
  }
  return [...rows.values()];
}

/** Null: said by another row, or by the letters. */
function whatOf(event: TaskEvent): { what: string; unit?: UnitId } | null {
  switch (event.type) {
    case 'issued':
      return { what: '下达' };
    case 'acknowledged':
      return { what: '签收', unit: event.unit };
    case 'reminded':
      return event.missed ? null : remindedOf(event);
    case 'declared':
      return { what: event.ready ? '申报具备条件' : '申报暂不具备条件' };
    case 'deemedReady':
      return { what: '视同具备条件' };
    case 'conditionOpened':
      return { what: `条件具备，定${event.dueOn}` };
    case 'reportAsked':
      return { what: '请反馈季度进展' };
    case 'reported':
      return { what: event.condition ? '反馈：条件已经具备' : '反馈季度进展' };
    case 'evidenceSubmitted':
      return { what: event.late ? '逾期后报送佐证材料' : '报送佐证材料' };
    case 'evidenceAccepted':
      return { what: '审核通过，销号' };
    case 'evidenceReturned':
      return { what: '退办' };
    case 'extensionRequested':
      return { what: '申请延期' };
    case 'extensionApproved':
      return { what: `同意延期至${event.dueOn}` };
    case 'breachRecorded':
      return { what: '逾期，亮红灯' };
    case 'slipIssued':
      return { what: `${COLOUR_NAMES[event.slip.colour]}督办单` };
    case 'instructed':
      return { what: '督查领导批示' };
    case 'urged':
      return { what: '催办' };
    default:
      return null;
  }
}

function remindedOf({ kind, rung, about }: EventOf<'reminded'>): { what: string; unit?: UnitId } | null {
  switch (kind) {
    case 'reminder':
      return { what: rung === '0' ? '提醒：今日到期' : `提醒：还有${rung}个工作日` };
    case 'acknowledgement':
      return { what: '催签收', ...(about === null ? {} : { unit: about }) };
    case 'declaration':
      return { what: '催申报是否具备条件' };
    case 'report':
      return { what: '催反馈季度进展' };
    default:
      return null;
  }
}

/** Units with their tasks' numbers: `市税务局1-09、2-13`. */
function whomOf({ tasks, units }: Omit<Row, 'what'>, known: Map<TaskId, Task>): string {
  if (units.size > 0) return `${listed([...units].sort().map(nameOf), WHOM_WIDTH - 8, '个单位')}，${tasks.size}项`;
  const byLead = new Map<string, string[]>();
  for (const id of [...tasks].sort()) {
    const task = known.get(id);
    const leads = task ? leadsOf(task).map(nameOf).join('和') : '';
    byLead.set(leads, [...(byLead.get(leads) ?? []), numberOf(id)]);
  }
  const named = [...byLead].map(([lead, numbers]) => `${lead}${listed(numbers, 20, '项')}`);
  return tasks.size > 3 ? `${tasks.size}项：${listed(named, WHOM_WIDTH - 6, '个单位')}` : named.join('、');
}

function planRows({ planEvents, addressees }: Played): { what: string; whom: string }[] {
  const said = (type: string) => planEvents.filter(({ event }) => event.type === type);
  const reported = said('planReported').flatMap(({ event }) => (event.type === 'planReported' ? [event.unit] : []));
  const whom = listed(addressees.map(nameOf), WHOM_WIDTH, '个单位');
  return [
    ...(said('planReportAsked').length > 0 ? [{ what: '请反馈方案整体进展', whom }] : []),
    ...(said('planReminded').length > 0 ? [{ what: '催反馈方案整体进展', whom: '' }] : []),
    ...(reported.length > 0
      ? [{ what: '反馈方案整体进展', whom: listed(reported.map(nameOf), WHOM_WIDTH, '个单位') }]
      : []),
  ];
}

const ROUND_NAMES = { '09:00': '发信 09:00', '14:30': '发信 14:30', urgent: '发信 即时' } as const;
const OFFICE_NAMES = { liaison: '', head: '主要负责人', leader: '分管领导' } as const;

function letterRows({ letters }: Played): { what: string; whom: string }[] {
  return (['09:00', 'urgent', '14:30'] as const).flatMap((round) => {
    const sent = letters.filter((letter) => letter.round === round);
    if (sent.length === 0) return [];
    const names = sent.map(({ to }) => `${nameOf(to.unit)}${OFFICE_NAMES[to.office]}`).sort();
    return [{ what: ROUND_NAMES[round], whom: `${sent.length}封：${listed(names, WHOM_WIDTH - 6, '处')}` }];
  });
}
