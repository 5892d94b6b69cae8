/** 通报: a plan's state at the end of a month or quarter, as facts and as the paper that is issued. */
import { bulletinDocx } from '../../documents/bulletin/docx';
import type { Paper } from '../../documents/bulletin/paper';
import { paperOf } from '../../documents/bulletin/write';
import { type BulletinFacts, bulletinOf } from '../../domain/bulletin/bulletin';
import { bulletinFigures } from '../../domain/bulletin/library-figures';
import type { BulletinPeriod } from '../../domain/bulletin/period';
import { counts, tasksAt } from '../../domain/bulletin/source';
import type { Day } from '../../domain/days';
import type { PlanId } from '../../domain/plan';
import { gatherBulletin } from '../../ledger/bulletin';
import { showPlan } from '../../ledger/plans';
import type { DraftDesk } from '../drafts/draft-desk';
import { Failure } from '../failure';
import { taskLibraries } from '../reading/task-library';

export { bulletinDocx };

/** What stands on the paper and is not in the ledger. */
export interface Letterhead {
  /** 发文机关; the coordination office when left out. */
  head?: string;
  /** 发文字号; a blank to fill in when left out. */
  number?: string;
  /** 成文日期. */
  datedOn: Day;
}

/**
 * @param period a month or quarter, or the name of one that has not begun
 * @throws Failure `period-not-begun`, `not-launched`, `before-launch`; LedgerRefusal `unknown-plan`; what the desk throws
 * of who may not
 * @public read by later.ts
 */
export async function bulletinPaper(
  desk: DraftDesk,
  plan: PlanId,
  period: BulletinPeriod | string,
  letterhead: Letterhead,
): Promise<{ facts: BulletinFacts; paper: Paper; seal: { on: Day; hash: string } | null }> {
  if (typeof period === 'string') {
    throw new Failure(1, 'period-not-begun', `${period}尚未开始，没有可通报的情况。`, `${period} has not begun`);
  }
  const { db } = desk.desk;
  const { plan: own, launchOn } = await showPlan(db, plan);
  await desk.authorise('exportPlan', { office: own.office });
  const gathered = await gatherBulletin(db, plan, period.on);
  if (!gathered || gathered.source.launchOn > period.on) throw notYetLaunched(plan, period, launchOn);
  const { source, seal } = gathered;
  const { library, linkedOf } = await taskLibraries(db, source.plan.tasks);
  const tasks = tasksAt(source, period.on).filter(counts);
  const figures = bulletinFigures(tasks, library, (task) => linkedOf(task).indicator);
  const facts = bulletinOf({ ...source, figures }, period);
  const paper = paperOf(facts, { ...letterhead, scoring: source.policy.scoring, seal });
  return { facts, paper, seal: seal && { on: seal.on, hash: seal.hash } };
}

function notYetLaunched(plan: PlanId, period: BulletinPeriod, launchOn: Day | null): Failure {
  if (launchOn === null) {
    const next = `duban launch ${plan} --signed-by NAME`;
    return new Failure(1, 'not-launched', `方案${plan}尚未下达，没有可通报的情况。`, `${plan} is not launched`, {
      next,
    });
  }
  return new Failure(
    1,
    'before-launch',
    `方案${plan}于${launchOn}下达，${period.name}截至${period.on}尚未下达。`,
    `${plan} was launched on ${launchOn}; there is nothing to report of ${period.name} up to ${period.on}`,
    { next: `duban bulletin ${plan} --month ${launchOn.slice(0, 7)}` },
  );
}
