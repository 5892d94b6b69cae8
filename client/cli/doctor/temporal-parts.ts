/** Temporal's side of `doctor`: the server, its namespace, workers, schedules; and the mail transport. */
import type { Client } from '@temporalio/client';
import { createPost } from '../../../mail/smtp';
import { postOptionsOf } from '../../../worker/mail-settings';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages';
import type { Session } from '../session';
import { countWorkers } from '../workers';
import { type Finding, note, well, wordsOf, wrong } from './finding';

/** D12: shorter, and a quarter's closed tasks cannot be read any more. */
const RETENTION_DAYS = 90;
/** What `up` and `worker` make. */
const SCHEDULES = ['round/routine', 'round/urgent', 'seal'];

export async function temporalFindings(session: Session): Promise<Finding[]> {
  const next = session.config.temporal.connection ? 'check TEMPORAL_ADDRESS' : 'duban up';
  try {
    const { temporal } = await session.desk();
    return [
      await serverFinding(temporal),
      await namespaceFinding(temporal, session.config.temporal.namespace),
      await workerFinding(session),
      await scheduleFinding(temporal),
    ];
  } catch (error) {
    return [wrong('Temporal', wordsOf(error), next)];
  }
}

async function serverFinding({ workflowService }: Client): Promise<Finding> {
  const begun = performance.now();
  const { serverVersion } = await workflowService.getSystemInfo({});
  return well('Temporal', `server ${serverVersion ?? '?'}`, Math.round(performance.now() - begun));
}

async function namespaceFinding(temporal: Client, namespace: string): Promise<Finding> {
  const { config } = await temporal.workflowService.describeNamespace({ namespace });
  const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
  const said = `命名空间${namespace}，保留${Math.round(days)}天`;
  const { customAttributes } = await temporal.connection.operatorService
    .listSearchAttributes({ namespace })
    .catch(() => ({ customAttributes: null }));
  const missing = customAttributes ? SEARCH_ATTRIBUTES.filter(({ name }) => !customAttributes[name]) : [];
  if (missing.length > 0)
    return wrong('命名空间', `${said}，缺少检索属性${missing.map((a) => a.name).join('、')}`, 'duban migrate');
  return days > 0 && days < RETENTION_DAYS
    ? note('命名空间', said, `set its retention to ${RETENTION_DAYS} days or more`)
    : well('命名空间', said);
}

async function workerFinding(session: Session): Promise<Finding> {
  const count = await countWorkers(session);
  if (count === 0) return wrong('工作进程', '没有', 'duban worker, or duban up');
  return well('工作进程', `${count}个`);
}

async function scheduleFinding(temporal: Client): Promise<Finding> {
  const found: string[] = [];
  for (const id of SCHEDULES) {
    const described = await temporal.schedule
      .getHandle(id)
      .describe()
      .catch(() => null);
    if (described) found.push(described.state.paused ? `${id}（已暂停）` : id);
  }
  const said = found.join('、') || '没有';
  return found.length === SCHEDULES.length ? well('定时', said) : wrong('定时', said, 'start a worker: it makes them');
}

export async function mailFinding(session: Session): Promise<Finding> {
  const { smtpUrl, smtp } = session.config.mail;
  if (smtpUrl === null) return well('邮件', `内置收件箱（不对外发送）：${session.config.home}/mail`);
  const post = createPost(smtpUrl, await postOptionsOf(smtp));
  const begun = performance.now();
  try {
    const trouble = await post.trouble();
    const where = new URL(smtpUrl).host;
    return trouble
      ? wrong('邮件', `${where}：${trouble}`, 'check DUBAN_SMTP_URL')
      : well('邮件', where, Math.round(performance.now() - begun));
  } finally {
    post.close();
  }
}
