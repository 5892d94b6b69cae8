/** The lists of a bulletin, each left out when there is nothing to say; of what is overdue, 无 is said. */
import type { BulletinFacts } from '../../../domain/bulletin/bulletin';
import type { DateChange } from '../../../domain/bulletin/dates';
import type { OverdueRow } from '../../../domain/bulletin/overdue';
import type { TaskRef } from '../../../domain/bulletin/source';
import { COLOUR_NAMES } from '../../../domain/events';
import { numberOf } from '../../../domain/task-ids';
import { type Annex, grid, paragraph, type Section } from '../paper';
import { brief, clean, dayIn, lightWords, thisPeriod, unitNames } from '../words';

/** All of them, in the order of the paper. */
export function lists(facts: BulletinFacts): Section[] {
  const made = [praised, overdue, dates, suspended, cancelled, missing, waiting, next, figures];
  return made.flatMap((make) => make(facts) ?? []);
}

const TASK = ['>编号:2.2', '任务:6', '牵头单位:3.6'];

/** The three cells that say which task it is. */
function taskCells(facts: BulletinFacts): (ref: TaskRef) => string[] {
  const name = unitNames(facts);
  return ({ task, title, leads }) => [numberOf(task), brief(title, 60), name(leads)];
}

function praised(facts: BulletinFacts): Section | null {
  if (facts.praised.length === 0) return null;
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  return {
    heading: '提前办结情况',
    blocks: [
      paragraph(`${thisPeriod(facts.period)}提前办结任务${facts.praised.length}项，对牵头单位予以通报表扬。`),
      grid(
        [...TASK, '>时限:3.2', '>办结:3.2', '>提前（工作日）:2.6'],
        facts.praised.map((row) => [...cells(row), dueText(row, day), day(row.completedOn), row.workingDaysEarly]),
      ),
    ],
  };
}

function overdue(facts: BulletinFacts): Section {
  const heading = '逾期任务';
  if (facts.overdue.length === 0) return { heading, blocks: [paragraph('无。')] };
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  return {
    heading,
    blocks: [
      grid(
        [...TASK, '>时限:3.2', '>逾期（工作日）:2.6', '督办单:4.6', '说明:3.2'],
        facts.overdue.map((row) => [
          ...cells(row),
          dueText(row, day),
          row.workingDaysLate,
          rungText(row, day),
          { text: stateText(row), light: row.light.colour },
        ]),
      ),
    ],
  };
}

/** The original date stays on every document (R27). */
function dueText({ dueOn, originalDueOn }: TaskRef, day: (on: string | null) => string): string {
  return originalDueOn === null || originalDueOn === dueOn ? day(dueOn) : `${day(dueOn)}（原定${day(originalDueOn)}）`;
}

function rungText({ rung }: OverdueRow, day: (on: string | null) => string): string {
  if (!rung) return '尚未发出';
  return `${COLOUR_NAMES[rung.colour]} ${rung.number}，${rung.limitOn ? `限${day(rung.limitOn)}` : '未送达'}`;
}

function stateText({ excuse, light }: OverdueRow): string {
  const state = lightWords(light);
  if (excuse === 'annulled') return `${state}；逾期记录已撤销误记`;
  return excuse === 'undelivered' && !state.includes('未送达') ? `${state}；未送达，不计` : state;
}

const OUTCOMES: Record<DateChange['outcome'], string> = {
  pending: '待批',
  approved: '批准',
  refused: '未批准',
  lapsed: '申请失效',
  granted: '督查领导特批',
  redated: '调整时限',
  resumed: '中止顺延',
};

function dates(facts: BulletinFacts): Section | null {
  if (facts.dateChanges.length === 0) return null;
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  return {
    heading: '延期及时限调整',
    blocks: [
      grid(
        [...TASK, '>原定时限:3.2', '>申请或调整至:3.2', '>结果:3.4', '理由:4.6'],
        facts.dateChanges.map((row) => [
          ...cells(row),
          day(row.originalDueOn),
          day(row.to),
          row.decidedOn === null ? OUTCOMES[row.outcome] : `${OUTCOMES[row.outcome]}（${day(row.decidedOn)}）`,
          row.outcome === 'resumed' ? `中止${row.reason}个工作日后恢复` : brief(row.reason),
        ]),
      ),
    ],
  };
}

function suspended(facts: BulletinFacts): Section | null {
  if (facts.suspended.length === 0) return null;
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  const rows = facts.suspended.map((row) => [...cells(row), dueText(row, day), day(row.since), brief(row.reason)]);
  return { heading: '中止任务', blocks: [grid([...TASK, '>时限:3.2', '>中止:3.2', '原因:5'], rows)] };
}

