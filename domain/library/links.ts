/**
 * Which indicator of the library a task belongs to: what a coordinator said, else its category compared with the
 * indicators' names. A category that fits none, or two, gives no link: an unlinked task costs less than a wrong one.
 */
import type { IndicatorName } from './entries';

/** What a coordinator said about one task. */
export interface TaskLink {
  /** `<source>/<number>`; null: to none. */
  indicator: string | null;
  /** ISO instant. */
  madeAt: string;
  madeBy: string;
}

/** Words for one subject, as task lists and guides write it. */
const SUBJECTS: readonly (readonly string[])[] = [
  ['企业开办', '开办企业'],
  ['劳动力市场监管', '劳动力市场'],
  ['办理建筑许可', '建筑许可', '施工许可'],
  ['政府采购'],
  ['招标投标', '招投标'],
  ['获得电力', '获得用电'],
  ['获得用水用气', '用水用气', '获得用水', '获得用气'],
  ['财产登记', '登记财产', '不动产登记'],
  ['获得信贷', '获得融资'],
  ['保护中小投资者', '保护少数投资者'],
  ['知识产权创造、保护和运用', '知识产权'],
  ['跨境贸易'],
  ['缴纳税费', '纳税'],
  ['执行合同'],
  ['办理破产', '企业破产', '破产审判'],
  ['市场监管'],
  ['政务服务'],
  ['包容普惠创新'],
];

/** The indicator's address in the library, `benchmarks/8`. */
export const addressOf = ({ source, no }: Pick<IndicatorName, 'source' | 'no'>): string => `${source}/${no}`;

/**
 * The indicator whose subject a text names, if it names one and no other.
 * @param text a task's category, or the title of a case
 */
export function indicatorNamedIn(text: string | null, indicators: readonly IndicatorName[]): IndicatorName | null {
  if (text === null) return null;
  const named = subjectsIn(text);
  const [subject] = named;
  if (named.length !== 1 || subject === undefined) return null;
  const found = indicators.filter(({ name }) => subjectsIn(name).includes(subject));
  return found.length === 1 ? (found[0] ?? null) : null;
}

export interface Linked {
  indicator: IndicatorName | null;
  /** A coordinator said so, or the category did. */
  by: 'coordinator' | 'category';
}

/** The link in force. One to an indicator that the library has no more is none. */
export function linkOf(
  category: string | null,
  said: TaskLink | undefined,
  indicators: readonly IndicatorName[],
): Linked {
  if (said === undefined) return { indicator: indicatorNamedIn(category, indicators), by: 'category' };
  return { indicator: indicators.find((one) => addressOf(one) === said.indicator) ?? null, by: 'coordinator' };
}

/** The subjects named in a text. A word inside a longer one is not meant: 市场监管 in 劳动力市场监管. */
function subjectsIn(text: string): number[] {
  const plain = text.replace(/\s/g, '');
  const found = SUBJECTS.flatMap((words, subject) =>
    words.flatMap((word) => placesOf(word, plain).map((from) => ({ subject, from, to: from + word.length }))),
  );
  const meant = found.filter(
    (one) =>
      !found.some((other) => other.from <= one.from && one.to <= other.to && other.to - other.from > one.to - one.from),
  );
  return [...new Set(meant.map(({ subject }) => subject))];
}

/** Where a word stands in a text. Plain search: a round of letters asks this some hundred thousand times. */
function placesOf(word: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at);
  return places;
}
