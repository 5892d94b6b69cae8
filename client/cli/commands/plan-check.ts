/** Reading a document: its tasks and every doubt about them. Touches nothing, needs no server. */
import type { Command } from 'commander';
import { checkUnits } from '../../../documents/known-units';
import { checkedCorrections } from '../../../documents/reapplied';
import type { Diagnostic, ReadPlan, ReadTask } from '../../../documents/result';
import { listUnits } from '../../../ledger/units';
import { unitNamesIn } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { readCorrections } from '../correction-file';
import { countOf, doubtsPage } from '../doubts-page';
import { asCity, asDay, asNumber } from '../inputs';
import { originOf, planFile, readPlanFile } from '../plan-file';
import type { Session } from '../session';
import { deadlineText, table } from '../table';

interface Options {
  year?: number;
  issuedOn?: string;
  city?: string;
  office?: string;
  corrections?: string;
}

export function planCheck(plan: Command): void {
  leaf(plan, 'check <file>', 'read a document, show its tasks and doubts', 'plan check tasks.docx --year 2026')
    .option('--year <year>', 'the year of dates that have none', asNumber('year', 1990, 2098))
    .option('--issued-on <day>', 'when it was issued, where the document does not say', asDay)
    .option('--city <city>', "also check the units against this city's directory, which needs the server", asCity)
    .option('--office <unit>', 'the same by the coordination office')
    .option('--corrections <file>', 'make saved corrections again')
    .action(act<Options>((session, args, options) => check(session, argument(args, 0), options)));
}

async function check(session: Session, path: string, options: Options): Promise<Answer> {
  const file = await planFile(path);
  const document = await readPlanFile(file, options);
  const saved = options.corrections === undefined ? null : await readCorrections(options.corrections);
  const read = saved ? checkedCorrections(document, saved, originOf(file).sha256) : document;
  const diagnostics = [...read.diagnostics, ...(await ofDirectory(session, read, options))];
  const { plan, tasks } = read;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { json: { plan, tasks, diagnostics }, text: pageOf({ ...read, diagnostics }), exit: failed ? 1 : 0 };
}

/** What the directory makes of the units; nothing where no city is named, so that no server is needed. */
async function ofDirectory(session: Session, { tasks }: ReadPlan, { city, office }: Options): Promise<Diagnostic[]> {
  if (city === undefined && office === undefined) return [];
  const directory = await listUnits(await session.db());
  const of = city ?? unitNamesIn(directory)(office ?? '').split(':')[0];
  return checkUnits(
    tasks,
    directory.filter((unit) => unit.city === of),
  );
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
