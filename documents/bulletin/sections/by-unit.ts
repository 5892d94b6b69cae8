/** 各单位进展: the table by unit with rank and score, and the annex that shows how each score came about. */
import type { BulletinFacts } from '../../../domain/bulletin/bulletin';
import type { ScoreLine } from '../../../domain/bulletin/score';
import type { Day } from '../../../domain/days';
import type { Scoring } from '../../../domain/policy';
import { type Annex, type Cell, grid, paragraph, type Section } from '../paper';
import { dayIn, markedTask, markWords, unitNames } from '../words';

export function byUnit(facts: BulletinFacts, { start, floor, ceiling }: Scoring): Section {
  const others = facts.coUnits > 0 ? `仅担任配合单位的${facts.coUnits}个单位不评分。` : '';
  return {
    heading: '各单位进展情况',
    blocks: [
      paragraph(
        `得分自方案下达起累计，基准${start}分，最低${floor}分，最高${ceiling}分，同分同名次；每一分的来由见附件1。${others}`,
      ),
      facts.period.kind === 'quarter' ? quarterTable(facts) : monthTable(facts),
    ],
  };
}

function monthTable(facts: BulletinFacts) {
  const name = unitNames(facts);
  return grid(
    [
      '>名次:2',
      '单位:7',
      '>牵头:2',
      '>红:1.6',
      '>黄:1.6',
      '>蓝:1.6',
      '>绿:1.6',
      '>灰:1.6',
      '>办结:2',
      '>逾期:2',
      '>缺报:2',
      '>得分:2',
    ],
    facts.units.map(({ rank, unit, tasks, lights, completed, overdue, undelivered, missingReports, score }) => [
      rank,
      name([unit]),
      tasks,
      ...(['red', 'yellow', 'blue', 'green', 'grey'] as const).map((colour): Cell | number =>
        lights[colour] > 0 ? { text: String(lights[colour]), light: colour } : 0,
      ),
      completed,
      withUndelivered(overdue, undelivered),
      missingReports,
      score,
    ]),
  );
}

function quarterTable(facts: BulletinFacts) {
  const name = unitNames(facts);
  return grid(
    [
      '>名次:2',
      '单位:6',
      '>牵头:2',
      '>办结:2',
      '>逾期:2',
      '>缺报:2',
      ...facts.months.map(({ period }) => `>${Number(period.name.slice(5))}月末得分:2.4`),
    ],
    facts.units.map(({ rank, unit, tasks, completed, overdue, undelivered, missingReports }) => [
      rank,
      name([unit]),
      tasks,
      completed,
      withUndelivered(overdue, undelivered),
      missingReports,
      ...facts.months.map(({ scores }) => scores.find((own) => own.unit === unit)?.score ?? '—'),
    ]),
  );
}

/** `2+1`: the second never reached a lead and counts against nobody. */
function withUndelivered(overdue: number, undelivered: number): string {
  return undelivered > 0 ? `${overdue}+${undelivered}未达` : String(overdue);
}

/** Every line of every score, unit by unit in the order of their ranks. */
export function scoreAnnex(facts: BulletinFacts, scoring: Scoring): Annex {
  const name = unitNames(facts);
  const day = dayIn(facts.period);
  const marked = facts.units.filter(({ lines }) => lines.length > 0);
  const plain = facts.units.length - marked.length;
  const rows = marked.flatMap(({ unit, lines, score }) =>
    alike(lines, day).map(({ what, on, points, tasks }, i) => [
      i === 0 ? `${name([unit])}（${score}分）` : '',
      day(on),
      what,
      tasks.join('、'),
      pointsText(points, tasks.length),
    ]),
  );
  return {
    title: '得分计算明细',
    landscape: false,
    blocks: [
      paragraph(rulesText(scoring)),
      ...(rows.length > 0 ? [grid(['单位（得分）:5', '>日期:2.8', '事项:5.4', '任务:5.6', '>分值:3.8'], rows)] : []),
      ...(plain > 0
        ? [paragraph(`${rows.length > 0 ? '其余' : ''}${plain}个牵头单位没有加减分事项，得分均为${scoring.start}分。`)]
        : []),
    ],
  };
}

interface AlikeLines {
  what: string;
  on: Day;
  points: number;
  tasks: string[];
}

/** Lines of a unit that differ in nothing but the task share a row: what three tasks cost on one day is said once. */
function alike(lines: readonly ScoreLine[], day: (day: Day | null) => string): AlikeLines[] {
  const rows = new Map<string, AlikeLines>();
  for (const line of lines) {
    const { on, points } = line;
    const what = markWords(line, day);
    const key = `${on} ${points} ${what}`;
    const row = rows.get(key) ?? { what, on, points, tasks: [] };
    row.tasks.push(markedTask(line));
    rows.set(key, row);
  }
  return [...rows.values()];
}

function pointsText(points: number, times: number): string {
  const signed = (n: number) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');
  return times === 1 || points === 0 ? signed(points) : `${signed(points)}×${times}=${signed(points * times)}`;
}

function rulesText({
  start,
  floor,
  ceiling,
  breach,
  slip,
  missingReport,
  lateAcknowledgement,
  early,
}: Scoring): string {
  return (
    `计分规则：基准${start}分；逾期每次减${breach}分；督办单蓝色、橙色、红色每份分别减${slip.blue}分、${slip.orange}分、${slip.red}分；` +
    `季度进展缺报每次减${missingReport}分；牵头任务逾期签收每次减${lateAcknowledgement}分；提前${early.fromWorkingDays}个工作日以上办结每项加${early.points}分；` +
    `合计限于${floor}分至${ceiling}分之间。通知未送达和已撤销误记的事项列出而不计分，已撤销的任务不参与评分。`
  );
}
