/** Plans 方案: what there is, one with its tasks and corrections. */
import type { Command } from 'commander';
import type { PlanTask } from '../../../domain/plan';
import { unknownPlan } from '../../../ledger/plans';
import type { Correction } from '../../../ledger/tables';
import { changeText } from '../../drafts/change-text';
import { planJson } from '../../reading/plan-json';
import { planInSight, plansInSight } from '../../reading/plan-sight';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { asPlan } from '../inputs';
import { readerOf } from '../people';
import type { Session } from '../session';
import { deadlineText, names, table, timeText } from '../table';

export function plans(plan: Command): void {
  leaf(plan, 'list', 'every plan', 'plan list').action(act((session) => list(session)));
  leaf(plan, 'show <plan>', 'one plan with its tasks', 'plan show zhuzhou-2020').action(
    act((session, args) => show(session, asPlan(argument(args, 0)))),
  );
}

const PLAN_STATUS = { draft: '草稿', launching: '正在下达', launched: '已下达' } as const;

async function list(session: Session): Promise<Answer> {
  const rows = await plansInSight(await readerOf(session));
  const text = table(
    ['编号', '状态', '任务', '下达', '城市', '文号', '名称:60'],
    rows.map((row) => [row.id, PLAN_STATUS[row.status], row.tasks, row.launchOn, row.city, row.number, row.title]),
  );
  return { json: rows, text: rows.length === 0 ? '还没有方案。' : text };
}

async function show(session: Session, id: string): Promise<Answer> {
  const stored = await planInSight(await readerOf(session), id);
  if (!stored) throw unknownPlan(id);
  const { plan, status, revision, corrections, launchOn, signedBy } = stored;
  const { origin, reissuedFrom } = plan;
  const lines = [
    `${plan.title}`,
    `编号 ${id}   文号 ${plan.number ?? '无'}   印发 ${plan.issuedOn}   ${plan.issuer}`,
    `状态 ${PLAN_STATUS[status]}   统筹单位 ${names([plan.office])}   ${launchOn ? `下达 ${launchOn}   签发人 ${signedBy}` : `第${revision}稿`}`,
    ...(origin ? [`来源 ${origin.file}   SHA-256 ${origin.sha256}`] : []),
    ...(reissuedFrom ? [`由${reissuedFrom.plan}重新印发，各时限顺延${reissuedFrom.years}年`] : []),
    ...corrections.flatMap(correctionLines),
    '',
    taskTable(plan.tasks),
  ];
  return { json: planJson(stored), text: lines.join('\n') };
}

function correctionLines({ at, by, note, changes = [] }: Correction): string[] {
  return [
    `  更正 ${timeText(at)} ${by}${note && `：${note}`}`,
    ...changes.map((change) => `    ${changeText(change)}`),
  ];
}

function taskTable(tasks: readonly PlanTask[]): string {
  return table(
    ['编号', '任务:40', '牵头', '配合', '时限'],
    tasks.map((task) => {
      const leads = task.parties.filter(({ role }) => role === 'lead').map(({ unit }) => unit);
      return [task.id, task.title, names(leads), task.parties.length - leads.length, deadlineText(task.deadline)];
    }),
  );
}
