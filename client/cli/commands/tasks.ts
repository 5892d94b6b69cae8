/** Tasks as people look for them: the list with its filters, and one with everything about it. */

import type { Command } from 'commander';
import { CHANNEL_NAMES } from '../../../domain/channels';
import { alarmName, eventName, eventText, rungText } from '../../../domain/event-words';
import { ROLE_NAMES } from '../../../domain/events';
import { statusLabel } from '../../../domain/labels';
import { figuresBeside, figureText } from '../../../domain/library/figures';
import { addressOf, type Linked } from '../../../domain/library/links';
import type { Colour } from '../../../domain/light';
import type { PlanTask } from '../../../domain/plan';
import { type Alarm, type Status, standstillOf } from '../../../domain/task';
import type { TaskPage, TaskRow } from '../../../ledger/tasks';
import { unitNames } from '../../drafts/unit-names';
import { LETTER_STATES } from '../../mail-words';
import { draftTaskJson, taskJson } from '../../reading/task-json';
import type { TaskLibrary } from '../../reading/task-library';
import { wholeTaskList } from '../../reading/task-list';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asDay, asOneOf, asPlan } from '../inputs';
import { readerOf } from '../people';
import { cityOfPlan, readingOf } from '../reading';
import type { Session } from '../session';
import { lightText, names, table, timeText } from '../table';
import { taskLink } from './task-link';

const asStatus = asOneOf<Status>('status', ['draft', 'open', 'suspended', 'completed', 'cancelled']);
const asLight = asOneOf<Colour>('light', ['none', 'grey', 'green', 'yellow', 'blue', 'red']);

interface Filters {
  plan?: string;
  unit?: string;
  status?: Status;
  light?: Colour;
  dueBefore?: string;
}

export function tasks(program: Command): void {
  leaf(program, 'tasks', 'the list of tasks', 'tasks --plan zhuzhou-2027 --unit 市税务局 --light yellow')
    .option('--plan <plan>', 'of one plan', asPlan)
    .option('--unit <unit>', 'in which this unit is a party')
    .option('--status <status>', 'draft, open, suspended, completed or cancelled', asStatus)
    .option('--light <colour>', 'none, grey, green, yellow, blue or red', asLight)
    .option('--due-before <day>', 'due before this day', asDay)
    .action(act<Filters>(list));

  const task = program.command('task').description('one task');
  leaf(
    task,
    'show <task>',
    'parties, dates, alarms to come, evidence, letters',
    'task show zhuzhou-2027/1-01 --history',
  )
    .option('--history', 'with everything that happened')
    .action(
      act<{ history?: true }>((session, args, { history }) => show(session, argument(args, 0), history === true)),
    );
  taskLink(task);
}

async function list(session: Session, _args: string[], options: Filters): Promise<Answer> {
  const reader = await readerOf(session);
  const { plan, status, light, dueBefore } = options;
  const city = plan === undefined ? undefined : await cityOfPlan(reader, plan);
  const unit = options.unit === undefined ? undefined : (await unitNames(reader.desk.db, city))(options.unit);
  const rows = await wholeTaskList(reader, { plan, unit, status, light, dueBefore }, session.today());
  const lines = rows.map((row) => {
    const co = row.units.length - row.leads.length;
    const leads = `${names(row.leads)}${co > 0 ? ` +${co}` : ''}`;
    const light = `${lightText(row.light)}${isStill(row) ? ' 停催' : ''}`;
    return [row.id, row.title, leads, row.dueOn, row.nextAlarmOn, statusLabel(row.status, 'zh-CN'), light];
  });
  const still = rows.filter(isStill).length;
  const stands = still > 0 ? `，其中${still}项${STANDS_STILL}（停催）` : '';
  const text = table(['编号', '任务:36', '牵头:34', '时限', '下次提醒', '状态', '灯'], lines);
  return { json: rows, text: rows.length === 0 ? '没有符合条件的任务。' : `${text}\n共${rows.length}项${stands}` };
}

/** R33, in the words that a person reads wherever a task stands still. */
const STANDS_STILL = '因信件未送达，催办停止计时';

function isStill({ unreached }: TaskRow): boolean {
  return Object.keys(unreached).length > 0;
}

async function show(session: Session, id: string, history: boolean): Promise<Answer> {
  const { planTask, page, beside } = await readingOf(session, id);
  if (!page) return draft(planTask, history, beside.linked);
  const json = taskJson(page, planTask, beside, history);
  return {
    json,
    text: [...summary(page), ...libraryLines(page, beside), ...(history ? historyLines(page) : [])].join('\n'),
  };
}

/** Nothing has happened to it yet: what stands in the plan. */
function draft(planTask: PlanTask, history: boolean, linked: Linked): Answer {
  if (history) {
    throw wrongCall('not-launched', '任务尚未下达，没有记录。', 'the task was not launched, so it has no history', {
      next: 'duban task show without --history',
    });
  }
  const { id, title, parties } = planTask;
  const json = draftTaskJson(planTask, linked);
  return {
    json,
    text: [
      `${id} ${title}`,
      '未下达',
      ...parties.map((p) => `  ${ROLE_NAMES[p.role]} ${names([p.unit])}`),
      ...linkedLines(linked),
    ].join('\n'),
  };
}

