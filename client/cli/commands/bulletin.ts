/** 通报: a plan's state at the end of a month or quarter, as text, as facts for programs, as a Word document. */
import type { Command } from 'commander';
import { bulletinOf } from '../../../domain/bulletin/bulletin';
import { bulletinFigures } from '../../../domain/bulletin/library-figures';
import { type BulletinPeriod, monthPeriod, quarterPeriod } from '../../../domain/bulletin/period';
import { counts, tasksAt } from '../../../domain/bulletin/source';
import { type Day, isDay } from '../../../domain/days';
import { gatherBulletin } from '../../../ledger/bulletin';
import { showPlan } from '../../../ledger/plans';
import { taskLibraries } from '../../reading/task-library';
import { bulletinText } from '../bulletin-text';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { CliFailure, wrongCall } from '../failure';
import { asDay, asNewFile, asPlan, asText, shown } from '../inputs';
import { bulletinDocx, paperOf } from '../later';
import type { Session } from '../session';
import { writeWhole } from '../whole-file';

interface Options {
  month?: string;
  quarter?: string;
  docx?: string;
  number?: string;
  head?: string;
  dated?: Day;
}

export function bulletin(program: Command): void {
  leaf(
    program,
    'bulletin <plan>',
    'the bulletin 通报 of a month, or the summary of a quarter, as things stood at its end',
    'bulletin zhuzhou-2027 --month 2027-03 --docx 通报.docx',
  )
    .option('--month <month>', 'YYYY-MM; one that still runs is shown as of today, and says so', asMonth)
    .option('--quarter <quarter>', 'YYYY-Qn: the same over three months, with a comparison of them', asQuarter)
    .option('--docx <file>', 'a Word document; one that is there is replaced')
    .option('--number <text>', 'document number 发文字号; a blank to fill in when left out', asText('发文字号', 60))
    .option('--head <text>', 'issuing office 发文机关; the coordination office when left out', asText('发文机关', 60))
    .option('--dated <day>', 'day of issue 成文日期; today when left out', asDay)
    .action(act<Options>((session, args, options) => run(session, asPlan(argument(args, 0)), options)));
}

async function run(session: Session, plan: string, options: Options): Promise<Answer> {
  const file = options.docx === undefined ? null : asNewFile(options.docx);
  const period = begun(periodOf(options, session.today()));
  const db = await session.db();
  const gathered = await gatherBulletin(db, plan, period.on);
  if (!gathered || gathered.source.launchOn > period.on) {
    const { launchOn } = await showPlan(db, plan);
    throw notYetLaunched(plan, period, launchOn);
  }
  const { source, seal } = gathered;
  const { library, linkedOf } = await taskLibraries(db, source.plan.tasks);
  const tasks = tasksAt(source, period.on).filter(counts);
  const figures = bulletinFigures(tasks, library, (task) => linkedOf(task).indicator);
  const facts = bulletinOf({ ...source, figures }, period);
  const { head, number, dated = session.today() } = options;
  const paper = paperOf(facts, { head, number, datedOn: dated, scoring: source.policy.scoring, seal });
  if (file) await writeWhole(file, await bulletinDocx(paper));
  const json = { ...facts, seal: seal && { on: seal.on, hash: seal.hash }, file };
  const text = file ? `通报已写入${file}：${paper.title}，${facts.summary.total}项任务。` : bulletinText(paper);
  return { json, text };
}

function periodOf({ month, quarter }: Options, today: Day): BulletinPeriod | string {
  if (month !== undefined && quarter === undefined) return monthPeriod(month, today) ?? month;
  if (quarter !== undefined && month === undefined) return quarterPeriod(quarter, today) ?? quarter;
  throw wrongCall(
    'period-needed',
    '请用--month或--quarter写明一个月份或季度。',
    'one month or one quarter is needed, not both',
    { next: 'duban bulletin PLAN --month 2027-03, or --quarter 2027-Q1' },
  );
}

function begun(period: BulletinPeriod | string): BulletinPeriod {
  if (typeof period !== 'string') return period;
  throw new CliFailure(1, 'period-not-begun', `${period}尚未开始，没有可通报的情况。`, `${period} has not begun`);
}

function notYetLaunched(plan: string, period: BulletinPeriod, launchOn: Day | null): CliFailure {
  if (launchOn === null) {
    const next = `duban launch ${plan} --signed-by NAME`;
    return new CliFailure(1, 'not-launched', `方案${plan}尚未下达，没有可通报的情况。`, `${plan} is not launched`, {
      next,
    });
  }
  return new CliFailure(
    1,
    'before-launch',
    `方案${plan}于${launchOn}下达，${period.name}截至${period.on}尚未下达。`,
    `${plan} was launched on ${launchOn}; there is nothing to report of ${period.name} up to ${period.on}`,
    { next: `duban bulletin ${plan} --month ${launchOn.slice(0, 7)}` },
  );
}

function asMonth(text: string): string {
  if (/^20\d{2}-\d{2}$/.test(text) && isDay(`${text}-01`)) return text;
  throw wrongCall('bad-month', `“${shown(text)}”不是月份（应为YYYY-MM）。`, `"${shown(text)}" is no month: YYYY-MM`);
}

/** `2027-Q1` and `2027Q1`. */
function asQuarter(text: string): string {
  const [, year, quarter] = /^(20\d{2})-?[Qq]([1-4])$/.exec(text) ?? [];
  if (year !== undefined && quarter !== undefined) return `${year}Q${quarter}`;
  throw wrongCall(
    'bad-quarter',
    `“${shown(text)}”不是季度（应为YYYY-Qn）。`,
    `"${shown(text)}" is no quarter: YYYY-Qn`,
  );
}
