/** Puts the facts of a bulletin into words: title, opening, numbered sections, annexes, signature. */
import type { BulletinFacts } from '../../domain/bulletin/bulletin';
import type { Day } from '../../domain/days';
import { nameOf } from '../../domain/notices';
import type { Scoring } from '../../domain/policy';
import { fullDayText } from '../../domain/wording';
import { type Annex, type Paper, paragraph, type Section } from './paper';
import { byUnit, scoreAnnex } from './sections/by-unit';
import { lists, taskAnnex } from './sections/lists';
import { overall } from './sections/overall';
import { clean, periodWords, quoted } from './words';

/** What the facts do not say: who puts which number and day on the paper. */
export interface Issue {
  /** 发文机关; the coordination office's own name where left out. */
  head?: string;
  /** 发文字号; a blank to fill in where left out. */
  number?: string;
  /** 成文日期. */
  datedOn: Day;
  scoring: Scoring;
  /** The newest seal of the record up to the day shown (D11); null where there is none yet. */
  seal: { on: Day; hash: string } | null;
}

export function paperOf(facts: BulletinFacts, issue: Issue): Paper {
  const { plan, period } = facts;
  const annexes = [scoreAnnex(facts, issue.scoring), taskAnnex(facts)];
  const listed = lists(facts).map((section) => shortened(section, annexes));
  const head = clean(issue.head ?? nameOf(plan.office));
  const upTo = period.over ? `${fullDayText(period.on)}24时` : `${fullDayText(period.on)}（${runningText(facts)}）`;
  return {
    head,
    number: clean(issue.number ?? `〔${issue.datedOn.slice(0, 4)}〕　　号`),
    title: `关于${quoted(plan.title)}任务${periodWords(period)}进展情况的通报`,
    addressees: '各牵头单位、配合单位：',
    opening: `现将${quoted(plan.title)}${plan.number ? `（${clean(plan.number)}）` : ''}截至${upTo}的任务进展情况通报如下。`,
    footnote: sealText(facts, issue),
    sections: [overall(facts), byUnit(facts, issue.scoring), ...listed],
    annexes,
    signature: head,
    date: fullDayText(issue.datedOn),
  };
}

/** A table of more rows stands in an annex, where it has the width of a turned page. */
const MOST_ROWS = 15;

/** The section with its long tables moved behind the annexes that there are. */
function shortened({ heading, blocks }: Section, annexes: Annex[]): Section {
  return {
    heading,
    blocks: blocks.map((block) => {
      if (block.kind === 'paragraph' || block.rows.length <= MOST_ROWS) return block;
      annexes.push({ title: heading, landscape: true, blocks: [block] });
      return paragraph(`清单见附件${annexes.length}（${block.rows.length}项）。`);
    }),
  };
}

/** A paper that is written before its period is over says so. */
function runningText({ period: { kind, on, to } }: BulletinFacts): string {
  if (on === to) return '当日未终';
  return kind === 'month' ? '非月末' : '非季末';
}

function sealText({ plan }: BulletinFacts, { seal }: Issue): string {
  if (!seal) return '本期数据取自督办台账；截至所述日期台账尚无封存。';
  return `本期数据取自督办台账，${fullDayText(seal.on)}封存值：${seal.hash}。核验：duban audit verify ${plan.id} --seal 封存值`;
}
