/** 总体情况: the figures at the head of a bulletin, and those of each month in a quarterly summary. */
import type { BulletinFacts } from '../../../domain/bulletin/bulletin';
import type { Summary } from '../../../domain/bulletin/summary';
import type { Colour } from '../../../domain/light';
import { type Block, grid, paragraph, type Section } from '../paper';
import { COLOUR_WORDS, dayIn, lightWords, share, thisPeriod } from '../words';

export function overall(facts: BulletinFacts): Section {
  const { summary, period } = facts;
  const lights = summary.lights.map((light) => [
    { text: lightWords(light), light: light.colour },
    light.count,
    share(light.count, summary.total),
  ]);
  return {
    heading: '总体情况',
    blocks: [
      paragraph(stateText(facts)),
      paragraph(dueText(facts)),
      paragraph(supervisionText(summary, thisPeriod(period))),
      ...(summary.total > 0 ? [grid(['灯色及原因:6', '>任务数:2', '>占比:2'], lights)] : []),
      ...(facts.months.length > 0 ? [paragraph('各月末情况如下：'), monthsGrid(facts)] : []),
    ],
  };
}

function stateText({ summary, period }: BulletinFacts): string {
  const { total, leadUnits, completed, open, suspended, cancelled } = summary;
  const parts = (['red', 'yellow', 'blue', 'green', 'grey'] as const).map(
    (colour) => `${COLOUR_WORDS[colour]}${countOf(summary, colour)}项`,
  );
  const outside = cancelled > 0 ? `另有${cancelled}项已撤销，不计入各项统计。` : '';
  return (
    `方案共有任务${total}项，由${leadUnits}个单位牵头。截至${dayIn(period)(period.on)}，已办结${completed}项，占${share(completed, total)}；` +
    `办理中${open}项，中止${suspended}项。按灯色分：${parts.join('、')}。${outside}`
  );
}

function countOf({ lights }: Summary, colour: Colour): number {
  return lights.filter((light) => light.colour === colour).reduce((sum, { count }) => sum + count, 0);
}

function dueText({ summary: { due, completedInPeriod }, period }: BulletinFacts): string {
  const when = thisPeriod(period);
  if (due.total === 0) return `${when}无到期任务，办结${completedInPeriod}项。`;
  return (
    `${when}到期${due.total}项，其中按期办结${due.inTime}项、逾期办结${due.late}项、已报送待审${due.waiting}项、` +
    `尚未报送${due.open}项。${when}共办结${completedInPeriod}项。`
  );
}

function supervisionText(
  { overdue, undelivered, breaches, slips, extensions, evidenceWaiting }: Summary,
  when: string,
): string {
  const late = undelivered > 0 ? `${overdue}项（另有${undelivered}项系通知未送达，不计分）` : `${overdue}项`;
  const fresh =
    breaches.undelivered > 0 ? `${breaches.counted}项（另有未送达${breaches.undelivered}项）` : `${breaches.counted}项`;
  return (
    `期末逾期未办结${late}；${when}新增逾期记录${fresh}，发出督办单${slips.blue + slips.orange + slips.red}份` +
    `（蓝色${slips.blue}份、橙色${slips.orange}份、红色${slips.red}份）。${when}批准延期${extensions.given}项、` +
    `未批准${extensions.refused}项、待批${extensions.pending}项；佐证材料待审${evidenceWaiting}项。`
  );
}

const COMPARED: [string, (summary: Summary) => string | number][] = [
  ['任务总数', ({ total }) => total],
  ['累计办结', ({ completed }) => completed],
  ['办结率', ({ completed, total }) => share(completed, total)],
  ['当月办结', ({ completedInPeriod }) => completedInPeriod],
  ['当月到期', ({ due }) => due.total],
  ['红灯', (summary) => countOf(summary, 'red')],
  ['黄灯', (summary) => countOf(summary, 'yellow')],
  ['期末逾期', ({ overdue }) => overdue],
  ['新增逾期记录', ({ breaches }) => breaches.counted],
  ['督办单（蓝、橙、红）', ({ slips }) => `${slips.blue}、${slips.orange}、${slips.red}`],
  ['批准延期', ({ extensions }) => extensions.given],
  ['材料待审', ({ evidenceWaiting }) => evidenceWaiting],
];

function monthsGrid({ months }: BulletinFacts): Block {
  const titles = months.map(({ period: { name, over } }) => `>${Number(name.slice(5))}月${over ? '' : '（未完）'}:2`);
  const rows = COMPARED.map(([name, of]) => [name, ...months.map(({ summary }) => (summary ? of(summary) : '未下达'))]);
  return grid(['指标:4', ...titles], rows);
}
