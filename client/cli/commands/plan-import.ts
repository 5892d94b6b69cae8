/** A document, or a plan in the schema of plans, becomes a draft: checked first, stored whole or not at all. */
import type { Command } from 'commander';
import { DIAGNOSTICS } from '../../../documents/diagnostics';
import { type Draft, draftOf, type Given, headOf } from '../../../documents/draft-plan';
import { withCorrections } from '../../../documents/reapplied';
import type { Diagnostic } from '../../../documents/result';
import { contradictionIn } from '../../../domain/drafts/plan-contradictions';
import type { SavedCorrection } from '../../../domain/drafts/reapply';
import type { Plan } from '../../../domain/plan';
import { policyOf } from '../../../domain/policy-schema';
import type { LaunchProblem } from '../../../domain/rules/issue';
import { planSchema } from '../../../domain/schemas';
import type { Unit } from '../../../domain/unit';
import type { Correction } from '../../../ledger/tables';
import { listUnits } from '../../../ledger/units';
import { storeImport } from '../../drafts/store-import';
import { unitNamesIn } from '../../drafts/unit-names';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { readCorrections } from '../correction-file';
import { countOf, doubtsPage } from '../doubts-page';
import { draftDesk } from '../draft-desk';
import { wrongCall } from '../failure';
import { documentLacks, documentRefused } from '../import-failure';
import { asCity, asDay, asNumber, asPlan, asText } from '../inputs';
import { blockLines, launchBlocks } from '../launch-blocks';
import { originOf, type PlanFile, planFile, readPlanFile } from '../plan-file';
import { planOfJson } from '../plan-json';
import type { Session } from '../session';
import { timeText } from '../table';

interface Options extends Omit<Given, 'office'> {
  office?: string;
  reporting?: string[];
  year?: number;
  allowWarnings?: true;
  addUnits?: true;
  corrections?: string;
}

export function planImport(plan: Command): void {
  leaf(
    plan,
    'import <file>',
    'check a document and store it as a draft; also a plan as JSON',
    'plan import tasks.docx --city zhuzhou --office 市优化营商环境协调事务中心',
  )
    .option('--id <id>', 'of the draft; <city>-<year of issue> when left out', asPlan)
    .option('--city <city>', 'whose directory knows the units', asCity)
    .option('--office <unit>', 'the coordination office; the issuer when left out, if the directory knows it')
    .option('--title <text>', 'where the document has none', asText('名称', 500))
    .option('--number <text>', 'its document number 文号', asText('文号', 100))
    .option('--issuer <text>', 'who issued it', asText('印发单位', 300))
    .option('--issued-on <day>', 'when it was issued', asDay)
    .option('--reporting <unit...>', 'who reports on the plan as a whole, if it asks for that')
    .option('--year <year>', 'the year of dates that have none', asNumber('year', 1990, 2098))
    .option('--allow-warnings', 'store it although somebody has to decide something')
    .option('--add-units', 'add units that the directory does not know, without people')
    .option('--corrections <file>', 'make corrections again that were saved by plan corrections')
    .action(act<Options>((session, args, options) => run(session, argument(args, 0), options)));
}

