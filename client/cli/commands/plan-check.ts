/** Reading a document: its tasks and every doubt about them. Touches nothing, needs no server. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { ReadPlan, ReadTask } from '../../../documents/result';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { countOf, doubtsPage } from '../doubts-page';
import { asFile, asNumber } from '../inputs';
import { readPlan } from '../later';
import { calendarOfSeeds } from '../seeds';
import { deadlineText, table } from '../table';

/** More than any list of tasks; the reader has limits of its own. */
const MOST_MB = 50;

export function planCheck(plan: Command): void {
  leaf(plan, 'check <file>', 'read a document, show its tasks and doubts', 'plan check tasks.docx --year 2026')
    .option('--year <year>', 'the year of dates that have none', asNumber('year', 1990, 2098))
    .action(act<{ year?: number }>((_session, args, { year }) => check(argument(args, 0), year)));
}

async function check(path: string, year?: number): Promise<Answer> {
  const file = asFile(path, { mb: MOST_MB });
  const read = await readPlan(await readFile(file.path), basename(file.path), { year, calendar: calendarOfSeeds() });
  const { plan, tasks, diagnostics } = read;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { json: { plan, tasks, diagnostics }, text: pageOf(read), exit: failed ? 1 : 0 };
}

function pageOf({ plan, tasks, diagnostics }: ReadPlan): string {
  return [
    plan.title ?? '（文件没有写明名称）',
    `文号 ${plan.number ?? '无'}   印发 ${plan.issuedOn ?? '无'}   ${plan.issuer ?? '印发单位未写明'}`,
    '',
    table(['编号', '行', '任务:40', '牵头:30', '其他', '时限:30'], tasks.map(rowOf)),
    '',
    doubtsPage(diagnostics),
    '',
    `共${tasks.length}项任务，${countOf(diagnostics)}。`,
  ].join('\n');
}

function rowOf({ id, line, title, parties, deadline }: ReadTask): (string | number)[] {
  const leads = parties.filter(({ role }) => role === 'lead').map(({ unit }) => unit);
  return [id, line, title, leads.join('、'), parties.length - leads.length, deadlineText(deadline)];
}
