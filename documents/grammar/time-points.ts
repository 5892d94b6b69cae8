/**
 * Points of time in a text: 2020年6月底前, 6月30日, 年底前, 上半年, 一季度, 2020年3月至12月. Only what the words say: a
 * point whose words allow two days, or name none, carries the doubt instead of a day (R5).
 */

/** A year as written, as a word that needs one (今年), or not at all. */
export type Year = number | 'this' | 'next' | null;

export interface TimePoint {
  year: Year;
  month: number;
  /** `last` is the last day of the month. */
  day: number | 'last';
  /** 起, 以后: where something begins, never a due date. */
  begins: boolean;
  /** Followed by 前, 内, 底 or 末, or written to the day: said as a limit and not in passing. */
  isLimit: boolean;
  /** 每年12月底前 */
  recurs: boolean;
  /** 6月前; 年初 */
  doubt: 'ambiguous' | 'not-exact' | null;
  /** As written (digits made plain), and where it ends in the plain text. */
  text: string;
  start: number;
  end: number;
}

const YEAR = '(?<year>(?:19|20)\\d{2}年度?|(?<![\\d第])\\d{2}年(?=\\d{1,2}月)|今年|本年度?|当年|明年|次年)';
const AFTER = '(?<after>(?:以前|之前|前(?![后期])|以内|之内|内|止|为止)|(?:起|开始|以后|之后|后))?';
const DASH = '[-–—－~～至到]+';

const JOINED = new RegExp(`^${DASH}$`);

/** In order of what they say: ranges and full dates before their parts. */
const SHAPES = [
  new RegExp(
    `(?<from>(?:19|20)\\d{2})年?${DASH}(?<year>(?:19|20)\\d{2}年度?)(?!\\d|\\d{0,2}月)(?<edge>底|末)?${AFTER}`,
  ),
  new RegExp(`${YEAR}?(?<from>\\d{1,2})月?${DASH}(?<month>\\d{1,2})月份?(?!\\d{1,2}[日号])(?<edge>底|末)?${AFTER}`),
  new RegExp(`(?<!\\d)(?<year>(?:19|20)\\d{2})[-./](?<month>\\d{1,2})[-./](?<day>\\d{1,2})(?!\\d)日?${AFTER}`),
  new RegExp(`(?<!\\d)(?<year>20\\d{2})(?<month>0[1-9]|1[0-2])(?<day>[0-2]\\d|3[01])(?!\\d)${AFTER}`),
  new RegExp(`(?<![\\d.])(?<year>20\\d{2})[-./](?<month>\\d{1,2})(?![\\d.%])月?(?<edge>底|末)?${AFTER}`),
  new RegExp(`${YEAR}?(?<![\\d.])(?<month>\\d{1,2})月份?(?<day>\\d{1,2})[日号]${AFTER}`),
  new RegExp(
    `${YEAR}?(?<![\\d.个])(?<month>\\d{1,2})月(?<third>上旬|中旬|下旬|初|中(?!国|央|心|小|医|旬))(?:末)?${AFTER}`,
  ),
  new RegExp(`${YEAR}?(?<![\\d.个])(?<month>\\d{1,2})月份?(?<edge>月?底|月?末)?${AFTER}`),
  new RegExp(`${YEAR}?(?:第?(?<quarter>[1-4])季度?(?<!季)|Q(?<quarter2>[1-4]))(?<edge>末|底)?${AFTER}`),
  new RegExp(`${YEAR}?(?<half>上半年|下半年)(?<edge>末|底)?${AFTER}`),
  // 5年内 is a period and no year's end.
  new RegExp(`${YEAR}?(?<![\\d个几数])(?<yearEdge>年底|年末|年内|全年|年终|年度内|年中|年初)${AFTER}`),
  new RegExp(`${YEAR}(?<yearEdge>底|末|内|初|中(?!国|央|心|小|医|期))?${AFTER}`),
  new RegExp(`[“"]?十(?<fiveYears>[三四五六])五[”"]?(?<yearEdge>期间|时期|期末|末|规划期内)${AFTER}`),
].map((shape) => new RegExp(shape.source, 'g'));