function cancelled(facts: BulletinFacts): Section | null {
  if (facts.cancelled.length === 0) return null;
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  return {
    heading: '撤销任务',
    blocks: [
      paragraph(`${thisPeriod(facts.period)}撤销任务${facts.cancelled.length}项，不再计入各项统计。`),
      grid(
        [...TASK, '>撤销:3.2', '依据:4', '原因:4'],
        facts.cancelled.map((row) => [...cells(row), day(row.on), brief(row.document), brief(row.reason)]),
      ),
    ],
  };
}

function missing(facts: BulletinFacts): Section | null {
  if (facts.missingReports === null) return null;
  const heading = '季度进展缺报';
  if (facts.missingReports.length === 0) return { heading, blocks: [paragraph('各单位均已反馈本季度进展。')] };
  const [name, day] = [unitNames(facts), dayIn(facts.period)];
  return {
    heading,
    blocks: [
      grid(
        ['>编号:2', '任务:7', '缺报单位:6', '>应报:3', '未送达（不计）:3'],
        facts.missingReports.map(({ task, units, dueOn, undelivered }) => [
          task ? numberOf(task.task) : '—',
          task ? brief(task.title, 60) : '方案整体进展',
          name(units),
          day(dueOn),
          undelivered.length > 0 ? name(undelivered) : '—',
        ]),
      ),
    ],
  };
}

function waiting(facts: BulletinFacts): Section | null {
  if (facts.waiting.length === 0) return null;
  const [cells, day] = [taskCells(facts), dayIn(facts.period)];
  return {
    heading: '待审佐证材料',
    blocks: [
      grid(
        [...TASK, '>版次:2', '>报送:3.2', '>应审结:3.2', '>审核:2.2'],
        facts.waiting.map((row) => [
          ...cells(row),
          `第${row.version}版`,
          day(row.submittedOn),
          day(row.reviewDueOn),
          row.reviewLate ? '已超期' : '审核中',
        ]),
      ),
    ],
  };
}

function next(facts: BulletinFacts): Section | null {
  const { nextReportOn, period } = facts;
  if (facts.next.length === 0 && nextReportOn === null) return null;
  const [cells, day] = [taskCells(facts), dayIn(period)];
  const report = nextReportOn === null ? '' : `各牵头单位并请于${day(nextReportOn)}前反馈季度进展。`;
  const dated =
    facts.next.length === 0
      ? `至${day(period.nextTo)}无到期任务。`
      : `${day(period.nextTo)}前到期或须申报的任务共${facts.next.length}项，请牵头单位按时办理并报送佐证材料。`;
  return {
    heading: '下步到期任务',
    blocks: [
      paragraph(`${dated}${report}`),
      ...(facts.next.length > 0
        ? [
            grid(
              [...TASK, '>日期:3.2', '>事项:3.2', '>原定时限:3.2'],
              facts.next.map((row) => [
                ...cells(row),
                day(row.on),
                row.what === 'due' ? '到期' : '申报是否具备条件',
                day(row.originalDueOn),
              ]),
            ),
          ]
        : []),
    ],
  };
}

function figures(facts: BulletinFacts): Section | null {
  if (!facts.figures || facts.figures.length === 0) return null;
  const name = unitNames(facts);
  return {
    heading: '指标对标',
    blocks: [
      paragraph(
        '以下为已采信佐证材料中的数值与资料库所载最佳值；所列为资料库所载最佳实践城市，哪座城市达到哪个最佳值未载明。',
      ),
      grid(
        ['>编号:2', '指标:4', '二级指标:5', '单位:4', '>现值:2.4', '最佳值:4', '最佳实践城市:3'],
        facts.figures.map(({ task, indicator, subIndicator, unit, value, best, bestCities }) => [
          numberOf(task),
          clean(indicator),
          clean(subIndicator),
          name([unit]),
          brief(value, 40),
          best === null ? '未载明' : brief(best, 80),
          bestCities.length > 0 ? bestCities.map(clean).join('、') : '—',
        ]),
      ),
    ],
  };
}

/** Every task with its light. */
export function taskAnnex(facts: BulletinFacts): Annex {
  const [name, day] = [unitNames(facts), dayIn(facts.period)];
  return {
    title: '任务进展一览表',
    landscape: true,
    blocks: [
      grid(
        ['>编号:1.2', '任务:5.8', '牵头单位:3.3', '>办理时限:3.3', '>原定时限:3.3', '>办结:3.3', '灯色及原因:3'],
        facts.tasks.map((row) => [
          numberOf(row.task),
          brief(row.title, 120),
          name(row.leads),
          day(row.dueOn),
          day(row.originalDueOn),
          day(row.completedOn),
          { text: lightWords(row.light), light: row.light.colour },
        ]),
      ),
    ],
  };
}