async function run(session: Session, path: string, options: Options): Promise<Answer> {
  const file = await planFile(path);
  const directory = await listUnits(await session.db());
  const isJson = file.name.toLowerCase().endsWith('.json');
  const asRead = isJson ? planOfJson(file, options, directory) : await read(file, options, directory);
  const saved = options.corrections === undefined ? null : await readCorrections(options.corrections);
  if (saved && saved.city !== asRead.plan.city) throw otherCity(saved.city, asRead.plan.city);
  const origin = asRead.plan.origin ?? originOf(file);
  const draft = saved ? withCorrections(asRead, saved, origin.sha256) : { ...asRead, made: [] };
  const { diagnostics } = draft;
  refuseDoubts(file, diagnostics, options);
  const checked = planSchema.safeParse({ ...draft.plan, origin });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw documentRefused('not-a-plan', file.name, diagnostics, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const plan = checked.data;
  // A document cannot say these things; whoever wrote a file by hand can.
  const contradiction = isJson || saved ? contradictionIn(plan) : null;
  if (contradiction !== null) throw documentRefused('not-a-plan', file.name, diagnostics, contradiction);
  policyOf(plan.policy);
  const { added, corrections } = await storeImport(await draftDesk(session), plan, {
    strangers: options.addUnits ? draft.strangers : [],
    corrections: (by) => draft.made.map((saved) => againIn(saved, session.now(), by)),
  });
  const blocks = launchBlocks(plan, [...directory, ...added], session.today());
  return answerOf({ plan, diagnostics, added, blocks, corrections });
}

/** The units of one city say nothing about another's, also where both have units of the same names. */
function otherCity(ofFile: string, ofPlan: string) {
  return wrongCall(
    'other-city',
    `更正文件属于${ofFile}，方案属于${ofPlan}，其中的单位不能套用。`,
    `the corrections name units of ${ofFile}, and the plan is of ${ofPlan}`,
    { next: 'leave --corrections out, or name the city with --city' },
  );
}

/** A correction is made by who imports; who made it first stays said. */
function againIn({ at, by, note, changes }: SavedCorrection, now: string, actor: string): Correction {
  const first = `${timeText(at)} ${by}更正，导入时重新套用`;
  return { at: now, by: actor, note: note === '' ? first : `${note}（${first}）`, changes };
}

async function read(file: PlanFile, options: Options, directory: Unit[]): Promise<Draft> {
  const { year, issuedOn, office, reporting } = options;
  const document = await readPlanFile(file, { year, issuedOn });
  if (document.diagnostics.some(({ severity }) => severity === 'error')) {
    throw documentRefused('document-errors', file.name, document.diagnostics);
  }
  const officeId = office === undefined ? undefined : unitNamesIn(directory, options.city)(office);
  const head = headOf(document, { ...options, office: officeId }, directory);
  if ('lacking' in head) throw documentLacks(file.name, head.lacking);
  const draft = draftOf(document, head, directory, () => options.addUnits === true);
  const names = unitNamesIn([...directory, ...(options.addUnits ? draft.strangers : [])], head.city);
  if (reporting && !document.reporting) {
    throw wrongCall(
      'no-reporting-duty',
      '文件没有要求对整个方案定期反馈，--reporting用不上。',
      'the document asks for no reports on the plan as a whole',
      { next: 'leave --reporting out; plan edit can add the duty' },
    );
  }
  const duty =
    document.reporting && reporting ? { addressees: reporting.map(names), text: document.reporting.text } : null;
  return { ...draft, plan: { ...draft.plan, reporting: duty } };
}

function refuseDoubts({ name }: PlanFile, diagnostics: Diagnostic[], { allowWarnings }: Options): void {
  if (diagnostics.some(({ severity }) => severity === 'error'))
    throw documentRefused('document-errors', name, diagnostics);
  const isWarned = diagnostics.some(({ severity }) => severity === 'warning');
  if (isWarned && !allowWarnings) throw documentRefused('document-warnings', name, diagnostics);
}

/** So many tasks are corrected one by one; more want a workbook. */
const BY_HAND = 5;

/** What takes away most of what blocks the launch: a whole year's dates, a workbook of units and dates, or one edit. */
function mendingOf({ id, tasks }: Plan, blocks: LaunchProblem[]): string[] {
  if (blocks.length === 0) return [];
  const past = blocks.filter(({ code }) => code === 'past-due').length;
  const open = new Set(blocks.filter(({ code }) => code === 'no-lead' || code === 'no-date').map(({ task }) => task));
  return [
    ...(past * 2 > tasks.length ? [`duban plan reissue ${id} --to YEAR`] : []),
    open.size > BY_HAND ? `duban plan assign ${id} --xlsx FILE` : `duban plan edit ${id} TASK …`,
  ];
}

interface Imported {
  plan: Plan;
  diagnostics: Diagnostic[];
  added: Unit[];
  blocks: LaunchProblem[];
  /** How many saved corrections were made again. */
  corrections: number;
}

function answerOf({ plan, diagnostics, added, blocks, corrections }: Imported): Answer {
  const { id, title, city, office, issuedOn, origin, tasks, reporting } = plan;
  const asksReports = diagnostics.some(({ code }) => code === 'reporting-duty') && reporting === null;
  const next = [
    ...mendingOf(plan, blocks),
    ...(asksReports ? [`duban plan edit ${id} --reporting UNIT… --reporting-text TEXT`] : []),
    ...added.slice(0, 1).map((unit) => `duban unit edit ${unit.id} --liaison 'NAME <ADDRESS>'`),
    `duban plan rehearse ${id}`,
    `duban launch ${id} --signed-by NAME`,
  ];
  const counts = {
    tasks: tasks.length,
    errors: 0,
    ...severitiesOf(diagnostics),
    addedUnits: added.length,
    corrections,
  };
  const json = {
    plan: { id, title, city, office, issuedOn, origin, reporting },
    revision: 1,
    counts,
    diagnostics,
    addedUnits: added.map((unit) => unit.id),
    blocks,
    next,
  };
  const text = [
    ...(diagnostics.length > 0 ? [doubtsPage(diagnostics), ''] : []),
    `已存为草稿${id}：${title}`,
    `共${tasks.length}项任务，${countOf(diagnostics)}。`,
    ...(corrections > 0 ? [`重新套用了${corrections}次更正。`] : []),
    ...(added.length > 0 ? [`单位目录新增${added.length}个单位，尚无联络员。`] : []),
    ...(asksReports ? ['文件要求定期反馈整个方案的进展，尚未指定由谁反馈。'] : []),
    ...blockLines(plan, blocks),
    `下一步: ${next.join('\n        ')}`,
  ];
  return { json, text: text.join('\n') };
}

function severitiesOf(diagnostics: Diagnostic[]): { warnings: number; notes: number } {
  const of = (severity: string) => diagnostics.filter(({ code }) => DIAGNOSTICS[code].severity === severity).length;
  return { warnings: of('warning'), notes: of('note') };
}
