/** Plans 方案: what there is, one with its tasks, a copy for another year. */
import type { Command } from 'commander';
import type { PlanTask } from '../../../domain/plan';
import { reissue } from '../../../domain/reissue';
import { planSchema } from '../../../domain/schemas';
import { listPlans, type StoredPlan, showPlan, storeDraft } from '../../../ledger/plans';
import type { Correction } from '../../../ledger/tables';
import { type Answer, act } from '../call';
import { changeText } from '../change-text';
import { argument, leaf } from '../command';
import { wrongCall } from '../failure';
import { asNumber, asPlan } from '../inputs';
import { authorised } from '../people';
import type { Session } from '../session';
import { deadlineText, names, table, timeText } from '../table';

export function plans(plan: Command): void {
  leaf(plan, 'list', 'every plan', 'plan list').action(act((session) => list(session)));
  leaf(plan, 'show <plan>', 'one plan with its tasks', 'plan show zhuzhou-2020').action(
    act((session, args) => show(session, asPlan(argument(args, 0)))),
  );
  leaf(plan, 'reissue <plan>', 'a draft with every date moved by whole years', 'plan reissue zhuzhou-2020 --to 2028')
    .requiredOption('--to <year>', 'the year in which it is issued anew', asNumber('year', 2000, 2098))
    .option('--as <id>', 'id of the draft; the old one with the new year when left out', asPlan)
    .action(
      act<{ to: number; as?: string }>((session, args, { to, as }) => copy(session, asPlan(argument(args, 0)), to, as)),
    );
}

const PLAN_STATUS = { draft: '草稿', launching: '正在下达', launched: '已下达' } as const;

async function list(session: Session): Promise<Answer> {
  const rows = await listPlans(await session.db());
  const text = table(
    ['编号', '状态', '任务', '下达', '城市', '文号', '名称:60'],
    rows.map((row) => [row.id, PLAN_STATUS[row.status], row.tasks, row.launchOn, row.city, row.number, row.title]),
  );
  return { json: rows, text: rows.length === 0 ? '还没有方案。' : text };
}

async function show(session: Session, id: string): Promise<Answer> {
  const stored = await showPlan(await session.db(), id);
  const { plan, status, revision, corrections, launchOn, signedBy } = stored;
  const lines = [
    `${plan.title}`,
    `编号 ${id}   文号 ${plan.number ?? '无'}   印发 ${plan.issuedOn}   ${plan.issuer}`,
    `状态 ${PLAN_STATUS[status]}   统筹单位 ${names([plan.office])}   ${launchOn ? `下达 ${launchOn}   签发人 ${signedBy}` : `第${revision}稿`}`,
    ...corrections.flatMap(correctionLines),
    '',
    taskTable(plan.tasks),
  ];
  return { json: shownPlan(stored), text: lines.join('\n') };
}

function correctionLines({ at, by, note, changes = [] }: Correction): string[] {
  return [
    `  更正 ${timeText(at)} ${by}${note && `：${note}`}`,
    ...changes.map((change) => `    ${changeText(change)}`),
  ];
}

/** A stored plan for programs. */
function shownPlan({ plan, status, revision, corrections, policy, launchOn, launchedAt, signedBy }: StoredPlan) {
  return { ...plan, status, revision, corrections, frozenPolicy: policy, launchOn, launchedAt, signedBy };
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

async function copy(session: Session, id: string, year: number, as?: string): Promise<Answer> {
  const db = await session.db();
  const { plan } = await showPlan(db, id);
  await authorised(session, { office: plan.office, by: ['coordinator', 'office-head'] });
  const newId = asPlan(as ?? `${id.replace(/-\d{4}$/, '')}-${year}`);
  const issued = reissue(plan, year, newId);
  const checked = planSchema.safeParse(issued);
  if (!checked.success) throw wrongCall('bad-year', `不能改到${year}年。`, checked.error.issues[0]?.message ?? '');
  await storeDraft(db, checked.data);
  const dates = checked.data.tasks
    .flatMap(({ deadline: d }) => [d.dueOn, d.readyOn, d.notReadyOn])
    .filter((d) => d !== null);
  const [first, last] = [dates.sort()[0] ?? null, dates.sort().at(-1) ?? null];
  const json = {
    plan: newId,
    reissuedFrom: checked.data.reissuedFrom,
    issuedOn: issued.issuedOn,
    tasks: issued.tasks.length,
    first,
    last,
  };
  const text = `已生成草稿${newId}：${issued.tasks.length}项任务，时限${first ?? '无'}至${last ?? '无'}。\n下一步: duban plan rehearse ${newId}，duban launch ${newId} --signed-by 姓名`;
  return { json, text };
}