function linkedLines({ indicator, by }: Linked): string[] {
  const how = by === 'coordinator' ? '协调员指定' : '按类别对应';
  if (indicator) return [`对应指标 ${addressOf(indicator)} ${indicator.name}（${how}）`];
  return by === 'coordinator' ? ['对应指标 无（协调员指定）'] : [];
}

/** The indicator and each figure beside the best values. */
function libraryLines({ task }: TaskPage, { library, linked }: TaskLibrary): string[] {
  const figures = figuresBeside(task.evidence, library, linked.indicator);
  return [...linkedLines(linked), ...figures.map((figure) => `数据 ${figureText(figure)}`)];
}

const LETTER_TEXT: Partial<Record<string, string>> = LETTER_STATES['zh-CN'];
function summary({ task, light, letters }: TaskPage): string[] {
  const { dueOn, originalDueOn, declaration, evidence, versions, breaches, contributions, extension } = task;
  const slips = [...task.pastSlips, ...task.ladder.slips];
  return [
    `${task.id} ${task.title}`,
    `灯 ${lightText(light)}   状态 ${statusLabel(task.status, 'zh-CN')}   时限 ${dueOn ?? '无'}${originalDueOn && originalDueOn !== dueOn ? `（原时限 ${originalDueOn}）` : ''}   下达 ${task.issuedOn}`,
    ...(declaration
      ? [`两轨 ${task.readyOn} / ${task.notReadyOn}   申报截止 ${declaration.askOn}（${declaration.state}）`]
      : []),
    ...(task.conditionText ? [`条件 ${task.conditionText}`] : []),
    ...Object.entries(standstillOf(task)).map(([unit, since]) => `✗ ${names([unit])}自${since}起${STANDS_STILL}`),
    '',
    table(
      ['责任方', '角色', '签收', '经办人'],
      task.parties.flatMap(({ unit, role, answerers }) =>
        answerers.map((by) => {
          const signed = task.acknowledgements[by];
          const name = by === unit ? names([unit]) : `${names([unit])}·${names([by])}`;
          return [name, ROLE_NAMES[role], signed?.acknowledgedOn ?? '未签收', signed?.handler ?? null];
        }),
      ),
    ),
    '',
    ...(task.alarms.length > 0 ? [table(['将要提醒', '种类', '级', ''], alarmRows(task.alarms)), ''] : []),
    ...(extension ? [`延期申请 ${names([extension.unit])} 至${extension.to}，${extension.decideBy}前批复`] : []),
    ...contributions.map(
      (c) => `配合事项 ${c.id} ${names([c.unit])} ${c.dueOn}前：${c.text}${c.doneOn ? `（${c.doneOn}已办）` : ''}`,
    ),
    ...slips.map(
      (s) => `督办单 ${s.number} ${s.colour} ${s.issuedOn} 限${s.limitOn ?? '未送达'}${s.void ? '（作废）' : ''}`,
    ),
    ...breaches.map(
      (b) =>
        `逾期记录 ${b.breachedOn}${b.undelivered ? ' 未送达' : ''}${b.annulled ? `（已撤销：${b.annulled.reason}）` : ''}`,
    ),
    `佐证材料 ${evidence.length}份，报送${versions.length}次${task.review ? `，第${task.review.version}版待审（${task.review.dueOn}前）` : ''}   信件 ${letters.length}封`,
  ];
}

/** One line for what rings for several units at once. */
function alarmRows(alarms: readonly Alarm[]): string[][] {
  const rows = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const { on, kind, rung, provisional } of alarms) {
    const key = `${on} ${kind} ${rung}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    rows.set(key, [on, alarmName(kind), rungText(kind, rung), provisional ? '暂定' : '']);
  }
  return [...rows].map(([key, [on = '', kind = '', rung = '', mark = '']]) => {
    const count = counts.get(key) ?? 1;
    return [on, kind, count > 1 ? `${rung} ×${count}` : rung, mark];
  });
}

function historyLines({ events, letters }: TaskPage): string[] {
  return [
    '',
    table(
      ['序', '时间', '记录', '谁', '内容:80'],
      events.map((event) => [event.seq, timeText(event.at), eventName(event.type), event.actor.name, eventText(event)]),
    ),
    ...(letters.length > 0
      ? [
          '',
          table(
            ['信件', '收件', '通道', '状态', '主题:60'],
            letters.map((l) => [
              l.id,
              names([l.to.unit]),
              CHANNEL_NAMES[l.channel],
              LETTER_TEXT[l.state] ?? l.state,
              l.subject,
            ]),
          ),
        ]
      : []),
  ];
}
