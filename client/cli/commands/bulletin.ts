/** 通报: a plan's state at the end of a month or quarter, as text, as facts for programs, as a Word document. */
import type { Command } from 'commander';
import { type BulletinPeriod, monthPeriod, quarterPeriod } from '../../../domain/bulletin/period';
import { type Day, isDay } from '../../../domain/days';
import { bulletinText } from '../bulletin-text';
import { type Answer, act } from '../call';
import { argument, leaf } from '../command';
import { draftDesk } from '../draft-desk';
import { wrongCall } from '../failure';
import { asDay, asNewFile, asPlan, asText, shown } from '../inputs';
import { bulletinDocx, bulletinPaper } from '../later';
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
  const period = periodOf(options, session.today());
  const { head, number, dated = session.today() } = options;
  const letterhead = { head, number, datedOn: dated };
  const { facts, paper, seal } = await bulletinPaper(await draftDesk(session), plan, period, letterhead);
  if (file) await writeWhole(file, await bulletinDocx(paper));
  const json = { ...facts, seal, file };
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
