/**
 * Which cases of the library a reminder names: those of the task's own indicator first, then those that share words with
 * the task. Fixed by the task and the library alone, so that the same letter written again names the same cases.
 */
import type { CaseTitle, IndicatorName } from './entries';
import { addressOf, indicatorNamedIn } from './links';

/** What choosing reads of a task. */
export interface CaseSubject {
  title: string;
  category: string | null;
  /** The indicator it is linked to. */
  indicator: IndicatorName | null;
}

/** So many are read; more are a list. */
const MOST_CASES = 3;
/** Without the indicator in common, two pairs may be chance (改造, 利用); three are a phrase or several words. */
const LEAST_WORDS = 3;

/** Pairs of signs that half of all such titles have: they say nothing about the subject. */
const COMMON = new Set(
  (
    '服务 企业 推进 优化 实现 办理 创新 改革 建设 打造 提升 推行 实行 开展 全面 加快 机制 平台 营商 环境 工作 管理 提供 ' +
    '一件 件事 建立 完善 深化 持续 强化 工程 体系 制度 政务 全程 网上 上办 信息 一窗 窗受 受理 线上 构建 探索 推广 应用 能力 水平 标准'
  ).split(' '),
);

/** A case with what choosing reads of it. */
interface ReadCase {
  one: CaseTitle;
  words: ReadonlySet<string>;
  /** `<source>/<number>`; null where its title names no indicator. */
  indicator: string | null;
}

/**
 * Reads the titles once, for all the tasks of a round of letters.
 * @returns what chooses at most three, the best first; none where nothing fits
 */
export function caseChooser(
  cases: readonly CaseTitle[],
  indicators: readonly IndicatorName[],
): (subject: CaseSubject) => CaseTitle[] {
  const read = cases.map((one): ReadCase => {
    const title = plainTitle(one);
    const { source, no } =
      one.indicator === null ? (indicatorNamedIn(title, indicators) ?? {}) : { source: one.source, no: one.indicator };
    const indicator = source === undefined || no === undefined ? null : addressOf({ source, no });
    return { one, words: wordsOf(title), indicator };
  });
  return ({ title, category, indicator }) => {
    const wanted = indicator === null ? null : addressOf(indicator);
    const words = [...wordsOf(`${title}　${category ?? ''}`)];
    return read
      .map(({ one, words: own, indicator: address }) => ({
        one,
        shared: words.filter((word) => own.has(word)).length,
        same: wanted !== null && address === wanted,
      }))
      .filter(({ shared, same }) => same || shared >= LEAST_WORDS)
      .sort((a, b) => Number(b.same) - Number(a.same) || b.shared - a.shared || byId(a.one, b.one))
      .slice(0, MOST_CASES)
      .map(({ one }) => one);
  };
}

/** `杭州市—开办企业“一件事”常态化“一日办结”` as guides write it, the place once where the title begins with it. */
export function caseName({ place, title }: Pick<CaseTitle, 'place' | 'title'>): string {
  return place === null || title.startsWith(place) ? title : `${place}—${title}`;
}

/** Without the place, whose name may be a subject's: 市市场监管局. */
function plainTitle({ place, title }: CaseTitle): string {
  return place !== null && title.startsWith(place) ? title.slice(place.length) : title;
}

/** Pairs of ideographs that stand together. */
function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const run of text.match(/[\u3400-\u9fff]{2,}/g) ?? []) {
    for (let i = 0; i + 1 < run.length; i++) {
      const word = run.slice(i, i + 2);
      if (!COMMON.has(word)) words.add(word);
    }
  }
  return words;
}

/** `benchmarks/1-2` before `benchmarks/1-10`. */
function byId(a: CaseTitle, b: CaseTitle): number {
  const key = ({ id }: CaseTitle) => id.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