/** Every point of time in a text made plain by `plainDates`, in order; one inside another is left out. */
export function timePoints(plain: string): TimePoint[] {
  const points: TimePoint[] = [];
  for (let at = 0; at < plain.length; ) {
    const found = earliest(plain, at);
    if (!found) break;
    const point = pointOf(found.match, found.index, plain);
    if (point) points.push(point);
    at = found.index + Math.max(1, found.match[0].length);
  }
  // 2020年3月—2021年6月: the first date is where it begins.
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (next && JOINED.test(plain.slice(point.end, next.start))) point.begins = true;
  });
  return points;
}

function earliest(plain: string, from: number): { match: RegExpExecArray; index: number } | null {
  let best: { match: RegExpExecArray; index: number } | null = null;
  for (const shape of SHAPES) {
    shape.lastIndex = from;
    const match = shape.exec(plain);
    if (match && (best === null || match.index < best.index)) best = { match, index: match.index };
  }
  return best;
}

/** 汛期前, 春季学期, 中秋节: a part of the year that everybody knows and no calendar names. */
const PART_OF_A_YEAR =
  /^(?:[\u4e00-\u9fff]{1,5}?(?:之前|以前|(?<![目当此提])前)(?![期沿景端后进往置提])|第[一二12]学期|学期|[春夏秋冬][季天耕播收]|汛期|暑[假期]|寒假|春节|元旦|清明|五一|端午|中秋|国庆|两会|供暖|采暖)/;

function pointOf(match: RegExpExecArray, start: number, plain: string): TimePoint | null {
  const g = match.groups ?? {};
  const text = match[0];
  const end = start + text.length;
  // 2019年度报告, 2018年版, 3个月, 《…2020年…》 speak of something else.
  if (/^(?:度?报告|版|本\b|度?工作方案|个|号)/.test(plain.slice(end))) return null;
  const said = wordsOf(g);
  if (!said) return null;
  const after = g.after ?? '';
  const begins = /起|开始|后/.test(after) || (/^(?:起|开始|以来|后)/.test(plain.slice(end)) && after === '');
  const before = /前/.test(after);
  const exact = g.day !== undefined || g.edge !== undefined || /底|末|终/.test(g.yearEdge ?? '');
  // 2021年汛期前: the year is said, and a day within it is not.
  const bareYear = Object.entries(g).every(([name, part]) => name === 'year' || part === undefined);
  const unnamed = (bareYear && PART_OF_A_YEAR.test(plain.slice(end))) || /^(?:左右|前后)/.test(plain.slice(end));
  const vague = unnamed || (/初|中/.test(`${g.third ?? ''}${g.yearEdge ?? ''}`) && !/中旬/.test(g.third ?? ''));
  return {
    ...said,
    year: yearOf(g.year, g.fiveYears),
    begins,
    isLimit: after !== '' || exact || g.half !== undefined || /内|全年|期/.test(g.yearEdge ?? ''),
    recurs: /每年?$|每年的?$|逐年$/.test(plain.slice(Math.max(0, start - 3), start)),
    doubt: vague ? 'not-exact' : before && !exact ? 'ambiguous' : null,
    text,
    start,
    end,
  };
}

/** Month and day as the words have them: a period is its last day (R5). */
function wordsOf(g: Record<string, string | undefined>): { month: number; day: number | 'last' } | null {
  if (g.month !== undefined) {
    const thirds: Record<string, number> = { 上旬: 10, 中旬: 20 };
    const day = g.day === undefined ? (thirds[g.third ?? ''] ?? 'last') : Number(g.day);
    return { month: Number(g.month), day };
  }
  const quarter = g.quarter ?? g.quarter2;
  if (quarter !== undefined) return { month: Number(quarter) * 3, day: 'last' };
  if (g.half !== undefined) return { month: g.half === '上半年' ? 6 : 12, day: 'last' };
  return { month: 12, day: 'last' };
}

function yearOf(written: string | undefined, fiveYears: string | undefined): Year {
  // 十三五 ended in 2020, 十四五 in 2025.
  if (fiveYears !== undefined) return 2020 + 5 * '三四五六'.indexOf(fiveYears);
  if (written === undefined) return null;
  if (/明年|次年/.test(written)) return 'next';
  const digits = /\d+/.exec(written)?.[0];
  if (digits === undefined) return 'this';
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
